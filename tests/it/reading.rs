//! What can be read from anywhere, what is said of minors, and what a conversation carries along.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use relais::conversation::{Choice, Conversation, Event, Link, Over, PRIVACY_PAGES, Sent, Stage, step};
use relais::handoff::ReturnAddress;
use relais::ids::{ChatId, Nonce};
use relais::locale::Locale;
use relais::record::{About, Campaign};
use relais::sealing::KeyRing;
use relais::terms::{Contact, Place, Subject, Who, Zone};

use crate::sealing::{CHAT, ring};
use crate::walk::{self, Walk, noon};

/// What asks for something that can be read anywhere.
const ASKED: [Event; 4] =
    [Event::Privacy, Event::Language, Event::Tap(Choice::Genuine), Event::Tap(Choice::Danger)];

fn shapes() -> Vec<Walk> {
    [false, true].into_iter().flat_map(|backwards| walk::every_shape(Locale::ENGLISH, backwards)).collect()
}

#[test]
fn whatever_is_read_gives_the_place_back() {
    let mut tried = 0;
    for walk in shapes() {
        let now = walk.now;
        let stage = walk.conversation.stage;
        // These three cannot be shown twice, or stand beside what was asked for.
        let stays = !matches!(
            walk.conversation.over,
            Some(Over::FoundPlaces | Over::Linked | Over::Numbers | Over::Privacy { .. } | Over::Genuine)
        ) && walk.conversation.beneath.is_none();
        for asked in ASKED {
            let shown = step(walk.conversation, asked, now).conversation;
            let back = step(shown, Event::Tap(Choice::Back), now).conversation;
            assert!(back.stage == stage, "what was answered is kept");
            if stays
                && !(asked == Event::Language
                    && matches!(walk.conversation.over, Some(Over::Languages { .. })))
            {
                assert_eq!(back.over, walk.conversation.over, "the screen itself comes back");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn privacy_says_all_in_pages_and_ends() {
    let mut walk = Walk::new(Locale::FRENCH);
    walk.take(Event::Privacy);
    let mut said: Vec<String> = Vec::new();
    for _ in 1..PRIVACY_PAGES {
        said.extend(walk.screen().body.iter().flatten().map(|message| message.key().to_owned()));
        walk.tap(Choice::NextPage);
    }
    said.extend(walk.screen().body.iter().flatten().map(|message| message.key().to_owned()));
    let pages = ["privacy-text", "privacy-seen", "privacy-kept", "privacy-erase", "privacy-told"];
    assert_eq!(said, [&pages[..], &["privacy-operator"]].concat());
    assert!(
        !walk.buttons().iter().any(|button| button.choice == Choice::NextPage),
        "the last page is the last"
    );
    walk.facts.operator = None;
    assert_eq!(walk.screen().body.last().unwrap()[0].key(), "privacy-operator-unsaid");
}

/// Everything that can lie over a stage.
fn overlays() -> Vec<Option<Over>> {
    let mut overlays: Vec<Option<Over>> = shapes().iter().map(|walk| walk.conversation.over).collect();
    overlays.push(Some(Over::Message));
    overlays.sort_by_key(|over| format!("{over:?}"));
    overlays.dedup();
    overlays
}

#[test]
fn the_number_for_children_is_on_every_screen_of_a_minor() {
    let minors: Vec<Conversation> = shapes()
        .into_iter()
        .filter_map(|walk| {
            let mut stage = walk.conversation.stage;
            match &mut stage {
                Stage::Asking(intake, _) => match &mut intake.answers.about {
                    About::Oneself { who, .. } => *who = Some(Who::Minor),
                    About::Other { subject, .. } => *subject = Some(Subject::Child),
                },
                Stage::NobodyFits { minor } | Stage::Cancelled { minor } => *minor = true,
                Stage::Sent(sent) | Stage::Telling(sent, _) => sent.minor = true,
                Stage::Home | Stage::NotPrivate | Stage::Consent(_) | Stage::Left => {}
            }
            Some(Conversation { stage, ..walk.conversation }).filter(Conversation::is_minor)
        })
        .collect();
    let overlays = overlays();
    assert!(minors.len() > 20 && overlays.len() > 14, "{} and {}", minors.len(), overlays.len());
    for minor in minors {
        for &over in &overlays {
            let shown = walk::screen_of(&Conversation { over, ..minor }, None, &walk::facts());
            assert_eq!(walk::name(&shown.body[0][0]), "minor-line(119)", "under {over:?}");
        }
    }
}

#[test]
fn silence_forgets_what_was_not_sent_and_keeps_the_way_to_what_was() {
    for walk in shapes() {
        let before = walk.conversation;
        let after = step(before, Event::Idle, walk.now).conversation;
        let body = walk::screen_of(&after, None, &walk.facts).body;
        let keys: Vec<&str> = body.iter().flatten().map(relais::message::Message::key).collect();
        if let Some(sent) = before.sent() {
            assert!(after.sent() == Some(sent), "the way back stays");
            if before.shows_message() {
                assert_eq!(after.over, None, "a message goes to the hub");
                continue;
            }
        } else {
            assert!(after.stage == Stage::Home && after.beneath.is_none());
        }
        let neutral = ["language-choose", "minor-line"];
        assert!(keys.iter().all(|key| neutral.contains(key)), "{keys:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_beneath_the_campaign_and_the_zone_travel_with_every_screen(
        at in any::<usize>(), page in 0_u8..8, campaign in 0_u8..64, zone in 0..Zone::ALL.len(),
    ) {
        let mut shapes = shapes_once();
        let at = at % shapes.len();
        let conversation = &mut shapes[at];
        conversation.over = Some(Over::Privacy { page });
        conversation.beneath = Some(Over::Languages { page });
        conversation.campaign = Campaign::from_number(campaign);
        if let Stage::Sent(sent) | Stage::Telling(sent, _) = &mut conversation.stage {
            sent.zone = Zone::ALL[zone];
        }
        let keys: KeyRing = ring();
        let sealed = keys.seal(conversation, Choice::Genuine, CHAT, noon());
        let opened = keys.open(&sealed, CHAT, noon()).unwrap();
        prop_assert!(opened.conversation == *conversation && opened.choice == Choice::Genuine);
    }
}

fn shapes_once() -> Vec<Conversation> {
    static ONCE: std::sync::OnceLock<Vec<Conversation>> = std::sync::OnceLock::new();
    ONCE.get_or_init(|| shapes().into_iter().map(|walk| walk.conversation).collect()).clone()
}

fn address(zone: Zone, contact: Contact) -> ReturnAddress {
    let sent = Sent {
        code: walk::code(),
        minor: false,
        danger: false,
        other: false,
        elsewhere: false,
        consent: None,
        contact,
        zone,
    };
    let expires = relais::clock::Minute::of(noon() + chrono::Days::new(7));
    ReturnAddress { chat: ChatId(7), locale: Locale::FRENCH, sent, expires, number: 0 }
}

#[test]
fn a_safe_time_is_told_by_the_clock_of_the_person() {
    let paris = chrono_tz::Europe::Paris;
    let hour = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    // Eleven in the morning in Paris is two in the afternoon on Réunion, and six in the morning in Guadeloupe.
    let now = hour("2026-11-25T10:00:00Z");
    let keys = ring();
    let handoff = keys.handoff(walk::code());
    let first = |zone| {
        let sealed = address(zone, Contact::Morning).seal(&keys, handoff);
        ReturnAddress::open(&keys, handoff, &sealed, now).unwrap().may_be_told(now, paris).unwrap()
    };
    assert_eq!(first(Zone::Mainland), now);
    assert_eq!(first(Zone::Reunion), hour("2026-11-26T04:00:00Z"));
    assert_eq!(first(Zone::Guadeloupe), hour("2026-11-25T12:00:00Z"));
    for &zone in Zone::ALL {
        let departments = (1..1_000).filter_map(relais::ids::Department::from_number);
        let own = departments.filter(|&d| Zone::of(Place::Department(d)) == zone).count();
        assert_eq!(own == 1, zone != Zone::Mainland, "{zone}");
    }
}

#[test]
fn an_address_of_before_opens_as_one_of_the_mainland() {
    // Sealed before addresses had a zone: 24 bytes. Nor had they a number, until they had 29.
    let keys = ring();
    let handoff = keys.handoff(walk::code());
    let sealed = address(Zone::Mainland, Contact::AnyTime).seal(&keys, handoff);
    let bytes = keys.open_return_address(handoff, &sealed).unwrap();
    assert_eq!(bytes.len(), 29);
    for length in [24, 25] {
        let before = keys.seal_return_address(handoff, &bytes[..length]);
        let opened = ReturnAddress::open(&keys, handoff, &before, noon()).unwrap();
        assert!(opened == address(Zone::Mainland, Contact::AnyTime));
    }
}

#[test]
fn a_link_never_takes_a_request_away() {
    let sent = address(Zone::Mainland, Contact::AnyTime).sent;
    let hub = Conversation::of_sent(Locale::FRENCH, Nonce::new(7), sent);
    for link in [Link::Association, Link::Campaign(Campaign::from_number(1).unwrap())] {
        let shown = step(hub, Event::Linked(link), noon()).conversation;
        let back = step(shown, Event::Tap(Choice::Back), noon()).conversation;
        assert!(back.stage == hub.stage && back.over.is_none());
    }
}

#[test]
fn names_of_campaigns_can_stand_in_a_link() {
    for good in ["poster-lyon", "x", "2026", "abcdefghijklmnopqrstuvwxyz012345"] {
        assert!(Campaign::is_name(good), "{good}");
    }
    for bad in ["", "a-relais", "Poster", "poster lyon", "é", "abcdefghijklmnopqrstuvwxyz0123456"] {
        assert!(!Campaign::is_name(bad), "{bad}");
    }
    let declared: Vec<String> = (0..80).map(|number| format!("c{number}")).collect();
    assert_eq!(Campaign::find("c62", &declared).unwrap().name(&declared), Some("c62"));
    assert!(Campaign::find("c63", &declared).is_none(), "six bits hold 63");
}
