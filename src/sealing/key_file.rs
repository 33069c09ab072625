//! The key file: master keys with a number and a day each, newest first.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{KeyFault, KeyRing, random};

/// For so many days a key that was followed by a newer one still opens what it sealed.
const KEPT_DAYS: Days = Days::new(30);
/// What stands above the keys.
const HEADER: &str = "# The keys of this Relais server. Whoever has them can read return addresses: mode 0600, and a\n\
                      # copy in a safe place. Newest first; older keys still open what they sealed.\n";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    key: Vec<KeyEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyEntry {
    number: u8,
    created: NaiveDate,
    secret: String,
}

impl Drop for KeyEntry {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

impl KeyEntry {
    fn fresh(number: u8, created: NaiveDate) -> Result<Self, KeyFault> {
        let mut secret = Zeroizing::new([0_u8; 32]);
        random(secret.as_mut_slice())?;
        Ok(Self { number, created, secret: STANDARD.encode(secret.as_slice()) })
    }
}

/// What a rotation does with the keys that were there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Older {
    /// All stay, and open what they sealed.
    Stay,
    /// Those that nothing needs any more go. A key is needed for 30 days after a newer one has followed it.
    GoUnneeded,
    /// All go at once, for others may have them: nothing that they sealed opens any more.
    Go,
}

/// What a rotation did.
#[derive(Debug)]
pub struct Rotated {
    /// The new content of the key file.
    pub file: Zeroizing<String>,
    /// The number of the new key.
    pub number: u8,
    /// Numbers of keys that were dropped.
    pub dropped: Vec<u8>,
}

impl KeyRing {
    /// Writes a fresh key file with one random key.
    ///
    /// # Errors
    /// Returns [`KeyFault::NoRandomness`] where the system gives no random bytes.
    pub fn generate_file(today: NaiveDate) -> Result<Zeroizing<String>, KeyFault> {
        Ok(write(&[KeyEntry::fresh(1, today)?]))
    }

    /// Puts a new key before those of a key file.
    ///
    /// # Errors
    /// Returns what is wrong with the file, or [`KeyFault::Full`] where 255 keys stand in it.
    pub fn rotate_file(file: &str, today: NaiveDate, older: Older) -> Result<Rotated, KeyFault> {
        let mut entries = sorted(file)?;
        let number = (1..=u8::MAX)
            .map(|step| entries.first().map_or(0, |newest| newest.number).wrapping_add(step))
            .find(|number| *number != 0 && entries.iter().all(|entry| entry.number != *number))
            .ok_or(KeyFault::Full)?;
        entries.insert(0, KeyEntry::fresh(number, today)?);
        let followed: Vec<NaiveDate> = entries.iter().map(|entry| entry.created).collect();
        let mut followed = std::iter::once(None).chain(followed.into_iter().map(Some));
        let mut dropped = Vec::new();
        entries.retain(|entry| {
            let stays = followed.next().flatten().is_none_or(|since| match older {
                Older::Stay => true,
                Older::GoUnneeded => is_needed(since, today),
                Older::Go => false,
            });
            if !stays {
                dropped.push(entry.number);
            }
            stays
        });
        Ok(Rotated { file: write(&entries), number, dropped })
    }
}

/// Whether what the key sealed before it was followed can still be in use.
fn is_needed(followed: NaiveDate, today: NaiveDate) -> bool {
    // A day past the end of the calendar has not come yet.
    followed.checked_add_days(KEPT_DAYS).is_none_or(|until| until >= today)
}

/// The number of a key and its 32 bytes.
pub(super) type Numbered = (u8, Zeroizing<Vec<u8>>);

/// Reads the numbers and secrets of a key file, newest first.
pub(super) fn read(file: &str) -> Result<Vec<Numbered>, KeyFault> {
    let mut keys: Vec<Numbered> = Vec::new();
    for entry in &sorted(file)? {
        if keys.iter().any(|(number, _)| *number == entry.number) {
            return Err(KeyFault::Duplicate(entry.number));
        }
        let secret = Zeroizing::new(STANDARD.decode(&entry.secret).unwrap_or_default());
        if secret.len() != 32 {
            return Err(KeyFault::Length(entry.number));
        }
        keys.push((entry.number, secret));
    }
    Ok(keys)
}

/// Newest first. Keys of one day keep the order in which they stand, for a rotation puts the new one first.
fn sorted(file: &str) -> Result<Vec<KeyEntry>, KeyFault> {
    let mut file: KeyFile = toml::from_str(file).map_err(|_| KeyFault::Shape)?;
    file.key.sort_by_key(|entry| std::cmp::Reverse(entry.created));
    Ok(file.key)
}

fn write(entries: &[KeyEntry]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::from(HEADER));
    for KeyEntry { number, created, secret } in entries {
        text.push_str(&Zeroizing::new(format!(
            "[[key]]\nnumber = {number}\ncreated = \"{created}\"\nsecret = \"{secret}\"\n"
        )));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, day).unwrap()
    }

    #[test]
    fn a_rotation_keeps_what_is_still_needed() {
        let first = KeyRing::generate_file(day(1)).unwrap();
        let second = KeyRing::rotate_file(&first, day(1), Older::GoUnneeded).unwrap();
        assert_eq!((second.number, second.dropped.as_slice()), (2, [].as_slice()));
        let numbers: Vec<u8> = read(&second.file).unwrap().into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [2, 1], "the new key of the same day stands first");
        let later = day(1) + Days::new(31);
        let third = KeyRing::rotate_file(&second.file, later, Older::GoUnneeded).unwrap();
        assert_eq!((third.number, third.dropped.as_slice()), (3, [1].as_slice()), "2 was followed just now");
        assert!(KeyRing::rotate_file(&third.file, later, Older::Stay).unwrap().dropped.is_empty());
    }

    #[test]
    fn a_rotation_after_a_leak_keeps_nothing() {
        let first = KeyRing::generate_file(day(1)).unwrap();
        let second = KeyRing::rotate_file(&first, day(2), Older::Stay).unwrap();
        let third = KeyRing::rotate_file(&second.file, day(2), Older::Go).unwrap();
        assert_eq!((third.number, third.dropped.as_slice()), (3, [2, 1].as_slice()));
        let numbers: Vec<u8> = read(&third.file).unwrap().into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [3]);
        for old in second.file.lines().filter(|line| line.starts_with("secret")) {
            assert!(!third.file.contains(old), "no secret of before is left");
        }
    }
}
