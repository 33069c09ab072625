//! What the words of other lists mean in ours. What is not understood is kept as a remark, never guessed.

use crate::terms::{Age, Gender, Offer, Situation};

/// The parts of a cell such as `labour|domestic servitude (ask)`, without what stands in brackets.
pub(super) fn parts(cell: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for character in cell.to_lowercase().chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    let parts = outside.split(['|', ';', ',']).map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

/// Returns the problems, and whether it is all of them.
pub(super) fn situations(cell: &str) -> (Vec<Situation>, bool) {
    let parts = parts(cell);
    if parts.iter().any(|part| part == "any" || part == "all") {
        return (Situation::ALL.to_vec(), true);
    }
    let meant = |part: &String| match part.split(' ').next().unwrap_or_default() {
        "sexual" => Some(Situation::Sexual),
        "labour" | "labor" => Some(Situation::Labour),
        "domestic" => Some(Situation::Domestic),
        "begging" => Some(Situation::Begging),
        "criminal" | "crime" => Some(Situation::Crime),
        "family" | "marriage" => Some(Situation::Family),
        _ => None,
    };
    (distinct(parts.iter().filter_map(meant)), false)
}

pub(super) fn ages(cell: &str) -> Vec<Age> {
    let meant = |part: &String| match part.as_str() {
        "all" => vec![Age::Adult, Age::Minor],
        "adult" | "adults" => vec![Age::Adult],
        "minor" | "minors" => vec![Age::Minor],
        _ => Vec::new(),
    };
    distinct(parts(cell).iter().flat_map(meant))
}

pub(super) fn genders(cell: &str) -> Vec<Gender> {
    let meant = |part: &String| match part.as_str() {
        "all" => Gender::ALL.to_vec(),
        "women" | "woman" | "women mainly" => vec![Gender::Woman],
        "men" | "man" => vec![Gender::Man],
        _ => Vec::new(),
    };
    distinct(parts(cell).iter().flat_map(meant))
}

pub(super) fn offers(cell: &str) -> Vec<Offer> {
    let parts = parts(cell);
    let meant = |part: &String| {
        let says = |words: &[&str]| words.iter().any(|word| part.contains(word));
        // To be told of a shelter is not to be given a bed.
        let pointed = says(&["orientation", "referral"]);
        let found = [
            (says(&["shelter", "emergency flat", "housing", "accommodation"]) && !pointed, Offer::Shelter),
            (says(&["legal", "rights", "asylum", "lawyer", "law"]), Offer::Legal),
            (says(&["health", "medical", "doctor"]), Offer::Medical),
            (says(&["social", "accompaniment", "exit programme", "employment"]), Offer::Social),
            (says(&["administrative"]), Offer::Administrative),
            (says(&["psycholog", "peer support", "counselling", "helpline", "listening"]), Offer::Talk),
        ];
        found.into_iter().filter(|(is, _)| *is).map(|(_, offer)| offer).collect::<Vec<_>>()
    };
    distinct(parts.iter().flat_map(meant))
}

/// Drops what came before, and keeps the order.
fn distinct<T: PartialEq>(terms: impl Iterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for term in terms {
        if !kept.contains(&term) {
            kept.push(term);
        }
    }
    kept
}
