//! Numbers to call, as the screens say them: the most urgent first.

use chrono::NaiveDate;

use crate::conversation::Line;
use crate::directory::{Audience, Channel, Directory, PublicLine};
use crate::ids::Country;
use crate::locale::Locale;
use crate::message::Message;
use crate::record::Request;
use crate::terms::{Need, Who};

/// How many numbers are named beside a request that was sent: the screen must stay one that is read.
const FITTING: usize = 2;

/// The numbers of a country.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) lines: Vec<Line>,
    /// Those that fit a request which was just sent.
    pub(super) fitting: Vec<Line>,
    pub(super) danger: Option<String>,
    pub(super) minor: Option<String>,
}

impl Numbers {
    pub(super) fn of(directory: &Directory, country: Country, today: NaiveDate, wished: &Wished) -> Self {
        let lines: Vec<&PublicLine> = directory.lines(country, today).collect();
        let first = |audience| {
            let line = lines.iter().find(|line| line.for_whom == audience);
            line.map(|line| line.number.clone())
        };
        let fitting = lines.iter().filter(|line| wished.sent && wished.fits(line));
        Self {
            danger: first(Audience::Danger),
            // "It is free, day and night" is said beside this one, so it must be.
            minor: lines
                .iter()
                .find(|line| line.for_whom == Audience::Minor && is_free_always(line))
                .map(|line| line.number.clone()),
            fitting: fitting.take(FITTING).copied().map(line).collect(),
            lines: lines.iter().copied().map(line).collect(),
        }
    }
}

/// What decides which public numbers fit a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wished {
    sent: bool,
    who: Option<Who>,
    need: Option<Need>,
}

impl Wished {
    pub(super) fn of(request: &Request) -> Self {
        Self { sent: true, who: request.who(), need: request.need() }
    }

    fn fits(&self, line: &PublicLine) -> bool {
        let is_for = |audience| line.for_whom == audience;
        match self.need {
            Some(Need::Shelter | Need::Leave) if is_for(Audience::Homeless) => true,
            Some(Need::Medical) if is_for(Audience::Hurt) => true,
            Some(_) | None => {
                is_for(Audience::Exploitation)
                    || is_for(Audience::Offence)
                    || self.who == Some(Who::Woman) && is_for(Audience::Women)
            }
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
    let languages = native(&line.languages).join(", ");
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

/// Returns languages in their own scripts, as far as Relais speaks them: who needs another cannot read this.
pub(super) fn native(tags: &[String]) -> Vec<&'static str> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let native = |tag: &String| {
        let spoken = Locale::all().find(|locale| primary(locale.tag()) == primary(tag));
        spoken.map(Locale::native)
    };
    tags.iter().filter_map(native).collect()
}
