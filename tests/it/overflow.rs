//! A flood meets the limit of an association: what comes after goes to the next, and says why.

use relais::handoff;
use relais::ids::AssociationId;
use relais::locale::Locale;
use relais::message::Message as Words;
use relais::record::Record;
use relais::routing::Reason;
use relais::sandbox::Phone;
use relais::store::{Act, Paper, StoredToken, TokenId, TokenState, Viewer};

use crate::support::{PhoneExt as _, Stage, panics};

const LYON: &str = "exemple-lyon";
const TEAM: &str = "exemple-equipe-nationale";

/// A woman near Lyon asks for help, and is told that it was sent.
async fn ask(stage: &Stage, danger: bool) -> String {
    let phone: Phone = stage.phone("fr");
    let tap = async |words: Words| phone.taps(&stage.catalog.label(Locale::FRENCH, &words)).await;
    phone.send_text("/start");
    phone.sees("🌐").await;
    phone.taps(Locale::FRENCH.native()).await;
    if danger {
        tap(Words::Danger).await;
        tap(Words::NumbersTellAssociation).await;
    } else {
        tap(Words::HomeNeedHelp).await;
    }
    tap(Words::ConsentAgree).await;
    tap(Words::WhoWoman).await;
    tap(Words::SituationLabour).await;
    tap(Words::NeedTalk).await;
    tap(Words::AreaAlps).await;
    let hub = tap(Words::SendAnyTime).await;
    assert!(hub.text.contains('✅'), "{}", hub.text);
    hub.text
}

/// The token that is not among those of before.
async fn newest(stage: &Stage, before: &mut Vec<TokenId>) -> StoredToken {
    let tokens = stage.store().tokens(100).await.unwrap();
    let mut new = tokens.into_iter().filter(|token| !before.contains(&token.id));
    let newest = new.next().expect("a request was stored");
    assert!(new.next().is_none(), "one and no more");
    before.push(newest.id);
    newest
}

fn opened(stage: &Stage, token: &StoredToken) -> Record {
    let identities = &stage.demo.identities[&token.association];
    handoff::open(&token.ciphertext, identities, None).unwrap().record().clone()
}

fn reasons(record: &Record) -> Vec<Reason> {
    record.routing.reasons.iter().map(|code| code.parse().unwrap()).collect()
}

#[tokio::test]
async fn what_is_too_much_for_one_goes_to_the_next_and_comes_back_when_it_has_answered() {
    let mut stage = Stage::empty().await;
    stage.intake_cap = Some(2);
    stage.raise().await;
    let mut known = Vec::new();
    for _ in 0..2 {
        ask(&stage, false).await;
        let token = newest(&stage, &mut known).await;
        assert_eq!(token.association.as_str(), LYON);
        let record = opened(&stage, &token);
        assert!(!reasons(&record).iter().any(|reason| matches!(reason, Reason::Overflow(_))));
        assert!((1..=5).contains(&record.routing.others.len()), "{:?}", record.routing.others);
        assert!(record.routing.others.iter().all(|other| *other != token.association));
    }
    ask(&stage, false).await;
    let third = newest(&stage, &mut known).await;
    assert_ne!(third.association.as_str(), LYON);
    let record = opened(&stage, &third);
    assert!(reasons(&record).contains(&Reason::Overflow(1)), "{:?}", record.routing.reasons);
    // A volunteer there can still pass it on to Lyon.
    assert!(record.routing.others.iter().any(|other| other.as_str() == LYON));
    let lyon: AssociationId = LYON.parse().unwrap();
    let first = stage.store().tokens(100).await.unwrap();
    let first = first.iter().find(|token| token.association == lyon).unwrap();
    let claim = Paper { id: TokenId::new([7; 16]), ciphertext: b"claim".to_vec() };
    let viewer = Viewer { association: lyon, team: false };
    let act = Act::Accept { claim };
    stage.store().perform(viewer, first.handoff, act, None, stage.clock.now()).await.unwrap();
    known.push(TokenId::new([7; 16]));
    ask(&stage, false).await;
    assert_eq!(newest(&stage, &mut known).await.association.as_str(), LYON, "there is room again");
    stage.close().await;
    assert_eq!(panics(), 0);
}

#[tokio::test]
async fn when_all_are_full_the_team_takes_it_and_danger_stays_with_an_association() {
    let mut stage = Stage::empty().await;
    stage.intake_cap = Some(1);
    stage.raise().await;
    let mut known = Vec::new();
    let mut asked = Vec::new();
    let last = loop {
        ask(&stage, false).await;
        let token = newest(&stage, &mut known).await;
        if token.association.as_str() == TEAM {
            break token;
        }
        assert!(!asked.contains(&token.association), "{} has one already", token.association);
        asked.push(token.association);
    };
    assert!(asked.len() >= 2, "{asked:?}");
    let record = opened(&stage, &last);
    let full = u16::try_from(asked.len()).unwrap();
    assert!(reasons(&record).contains(&Reason::Overflow(full)), "{:?}", record.routing.reasons);
    assert_eq!(record.routing.others.first().map(AssociationId::as_str), Some(LYON));
    // The team has one too, and is not full for that.
    ask(&stage, false).await;
    assert_eq!(newest(&stage, &mut known).await.association.as_str(), TEAM);
    ask(&stage, true).await;
    let urgent = newest(&stage, &mut known).await;
    assert!(asked.contains(&urgent.association), "{}", urgent.association);
    assert!(reasons(&opened(&stage, &urgent)).contains(&Reason::Full));
    assert_eq!(urgent.state, TokenState::Pending);
    let told = stage.store().handoff(urgent.handoff).await.unwrap().unwrap().notices;
    let team = told.iter().filter(|notice| notice.audience.as_str() == TEAM).count();
    assert!(team >= 2, "the team is told at once, and once more where nobody answers: {told:?}");
    stage.close().await;
}
