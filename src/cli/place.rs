//! `relais place`.

use std::io::{self, BufRead as _};

use super::console::{Failure, print, print_json};
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
        print("nothing found");
    } else {
        for place in &found {
            print(line(place));
        }
        // One empty line between the answers of several queries.
        print("");
    }
}

/// Country, code, name and département, as far as there are such.
fn line(place: &Found) -> String {
    let code = match place.spot {
        Spot::Commune(insee) => insee.to_string(),
        Spot::Abroad { geoname, .. } => format!("geonames:{geoname}"),
        Spot::Department(_) | Spot::Country(_) => String::from("-"),
    };
    format!("{}  {code:16}  {}", place.country(), place.label())
}
