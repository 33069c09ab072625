//! What only the outside knows, gathered for the screen that is to be shown.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::time::{is_late, time_message};
use super::{Hand, Intake, given, numbers};
use crate::conversation::{Answering, Conversation, Facts, News, Sent, SentFacts, SentState};
use crate::directory::{Association, Coverage, Role};
use crate::handoff::sign;
use crate::i18n::Catalog;
use crate::ids::{ChatId, Code, Country, HandoffId};
use crate::locale::Locale;
use crate::place;
use crate::store::{HandoffRow, NoticeReason, StoreError, TokenState};
use crate::terms::Place;

impl Intake {
    pub(super) async fn facts(
        &self,
        chat: ChatId,
        conversation: &Conversation,
        phone: Locale,
        hand: &Hand,
    ) -> Facts {
        let now = self.clock.now();
        let country = match conversation.place() {
            Place::Abroad(country) => country,
            Place::Unsaid | Place::Area(_) | Place::Department(_) | Place::Commune(_) => {
                self.settings.country
            }
        };
        let numbers = super::numbers::Numbers::of(&self.directory, country, now.date_naive(), &hand.wished);
        let (handoff, sent) = match conversation.sent() {
            Some(sent) => self.sent(sent, now, &hand.others).await,
            None => (self.keys.handoff(self.keys.code(chat, conversation.nonce)), SentState::Closed),
        };
        let waiting = self.waiting(conversation, now).await;
        let departments = conversation.listed_area().map(place::departments_of).unwrap_or_default();
        let named = |department| Some((department, given::named(Place::Department(department))?.1));
        Facts {
            locales: Catalog::offered(phone),
            fitting: numbers.fitting,
            lines: numbers.lines,
            minor_number: numbers.minor,
            danger_number: numbers.danger,
            countries: self.countries(),
            departments: departments.into_iter().filter_map(named).collect(),
            place_name: given::named(conversation.place()).map(|(_, name)| name),
            found: hand.found.clone(),
            retention_days: self.settings.retention_days,
            sign: sign(handoff),
            sent,
            free_text: self.settings.free_text,
            operator: self.settings.operator.clone(),
            idle_minutes: self.settings.idle_minutes,
            bot: self.bot.clone(),
            linked: hand.linked.clone(),
            campaign: self.campaign(conversation.campaign).map(str::to_owned),
            message_waits: waiting.one,
            message: waiting.words,
        }
    }

    /// Other countries for which there is something: a number to call, or an association.
    fn countries(&self) -> Vec<Country> {
        let mut countries = self.directory.countries();
        countries.retain(|&country| country != self.settings.country);
        countries
    }

    /// Returns the handoff as it was stored, whichever key was the newest then, and where it stands.
    async fn sent(
        &self,
        sent: &Sent,
        now: DateTime<Utc>,
        others: &[(String, String)],
    ) -> (HandoffId, SentState) {
        let code = sent.code;
        match self.stored(code).await {
            Ok(Some(row)) => (row.handoff, SentState::Known(self.known(&row, sent.zone.tz(), now, others))),
            Ok(None) => (self.keys.handoff(code), SentState::Closed),
            Err(fault) => {
                tracing::error!(%fault, "a request could not be looked up");
                (self.keys.handoff(code), SentState::Unknown)
            }
        }
    }

    /// Returns the row of a request that is still open to the person. It asks for every id the code may have, so
    /// that a wrong code costs what a right one does.
    pub(super) async fn stored(&self, code: Code) -> Result<Option<HandoffRow>, StoreError> {
        let mut found = None;
        for handoff in self.keys.handoffs(code) {
            let row = self.store.handoff(handoff).await?;
            found = found.or(row);
        }
        Ok(found.filter(|row| !matches!(row.state, TokenState::Revoked | TokenState::Expired)))
    }

    fn known(
        &self,
        row: &HandoffRow,
        zone: Tz,
        now: DateTime<Utc>,
        others: &[(String, String)],
    ) -> SentFacts {
        let first = self.directory.find(&row.association);
        let answering = first.map_or(Answering::Nationwide, answering);
        let own = first.and_then(|first| public_phone(first, now));
        SentFacts {
            answering,
            time: time_message(row.respond_by, now, zone),
            late: row.state == TokenState::Pending && is_late(row.respond_by, now),
            languages: first.map(|first| numbers::native(&first.languages)).unwrap_or_default(),
            phone: own,
            others: others.to_vec(),
            news: news(row),
        }
    }
}

/// Tells what became of a request, as far as the server knows: what volunteers did, else who was told.
fn news(row: &HandoffRow) -> News {
    match row.state {
        TokenState::Accepted => return News::Accepted,
        TokenState::Done => return News::Closed,
        TokenState::Pending | TokenState::Declined | TokenState::PassedOn if row.leg > 0 => {
            return News::PassedOn;
        }
        TokenState::Declined => return News::Declined,
        TokenState::Pending | TokenState::PassedOn | TokenState::Revoked | TokenState::Expired => {}
    }
    if row.seen {
        return News::Read;
    }
    let mut news = News::Waiting;
    for notice in row.notices.iter().filter(|notice| notice.was_sent) {
        // Whoever is told beside the association is the national team.
        if notice.audience != row.association || notice.reason == NoticeReason::Late {
            news = News::NationalTeamTold;
        } else if news == News::Waiting {
            news = News::Told;
        }
    }
    news
}

fn answering(association: &Association) -> Answering {
    if association.role == Role::NationalTeam {
        return Answering::NationalTeam;
    }
    match (&association.coverage, association.department.and_then(place::name)) {
        (Coverage::Departments(_), Some(name)) => Answering::Association { place: name.to_owned() },
        (Coverage::Departments(_), None) | (Coverage::Country | Coverage::All, _) => Answering::Nationwide,
    }
}

/// Returns the name and the number of an association, where both may be shown.
pub(super) fn public_phone(association: &Association, now: DateTime<Utc>) -> Option<(String, String)> {
    let number = association.public_phone(now.date_naive())?;
    Some((association.public_name().unwrap_or_default().to_owned(), number.to_owned()))
}
