//! What handing over costs: sign, pad and encrypt a record, and open it again.

use chrono::{DateTime, Utc};
use relais::clock::Minute;
use relais::handoff;
use relais::ids::HandoffId;
use relais::locale::Locale;
use relais::record::{About, CONSENT_VERSION, Consent, Meta, Record, Request};
use relais::sealing::KeyRing;
use relais::terms::{Area, Contact, Distance, Need, Place, Situation, Who};

fn main() {
    divan::main();
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_518_000, 0).unwrap_or_default()
}

fn keys() -> KeyRing {
    let file = KeyRing::generate_file(now().date_naive()).ok();
    file.and_then(|file| KeyRing::parse(&file).ok()).unwrap_or_else(|| std::process::exit(1))
}

fn record() -> Record {
    let request = Request {
        consent: Consent::given(CONSENT_VERSION, Minute::of(now())),
        locale: Locale::ARABIC,
        danger: false,
        about: About::Oneself {
            who: Some(Who::Woman),
            situation: Some(Situation::Domestic),
            need: Some(Need::Leave),
        },
        place: Place::Area(Area::Riviera),
        distance: Distance::Far,
        contact: Contact::Evening,
        campaign: None,
    };
    let id = HandoffId::new([7; 16]);
    let reasons = ["serves:domestic", "speaks:ar", "nationwide"].map(str::to_owned).to_vec();
    let address = Some("x".repeat(56));
    let meta = Meta { handoff: id, received: now(), sign: handoff::sign(id), return_address: address };
    Record::of_request(&request, meta, reasons)
}

/// Two recipients of an association and one of a national team are usual.
#[divan::bench(args = [1, 3, 5])]
fn seal(bencher: divan::Bencher<'_, '_>, recipients: usize) {
    let keys = keys();
    let record = record();
    let recipients: Vec<_> = (0..recipients).map(|_| age::x25519::Identity::generate().to_public()).collect();
    bencher.bench(|| handoff::seal(&record, &recipients, keys.signing()));
}

/// What a volunteer's device does.
#[divan::bench]
fn open(bencher: divan::Bencher<'_, '_>) {
    let keys = keys();
    let reader = age::x25519::Identity::generate();
    let token = handoff::seal(&record(), &[reader.to_public()], keys.signing());
    let token = token.map(handoff::Encrypted::into_bytes).unwrap_or_default();
    bencher.bench(|| handoff::open(&token, std::slice::from_ref(&reader), None).is_ok());
}
