//! Trying again: soon after a fault of Telegram's, and exactly as long as it asks after too many calls.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};
use tokio::time::Instant;

use super::fault::CallFault;

/// The first pause; each next one is twice as long.
const FIRST: Duration = Duration::from_millis(200);
/// The longest pause that we choose ourselves.
const LONGEST: Duration = Duration::from_secs(10);

/// Calls until it works, fails for good, or would take longer than `at_most`.
pub(super) async fn patiently<T, F>(at_most: Duration, mut call: impl FnMut() -> F) -> Result<T, CallFault>
where
    F: Future<Output = Result<T, CallFault>>,
{
    let until = Instant::now() + at_most;
    let mut pauses = ExponentialBuilder::new()
        .with_min_delay(FIRST)
        .with_max_delay(LONGEST)
        .with_jitter()
        .without_max_times()
        .build();
    loop {
        let fault = match call().await {
            Ok(result) => return Ok(result),
            Err(fault) => fault,
        };
        let own = pauses.next().unwrap_or(LONGEST);
        let pause = if let CallFault::RetryAfter(asked) = fault { asked } else { own };
        if !fault.is_passing() || Instant::now() + pause > until {
            return Err(fault);
        }
        tokio::time::sleep(pause).await;
    }
}
