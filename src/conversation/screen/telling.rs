//! S10: saying more, one question a screen.

use super::{Button, Facts, Screen};
use crate::conversation::{Choice, Telling};
use crate::message::Message;
use crate::terms::{Need, Sign, SignAnswer};

/// How many languages are offered for talking (design: at most 12 choices).
const LANGUAGES: usize = 12;

pub(super) fn ask(telling: Telling, facts: &Facts) -> Screen {
    let (body, mut sections) = match telling {
        Telling::Signs { at, .. } => {
            let number = u32::from(at.number()) + 1;
            let of = u32::try_from(Sign::ALL.len()).unwrap_or_default();
            let answers = vec![
                Button::new(Message::SignYes, Choice::Sign(SignAnswer::Yes)),
                Button::new(Message::SignNo, Choice::Sign(SignAnswer::No)),
                Button::new(Message::Skip, Choice::Sign(SignAnswer::Skip)),
            ];
            let onward = vec![Button::new(Message::NextQuestions, Choice::NextQuestions)];
            let body = vec![vec![Message::SignsProgress { number, of }], vec![Message::sign(at)]];
            return Screen { body, sections: vec![answers, onward, ends()] };
        }
        Telling::Needs(needs) => {
            let known = Need::ALL.iter().filter(|&&need| need != Need::Unsure);
            let button = |&need| Button::ticked(Message::need(need), Choice::AlsoNeed(need), needs.has(need));
            (Message::NeedsText, vec![known.map(button).collect()])
        }
        Telling::Children => {
            let yes = Button::new(Message::ChildrenYes, Choice::ChildrenToo);
            let no = Button::new(Message::ChildrenNo, Choice::NoChildren);
            (Message::ChildrenText, vec![vec![yes, no]])
        }
        Telling::Languages(spoken) => {
            let button = |&language: &crate::locale::Locale| {
                let mark = if spoken.has(language) { "✔ " } else { "" };
                Button::named(format!("{mark}{}", language.native()), Choice::Speak(language))
            };
            let offered = facts.locales.iter().take(LANGUAGES).map(button).collect();
            return Screen { body: vec![vec![Message::LanguagesText]], sections: vec![offered, ends()] };
        }
    };
    sections.push(vec![Button::new(Message::NextQuestions, Choice::NextQuestions)]);
    sections.push(ends());
    Screen { body: vec![vec![body]], sections }
}

fn ends() -> Vec<Button> {
    vec![Button::back(), Button::new(Message::Finish, Choice::Finish)]
}
