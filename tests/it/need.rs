//! Programs of others that a test needs, such as the official `age`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns an environment variable that steers the tests.
#[expect(clippy::disallowed_methods, reason = "tests are steered from outside, the program is not")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns whether this program can be started.
pub fn have(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Says loudly that a test does nothing because something is missing; with `RELAIS_FORBID_SKIP=1` it fails.
pub fn skip(test: &str, missing: &str) {
    assert!(
        variable("RELAIS_FORBID_SKIP").is_none_or(|value| value == "0"),
        "{test} needs {missing}, and RELAIS_FORBID_SKIP forbids to skip it; .ci/setup installs it"
    );
    eprintln!("SKIPPED: {test} needs {missing}; .ci/setup installs it");
}

/// Returns whether these programs are there; where one is not, the test is skipped loudly.
pub fn programs(test: &str, programs: &[&str]) -> bool {
    let missing: Vec<&str> = programs.iter().copied().filter(|program| !have(program)).collect();
    if !missing.is_empty() {
        skip(test, &missing.join(", "));
    }
    missing.is_empty()
}

/// Returns a path inside the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
