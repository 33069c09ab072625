//! The two ways into a desk on the stage: the protocol by hand, and the terminal.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use relais::clock::Clock;
use relais::desk::{DeskMemory, Door, WorkFault, Workplace};
use relais::device::{DeviceKey, Statement};
use relais::ids::AssociationId;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::Sha256;

use super::stage::Stage;

impl Stage {
    /// Asks for a challenge and answers it with these identities, as the protocol is written down; nothing where they
    /// do not fit.
    pub async fn solved(&self, association: &str, with: &[age::x25519::Identity]) -> (String, Option<Value>) {
        let asking = json!({ "association": association, "origin": self.base });
        let asked = self.post("challenges", None, asking).await;
        assert_eq!(asked.status, StatusCode::OK);
        let text = |name: &str| asked.body[name].as_str().unwrap().to_owned();
        let (challenge, file) = (text("id"), STANDARD.decode(text("challenge")).unwrap());
        let opened = with.iter().find_map(|identity| Some((identity, opened(&file, identity)?)));
        let Some((identity, plaintext)) = opened else { return (challenge, None) };
        let lines: Vec<&str> = plaintext.split('\n').collect();
        let server_key = lines[1].to_owned();
        let expected = ["relais desk challenge v2", &server_key, &self.base, association, &challenge];
        assert_eq!(lines[..5], expected);
        assert_eq!((lines.len(), lines[6]), (7, ""));
        let covered = ["relais desk proof v2", &self.base, association, &challenge, &server_key].join("\n");
        let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(lines[5]).unwrap()).unwrap();
        mac.update(covered.as_bytes());
        let proof = STANDARD.encode(mac.finalize().into_bytes());
        let key = DeviceKey::of(identity);
        let device = key.recipient().to_string();
        let statement = Statement::Session {
            origin: &self.base,
            association,
            id: &challenge,
            server_key: &server_key,
            device: &device,
        };
        let signature = key.sign(&statement);
        let answer = json!({ "id": challenge, "proof": proof, "device": device, "signature": signature });
        (challenge, Some(answer))
    }
}

/// What one identity reads in an age file.
fn opened(file: &[u8], identity: &age::x25519::Identity) -> Option<String> {
    let decryptor = age::Decryptor::new_buffered(file).ok()?;
    let mut reader = decryptor.decrypt(std::iter::once(identity as &dyn age::Identity)).ok()?;
    let mut text = String::new();
    std::io::Read::read_to_string(&mut reader, &mut text).ok()?;
    Some(text)
}

/// What leads a terminal to a desk, with a memory that begins empty.
pub struct Entrance {
    pub server: url::Url,
    pub association: AssociationId,
    pub identities: Vec<age::x25519::Identity>,
    pub fingerprint: String,
}

impl Entrance {
    /// Goes in for the first time.
    pub async fn enter(self) -> Result<Workplace, WorkFault> {
        self.enter_with(&mut DeskMemory::default()).await
    }

    /// Goes in with what was kept.
    pub async fn enter_with(self, memory: &mut DeskMemory) -> Result<Workplace, WorkFault> {
        let door = Door {
            server: &self.server,
            association: self.association,
            identities: self.identities,
            fingerprint: Some(&self.fingerprint),
            server_keys: &[],
        };
        Workplace::enter(door, memory, Clock::system().now()).await
    }
}
