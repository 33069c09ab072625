//! Signatures: how many, whose, and between minisign and us.

use super::*;

#[test]
fn two_of_three_signatures_make_a_directory() {
    let (secret, public) = keys(3);
    let text = format!("{HEADER}{}", entry("relais-lyon"));
    let verified = verify_with(file(&text, &[&secret[2], &secret[0]]), &public, 2).unwrap();
    let association = verified.directory.find(&"relais-lyon".parse().unwrap()).unwrap();
    assert_eq!(association.public_phone(today()), Some("+33 4 65 71 12 06"));
    assert_eq!(association.devices.len(), 2);
    assert_eq!(association.department.unwrap().to_string(), "69");
}

#[test]
fn a_file_that_was_changed_is_refused() {
    let (secret, public) = keys(1);
    let mut signed = file(&entry("relais-lyon"), &[&secret[0]]);
    signed.content = String::from_utf8(signed.content).unwrap().replace("\"69\"", "\"13\"").into();
    let wrong = verify_with(signed, &public, 1).unwrap_err();
    assert_eq!(wrong, [Wrong::Altered { key: secret[0].id() }]);
}

#[test]
fn a_stranger_s_key_counts_for_nothing() {
    let (_, public) = keys(2);
    let (strangers, _) = keys(2);
    let signed = file(&entry("relais-lyon"), &[&strangers[0], &strangers[1]]);
    assert_eq!(verify_with(signed, &public, 1).unwrap_err(), [Wrong::NotTrusted]);
}

#[test]
fn a_file_without_signature_is_refused() {
    let (_, public) = keys(1);
    assert_eq!(verify_with(file(&entry("relais-lyon"), &[]), &public, 0).unwrap_err(), [Wrong::Unsigned]);
}

#[test]
fn one_key_that_signs_twice_is_one_signer() {
    let (secret, mut public) = keys(2);
    let signed = file(&entry("relais-lyon"), &[&secret[0], &secret[0]]);
    // Nor does it help that the configuration names the key twice.
    public.push(public[0].clone());
    let wrong = verify_with(signed, &public, 2).unwrap_err();
    assert_eq!(wrong, [Wrong::TooFew { valid: 1, threshold: 2 }]);
}

/// A folder with one file of associations in it.
fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("lyon.toml"), text).unwrap();
    folder
}

fn verify_folder(folder: &Path, keys: &[TrustedKey], threshold: u32) -> Result<Verified, Vec<Wrong>> {
    let verified = UntrustedDirectory::read(folder).verify(&Trust { keys, threshold }, today());
    verified.map_err(|faults| faults.0.into_iter().map(|fault| fault.wrong).collect())
}

fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn two_people_sign_one_after_the_other_and_again() {
    let (secret, public) = keys(2);
    let folder = folder(&format!("{HEADER}{}", entry("relais-lyon")));
    let file = folder.path().join("lyon.toml");
    let now = at("2026-11-25T10:00:00Z");
    sign_file(&file, &secret[0], now).unwrap();
    assert_eq!(
        verify_folder(folder.path(), &public, 2).unwrap_err(),
        [Wrong::TooFew { valid: 1, threshold: 2 }]
    );
    sign_file(&file, &secret[1], now).unwrap();
    sign_file(&file, &secret[0], now).unwrap();
    let second = format!("lyon.toml.{}.minisig", secret[1].id());
    assert_eq!(names(folder.path()), ["lyon.toml", &second, "lyon.toml.minisig"]);
    assert_eq!(verify_folder(folder.path(), &public, 2).unwrap().directory.associations().len(), 1);
    // The file changes, and only one of them has seen it.
    let text = std::fs::read_to_string(&file).unwrap().replace("\"42\"", "\"43\"");
    std::fs::write(&file, text).unwrap();
    sign_file(&file, &secret[0], now).unwrap();
    let wrong = verify_folder(folder.path(), &public, 2).unwrap_err();
    assert_eq!(wrong, [Wrong::Altered { key: secret[1].id() }]);
}

