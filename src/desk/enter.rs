//! The way to a desk: whom to believe, then a session.

use age::x25519::Identity;
use chrono::{DateTime, Utc};
use url::Url;

use super::cli::Workplace;
use super::client::{Book, ClientFault, DeskClient};
use super::fault::WorkFault;
use super::members::Members;
use super::memory::DeskMemory;
use crate::device::DeviceKey;
use crate::directory::{Anchor, Untrusted};
use crate::fingerprint;
use crate::ids::AssociationId;

/// What leads to one desk.
pub struct Door<'a> {
    /// The address of its server.
    pub server: &'a Url,
    /// One's own association.
    pub association: AssociationId,
    /// The device's keys.
    pub identities: Vec<Identity>,
    /// The words on the paper of the enrolment; needed once.
    pub fingerprint: Option<&'a str>,
    /// Only these keys of a server are believed, in base64; all that the signed list holds where there are none.
    pub server_keys: &'a [String],
}

impl std::fmt::Debug for Door<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("association", &self.association).finish_non_exhaustive()
    }
}

impl Workplace {
    /// Enters: follows the signed list, then goes on with the session that was kept, or signs in.
    ///
    /// `memory` is what this device keeps of this desk; it is to be kept again whatever is returned.
    ///
    /// # Errors
    /// [`WorkFault::Distrusted`] where the server is not what it was enrolled as: nothing was sent, and nothing is
    /// until [`DeskMemory::go_on`]. Else what the volunteer can do.
    pub async fn enter(
        door: Door<'_>,
        memory: &mut DeskMemory,
        now: DateTime<Utc>,
    ) -> Result<Self, WorkFault> {
        if let Some(why) = &memory.stopped {
            return Err(WorkFault::Stopped { why: why.clone() });
        }
        let entered = enter(door, memory, now).await;
        if let Err(fault @ WorkFault::Distrusted { .. }) = &entered {
            memory.stopped = Some(fault.why());
            memory.session = None;
        }
        entered
    }
}

async fn enter(door: Door<'_>, memory: &mut DeskMemory, now: DateTime<Utc>) -> Result<Workplace, WorkFault> {
    let Door { server, association, identities, fingerprint, server_keys } = door;
    let mut client = DeskClient::to(server, &association)?;
    let offered = client.offered().await?;
    let anchor = match &memory.anchor {
        Some(anchor) => anchor.follow(&offered)?,
        None => match Anchor::enrol(&offered, fingerprint.ok_or(WorkFault::NotEnrolled)?) {
            // A slip of the hand is no attack.
            Err(Untrusted::OtherFingerprint) => return Err(WorkFault::OtherFingerprint),
            enrolled => enrolled?,
        },
    };
    let mut believed = anchor.server_keys.clone();
    believed.retain(|key| server_keys.is_empty() || server_keys.contains(key));
    if believed.is_empty() {
        let newest = anchor.server_keys.first().map(String::as_str).unwrap_or_default();
        let words = fingerprint::words(newest, fingerprint::DEVICE_WORDS);
        return Err(WorkFault::StrangeServer { words });
    }
    memory.anchor = Some(anchor.clone());
    let book = session(&mut client, memory, &believed, &identities, now).await?;
    let anchor = follow_to(&client, memory, anchor, &book).await?;
    let members = anchor.members(&book.extract)?;
    let members = Members::of(anchor, members, &client.removals().await?);
    let key = own_key(&members, &association, &identities);
    let Some(key) = key else { return Err(ClientFault::NoKey.into()) };
    let Book { associations: hints, .. } = book;
    Ok(Workplace { client, identities, key, association, members, hints, believed })
}

/// Follows the signed list once more where it has changed between two calls.
async fn follow_to(
    client: &DeskClient,
    memory: &mut DeskMemory,
    anchor: Anchor,
    book: &Book,
) -> Result<Anchor, WorkFault> {
    if anchor.members(&book.extract).is_ok() {
        return Ok(anchor);
    }
    let anchor = anchor.follow(&client.offered().await?)?;
    memory.anchor = Some(anchor.clone());
    Ok(anchor)
}

/// Returns the directory, with the session that was kept or a new one. A command is an act of a person, so it may sign in
/// anew where the server has ended the session.
async fn session(
    client: &mut DeskClient,
    memory: &mut DeskMemory,
    believed: &[String],
    identities: &[Identity],
    now: DateTime<Utc>,
) -> Result<Book, WorkFault> {
    if let Some(kept) = memory.session_at(now).cloned() {
        client.resume(kept, identities);
        match client.book().await {
            Err(ClientFault::Refused { code, .. }) if code == "no_session" => {}
            book => return Ok(book?),
        }
    }
    client.sign_in(believed, identities).await?;
    memory.session = client.session().cloned();
    Ok(client.book().await?)
}

/// Returns the key of this device: the first of its identities that the signed list names for the association.
fn own_key(members: &Members, association: &AssociationId, identities: &[Identity]) -> Option<DeviceKey> {
    let listed = &members.find(association)?.recipients;
    let mut keys = identities.iter().map(DeviceKey::of);
    keys.find(|key| listed.contains(&key.recipient().to_string()))
}
