//! What a volunteer does with sessions and devices: signs out, signs a device out, takes one out.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::cli::{Workplace, time};
use super::fault::WorkFault;
use super::memory::DeskMemory;
use crate::device::Statement;

impl Workplace {
    /// Signs out at the server.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn sign_out(mut self, memory: &mut DeskMemory) -> Result<(), WorkFault> {
        memory.session = None;
        Ok(self.client.sign_out().await?)
    }

    /// Ends every session of a device of one's own association, named by its recipient.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn sign_device_out(&self, device: &str) -> Result<(), WorkFault> {
        Ok(self.client.sign_device_out(device).await?)
    }

    /// Takes another device of one's own association out at once; only a coordinator's device can.
    ///
    /// # Errors
    /// Returns what the volunteer can do.
    pub async fn remove_device(&self, device: &str, now: DateTime<Utc>) -> Result<(), WorkFault> {
        let (by, at) = (self.key.recipient().to_string(), time(now));
        let service = self.members.anchor().service.as_str();
        let statement =
            Statement::Removal { service, association: &self.association, device, by: &by, at: &at };
        let signature = self.key.sign(&statement);
        let removal = json!({ "device": device, "by": by, "at": at, "signature": signature });
        self.client.remove_device(&removal).await?;
        Ok(())
    }
}
