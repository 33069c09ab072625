//! Handoff tokens: what opens, what does not, and that the tools of others open them too.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use ed25519_dalek::{Signer as _, SigningKey};
use relais::clock::Minute;
use relais::conversation::{Choice, Sent};
use relais::handoff::{self, OpenFault, PICTURES, ReturnAddress, SealFault, key_text};
use relais::ids::{Country, HandoffId};
use relais::locale::Locale;
use relais::record::{Consent, Record, Request};
use relais::terms::{Area, Contact, Need, Place, Situation, Who, Zone};
use sha2::{Digest as _, Sha256};

use crate::need;
use crate::sealing::{CHAT, ring};
use crate::walk::{self, Walk, noon};

fn request(choices: &[Choice]) -> Request {
    let mut walk = Walk::new(Locale::FRENCH);
    for &choice in choices {
        walk.tap(choice);
    }
    walk.requests.pop().unwrap()
}

/// A request with nothing answered.
fn shortest() -> Request {
    request(&[Choice::NeedHelp, Choice::Agree, Choice::SendNow, Choice::Send(Contact::Never)])
}

/// A request with everything answered, in the longest words.
pub fn longest() -> Request {
    let send = Choice::Send(Contact::Afternoon);
    let asked =
        request(&[Choice::NumbersOnly, Choice::TellAssociation, Choice::Agree, Choice::SendNow, send]);
    Request {
        about: relais::record::About::Oneself {
            who: Some(Who::Family),
            situation: Some(Situation::Domestic),
            need: Some(Need::Medical),
        },
        place: Place::Area(Area::Languedoc),
        ..asked
    }
}

/// The hub of a request that was sent.
fn sent(contact: Contact) -> Sent {
    let consent = Some(Consent::given(1, Minute::of(noon())));
    let (code, zone) = (walk::code(), Zone::Mainland);
    Sent { code, minor: false, danger: true, other: false, elsewhere: false, consent, contact, zone }
}

/// Builds the record of a request as the intake does.
pub fn record(request: &Request) -> Record {
    let keys = ring();
    let id = keys.handoff(walk::code());
    let expires = Minute::of(noon() + TimeDelta::days(7));
    let address =
        ReturnAddress { chat: CHAT, locale: request.locale, sent: sent(request.contact), expires, number: 0 };
    let address = (request.contact != Contact::Never).then(|| address.seal(&keys, id));
    let reasons = vec!["serves:domestic".to_owned(), "speaks:fr".to_owned(), "same_department".to_owned()];
    Record::of_request(
        request,
        relais::record::Meta {
            handoff: id,
            received: noon(),
            sign: handoff::sign(id),
            return_address: address,
        },
        reasons,
    )
}

fn recipients(identities: &[&Identity]) -> Vec<Recipient> {
    identities.iter().map(|identity| identity.to_public()).collect()
}

fn token(record: &Record, identities: &[&Identity]) -> Vec<u8> {
    handoff::seal(record, &recipients(identities), ring().signing()).unwrap().into_bytes()
}

fn opened(token: &[u8], identity: &Identity) -> Result<Record, OpenFault> {
    let server = key_text(&ring().signing().verifying_key());
    handoff::open(token, std::slice::from_ref(identity), Some(&server)).map(|token| token.record().clone())
}

#[test]
fn every_recipient_reads_what_was_said_and_nobody_else() {
    let (one, two, team, stranger) =
        (Identity::generate(), Identity::generate(), Identity::generate(), Identity::generate());
    let record = record(&longest());
    let token = token(&record, &[&one, &two, &team]);
    for reader in [&one, &two, &team] {
        assert!(opened(&token, reader) == Ok(record.clone()));
    }
    assert!(opened(&token, &stranger) == Err(OpenFault::NotForYou));
    let unchecked = handoff::open(&token, &[stranger, one], None).unwrap();
    assert_eq!(unchecked.signed_by(), key_text(&ring().signing().verifying_key()));
    assert_eq!(unchecked.recipients(), 3);
    assert_eq!(format!("{unchecked:?}"), "OpenedToken { .. }");
}

/// Returns how many bytes follow the header, whose length age makes random.
fn payload(token: &[u8]) -> usize {
    let mark = token.windows(5).position(|window| window == b"\n--- ").unwrap() + 1;
    token.len() - mark - token[mark..].iter().position(|&byte| byte == b'\n').unwrap() - 1
}

