//! A directory as a list for operators.

use chrono::NaiveDate;
use serde::Serialize;

use super::Directory;
use super::association::{Association, Coverage, Display};
use super::link::link;
use crate::ids::{AssociationId, Country, Department};
use crate::terms::{Offer, Situation};

/// One association in a list, with what an operator looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its slug.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// What it is asked for: `association` or `national_team`.
    pub role: &'static str,
    /// The country it works in.
    pub country: Country,
    /// The département it stands in.
    pub department: Option<Department>,
    /// The départements it works for, or `country`, or `all`.
    pub coverage: Vec<String>,
    /// The problems it works on.
    pub situations: Vec<Situation>,
    /// It works on every problem.
    pub generalist: bool,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// The languages it speaks.
    pub languages: Vec<String>,
    /// When it answers, in OpenStreetMap's syntax.
    pub opening_hours: Option<String>,
    /// What may be shown of it: `full`, `phone`, `name` or `none`.
    pub display: &'static str,
    /// Its number, where it may be shown on that day.
    pub public_phone: Option<String>,
    /// How many can read for it.
    pub recipients: usize,
    /// Whether its volunteers are told in a chat.
    pub has_chat: bool,
    /// How many requests may wait there unanswered, where it has a limit of its own.
    pub intake_cap: Option<u32>,
    /// Whether it may be asked on that day.
    pub routable: bool,
    /// The last day on which it may be asked.
    pub routable_until: NaiveDate,
    /// The link that it may hand out, to a bot that says that it is listed; none where it wants not to be named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Directory {
    /// Returns every association as an operator wants to see it, in the order of ids; with links to a bot, where
    /// that is named.
    #[must_use]
    pub fn list(&self, today: NaiveDate, bot: Option<&str>) -> Vec<Listed> {
        self.associations.iter().map(|association| listed(association, today, bot)).collect()
    }
}

fn listed(association: &Association, today: NaiveDate, bot: Option<&str>) -> Listed {
    let bot = bot.filter(|_| association.is_routable(today) && association.public_name().is_some());
    let coverage = match &association.coverage {
        Coverage::Departments(departments) => departments.iter().map(ToString::to_string).collect(),
        Coverage::Country => vec!["country".to_owned()],
        Coverage::All => vec!["all".to_owned()],
    };
    Listed {
        id: association.id.clone(),
        name: association.name.clone(),
        role: association.role.code(),
        country: association.country,
        department: association.department,
        coverage,
        situations: association.serves.situations.clone(),
        generalist: association.generalist,
        offers: association.offers.clone(),
        languages: association.languages.clone(),
        opening_hours: association.hours.text().map(str::to_owned),
        display: match association.display() {
            Display::Full => "full",
            Display::Phone => "phone",
            Display::Name => "name",
            Display::None => "none",
        },
        public_phone: association.public_phone(today).map(str::to_owned),
        recipients: association.devices.len(),
        has_chat: association.volunteers_chat.is_some(),
        intake_cap: association.intake_cap,
        routable: association.is_routable(today),
        routable_until: association.routable_until(),
        link: bot.map(|bot| link(bot, &association.id)),
    }
}
