//! `relais place`.

use std::io::{self, BufRead as _};

use super::console::{Failure, print_json, show};
use super::line::{Line, line};
use crate::foreign::Foreign;
use crate::place::{self, Found, Spot};

/// How many places are shown for a query.
const SHOWN: usize = 5;

#[derive(serde::Serialize)]
struct Answered<'a> {
    query: &'a str,
    found: &'a [Found],
}

pub(super) fn run(query: &[String], json: bool) -> Result<(), Failure> {
    if !query.is_empty() {
        answer(&query.join(" "), json);
        return Ok(());
    }
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|_| Failure::one("standard input is not text"))?;
        answer(&line, json);
    }
    Ok(())
}

fn answer(query: &str, json: bool) {
    let found = place::search(query, SHOWN);
    if json {
        print_json(&Answered { query, found: &found });
    } else if found.is_empty() {
        show("nothing found");
    } else {
        for place in &found {
            show(found_line(place));
        }
        // One empty line between the answers of several queries.
        show("");
    }
}

/// Country, code, name and département, as far as there are such.
fn found_line(place: &Found) -> Line {
    let code = match place.spot {
        Spot::Commune(insee) => insee.to_string(),
        Spot::Abroad { geoname, .. } => format!("geonames:{geoname}"),
        Spot::Department(_) | Spot::Country(_) => String::from("-"),
    };
    line!("{}  {:16}  {}", place.country(), Foreign::name(&code), Foreign::name(&place.label()))
}
