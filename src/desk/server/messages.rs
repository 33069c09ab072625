//! `POST /handoffs/{id}/messages`: a volunteer writes to a person whom they do not know.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::acts::{Wanted, done};
use super::body::{Body, paper};
use super::problem::Problem;
use super::signed::Signed;
use super::{Shared, hex, time};
use crate::desk::slots::Args;
use crate::handoff::{Outgoing, ReturnAddress, Said};
use crate::phrase::PhraseId;
use crate::store::NewReply;

/// The longest text, in characters.
pub(super) const LONGEST_TEXT: usize = 1_000;

#[derive(Deserialize)]
pub(super) struct Written {
    return_address: String,
    #[serde(default)]
    phrase: Option<String>,
    #[serde(default)]
    args: Args,
    #[serde(default)]
    text: Option<Zeroizing<String>>,
    copy: String,
}

pub(super) async fn write(
    State(shared): State<Arc<Shared>>,
    signed: Signed,
    Wanted(handoff): Wanted,
    Body(body): Body<Written>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let now = shared.clock.now();
    // Whose request it is comes first: nobody learns anything about another's.
    done(shared.store.standing(&signed.viewer, handoff).await?)?;
    let today = now.with_timezone(&shared.settings.zone).date_naive();
    let said = said(&body, today)?;
    let copy = paper(&body.copy)?;
    let opened = ReturnAddress::open(&shared.keys, handoff, &body.return_address, now);
    let told = opened.and_then(|to| Some((to.may_be_told(now, shared.settings.zone)?, to.number)));
    let title = "This return address does not belong to this request, or it has expired.";
    let (not_before, address_no) = told.ok_or(Problem::unfit("not_this_request", title))?;
    let sealed = Outgoing::seal(&shared.keys, &body.return_address, &said);
    let sealed = sealed.map_err(|_| Problem::unfit("wrong_text", "The text cannot be sealed."))?;
    let token = copy.id;
    let reply = NewReply { copy, sealed, address_no, not_before };
    done(shared.store.reply(signed.viewer, handoff, reply, now).await?)?;
    shared.messages_due.notify_one();
    let mut queued = json!({ "id": hex(token.as_bytes()), "delivery": "queued" });
    if let Some(members) = queued.as_object_mut().filter(|_| not_before > now) {
        members.insert("not_before".to_owned(), time(not_before).into());
    }
    Ok((StatusCode::ACCEPTED, Json(queued)))
}

fn said(body: &Written, today: NaiveDate) -> Result<Said, Problem> {
    match (&body.phrase, &body.text) {
        (Some(key), None) => {
            let id = PhraseId::from_key(key)
                .ok_or(Problem::unfit("unknown_phrase", "The phrasebook has no such phrase."))?;
            let phrase = body.args.phrase(id, today).map(Said::Phrase);
            phrase.ok_or(Problem::unfit("wrong_args", "These values do not fit the phrase."))
        }
        (None, Some(text)) => text_of(text).map(Said::Text),
        (Some(_), Some(_)) | (None, None) => {
            Err(Problem::malformed("Either a phrase or a text belongs here."))
        }
    }
}

/// A text without control characters, for what cannot be seen cannot be checked.
fn text_of(text: &str) -> Result<Zeroizing<String>, Problem> {
    let bidi = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let kept = text.trim().chars().filter(|&c| (c == '\n' || !c.is_control()) && !bidi(c));
    let text = Zeroizing::new(kept.collect::<String>());
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return Err(Problem::unfit("wrong_text", "A text has 1 to 1,000 characters."));
    }
    Ok(text)
}
