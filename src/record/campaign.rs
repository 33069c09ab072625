//! Where a person heard of the bot: a poster, a card, a page.

/// A campaign that the operator has declared: its place in `service.campaigns`, from 1.
///
/// It travels in six bits of the sealed state, so that only declared ones exist and nothing that stands in a
/// link is ever kept.
///
/// # Privacy
/// It says which poster, never who. It stands in the sealed record and nowhere else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Campaign(u8);

impl Campaign {
    /// Bits in sealed state; 0 stands for none.
    pub const BITS: u32 = 6;
    /// How many can be declared.
    pub const MOST: usize = (1 << Self::BITS) - 1;

    /// Returns the campaign with this number, from 1 to [`Self::MOST`].
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        (1..=Self::MOST).contains(&usize::from(number)).then_some(Self(number))
    }

    /// Finds the name in a link among those that are declared.
    #[must_use]
    pub fn find(name: &str, declared: &[String]) -> Option<Self> {
        let at = declared.iter().position(|known| known == name)?;
        Self::from_number(u8::try_from(at + 1).ok()?)
    }

    /// Returns its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Returns its name among those that are declared.
    #[must_use]
    pub fn name(self, declared: &[String]) -> Option<&str> {
        declared.get(usize::from(self.0) - 1).map(String::as_str)
    }

    /// Returns whether a name can stand in a link (<https://core.telegram.org/bots/features#deep-linking>) and is
    /// none that leads to an association.
    #[must_use]
    pub fn is_name(name: &str) -> bool {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (1..=32).contains(&name.len()) && name.chars().all(fits) && !name.starts_with("a-")
    }
}

redacted!(Campaign);
