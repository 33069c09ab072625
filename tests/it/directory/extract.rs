//! The signed list for desks, as signers make it and as devices take it.

use relais::directory::{Anchor, ExtractStep, Offered, Published, ServiceFile, Untrusted};

use super::*;

/// Two keys of a server; the first is that of RFC 8032's first test.
const KEYS: [&str; 2] =
    ["11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="];

/// A folder of a directory, and two who sign it.
struct Desk {
    folder: tempfile::TempDir,
    signers: [SigningKey; 2],
}

impl Desk {
    fn lay() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { folder, signers: [(); 2].map(|()| SigningKey::throw_away().unwrap()) };
        desk.write("one.toml", &listed("one", "Un"));
        desk.write("two.toml", &listed("two", "Deux"));
        desk.serve(&KEYS[..1]);
        desk
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn serve(&self, keys: &[&str]) {
        let server_keys = keys.iter().map(|key| (*key).to_owned()).collect();
        let service = ServiceFile { name: "relais-test".parse().unwrap(), server_keys };
        self.write("service.toml", &service.text());
    }

    fn sign(&self, name: &str, signer: usize) -> ExtractStep {
        let now = today().and_time(chrono::NaiveTime::MIN).and_utc();
        sign_file(&self.folder.path().join(name), &self.signers[signer], now).unwrap().extract
    }

    fn sign_all(&self) {
        for signer in [0, 1] {
            for name in ["one.toml", "two.toml"] {
                self.sign(name, signer);
            }
        }
    }

    fn keys(&self) -> Vec<TrustedKey> {
        self.signers.iter().map(|key| TrustedKey::parse(&key.public().unwrap()).unwrap()).collect()
    }

    fn verify(&self) -> Result<Published, Vec<Wrong>> {
        let keys = self.keys();
        let trust = Trust { keys: &keys, threshold: 2 };
        let verified = UntrustedDirectory::read(self.folder.path()).verify(&trust, today());
        let verified =
            verified.map_err(|faults| faults.0.into_iter().map(|fault| fault.wrong).collect::<Vec<_>>())?;
        Ok(Published::of(verified.extract.expect("a list"), &trust))
    }

    fn offered(&self) -> Offered {
        self.verify().unwrap().offered
    }
}

