use std::sync::OnceLock;

use relais::directory::{
    Display, SigningKey, Trust, TrustedKey, UntrustedDirectory, UntrustedFile, Verified, from_hsds,
};

use super::ground::Pieces;
use crate::walk::noon;

/// Directory files: any text, unsigned, signed by others, and signed by whom one trusts.
pub fn directories(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    let kind = pieces.byte();
    let name = if kind & 1 == 0 { "lyon.toml" } else { "lines.toml" };
    match kind >> 1 & 3 {
        0 | 1 => signed(name, pieces.rest()),
        2 => foreign(name, &pieces.text()),
        _ => {
            let text = pieces.text();
            if let Ok(key) = TrustedKey::parse(&text) {
                assert_eq!(key.id().len(), 16);
            }
        }
    }
}

fn trust() -> &'static (SigningKey, [TrustedKey; 1]) {
    static ONCE: OnceLock<(SigningKey, [TrustedKey; 1])> = OnceLock::new();
    ONCE.get_or_init(|| {
        let key = SigningKey::throw_away().unwrap();
        let trusted = TrustedKey::parse(&key.public().unwrap()).unwrap();
        (key, [trusted])
    })
}

fn verify(file: UntrustedFile) -> Option<Verified> {
    let trust = Trust { keys: &trust().1, threshold: 1 };
    UntrustedDirectory::of(vec![file]).verify(&trust, noon().date_naive()).ok()
}

/// A signed text that is taken holds associations that two can read for, and shows what may be shown.
fn signed(name: &str, content: &[u8]) {
    let today = noon().date_naive();
    let bare = UntrustedFile { name: name.to_owned(), content: content.to_vec(), signatures: Vec::new() };
    let checked = UntrustedDirectory::of(vec![bare.clone()]).check(today);
    if !checked.faults.is_empty() {
        return;
    }
    assert!(verify(bare.clone()).is_none(), "nobody has signed this");
    let signature = trust().0.sign(content, name, 0).unwrap();
    let file = UntrustedFile { signatures: vec![(format!("{name}.minisig"), signature)], ..bare };
    if !content.is_empty() {
        let mut changed = file.clone();
        let at = usize::from(content[0]) * 37 % content.len();
        changed.content[at] ^= 1;
        assert!(verify(changed).is_none(), "a changed byte went unnoticed");
    }
    let directory = verify(file).expect("what has no fault and is signed is taken").directory;
    assert_eq!(directory.associations().len(), checked.routable);
    let shown = directory.associations().iter().filter(|one| one.display() != Display::None).count();
    for association in directory.associations() {
        assert!(association.devices.len() >= 2 && association.is_routable(today));
        assert_eq!(directory.find(&association.id).map(|found| &found.id), Some(&association.id));
    }
    let exported = directory.to_hsds(today).to_string();
    for association in directory.associations() {
        for device in &association.devices {
            assert!(!exported.contains(&device.recipient.to_string()), "a recipient is exported");
        }
    }
    let again = from_hsds(&exported, None).map_or(0, |candidates| candidates.len());
    assert_eq!(again, shown, "an export is not read again");
    let _ = directory.lines(relais::ids::Country::FRANCE, today).count();
}

/// A signature of a stranger over a text of theirs, in one piece, with a NUL between them.
fn foreign(name: &str, text: &str) {
    let (content, signature) = text.split_once('\0').unwrap_or((text, ""));
    let file = UntrustedFile {
        name: name.to_owned(),
        content: content.as_bytes().to_vec(),
        signatures: vec![(format!("{name}.minisig"), signature.to_owned())],
    };
    assert!(verify(file).is_none(), "a stranger's signature counts");
}
