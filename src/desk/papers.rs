//! What else belongs to a request: what the person added, and what the association wrote down.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::client::ShownToken;
use super::slots::Args;
use crate::handoff::{OpenFault, OpenedToken};
use crate::phrase::{Phrase, PhraseId};

/// A piece of a request beside its first token.
pub struct Paper {
    /// What it is, as the server calls it.
    pub kind: String,
    /// What became of it, where it is a reply.
    pub delivery: Option<String>,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a piece.
pub enum Content {
    /// The person said it: the server's signature fits.
    Said(Box<OpenedToken>),
    /// It is not as the server signed it, and so it is not shown.
    Refused(OpenFault),
    /// A colleague wrote it, as they say themselves: nobody has signed it.
    Own(Own),
}

/// What a colleague wrote.
pub struct Own {
    /// When and by whom, and whatever else stands in it.
    pub fields: Value,
    /// The phrase, where it is one.
    pub phrase: Option<Phrase>,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Paper {
    /// Returns whether the person's own words stand in such a piece, under the server's signature.
    pub(super) fn is_signed(kind: &str) -> bool {
        matches!(kind, "addition" | "message" | "withdrawal")
    }

    pub(super) fn of(token: &ShownToken, content: Content) -> Self {
        Self { kind: token.kind.clone(), delivery: token.delivery.clone(), content }
    }
}

impl Content {
    /// Reads what a colleague wrote.
    pub(super) fn own(plaintext: &Zeroizing<String>) -> Self {
        #[derive(Deserialize)]
        struct Written {
            at: DateTime<Utc>,
            phrase: String,
            #[serde(default)]
            args: Args,
        }
        let text = plaintext.trim_end();
        let fields = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
        let phrase = serde_json::from_str(text).ok().and_then(|written: Written| {
            // Tomorrow is the day after it was written.
            let day = written.at.with_timezone(&Paris).date_naive();
            written.args.phrase(PhraseId::from_key(&written.phrase)?, day)
        });
        Self::Own(Own { fields, phrase })
    }
}