#[test]
fn a_file_that_would_be_refused_is_not_signed() {
    let (secret, _) = keys(1);
    let folder = folder(&entry("relais-lyon").replace("recipients", "recipient"));
    let refused = sign_file(&folder.path().join("lyon.toml"), &secret[0], at("2026-11-25T10:00:00Z"));
    let told = refused.unwrap_err().to_string();
    assert!(told.contains("did you mean recipients?"), "{told}");
    assert_eq!(names(folder.path()), ["lyon.toml"]);
}

#[test]
fn a_folder_that_cannot_be_read_or_is_empty_is_told() {
    let empty = tempfile::tempdir().unwrap();
    let told = |folder: &Path| match verify_folder(folder, &keys(1).1, 1).unwrap_err().as_slice() {
        [Wrong::Unreadable(says)] => says.clone(),
        other => panic!("{other:?}"),
    };
    assert!(told(empty.path()).contains("holds no *.toml file"));
    assert!(told(&empty.path().join("nowhere")).contains("cannot be read"));
}

/// Runs the official program; `None` where it is not installed, which fails where nothing may be skipped.
fn minisign(folder: &Path, arguments: &[&str]) -> Option<std::process::Output> {
    let output = std::process::Command::new("minisign").args(arguments).current_dir(folder).output().ok();
    if output.is_none() {
        eprintln!("SKIPPED: minisign is not installed, so its signatures were not tried against ours");
        assert!(set("RELAIS_FORBID_SKIP").is_none(), "minisign is needed here");
    }
    output
}

#[test]
fn signatures_of_minisign_are_ours_and_ours_are_its() {
    let folder = folder(&format!("{HEADER}{}", entry("relais-lyon")));
    let run = |arguments: &[&str]| {
        let output = minisign(folder.path(), arguments)?;
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        Some(())
    };
    if run(&["-G", "-W", "-p", "a.pub", "-s", "a.key"]).is_none() {
        return;
    }
    run(&["-G", "-W", "-p", "b.pub", "-s", "b.key"]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let public = ["a.pub", "b.pub"].map(|name| TrustedKey::parse(&read(name)).unwrap());
    // Theirs: the usual form, and the legacy one.
    run(&["-S", "-s", "a.key", "-m", "lyon.toml"]);
    run(&["-S", "-l", "-s", "b.key", "-m", "lyon.toml", "-x", "lyon.toml.2.minisig"]);
    assert_eq!(verify_folder(folder.path(), &public, 2).unwrap().directory.associations().len(), 1);
    // Ours.
    std::fs::remove_file(folder.path().join("lyon.toml.minisig")).unwrap();
    let key = SigningKey::open(&read("a.key").into(), None).unwrap();
    assert!(read("a.pub").contains(&key.id()) && read("a.pub").contains(&key.public().unwrap()));
    let signed = sign_file(&folder.path().join("lyon.toml"), &key, at("2026-11-25T10:00:00Z")).unwrap();
    run(&["-V", "-p", "a.pub", "-m", "lyon.toml", "-x", &names_of(&signed.signature)]);
    // And a change is seen by both.
    std::fs::write(folder.path().join("lyon.toml"), read("lyon.toml") + "\n").unwrap();
    let denied = minisign(folder.path(), &["-V", "-p", "a.pub", "-m", "lyon.toml"]).unwrap();
    assert!(!denied.status.success());
    assert!(verify_folder(folder.path(), &public, 1).is_err());
}

fn names_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn a_protected_key_opens_with_its_password_only() {
    // In minisign's form, with the password "relais" and light settings of scrypt: minisign itself signs with it.
    // It is trusted nowhere.
    let file = SecretString::from(include_str!("protected.key"));
    let open = |password: &str| SigningKey::open(&file, Some(&SecretString::from(password)));
    let key = open("relais").unwrap();
    assert_eq!(key.public().unwrap(), include_str!("protected.pub").lines().nth(1).unwrap());
    assert_eq!(open("wrong").unwrap_err(), KeyFault::WrongPassword);
    assert_eq!(SigningKey::open(&file, None).unwrap_err(), KeyFault::PasswordNeeded);
    assert_eq!(SigningKey::open(&"rubbish\nrubbish".into(), None).unwrap_err(), KeyFault::Malformed);
    assert!(!format!("{key:?}").contains(char::is_numeric), "nothing of the key is printed");
}
