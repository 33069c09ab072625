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

/// Names the folder that a lone test works in.
const LONE: &str = "FOLDER_OF_A_LONE_TEST";

/// Runs one test in a program of its own, with an environment of its own, and returns all that it printed.
pub fn alone(test: &str, folder: &Path, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(LONE, folder).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let printed =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && printed.contains("1 passed"), "{test} failed alone:\n{printed}");
    printed
}

/// Returns the folder of a test that [`alone`] has started; nothing where it runs among the others.
pub fn folder_of_a_lone_test() -> Option<PathBuf> {
    variable(LONE).map(PathBuf::from)
}

/// Returns a path inside the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
