//! The adapter over real HTTP against the stand-in.

use crate::support::{PhoneExt as _, Stage};

#[tokio::test]
async fn a_person_reaches_the_review_in_one_message() {
    let stage = Stage::start().await;
    let phone = stage.phone("en");
    phone.send_text("/start");
    let first = phone.sees("Choose your language").await;
    phone.taps("English").await;
    phone.taps("I need help").await;
    phone.taps("I agree").await;
    phone.taps("Woman").await;
    eprintln!("{:#?}", crate::support::texts(&phone));
    assert_eq!(phone.living().id, first.id);
    stage.close().await;
}
