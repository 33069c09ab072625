use relais::conversation::Choice;
use relais::locale::Locale;
use relais::sealing::{KeyRing, Older};

use super::ground::{CHAT, Pieces, silent};
use crate::walk::{self, noon};

/// Key files: what parses can be rotated, and opens afterwards what it sealed before; no fault tells a secret.
pub fn key_files(bytes: &[u8]) {
    let text = Pieces::new(bytes).text();
    let today = noon().date_naive();
    match (KeyRing::parse(&text), KeyRing::rotate_file(&text, today, Older::Stay)) {
        (Ok(keys), Ok(rotated)) => {
            assert!(rotated.dropped.is_empty());
            let sealed = keys.seal(&walk::beginning(Locale::FRENCH), Choice::Leave, CHAT, noon());
            let newer = KeyRing::parse(&rotated.file).unwrap();
            assert_eq!(newer.open(&sealed, CHAT, noon()), keys.open(&sealed, CHAT, noon()));
            assert!(newer.identities().count() == keys.identities().count() + 1);
            let pruned = KeyRing::rotate_file(&rotated.file, today, Older::GoUnneeded).unwrap();
            assert!(KeyRing::parse(&pruned.file).is_ok());
            let alone = KeyRing::rotate_file(&text, today, Older::Go).unwrap();
            assert_eq!(KeyRing::parse(&alone.file).unwrap().identities().count(), 1);
            assert_eq!(format!("{keys:?}"), format!("KeyRing {{ keys: {}, .. }}", keys.identities().count()));
        }
        (Ok(_), Err(fault)) => assert_eq!(fault, relais::sealing::KeyFault::Full),
        // A rotation of a file without a key makes one.
        (Err(fault), _) => {
            for secret in secrets(&text) {
                silent(&format!("{fault} {fault:?}"), secret);
            }
        }
    }
}

/// What may be a secret: base64 in quotation marks, as no sentence is.
fn secrets(text: &str) -> impl Iterator<Item = &str> {
    let base64 =
        |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    text.split('"').skip(1).step_by(2).filter(base64).filter(|text| text.len() >= 24)
}
