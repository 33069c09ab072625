//! The `relais` program: reads the command line, runs it, says what was wrong.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match relais::cli::run(relais::cli::Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let mut stderr = std::io::stderr().lock();
            for line in failure.lines() {
                // Without a place to complain, the exit code says it.
                let _ = writeln!(stderr, "relais: {line}");
            }
            ExitCode::FAILURE
        }
    }
}