#[test]
fn the_length_says_nothing_about_the_answers() {
    let reader = Identity::generate();
    let lengths: BTreeSet<usize> =
        [shortest(), longest()].iter().map(|request| payload(&token(&record(request), &[&reader]))).collect();
    // A nonce of 16 bytes, 2 KiB of padded text, a tag of 16 bytes.
    assert_eq!(lengths, [16 + 2_048 + 16].into());
}

#[test]
fn a_token_needs_a_reader_and_has_a_largest_size() {
    let mut record = record(&shortest());
    let nobody = handoff::seal(&record, &[], ring().signing());
    assert_eq!(nobody.unwrap_err(), SealFault::NoRecipient);
    let reader = recipients(&[&Identity::generate()]);
    record.routing.reasons = vec!["x".repeat(20_000)];
    assert_eq!(handoff::seal(&record, &reader, ring().signing()).unwrap_err(), SealFault::TooLong);
    record.routing.reasons = vec!["x".repeat(9_000)];
    let long = handoff::seal(&record, &reader, ring().signing()).unwrap();
    assert!(long.as_bytes().len() > 16 << 10);
}

/// Returns the two lines of a token's plaintext.
fn lines(token: &[u8], reader: &Identity) -> (String, serde_json::Value) {
    let plaintext = String::from_utf8(age::decrypt(reader, token).unwrap()).unwrap();
    let mut lines = plaintext.lines();
    let record = lines.next().unwrap().to_owned();
    (record, serde_json::from_str(lines.next().unwrap()).unwrap())
}

fn forged(record: &str, seal: &serde_json::Value, to: &Identity) -> Vec<u8> {
    age::encrypt(&to.to_public(), format!("{record}\n{seal}\n").as_bytes()).unwrap()
}

#[test]
fn what_others_make_of_a_token_is_never_shown_as_the_servers() {
    let (reader, next) = (Identity::generate(), Identity::generate());
    let token = token(&record(&longest()), &[&reader]);
    let (line, seal) = lines(&token, &reader);
    assert!(
        opened(&forged(&line, &seal, &reader), &reader).is_ok(),
        "the same content again is the same token"
    );

    // A reader seals it on to somebody whom the server did not mean.
    assert_eq!(opened(&forged(&line, &seal, &next), &next).unwrap_err(), OpenFault::BadSignature);
    let mut widened = seal.clone();
    widened["recipients"].as_array_mut().unwrap().push(next.to_public().to_string().into());
    assert_eq!(opened(&forged(&line, &widened, &next), &next).unwrap_err(), OpenFault::BadSignature);
    // A reader changes what the person said.
    let changed = line.replace("\"danger\":true", "\"danger\":false");
    assert_ne!(changed, line);
    assert_eq!(opened(&forged(&changed, &seal, &reader), &reader).unwrap_err(), OpenFault::BadSignature);
    // A stranger signs with a key of their own.
    let stranger = SigningKey::from_bytes(&[9; 32]);
    let own = handoff::seal(&record(&longest()), &recipients(&[&reader]), &stranger).unwrap();
    assert_eq!(opened(own.as_bytes(), &reader).unwrap_err(), OpenFault::OtherServer);
    let named = handoff::open(own.as_bytes(), std::slice::from_ref(&reader), None).unwrap();
    assert_eq!(named.signed_by(), key_text(&stranger.verifying_key()));
    // A seal of rubbish.
    for (field, value) in [("signature", "AAAA"), ("key", ""), ("signature", "no base64")] {
        let mut broken = seal.clone();
        broken[field] = value.into();
        assert_eq!(opened(&forged(&line, &broken, &reader), &reader).unwrap_err(), OpenFault::BadSignature);
    }
}

#[test]
fn a_signature_can_be_checked_from_its_description_alone() {
    let reader = Identity::generate();
    let other = Identity::generate();
    let (line, seal) = lines(&token(&record(&longest()), &[&reader, &other]), &reader);
    let mut names: Vec<String> = recipients(&[&reader, &other]).iter().map(ToString::to_string).collect();
    names.sort();
    assert_eq!(seal["recipients"], serde_json::json!(names));
    let fingerprint = Sha256::digest(names.join("\n"));
    let signed = [b"relais handoff token v1\n".as_slice(), &fingerprint, line.as_bytes()].concat();
    let signature = ring().signing().sign(&signed);
    assert_eq!(seal["signature"], STANDARD.encode(signature.to_bytes()));
}

