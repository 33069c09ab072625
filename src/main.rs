//! The `relais` program: reads the command line, runs it, says what was wrong.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use zeroizing_alloc::ZeroAlloc;

/// Overwrites memory as it is given back: what a person typed passes through buffers of libraries that nobody
/// else would empty.
#[global_allocator]
static MEMORY: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

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
