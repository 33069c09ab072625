//! The messages that name a term of a closed list.

use super::Message;
use crate::ids::Country;
use crate::phrase::Answer;
use crate::terms::{Area, Need, Observed, Reporter, Sign, Situation, Subject, Who};

impl Message {
    /// Returns whether only volunteers read it. They read French or English, so other locales need not say it.
    #[must_use]
    pub fn is_for_volunteers(&self) -> bool {
        let key = self.key();
        key.starts_with("desk-") || key.starts_with("reason-")
    }

    /// Returns the message that names an area.
    #[must_use]
    pub const fn area(area: Area) -> Self {
        match area {
            Area::Paris => Self::AreaParis,
            Area::North => Self::AreaNorth,
            Area::East => Self::AreaEast,
            Area::Burgundy => Self::AreaBurgundy,
            Area::Alps => Self::AreaAlps,
            Area::Riviera => Self::AreaRiviera,
            Area::Languedoc => Self::AreaLanguedoc,
            Area::Garonne => Self::AreaGaronne,
            Area::Aquitaine => Self::AreaAquitaine,
            Area::West => Self::AreaWest,
            Area::Normandy => Self::AreaNormandy,
            Area::Loire => Self::AreaLoire,
            Area::Overseas => Self::AreaOverseas,
        }
    }

    /// Returns the message that names a country, or "another country" where we have no name for it.
    #[must_use]
    pub fn country(country: Country) -> Self {
        match country.as_str() {
            "BE" => Self::CountryBelgium,
            "CH" => Self::CountrySwitzerland,
            "DE" => Self::CountryGermany,
            "ES" => Self::CountrySpain,
            "IT" => Self::CountryItaly,
            "LU" => Self::CountryLuxembourg,
            _ => Self::CountryOther,
        }
    }

    /// Returns the message that names who needs help.
    #[must_use]
    pub const fn who(who: Who) -> Self {
        match who {
            Who::Woman => Self::WhoWoman,
            Who::Man => Self::WhoMan,
            Who::Family => Self::WhoFamily,
            Who::Minor => Self::WhoMinor,
            Who::Other => Self::WhoOther,
        }
    }

    /// Returns the message that names a situation.
    #[must_use]
    pub const fn situation(situation: Situation) -> Self {
        match situation {
            Situation::Sexual => Self::SituationSexual,
            Situation::Labour => Self::SituationLabour,
            Situation::Domestic => Self::SituationDomestic,
            Situation::Begging => Self::SituationBegging,
            Situation::Crime => Self::SituationCrime,
            Situation::Family => Self::SituationFamily,
            Situation::Other => Self::SituationOther,
        }
    }

    /// Returns the message that names a need.
    #[must_use]
    pub const fn need(need: Need) -> Self {
        match need {
            Need::Leave => Self::NeedLeave,
            Need::Shelter => Self::NeedShelter,
            Need::Talk => Self::NeedTalk,
            Need::Medical => Self::NeedMedical,
            Need::Legal => Self::NeedLegal,
            Need::Unsure => Self::NeedUnsure,
        }
    }

    /// Returns the message that names who writes about someone else.
    #[must_use]
    pub const fn reporter(reporter: Reporter) -> Self {
        match reporter {
            Reporter::Professional => Self::ReporterProfessional,
            Reporter::Close => Self::ReporterClose,
            Reporter::Client => Self::ReporterClient,
        }
    }

    /// Returns the message that names the one someone worries about.
    #[must_use]
    pub const fn subject(subject: Subject) -> Self {
        match subject {
            Subject::Child => Self::SubjectChild,
            Subject::Agrees => Self::SubjectAgrees,
            Subject::Unaware => Self::SubjectUnaware,
            Subject::Unsure => Self::SubjectUnsure,
        }
    }

    /// Returns the message that names a sign that was seen.
    #[must_use]
    pub const fn observed(observed: Observed) -> Self {
        match observed {
            Observed::Papers => Self::ObservedPapers,
            Observed::Overwork => Self::ObservedOverwork,
            Observed::Pay => Self::ObservedPay,
            Observed::Violence => Self::ObservedViolence,
            Observed::Housing => Self::ObservedHousing,
            Observed::Controlled => Self::ObservedControlled,
            Observed::Isolated => Self::ObservedIsolated,
            Observed::SpokenFor => Self::ObservedSpokenFor,
            Observed::Afraid => Self::ObservedAfraid,
            Observed::Moved => Self::ObservedMoved,
            Observed::Debt => Self::ObservedDebt,
            Observed::Child => Self::ObservedChild,
        }
    }

    /// Returns the message that asks about a sign.
    #[must_use]
    pub const fn sign(sign: Sign) -> Self {
        match sign {
            Sign::Vulnerability => Self::SignVulnerability,
            Sign::Deception => Self::SignDeception,
            Sign::Movement => Self::SignMovement,
            Sign::Isolation => Self::SignIsolation,
            Sign::Threats => Self::SignThreats,
            Sign::Documents => Self::SignDocuments,
            Sign::Wages => Self::SignWages,
            Sign::Debt => Self::SignDebt,
            Sign::Conditions => Self::SignConditions,
            Sign::Overtime => Self::SignOvertime,
            Sign::Violence => Self::SignViolence,
        }
    }

    /// Returns the message that is an answer of the phrasebook.
    #[must_use]
    pub const fn answer(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::AnswerYes,
            Answer::No => Self::AnswerNo,
            Answer::Later => Self::AnswerLater,
            Answer::ThankYou => Self::AnswerThankYou,
            Answer::CannotTalk => Self::AnswerCannotTalk,
            Answer::DoNotCall => Self::AnswerDoNotCall,
            Answer::CanCall => Self::AnswerCanCall,
            Answer::When => Self::AnswerWhen,
            Answer::Where => Self::AnswerWhere,
            Answer::Safe => Self::AnswerSafe,
            Answer::Danger => Self::AnswerDanger,
            Answer::NotAlone => Self::AnswerNotAlone,
            Answer::Coming => Self::AnswerComing,
            Answer::NotComing => Self::AnswerNotComing,
            Answer::Late => Self::AnswerLate,
            Answer::OtherDay => Self::AnswerOtherDay,
            Answer::Interpreter => Self::AnswerInterpreter,
            Answer::NotUnderstood => Self::AnswerNotUnderstood,
            Answer::StillWant => Self::AnswerStillWant,
            Answer::NoMoreHelp => Self::AnswerNoMoreHelp,
        }
    }
}
