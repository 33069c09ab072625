use relais::directory::{UntrustedDirectory, UntrustedFile, candidates_to_toml, from_csv, from_hsds};

use super::ground::Pieces;
use crate::walk::noon;

/// Lists of others, as CSV and as HSDS: what is read is written as TOML that holds candidates and no association.
pub fn imports(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    let kind = pieces.byte();
    let text = pieces.text();
    let country = (kind & 2 == 0).then(|| "FR".parse().unwrap());
    let read = if kind & 1 == 0 { from_csv(&text) } else { from_hsds(&text, country) };
    let Ok(candidates) = read else { return };
    let files = candidates_to_toml(&candidates);
    let mut written = 0;
    for content in files.values() {
        let parsed: toml::Table = content.parse().unwrap();
        written += parsed.get("candidate").and_then(toml::Value::as_array).map_or(0, Vec::len);
        let file = UntrustedFile {
            name: "candidates.toml".to_owned(),
            content: content.clone().into_bytes(),
            signatures: Vec::new(),
        };
        let checked = UntrustedDirectory::of(vec![file]).check(noon().date_naive());
        assert_eq!(checked.routable, 0, "a candidate can be asked");
        assert!(!checked.faults.is_empty(), "the loader takes a file of candidates");
    }
    assert_eq!(written, candidates.len(), "a candidate is lost");
}
