//! Exports a directory as Open Referral HSDS 3.0 JSON, as far as each association may be shown.

use chrono::NaiveDate;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Directory;
use super::association::{Association, Coverage, Display};
use crate::terms::Age;

/// From this age on somebody is an adult.
const ADULT_YEARS: u32 = 18;

impl Directory {
    /// Returns one page of HSDS organizations: those that may be asked on a day and may be shown.
    ///
    /// `display` decides: `none` is left out, `name` gives the name, `phone` the number too, `full` the rest.
    /// Chats, recipients, caps, vetting and places more exact than a département never leave.
    #[must_use]
    pub fn to_hsds(&self, today: NaiveDate) -> Value {
        let shown = self.routable(today).filter(|association| association.display() != Display::None);
        let contents: Vec<Value> = shown.map(|association| organization(association, today)).collect();
        json!({
            "total_items": contents.len(),
            "total_pages": 1,
            "page_number": 1,
            "size": contents.len(),
            "first_page": true,
            "last_page": true,
            "empty": contents.is_empty(),
            "contents": contents,
        })
    }
}

fn organization(association: &Association, today: NaiveDate) -> Value {
    let mut organization = json!({
        "id": id("organization", association),
        "name": association.public_name().unwrap_or_default(),
        "description": association.public_notes().unwrap_or("Helps people who are forced or not free."),
    });
    let Some(fields) = organization.as_object_mut() else { return organization };
    if let Some(website) = association.public_website() {
        fields.insert("website".into(), website.into());
    }
    if let Some(number) = association.public_phone(today) {
        let phone = json!({ "id": id("phone", association), "number": number, "type": "voice" });
        fields.insert("phones".into(), json!([phone]));
    }
    if association.display() == Display::Full {
        fields.insert("services".into(), json!([service(association)]));
    }
    organization
}

fn service(association: &Association) -> Value {
    let serves = &association.serves;
    let mut service = json!({
        "id": id("service", association),
        "organization_id": id("organization", association),
        "name": association.public_name().unwrap_or_default(),
        "status": "active",
        "fees_description": "Free.",
        "description": format!("Offers: {}.", codes(&association.offers)),
        "eligibility_description": format!(
            "Situations: {}{}. Genders: {}. With children: {}.",
            codes(&serves.situations),
            if association.generalist { ", and every other" } else { "" },
            codes(&serves.genders),
            if serves.children { "yes" } else { "no" },
        ),
        "languages": association.languages.iter().map(|code| {
            json!({ "id": id(&format!("language {code}"), association), "code": code })
        }).collect::<Vec<_>>(),
        "service_areas": areas(association),
    });
    let Some(fields) = service.as_object_mut() else { return service };
    match (serves.ages.contains(&Age::Adult), serves.ages.contains(&Age::Minor)) {
        (true, false) => drop(fields.insert("minimum_age".into(), ADULT_YEARS.into())),
        (false, true) => drop(fields.insert("maximum_age".into(), (ADULT_YEARS - 1).into())),
        (true, true) | (false, false) => {}
    }
    if let Some(hours) = association.hours.text() {
        let schedule = json!({
            "id": id("schedule", association),
            "description": format!("{hours} (OpenStreetMap opening_hours)"),
        });
        fields.insert("schedules".into(), json!([schedule]));
    }
    service
}

fn areas(association: &Association) -> Vec<Value> {
    let area = |name: String| json!({ "id": id(&format!("area {name}"), association), "name": name });
    match &association.coverage {
        Coverage::Departments(departments) => departments.iter().map(|it| area(format!("FR-{it}"))).collect(),
        Coverage::Country => vec![area(association.country.to_string())],
        Coverage::All => vec![area("all countries".to_owned())],
    }
}

fn codes<T: ToString>(terms: &[T]) -> String {
    terms.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Returns a UUID (RFC 9562, version 8) that is the same in every export.
fn id(what: &str, association: &Association) -> String {
    let digest = Sha256::digest(format!("relais hsds {what} {}", association.id));
    let mut bytes = [0_u8; 16];
    for (byte, from) in bytes.iter_mut().zip(digest) {
        *byte = from;
    }
    // The version in the high bits of the seventh byte, the variant in those of the ninth.
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xf << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let digits = format!("{number:032x}");
    let mut id = String::with_capacity(36);
    for (at, digit) in digits.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            id.push('-');
        }
        id.push(digit);
    }
    id
}
