//! A table of candidates as CSV (RFC 4180), with the columns of `directory/candidates`.

use super::super::candidate::Candidate;
use super::{ImportFault, words};

/// Columns without which a row says nothing.
const NEEDED: [&str; 3] = ["id", "name", "country"];

/// Reads candidates from a CSV whose first line names its columns.
///
/// `id`, `name` and `country` must be among them. `insee`, `city`, `lat`, `lon`, `department`, `scope`,
/// `serves_forms`, `serves_age`, `serves_gender`, `offers`, `languages` and `website` are read where they are
/// there, other columns become remarks, and `address` and `email` are left out whatever they hold.
///
/// # Errors
/// Names the line that is no CSV, or the column that is missing.
pub fn from_csv(text: &str) -> Result<Vec<Candidate>, ImportFault> {
    let mut rows = rows(text.trim_start_matches('\u{feff}'))?.into_iter();
    let (_, columns) = rows.next().ok_or(ImportFault::Column("id"))?;
    for needed in NEEDED {
        if !columns.iter().any(|column| column == needed) {
            return Err(ImportFault::Column(needed));
        }
    }
    let mut candidates = Vec::new();
    for (line, cells) in rows {
        if cells.len() != columns.len() {
            return Err(ImportFault::Csv { line });
        }
        let cell = |column: &str| {
            let found = columns.iter().zip(&cells).find(|(name, _)| *name == column);
            found.map_or("", |(_, cell)| cell.trim())
        };
        candidates.push(candidate(cell));
    }
    Ok(candidates)
}

fn candidate<'a>(cell: impl Fn(&str) -> &'a str) -> Candidate {
    let some = |column: &str| Some(cell(column)).filter(|text| !text.is_empty()).map(str::to_owned);
    let (situations, generalist) = words::situations(cell("serves_forms"));
    let is_nationwide = cell("scope").starts_with("national");
    let websites = cell("website").split(';').map(str::trim);
    let point = cell("lat").parse().ok().zip(cell("lon").parse().ok());
    let mut candidate = Candidate {
        id: cell("id").parse().ok(),
        name: cell("name").to_owned(),
        country: cell("country").parse().ok(),
        place: (some("insee"), some("city")),
        point,
        nationwide: is_nationwide,
        department: cell("department").parse().ok(),
        generalist,
        situations,
        ages: words::ages(cell("serves_age")),
        genders: words::genders(cell("serves_gender")),
        children: cell("serves_age").contains("children"),
        offers: words::offers(cell("offers")),
        languages: Vec::new(),
        website: websites.map(str::to_owned).find(|website| website.starts_with("http")),
        remarks: Vec::new(),
    };
    for (about, column) in [
        ("works on", "serves_forms"),
        ("serves", "serves_age"),
        ("genders", "serves_gender"),
        ("offers, in the words of the source", "offers"),
        ("languages", "languages"),
        ("works for", "scope"),
        ("may be shown", "display"),
        ("profile", "profile_confidence"),
        ("source", "profile_source"),
        ("of", "profile_source_date"),
        ("note", "notes"),
    ] {
        candidate.remark(about, cell(column));
    }
    candidate.remark("number, to be called first", cell("phone"));
    if !cell("phone").is_empty() {
        let says = [cell("phone_confidence"), cell("phone_source"), cell("phone_source_date")];
        candidate.remark("that number", &says.join("; "));
    }
    candidate
}

/// Splits CSV into rows, each with the line it begins on; empty lines are left out.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, ImportFault> {
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begins, mut quoted) = (1, 1, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\n' {
            line += 1;
        }
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            _ if quoted => cell.push(character),
            ',' => row.push(std::mem::take(&mut cell)),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => {
                end_row(&mut rows, &mut row, &mut cell, begins);
                begins = line;
            }
            _ => cell.push(character),
        }
    }
    if quoted {
        return Err(ImportFault::Csv { line: begins });
    }
    end_row(&mut rows, &mut row, &mut cell, begins);
    Ok(rows)
}

fn end_row(rows: &mut Vec<(usize, Vec<String>)>, row: &mut Vec<String>, cell: &mut String, begins: usize) {
    row.push(std::mem::take(cell));
    let cells = std::mem::take(row);
    if cells.iter().any(|cell| !cell.is_empty()) {
        rows.push((begins, cells));
    }
}
