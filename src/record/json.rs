//! JSON of what a person said, in memory that is overwritten.

use serde::Serialize;
use zeroize::Zeroizing;

/// The longest JSON, in bytes: as much as the largest token holds.
const LONGEST: usize = 16 << 10;

/// Returns a value as JSON; nothing where it is longer than any token.
///
/// # Privacy
/// It is written into one buffer that never grows, so that no copy of the words stays behind in memory.
#[must_use]
pub fn to_json<T: Serialize>(value: &T) -> Option<Zeroizing<String>> {
    let mut buffer = Zeroizing::new(vec![0_u8; LONGEST]);
    let mut room: &mut [u8] = &mut buffer;
    serde_json::to_writer(&mut room, value).ok()?;
    let length = LONGEST - room.len();
    buffer.truncate(length);
    String::from_utf8(std::mem::take(&mut buffer)).ok().map(Zeroizing::new)
}
