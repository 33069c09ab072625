//! Tables: gzipped or plain, fields separated by commas.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::GzDecoder;

use crate::Outcome;

/// Reads a table with a header; fields are separated by commas and may stand in quotes.
pub(crate) fn rows(path: &Path) -> Outcome<Vec<Vec<String>>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines: Vec<String> = if path.extension().is_some_and(|ending| ending == "gz") {
        BufReader::new(GzDecoder::new(file)).lines().collect::<Result<_, _>>()?
    } else {
        BufReader::new(file).lines().collect::<Result<_, _>>()?
    };
    Ok(lines.iter().skip(1).map(|line| fields(line)).collect())
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => {
                if let Some(field) = fields.last_mut() {
                    field.push(other);
                }
            }
        }
    }
    fields
}

pub(crate) fn row<const N: usize>(fields: Vec<String>) -> Outcome<[String; N]> {
    fields.try_into().map_err(|fields: Vec<String>| format!("a row of {} fields", fields.len()).into())
}