#[test]
fn a_damaged_token_is_told_from_a_foreign_one() {
    let reader = Identity::generate();
    let token = token(&record(&shortest()), &[&reader]);
    for at in (0..token.len()).step_by(7) {
        let mut damaged = token.clone();
        damaged[at] ^= 0x20;
        let fault = opened(&damaged, &reader).unwrap_err();
        assert!(matches!(fault, OpenFault::NotAge | OpenFault::NotForYou), "byte {at}: {fault}");
    }
    for cut in [0, 1, 100, token.len() / 2, token.len() - 1] {
        assert_eq!(opened(&token[..cut], &reader).unwrap_err(), OpenFault::NotAge, "{cut} bytes");
    }
    assert_eq!(opened(&vec![b'a'; 65 << 10], &reader).unwrap_err(), OpenFault::NotToken);
    for foreign in ["hello", "{}\n{}\n", "", "{\"v\":1}\n{}\n"] {
        let file = age::encrypt(&reader.to_public(), foreign.as_bytes()).unwrap();
        assert_eq!(opened(&file, &reader).unwrap_err(), OpenFault::NotToken, "{foreign:?}");
    }
}

fn armored(token: &[u8]) -> String {
    let mut text = Vec::new();
    let format = age::armor::Format::AsciiArmor;
    let mut writer = age::armor::ArmoredWriter::wrap_output(&mut text, format).unwrap();
    writer.write_all(token).unwrap();
    writer.finish().unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn a_token_that_was_copied_as_text_opens() {
    let reader = Identity::generate();
    let record = record(&longest());
    let armor = armored(&token(&record, &[&reader]));
    for pasted in
        [armor.clone(), armor.replace('\n', "\r\n"), armor.trim().to_owned(), format!("\n  \n{armor}\n\n")]
    {
        assert!(opened(pasted.as_bytes(), &reader) == Ok(record.clone()), "{pasted:.60?}");
    }
}

#[test]
fn a_newer_field_does_not_lock_an_older_reader_out() {
    let line = serde_json::to_string(&record(&longest())).unwrap();
    let newer = line.replacen('{', "{\"of_tomorrow\":[1,2],", 1);
    assert!(serde_json::from_str::<Record>(&newer).unwrap() == record(&longest()));
}

#[test]
fn a_record_holds_what_was_said_and_no_finer_time_than_the_hour() {
    let value = serde_json::to_value(record(&longest())).unwrap();
    assert_eq!((&value["v"], &value["kind"]), (&1.into(), &"handoff".into()));
    assert_eq!(value["received"], "2026-11-24T11:00:00Z");
    assert_eq!(value["place"], serde_json::json!({"country": "FR", "area": "languedoc"}));
    assert_eq!(
        (&value["danger"], &value["children"], &value["age"]),
        (&true.into(), &true.into(), &"adult".into())
    );
    assert_eq!(value["contact"], serde_json::json!({"channel": "telegram", "window": "afternoon"}));
    let never = serde_json::to_value(record(&shortest())).unwrap();
    assert!(never.get("return_address").is_none(), "who wants no messages gives no address");
    assert_eq!(never["contact"]["channel"], "none");
}

#[test]
fn places_read_as_they_were_written() {
    let department = Place::Department("2A".parse().unwrap());
    let abroad = Place::Abroad("BE".parse().unwrap());
    for place in
        [Place::Unsaid, Place::Area(Area::Overseas), department, abroad, Place::Abroad(Country::ELSEWHERE)]
    {
        let text = serde_json::to_string(&place).unwrap();
        assert_eq!(serde_json::from_str::<Place>(&text).unwrap(), place, "{text}");
    }
    for wrong in [
        r#"{"country":"BE","area":"paris"}"#,
        r#"{"area":"paris"}"#,
        r#"{"street":"1"}"#,
        r#"{"country":"fr"}"#,
    ] {
        assert!(serde_json::from_str::<Place>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_return_address_ends_with_its_request() {
    let keys = ring();
    let id = keys.handoff(walk::code());
    let expires = Minute::of(noon() + TimeDelta::days(7));
    let address = ReturnAddress {
        chat: CHAT,
        locale: Locale::ARABIC,
        sent: sent(Contact::Evening),
        expires,
        number: 0,
    };
    let sealed = address.seal(&keys, id);
    assert!(ReturnAddress::open(&keys, id, &sealed, noon()) == Some(address));
    assert!(ReturnAddress::open(&keys, id, &sealed, noon() + TimeDelta::days(7)) == Some(address));
    assert!(ReturnAddress::open(&keys, id, &sealed, noon() + TimeDelta::days(8)).is_none());
    assert!(ReturnAddress::open(&keys, HandoffId::new([1; 16]), &sealed, noon()).is_none());
    assert!(ReturnAddress::open(&keys, id, &sealed[..sealed.len() - 1], noon()).is_none());
    assert!(ReturnAddress::open(&keys, id, &keys.seal_return_address(id, b"short"), noon()).is_none());
}

#[test]
fn a_sign_is_three_different_pictures() {
    let once: BTreeSet<&str> = PICTURES.into_iter().collect();
    assert_eq!(once.len(), PICTURES.len());
    let keys = ring();
    let mut signs = BTreeSet::new();
    for number in 0..500 {
        let id = keys.handoff(relais::ids::Code::from_number(number).unwrap());
        let sign = handoff::sign(id);
        assert_eq!(sign, handoff::sign(id));
        let pictures = PICTURES.iter().filter(|picture| sign.contains(**picture)).count();
        assert_eq!(pictures, 3, "{sign}");
        signs.insert(sign);
    }
    // Of 249,984 signs; two of 500 may well be the same.
    assert!(signs.len() > 490, "{}", signs.len());
}

/// Runs a tool of others on a token and returns what it printed.
fn output(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn written(folder: &Path, reader: &Identity, token: &[u8]) {
    fs::write(folder.join("key.txt"), format!("# a key\n{}\n", reader.to_string().expose_secret())).unwrap();
    fs::write(folder.join("token.age"), token).unwrap();
    fs::write(folder.join("token.txt"), armored(token)).unwrap();
}

fn first_line(plaintext: &str) -> serde_json::Value {
    serde_json::from_str(plaintext.lines().next().unwrap()).unwrap()
}

#[test]
fn the_official_age_opens_our_tokens() {
    if !need::programs("the official age", &["age"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (reader, team) = (Identity::generate(), Identity::generate());
    let record = record(&longest());
    written(folder.path(), &reader, &token(&record, &[&team, &reader]));
    for file in ["token.age", "token.txt"] {
        let said = output(Command::new("age").args(["-d", "-i", "key.txt", file]).current_dir(&folder));
        assert_eq!(first_line(&said), serde_json::to_value(&record).unwrap(), "{file}");
    }
}

#[test]
fn what_the_official_age_encrypts_is_read_and_not_trusted() {
    if !need::programs("the official age", &["age"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let reader = Identity::generate();
    let (line, seal) = lines(&token(&record(&longest()), &[&reader]), &reader);
    fs::write(folder.path().join("plain"), format!("{line}\n{seal}\n")).unwrap();
    for armor in [&[][..], &["-a"]] {
        let recipient = reader.to_public().to_string();
        let mut age = Command::new("age");
        age.args(armor).args(["-r", &recipient, "-o", "again.age", "plain"]).current_dir(&folder);
        output(&mut age);
        let again = fs::read(folder.path().join("again.age")).unwrap();
        assert!(opened(&again, &reader) == Ok(record(&longest())));
    }
}

#[test]
fn the_library_of_the_web_opens_our_tokens_and_checks_the_signature() {
    let script = need::project("tests/interop/open.mjs");
    if !need::programs("age-encryption", &["node"]) {
        return;
    }
    if !need::project("tests/interop/node_modules/age-encryption").exists() {
        return need::skip("age-encryption", "its npm package (npm ci in tests/interop)");
    }
    let folder = tempfile::tempdir().unwrap();
    let (reader, team) = (Identity::generate(), Identity::generate());
    let record = record(&longest());
    written(folder.path(), &reader, &token(&record, &[&team, &reader]));
    for file in ["token.age", "token.txt"] {
        let said = output(Command::new("node").arg(&script).args(["key.txt", file]).current_dir(&folder));
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["record"], serde_json::to_value(&record).unwrap(), "{file}");
        assert_eq!(said["signature_fits"], true);
        assert_eq!(said["key"], key_text(&ring().signing().verifying_key()));
    }
}
