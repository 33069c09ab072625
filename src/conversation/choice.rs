//! What a button stands for.

use crate::ids::{Country, Department};
use crate::locale::Locale;
use crate::terms::{Area, Contact, Need, Situation, Who};

/// The meaning of one button. It travels sealed in the button, with the whole conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Show the numbers to call (on every screen).
    Danger,
    /// Clear the chat (on every screen).
    Leave,
    /// Go back one screen.
    Back,
    /// Leave this question out.
    Skip,
    /// Go to the review at once.
    SendNow,
    /// Go to the home screen.
    Home,
    /// Speak this language.
    Locale(Locale),
    /// Show more languages.
    MoreLocales,
    /// "I need help."
    NeedHelp,
    /// "Help, my phone is not private."
    NotPrivate,
    /// "Only phone numbers."
    NumbersOnly,
    /// Go on with the short path.
    GoOnShort,
    /// After the numbers: also tell an association.
    TellAssociation,
    /// "I agree."
    Agree,
    /// Read more before agreeing.
    More,
    /// Who needs help.
    Who(Who),
    /// The problem.
    Situation(Situation),
    /// What is wanted first.
    Need(Need),
    /// An area of France.
    Area(Area),
    /// The whole of the area.
    WholeArea,
    /// A département.
    Department(Department),
    /// Show other countries.
    Abroad,
    /// Another country.
    Country(Country),
    /// The place is not said.
    PlaceUnsaid,
    /// Near here.
    Near,
    /// Far from here.
    Far,
    /// Send, and answer this way.
    Send(Contact),
    /// Change an answer.
    Change,
    /// Change who needs help.
    ChangeWho,
    /// Change the problem.
    ChangeSituation,
    /// Change what is wanted.
    ChangeNeed,
    /// Change the place.
    ChangePlace,
    /// Change the language.
    ChangeLanguage,
    /// Any news?
    News,
    /// Clear this chat, from the hub.
    ClearChat,
    /// Cancel the request (asks first).
    Cancel,
    /// Cancel the request and delete it everywhere.
    EraseEverything,
}
