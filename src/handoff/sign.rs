//! The sign: three pictures that the person and the association both see.

use crate::ids::HandoffId;

/// Pictures that are told apart at a glance, on any phone, and mean no harm anywhere. The order is part of the
/// format: a picture is never replaced.
pub const PICTURES: [&str; 64] = [
    "🌊", "🐘", "🔑", "🌙", "⭐", "🌈", "🔥", "🌲", "🌻", "🌹", "🍎", "🍋", "🍇", "🍓", "🥕", "🌽", //
    "🍞", "🧀", "🥚", "🍯", "☕", "🍉", "🥥", "🍍", "🐈", "🐎", "🐄", "🐑", "🐓", "🐟", "🐢", "🐝", //
    "🦋", "🐞", "🦁", "🐒", "🐫", "🦉", "🐬", "🐧", "🚲", "🚌", "🚂", "⛵", "🎈", "⚽", "🎁", "🎵", //
    "🥁", "🎸", "📚", "✂", "🔔", "⏰", "💡", "🪑", "🧦", "👒", "👟", "🧤", "☂", "🏠", "🌉", "⛺",
];

/// Returns the three pictures of a handoff, all different.
#[must_use]
pub fn sign(handoff: HandoffId) -> String {
    let mut left: Vec<&str> = PICTURES.to_vec();
    let mut seed = handoff.as_bytes().iter().fold(0_u128, |sum, &byte| (sum << 8) | u128::from(byte));
    let mut pictures = String::new();
    for _ in 0..3 {
        let count = left.len().max(1) as u128;
        let at = usize::try_from(seed % count).unwrap_or(0);
        seed /= count;
        if at < left.len() {
            pictures.push_str(left.remove(at));
        }
    }
    pictures
}
