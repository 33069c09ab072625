//! Numbers to call, as the screens say them: the most urgent first.

use chrono::NaiveDate;

use crate::conversation::Line;
use crate::directory::{Audience, Channel, Directory, PublicLine};
use crate::ids::Country;
use crate::locale::Locale;
use crate::message::Message;

/// The numbers of a country.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) lines: Vec<Line>,
    pub(super) danger: Option<String>,
    pub(super) minor: Option<String>,
}

impl Numbers {
    pub(super) fn of(directory: &Directory, country: Country, today: NaiveDate) -> Self {
        let lines: Vec<&PublicLine> = directory.lines(country, today).collect();
        let first = |audience| {
            let line = lines.iter().find(|line| line.for_whom == audience);
            line.map(|line| line.number.clone())
        };
        Self {
            danger: first(Audience::Danger),
            // "It is free, day and night" is said beside this one, so it must be.
            minor: lines
                .iter()
                .find(|line| line.for_whom == Audience::Minor && is_free_always(line))
                .map(|line| line.number.clone()),
            lines: lines.into_iter().map(line).collect(),
        }
    }
}

fn line(line: &PublicLine) -> Line {
    let number = line.number.clone();
    let message = match line.for_whom {
        Audience::Danger => Message::NumberDanger { number },
        Audience::CannotSpeak => Message::NumberCannotSpeak { number },
        Audience::Minor => Message::NumberMinor { number },
        Audience::Hurt => Message::NumberHurt { number },
        Audience::Homeless => Message::NumberHomeless { number },
        Audience::Exploitation => Message::NumberExploitation { number },
        Audience::Women => Message::NumberWomen { number },
        Audience::Offence => Message::NumberOffence { number },
        Audience::Other => Message::NumberOther { number },
    };
    Line { message, notes: notes(line), free_always: is_free_always(line) }
}

fn is_free_always(line: &PublicLine) -> bool {
    line.free == Some(true) && line.is_always_open()
}

/// What to know before calling, the gravest first.
fn notes(line: &PublicLine) -> Vec<Message> {
    let channel = match line.channel {
        Channel::Voice => None,
        Channel::Sms => Some(Message::NoteSms),
        Channel::Chat => Some(Message::NoteChat),
    };
    let note = |is: bool, message: Message| is.then_some(message);
    let languages = languages(line);
    [
        note(line.police_answers, Message::NotePolice),
        channel,
        note(line.is_always_open(), Message::NoteAlways),
        note(line.free == Some(true), Message::NoteFree),
        note(line.on_bill == Some(true), Message::NoteOnBill),
        note(!languages.is_empty(), Message::NoteLanguages { languages }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The languages in their own scripts, as far as Relais speaks them: who needs another cannot read this.
fn languages(line: &PublicLine) -> String {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let native = |tag: &String| {
        let spoken = Locale::all().find(|locale| primary(locale.tag()) == primary(tag));
        spoken.map(Locale::native)
    };
    let names: Vec<&str> = line.languages.iter().filter_map(native).collect();
    names.join(", ")
}
