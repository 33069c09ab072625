//! What comes with the program: the public numbers, and the demo directory.

use super::fault::{Fault, Spot, Wrong};
use super::lines::{self, PublicLine};
use super::reader::{Source, Table};

#[derive(rust_embed::RustEmbed)]
#[folder = "directory"]
#[include = "lines.toml"]
#[include = "demo/*.toml"]
struct Files;

/// Reads the public numbers that come with the program.
pub(super) fn lines() -> Result<Vec<PublicLine>, Vec<Fault>> {
    let name = "built-in lines.toml";
    let Some(text) = text("lines.toml") else {
        let wrong = Wrong::Unreadable("is missing from this program".to_owned());
        return Err(vec![Fault { spot: Spot::file(name), wrong }]);
    };
    let source = Source::new(name, &text);
    let parsed = source.parse();
    let root = Table::root(&source, parsed.get_ref());
    root.refuse_unknown(&["directory", "line"]);
    let lines = lines::read(&source, &root);
    let faults = source.finish();
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

/// Returns the demo directory: names and texts.
pub(super) fn demo() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Files::iter()
        .filter_map(|path| Some((path.strip_prefix("demo/")?.to_owned(), text(&path)?)))
        .collect();
    files.sort();
    files
}

fn text(path: &str) -> Option<String> {
    String::from_utf8(Files::get(path)?.data.into_owned()).ok()
}
