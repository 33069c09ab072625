//! Open Referral HSDS 3.0 JSON: organizations with their services, or services with their organization.

use serde_json::Value;

use super::super::candidate::Candidate;
use super::{ImportFault, words};
use crate::ids::{AssociationId, Country};

/// From this age on somebody is an adult.
const ADULT_YEARS: f64 = 18.0;

/// Reads candidates from an organization, a service, a list of them, or a page of the HSDS API.
///
/// Addresses and coordinates are left out: HSDS cannot say which of them is a shelter. Where an entry names no
/// country, it gets the one given here.
///
/// # Errors
/// Tells text that is no JSON from JSON that holds no organization.
pub fn from_hsds(text: &str, country: Option<Country>) -> Result<Vec<Candidate>, ImportFault> {
    let json: Value = serde_json::from_str(text)
        .map_err(|fault| ImportFault::Json { line: fault.line(), column: fault.column() })?;
    let items: Vec<&Value> = match (&json, json.get("contents").and_then(Value::as_array)) {
        (_, Some(page)) => page.iter().collect(),
        (Value::Array(list), None) => list.iter().collect(),
        (Value::Object(_), None) => vec![&json],
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), None) => Vec::new(),
    };
    let candidates: Vec<Candidate> = items.into_iter().filter_map(|item| candidate(item, country)).collect();
    if candidates.is_empty() { Err(ImportFault::NoOrganization) } else { Ok(candidates) }
}

fn candidate(item: &Value, country: Option<Country>) -> Option<Candidate> {
    let organization = item.get("organization").filter(|it| it.is_object()).unwrap_or(item);
    // A service by itself carries its organization; an organization carries its services.
    let services: Vec<&Value> = if item.get("services").is_some() {
        list(item, "services").collect()
    } else if std::ptr::eq(organization, item) {
        Vec::new()
    } else {
        vec![item]
    };
    let name = text(organization, "name").or_else(|| text(item, "name"))?;
    let mut candidate = Candidate {
        id: slug(name),
        name: name.to_owned(),
        country: addresses(organization, &services)
            .find_map(|address| text(address, "country")?.parse().ok())
            .or(country),
        website: text(organization, "website").map(str::to_owned),
        ..Candidate::default()
    };
    candidate.place.1 =
        addresses(organization, &services).find_map(|address| text(address, "city")).map(str::to_owned);
    candidate.remark("description", text(organization, "description").unwrap_or_default());
    for phone in list(organization, "phones") {
        remark_phone(&mut candidate, phone);
    }
    for service in services {
        add_service(&mut candidate, service);
    }
    candidate.remark("source", "HSDS file; every line is to be confirmed");
    Some(candidate)
}

fn add_service(candidate: &mut Candidate, service: &Value) {
    for (about, key) in
        [("service", "name"), ("offers", "description"), ("serves", "eligibility_description")]
    {
        candidate.remark(about, text(service, key).unwrap_or_default());
    }
    let offers = words::offers(text(service, "description").unwrap_or_default());
    for offer in offers.into_iter().filter(|offer| !candidate.offers.contains(offer)).collect::<Vec<_>>() {
        candidate.offers.push(offer);
    }
    let year = |key| service.get(key).and_then(Value::as_f64);
    match (year("minimum_age"), year("maximum_age")) {
        (Some(least), _) if least >= ADULT_YEARS => candidate.ages = vec![crate::terms::Age::Adult],
        (_, Some(most)) if most < ADULT_YEARS => candidate.ages = vec![crate::terms::Age::Minor],
        (_, _) => {}
    }
    for language in list(service, "languages") {
        let tag =
            text(language, "code").and_then(|code| code.parse::<unic_langid::LanguageIdentifier>().ok());
        if let Some(tag) = tag.map(|tag| tag.to_string()).filter(|tag| !candidate.languages.contains(tag)) {
            candidate.languages.push(tag);
        }
    }
    for schedule in list(service, "schedules") {
        let said = ["description", "byday", "opens_at", "closes_at"];
        let said: Vec<&str> = said.iter().filter_map(|key| text(schedule, key)).collect();
        candidate.remark("hours", &said.join(" "));
    }
    for area in list(service, "service_areas") {
        candidate
            .remark("works for", text(area, "name").or_else(|| text(area, "extent")).unwrap_or_default());
    }
    for phone in list(service, "phones") {
        remark_phone(candidate, phone);
    }
}

fn remark_phone(candidate: &mut Candidate, phone: &Value) {
    candidate
        .remark("number, to be called first", text(phone, "number").unwrap_or_default().trim_matches('"'));
}

/// Every address of an organization and of its services, of which only town and country are ever read.
fn addresses<'a>(organization: &'a Value, services: &'a [&'a Value]) -> impl Iterator<Item = &'a Value> {
    let own = list(organization, "locations");
    let places = services.iter().flat_map(|service| list(service, "service_at_locations"));
    let places = places.filter_map(|place| place.get("location"));
    own.chain(places).flat_map(|location| list(location, "addresses"))
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// Makes a slug of a name; nothing where too little of it is Latin.
fn slug(name: &str) -> Option<AssociationId> {
    let mut slug = String::new();
    for character in name.to_lowercase().chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.chars().take(48).collect::<String>().trim_matches('-').parse().ok()
}
