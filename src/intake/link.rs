//! What a link to the start carries: the way to an association, or a campaign.

use chrono::NaiveDate;

use super::{Hand, Intake, Turned};
use crate::conversation::{Conversation, Event, Link, Linked};
use crate::ids::ChatId;
use crate::locale::Locale;
use crate::record::Campaign;

impl Intake {
    /// Takes the turn of a person who followed a link. What it carries is looked up and forgotten; what is not
    /// known begins as `/start` does.
    pub async fn turn_linked(
        &self,
        chat: ChatId,
        conversation: Conversation,
        payload: &str,
        phone: Locale,
    ) -> Turned {
        let linked = self.linked(payload, self.clock.now().date_naive());
        let campaign = Campaign::find(payload, &self.settings.campaigns);
        let event = match (&linked, campaign) {
            (Some(_), _) => Event::Linked(Link::Association),
            (None, Some(campaign)) => Event::Linked(Link::Campaign(campaign)),
            (None, None) => Event::Start,
        };
        self.read_on(chat, conversation, event, phone, Hand { linked, ..Hand::default() }).await
    }

    /// Whoever wants not to be named is not confirmed either.
    fn linked(&self, payload: &str, today: NaiveDate) -> Option<Linked> {
        let found = self.directory.linked(payload, today)?;
        let name = found.and_then(|association| association.public_name());
        Some(name.map_or(Linked::Unlisted, |name| Linked::Listed { name: name.to_owned() }))
    }

    /// Returns the name of a campaign.
    pub(super) fn campaign(&self, campaign: Option<Campaign>) -> Option<&str> {
        campaign?.name(&self.settings.campaigns)
    }
}
