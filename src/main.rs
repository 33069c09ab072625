//! The `relais` program: reads the command line, runs it, says what was wrong.

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
            failure.complain();
            ExitCode::FAILURE
        }
    }
}
