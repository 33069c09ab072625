//! What a button stands for.

use crate::ids::{Commune, Country, Department};
use crate::locale::Locale;
use crate::phrase::Answer;
use crate::terms::{Area, Contact, Need, Observed, Reporter, SignAnswer, Situation, Subject, Who};

/// Declares the choices, in the parts of the conversation that they belong to.
macro_rules! choices {
    ($(
        $(#[$part_meta:meta])* $part:ident {
            $($(#[$plain_meta:meta])* $plain:ident,)*
            $(; $($(#[$meta:meta])* $name:ident($term:ty),)+)?
        }
    )+) => {
        /// The meaning of one button. It travels sealed in the button, with the whole conversation.
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Choice {
            $(
                $($(#[$plain_meta])* $plain,)*
                $($($(#[$meta])* $name($term),)+)?
            )+
        }

        /// The part of the conversation that a choice belongs to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Part { $($(#[$part_meta])* $part),+ }

        impl Choice {
            /// The choices that carry nothing. Their place here is their number in sealed state.
            pub const PLAIN: &'static [Self] = &[$($(Self::$plain,)*)+];

            /// Returns the number among the choices that carry nothing, if it is one of them.
            #[must_use]
            pub fn plain(self) -> Option<usize> {
                Self::PLAIN.iter().position(|&plain| plain == self)
            }

            pub(super) const fn part(self) -> Part {
                match self {
                    $(
                        $(Self::$plain)|* $($(| Self::$name(_))+)? => Part::$part,
                    )+
                }
            }
        }
    };
}

choices! {
    /// What can be tapped wherever the conversation stands.
    Everywhere {
        /// Show the numbers to call (on every screen).
        Danger,
        /// Clear the chat (on every screen).
        Leave,
        /// Go back one screen.
        Back,
        /// Go to the home screen.
        Home,
        /// Read more before agreeing.
        More,
        /// "Only phone numbers."
        NumbersOnly,
        /// Clear this chat, from the hub.
        ClearChat,
        /// Show more languages.
        MoreLocales,
        /// "I agree."
        Agree,
        ;
        /// Speak this language.
        Locale(Locale),
    }
    /// Before the intake.
    Before {
        /// "I need help."
        NeedHelp,
        /// "Help, my phone is not private."
        NotPrivate,
        /// Go on with the short path.
        GoOnShort,
        /// After the numbers: also tell an association.
        TellAssociation,
        /// "I worry about someone."
        Worry,
        /// "I have a code."
        HaveCode,
    }
    /// In the intake.
    Intake {
        /// Leave this question out.
        Skip,
        /// Go to the review at once.
        SendNow,
        /// What was ticked is all.
        Ticked,
        /// The whole of the area.
        WholeArea,
        /// Show other countries.
        Abroad,
        /// The place is not said.
        PlaceUnsaid,
        /// Near here.
        Near,
        /// Far from here.
        Far,
        /// Type a town or a postcode.
        TypePlace,
        /// None of the places that were found.
        NoneOfThese,
        /// Change an answer.
        Change,
        /// Change who needs help.
        ChangeWho,
        /// Change the problem.
        ChangeSituation,
        /// Change what is wanted.
        ChangeNeed,
        /// Change who writes.
        ChangeReporter,
        /// Change who the person is.
        ChangeSubject,
        /// Change what was seen.
        ChangeObserved,
        /// Change the place.
        ChangePlace,
        /// Change the language.
        ChangeLanguage,
        ;
        /// Who needs help.
        Who(Who),
        /// The problem.
        Situation(Situation),
        /// What is wanted first.
        Need(Need),
        /// Who writes.
        Reporter(Reporter),
        /// Who the person is.
        Subject(Subject),
        /// Tick, or no longer, what was seen.
        Observed(Observed),
        /// An area of France.
        Area(Area),
        /// A département.
        Department(Department),
        /// A commune.
        Commune(Commune),
        /// Another country.
        Country(Country),
        /// Send, and answer this way.
        Send(Contact),
    }
    /// On the hub of a request that was handed over.
    Hub {
        /// Any news?
        News,
        /// Cancel the request (asks first).
        Cancel,
        /// Cancel the request and delete it everywhere.
        EraseEverything,
        /// Show the code of the request.
        ShowCode,
        /// Say more about the request.
        SayMore,
        /// Write in own words.
        Write,
        /// Another time to be answered.
        SafeTime,
        /// Open the message that came.
        OpenMessage,
        /// "I am alone."
        Alone,
        /// "Not now."
        NotNow,
        /// Other sentences to answer with.
        OtherSentences,
        /// No more messages.
        StopMessages,
        ;
        /// Answer a message with this sentence.
        Answer(Answer),
    }
    /// Where more is said about it.
    Telling {
        /// End what is asked, and keep the answers.
        Finish,
        /// Go on to the next set of questions.
        NextQuestions,
        /// Children need help too.
        ChildrenToo,
        /// No children.
        NoChildren,
        ;
        /// The answer about the sign that is asked.
        Sign(SignAnswer),
        /// Tick, or no longer, another need.
        AlsoNeed(Need),
        /// Tick, or no longer, a language for talking.
        Speak(Locale),
    }
    /// What can be read wherever the conversation stands. It comes last: the numbers above stay.
    Reading {
        /// The next page of the privacy text.
        NextPage,
        /// Is this real?
        Genuine,
    }
}

redacted!(Choice);
