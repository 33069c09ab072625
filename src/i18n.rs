//! Fluent: every message in every language, and which language a phone asks for.
//!
//! One bundle a locale, loaded once. A message that a locale lacks is said in English; a test fails before
//! that can reach a person.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use crate::locale::{Direction, Locale};
use crate::message::{Argument, Message};
use crate::phrase::{Answer, Phrase};

#[derive(rust_embed::RustEmbed)]
#[folder = "locales"]
#[include = "*.ftl"]
struct Files;

/// A locale that cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CatalogFault {
    /// A file that Fluent cannot read.
    #[error("locales/{file} is not valid Fluent: {fault}")]
    Syntax {
        /// The file.
        file: String,
        /// Fluent's first complaint.
        fault: String,
    },
    /// One message stands in two files or twice in one.
    #[error("locales/{file} has a message that stands elsewhere already: {fault}")]
    Twice {
        /// The file.
        file: String,
        /// Fluent's first complaint.
        fault: String,
    },
    /// A language tag that is none.
    #[error("{0} is not a language tag")]
    Tag(String),
    /// A locale of the table without its file.
    #[error("locales/{0}/intake.ftl is missing")]
    Missing(&'static str),
}

/// The messages of every locale.
pub struct Catalog {
    bundles: BTreeMap<Locale, FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalog").field("locales", &self.bundles.len()).finish_non_exhaustive()
    }
}

impl Catalog {
    /// Loads every locale from the program itself.
    ///
    /// # Errors
    /// Returns the first file that cannot be read.
    pub fn load() -> Result<Self, CatalogFault> {
        let mut bundles = BTreeMap::new();
        for locale in Locale::all() {
            bundles.insert(locale, bundle(locale)?);
        }
        Ok(Self { bundles })
    }

    /// Says a message in a language. Arguments stand in isolates, so that numbers and names keep their order
    /// inside right-to-left text.
    #[must_use]
    pub fn say(&self, locale: Locale, message: &Message) -> String {
        self.try_say(locale, message)
            .or_else(|| self.try_say(Locale::ENGLISH, message))
            .or_else(|| self.try_say(Locale::FRENCH, message))
            .unwrap_or_default()
    }

    /// Says a phrase of the phrasebook in a language, in English or French where the locale lacks it.
    #[must_use]
    pub fn phrase(&self, locale: Locale, phrase: &Phrase) -> String {
        let arguments = phrase.arguments();
        let say = |locale| self.try_phrase(locale, phrase.id().key(), &arguments);
        say(locale).or_else(|| say(Locale::ENGLISH)).or_else(|| say(Locale::FRENCH)).unwrap_or_default()
    }

    /// Says an answer of the phrasebook in a language, in English or French where the locale lacks it.
    #[must_use]
    pub fn answer(&self, locale: Locale, answer: Answer) -> String {
        let say = |locale| self.try_phrase(locale, answer.key(), &[]);
        say(locale).or_else(|| say(Locale::ENGLISH)).or_else(|| say(Locale::FRENCH)).unwrap_or_default()
    }

