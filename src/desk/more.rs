//! What a record can hold beside a first request: signs, own words, a short answer, what a third person saw.

use crate::i18n::Catalog;
use crate::locale::Locale;
use crate::message::Message;
use crate::record::{Record, Words};
use crate::terms::Sign;

use super::DeskLine;

/// The signs in three plain lines: how it started, what happens, why leaving is hard. No number, no weight.
const STARTED: [Sign; 2] = [Sign::Vulnerability, Sign::Deception];
const HAPPENS: [Sign; 4] = [Sign::Wages, Sign::Conditions, Sign::Overtime, Sign::Violence];

/// Returns these lines, where the record holds them.
pub(super) fn more(record: &Record, catalog: &Catalog, locale: Locale) -> Vec<DeskLine> {
    let say = |message: Message| catalog.label(locale, &message);
    let list = |said: Vec<Message>| said.into_iter().map(say).collect::<Vec<String>>().join(" · ");
    let mut lines = Vec::new();
    if record.elsewhere {
        lines.push(DeskLine { label: String::new(), value: say(Message::DeskElsewhere) });
    }
    let mut line = |label: Message, value: String| {
        if !value.is_empty() {
            lines.push(DeskLine { label: say(label), value });
        }
    };
    line(Message::DeskReporter, list(record.reporter.map(Message::reporter).into_iter().collect()));
    line(Message::DeskSubject, list(record.subject.map(Message::subject).into_iter().collect()));
    line(Message::DeskObserved, list(record.observed.iter().copied().map(Message::observed).collect()));
    if let Some(children) = record.children {
        line(Message::DeskChildren, say(if children { Message::ChildrenYes } else { Message::ChildrenNo }));
    }
    let spoken: Vec<&str> = record.spoken_languages.iter().map(|locale| locale.native()).collect();
    line(Message::DeskSpoken, spoken.join(" · "));
    if let Some(signs) = &record.signs {
        let told = |of: &dyn Fn(Sign) -> bool| {
            list(signs.yes.iter().copied().filter(|sign| of(*sign)).map(Message::sign).collect())
        };
        line(Message::DeskSignsStarted, told(&|sign| STARTED.contains(&sign)));
        line(Message::DeskSignsHappens, told(&|sign| HAPPENS.contains(&sign)));
        let others = |sign| !STARTED.contains(&sign) && !HAPPENS.contains(&sign);
        line(Message::DeskSignsLeaving, told(&others));
        line(Message::DeskSignsNo, list(signs.no.iter().copied().map(Message::sign).collect()));
        line(Message::DeskSignsSkipped, list(signs.skipped.iter().copied().map(Message::sign).collect()));
    }
    if let Some(answer) = record.answer.as_deref() {
        let known = crate::phrase::Answer::ALL.iter().find(|known| known.key() == answer);
        line(
            Message::DeskAnswer,
            known.map_or_else(|| answer.to_owned(), |known| catalog.answer(locale, *known)),
        );
    }
    line(Message::DeskWords, record.body.as_ref().map(Words::as_str).unwrap_or_default().to_owned());
    if record.stop {
        lines.push(DeskLine { label: String::new(), value: say(Message::DeskStop) });
    }
    lines
}