/// An entry of two devices.
fn listed(id: &str, name: &str) -> String {
    let device = || {
        let key = relais::device::DeviceKey::of(&age::x25519::Identity::generate());
        format!("{{ recipient = \"{}\", signing = \"{}\" }}", key.recipient(), key.public())
    };
    let devices = format!("devices = [{}, {}]", device(), device());
    let text = format!("{HEADER}{}", entry(id)).replace("Association d'exemple, Lyon", name);
    let line = |line: &str| if line.starts_with("recipients") { devices.clone() } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_list_is_signed_in_the_same_step_once_a_signer_has_signed_every_file() {
    let desk = Desk::lay();
    assert_eq!(desk.sign("one.toml", 0), ExtractStep::Waits { files: vec!["two.toml".to_owned()] });
    assert_eq!(desk.sign("two.toml", 0), ExtractStep::Signed { version: 1 });
    assert_eq!(desk.sign("one.toml", 1), ExtractStep::Waits { files: vec!["two.toml".to_owned()] });
    // One signature is not enough for who asks for two.
    assert!(desk.verify().is_err());
    assert_eq!(desk.sign("two.toml", 1), ExtractStep::Signed { version: 1 });
    let published = desk.verify().unwrap();
    assert_eq!((published.head.version, published.offered.signatures.len()), (1, 2));
    assert!(!published.list.contains("+33"), "no number stands in it");
    // Signing again changes nothing; a change counts up, and is not taken before it is signed.
    desk.sign_all();
    assert_eq!(desk.verify().unwrap().offered.head, published.offered.head);
    desk.write("two.toml", &listed("two", "Autre"));
    assert!(desk.verify().is_err());
    desk.sign_all();
    assert_eq!(desk.verify().unwrap().head.version, 2);
}

#[test]
fn a_list_that_was_signed_for_other_files_is_a_fault() {
    let desk = Desk::lay();
    desk.sign_all();
    let path = desk.folder.path().join("extract.json");
    let (old, mut signatures) = (std::fs::read(&path).unwrap(), Vec::new());
    for file in std::fs::read_dir(desk.folder.path()).unwrap() {
        let file = file.unwrap().path();
        if file.file_name().unwrap().to_string_lossy().starts_with("extract.json.") {
            signatures.push((file.clone(), std::fs::read(&file).unwrap()));
        }
    }
    desk.write("two.toml", &listed("two", "Autre"));
    desk.sign_all();
    // The older list comes back, with its good signatures, beside the newer files.
    std::fs::write(&path, old).unwrap();
    for (file, signature) in signatures {
        std::fs::write(file, signature).unwrap();
    }
    assert_eq!(desk.verify().unwrap_err(), [Wrong::StaleExtract]);
}

#[test]
fn a_key_that_is_not_signed_for_yet_stops_nothing() {
    let desk = Desk::lay();
    desk.sign_all();
    desk.serve(&[KEYS[1], KEYS[0]]);
    let keys = desk.keys();
    let trust = Trust { keys: &keys, threshold: 2 };
    let verified = UntrustedDirectory::read(desk.folder.path()).verify(&trust, today()).unwrap();
    assert_eq!(verified.extract.unwrap().head.server_keys, [KEYS[0]]);
    let told = verified.weaknesses.iter().any(|it| it.weak == Weak::KeyNotListed(KEYS[1].to_owned()));
    assert!(told, "{:?}", verified.weaknesses);
    desk.sign_all();
    assert_eq!(desk.verify().unwrap().head.server_keys, [KEYS[1], KEYS[0]]);
}

#[test]
fn a_list_that_one_of_two_has_signed_stops_nobody() {
    let desk = Desk::lay();
    desk.sign_all();
    let first = desk.verify().unwrap();
    desk.serve(&[KEYS[1], KEYS[0]]);
    desk.sign("one.toml", 0);
    desk.sign("two.toml", 0);
    // The list before goes on, and it is told that the newer one waits.
    let keys = desk.keys();
    let trust = Trust { keys: &keys, threshold: 2 };
    let verified = UntrustedDirectory::read(desk.folder.path()).verify(&trust, today()).unwrap();
    assert_eq!(verified.extract.unwrap().text, first.offered.head);
    assert!(verified.weaknesses.iter().any(|it| matches!(&it.weak, Weak::ListWaits(_))));
    // Another change before the second has signed does not lose it either.
    desk.serve(&[KEYS[1]]);
    desk.sign("two.toml", 0);
    assert_eq!(desk.verify().unwrap().offered.head, first.offered.head);
    desk.sign("one.toml", 1);
    desk.sign("two.toml", 1);
    assert_eq!(desk.verify().unwrap().head.server_keys, [KEYS[1]]);
    // Who is who is never taken from an older list.
    desk.write("two.toml", &listed("two", "Autre"));
    desk.sign("one.toml", 0);
    desk.sign("two.toml", 0);
    assert!(desk.verify().is_err());
}

#[test]
fn a_device_follows_newer_lists_and_no_others() {
    let desk = Desk::lay();
    desk.sign_all();
    let first = desk.offered();
    let words = desk.verify().unwrap().fingerprints().remove(0);
    let anchor = Anchor::enrol(&first, &words.to_uppercase().replace('-', " ")).unwrap();
    assert_eq!(Anchor::enrol(&first, "abeille abricot").unwrap_err(), Untrusted::OtherFingerprint);
    assert_eq!(anchor.follow(&first).unwrap(), anchor);
    desk.serve(&[KEYS[1], KEYS[0]]);
    desk.sign_all();
    let second = desk.offered();
    let newer = anchor.follow(&second).unwrap();
    assert_eq!((newer.version, newer.server_keys.len()), (2, 2));
    assert_eq!(newer.follow(&first).unwrap_err(), Untrusted::Older);
    // A signer alone, a stranger's signature, a changed byte.
    let mut few = second.clone();
    few.signatures.truncate(1);
    assert_eq!(anchor.follow(&few).unwrap_err(), Untrusted::Unsigned);
    let mut twice = few.clone();
    twice.signatures.push(few.signatures[0].clone());
    assert_eq!(anchor.follow(&twice).unwrap_err(), Untrusted::Unsigned);
    let mut bent = second.clone();
    bent.head = bent.head.replace("\"version\":2", "\"version\":9");
    assert_eq!(anchor.follow(&bent).unwrap_err(), Untrusted::Unsigned);
    let elsewhere = Desk::lay();
    elsewhere.sign_all();
    assert_eq!(anchor.follow(&elsewhere.offered()).unwrap_err(), Untrusted::Unsigned);
}

#[test]
fn the_associations_are_those_that_were_signed_for() {
    let desk = Desk::lay();
    desk.sign_all();
    let published = desk.verify().unwrap();
    let anchor = Anchor::enrol(&published.offered, &published.fingerprints()[0]).unwrap();
    let members = anchor.members(&published.list).unwrap();
    assert_eq!(members.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Un", "Deux"]);
    assert!(members.iter().all(|one| one.recipients.len() == 2 && one.devices.len() == 2));
    let swapped = published.list.replace("\"Un\"", "\"Deux\"");
    assert_eq!(anchor.members(&swapped).unwrap_err(), Untrusted::OtherAssociations);
}

#[test]
fn a_key_whose_letters_look_like_an_address_is_a_key_all_the_same() {
    // "Abcdweg 4" is a house in the Netherlands. Letters of keys are random, so one of many has such a piece.
    let key = "Abcdweg/4/jHF/CKnDKBg91XL1eiMfOUf9+0wxCryEw=";
    let device = |signing: &str| {
        let recipient = age::x25519::Identity::generate().to_public();
        format!("{{ recipient = \"{recipient}\", signing = \"{signing}\" }}")
    };
    let devices = format!("devices = [{}, {}]", device(key), device(KEYS[0]));
    let text = format!("{HEADER}{}", entry("one"));
    let named = text.replace("Association d'exemple, Lyon", key);
    assert!(complaints(&named).iter().any(|says| says.contains("looks like the address")));
    let line = |line: &str| if line.starts_with("recipients") { devices.clone() } else { line.to_owned() };
    let text = text.lines().map(line).collect::<Vec<_>>().join("\n");
    assert_eq!(complaints(&text), Vec::<String>::new());
}