    /// Says a line of the phrasebook, or nothing where the locale lacks it or it does not resolve without a
    /// fault.
    #[must_use]
    pub fn try_phrase(&self, locale: Locale, key: &str, arguments: &[(&str, String)]) -> Option<String> {
        let bundle = self.bundles.get(&locale)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut given = FluentArgs::new();
        for (name, value) in arguments {
            given.set(*name, FluentValue::from(value.as_str()));
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&given), &mut faults).into_owned();
        faults.is_empty().then_some(text)
    }

    /// Says a message as a button label or a command: without isolates, which would count and be copied.
    #[must_use]
    pub fn label(&self, locale: Locale, message: &Message) -> String {
        directed(locale, self.say(locale, message)).replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Says a message, or nothing where the locale lacks it or it does not resolve without a fault.
    #[must_use]
    pub fn try_say(&self, locale: Locale, message: &Message) -> Option<String> {
        let bundle = self.bundles.get(&locale)?;
        let pattern = bundle.get_message(message.key())?.value()?;
        let mut arguments = FluentArgs::new();
        for (name, argument) in message.arguments() {
            let value = match argument {
                Argument::Text(text) => FluentValue::from(text),
                Argument::Count(count) => FluentValue::from(count),
                Argument::Message(inner) => FluentValue::from(self.say(locale, &inner)),
            };
            arguments.set(name, value);
        }
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        faults.is_empty().then_some(text)
    }

    /// Returns the locale a phone asks for, or English where we have none that it understands.
    #[must_use]
    pub fn negotiate(language_code: Option<&str>) -> Locale {
        let Some(code) = language_code else { return Locale::ENGLISH };
        let named =
            |locale: &Locale| locale.telegram_codes().iter().any(|known| known.eq_ignore_ascii_case(code));
        if let Some(locale) = Locale::all().find(named) {
            return locale;
        }
        let Ok(requested) = code.parse::<fluent_langneg::LanguageIdentifier>() else {
            return Locale::ENGLISH;
        };
        let available: Vec<fluent_langneg::LanguageIdentifier> =
            Locale::all().filter_map(|locale| locale.tag().parse().ok()).collect();
        let found = negotiate_languages(&[requested], &available, None, NegotiationStrategy::Filtering);
        found.first().and_then(|tag| tag.to_string().parse().ok()).unwrap_or(Locale::ENGLISH)
    }

    /// Returns every locale, the phone's own first.
    #[must_use]
    pub fn offered(first: Locale) -> Vec<Locale> {
        std::iter::once(first).chain(Locale::all().filter(|&locale| locale != first)).collect()
    }
}

/// Lets every line of a right-to-left text run from the right.
///
/// A phone gives each line the direction of its first letter outside isolates (UAX #9, rules P2 and P3). A line
/// of isolates alone, or one that begins with ℹ, would run from the left: its bullet or its name would then
/// stand at the wrong end. A line that is Latin throughout is left alone.
#[must_use]
pub fn directed(locale: Locale, text: String) -> String {
    match locale.direction() {
        Direction::Ltr => text,
        Direction::Rtl => {
            let line = |line: &str| {
                let mark = if runs_astray(line) { "\u{200f}" } else { "" };
                format!("{mark}{line}")
            };
            text.split('\n').map(line).collect::<Vec<String>>().join("\n")
        }
    }
}

/// Whether a line that should run from the right would run from the left.
fn runs_astray(line: &str) -> bool {
    let mut depth = 0_usize;
    let mut isolates = false;
    for letter in line.chars() {
        match letter {
            '\u{2066}'..='\u{2068}' => {
                isolates = true;
                depth = depth.saturating_add(1);
            }
            '\u{2069}' => depth = depth.saturating_sub(1),
            letter if depth == 0 && is_right_to_left(letter) => return false,
            letter if depth == 0 && letter.is_alphabetic() => {
                return isolates || line.chars().any(is_right_to_left);
            }
            _ => {}
        }
    }
    isolates
}

/// Whether a letter belongs to a script that runs from the right: Hebrew, Arabic, Syriac, Thaana, N'Ko, and the
/// presentation forms of Hebrew and Arabic.
const fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{5be}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{200f}')
}

fn bundle(locale: Locale) -> Result<FluentBundle<FluentResource>, CatalogFault> {
    let tag: LanguageIdentifier =
        locale.tag().parse().map_err(|_| CatalogFault::Tag(locale.tag().to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    let folder = format!("{}/", locale.tag());
    let mut found = false;
    for file in Files::iter().filter(|file| file.starts_with(&folder)) {
        let Some(content) = Files::get(&file) else { continue };
        let text = String::from_utf8_lossy(&content.data).into_owned();
        let resource = FluentResource::try_new(text).map_err(|(_, faults)| CatalogFault::Syntax {
            file: file.to_string(),
            fault: faults.first().map(ToString::to_string).unwrap_or_default(),
        })?;
        bundle.add_resource(resource).map_err(|faults| CatalogFault::Twice {
            file: file.to_string(),
            fault: faults.first().map(ToString::to_string).unwrap_or_default(),
        })?;
        found = true;
    }
    found.then_some(bundle).ok_or(CatalogFault::Missing(locale.tag()))
}
