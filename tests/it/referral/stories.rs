//! Stories: what persons and volunteers met before, and what comes of it now. Each stands in a file of its own.

use std::fs;

use relais::referral::{Class, Way};

use super::tale::play;
use super::world::{Beginning, Hours};
use crate::need;

/// Reads how a story begins: who is asked, beside whom, how soon, how the person is reached, when.
fn beginning(line: &str) -> (Beginning, Hours) {
    let words: Vec<&str> = line.split(' ').collect();
    let [first, team, class, way, hours] = words[..] else { panic!("five words: {line}") };
    let class = match class {
        "urgent" => Class::Urgent,
        "tonight" => Class::Tonight,
        _ => Class::Usual,
    };
    let way = if way == "never" { Way::Never } else { Way::Window };
    let hours = match hours {
        "night" => Hours::Night,
        "watch" => Hours::Watch,
        _ => Hours::Day,
    };
    (Beginning { first: first.chars().next().unwrap(), team: team == "team", class, way }, hours)
}

#[test]
fn stories_go_as_written() {
    let folder = need::project("tests/it/referral/stories");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 30, "stories are missing: {}", paths.len());
    let mut faults = Vec::new();
    for path in paths {
        let written = fs::read_to_string(&path).unwrap();
        let head: Vec<&str> = written.lines().take_while(|line| !line.starts_with("begin ")).collect();
        let begun = written.lines().find_map(|line| line.strip_prefix("begin ")).unwrap();
        let (beginning, hours) = beginning(begun);
        let played = format!("{}\nbegin {begun}\n{}\n", head.join("\n"), play(beginning, hours, &written));
        if played != written {
            faults.push(format!("{}\n{played}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{} stories go otherwise\n{}", faults.len(), faults.join("\n"));
}
