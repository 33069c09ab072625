//! Signs that are asked about or seen, and who writes about whom.

use super::terms;

terms!(
    /// A sign of exploitation that a person is asked about (screen S10): the eleven of the International
    /// Labour Organization, violence last.
    Sign {
        /// Abuse of vulnerability.
        Vulnerability = "vulnerability",
        /// Deception.
        Deception = "deception",
        /// Restriction of movement.
        Movement = "movement",
        /// Isolation.
        Isolation = "isolation",
        /// Intimidation and threats.
        Threats = "threats",
        /// Retention of identity documents.
        Documents = "documents",
        /// Withholding of wages.
        Wages = "wages",
        /// Debt bondage.
        Debt = "debt",
        /// Abusive working and living conditions.
        Conditions = "conditions",
        /// Excessive overtime.
        Overtime = "overtime",
        /// Physical and sexual violence.
        Violence = "violence",
    }
);

terms!(
    /// An answer to the question about one sign.
    SignAnswer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Left out.
        Skip = "skip",
    }
);

terms!(
    /// Who writes about someone else (screen B1).
    Reporter {
        /// A professional or a volunteer.
        Professional = "professional",
        /// A neighbour, a friend, a relative.
        Close = "close",
        /// A client or a customer.
        Client = "client",
    }
);

terms!(
    /// Who that someone is, and whether they agree (screen B2).
    Subject {
        /// A child.
        Child = "child",
        /// An adult who agrees.
        Agrees = "agrees",
        /// An adult who does not know, or does not agree.
        Unaware = "unaware",
        /// The writer is not sure.
        Unsure = "unsure",
    }
);

impl Subject {
    /// Returns whether anything about the person may be handed over. Where an adult has not agreed, the
    /// association advises the writer only; a child is protected whether they agree or not.
    #[must_use]
    pub const fn may_be_told_of(self) -> bool {
        match self {
            Self::Child | Self::Agrees => true,
            Self::Unaware | Self::Unsure => false,
        }
    }
}

terms!(
    /// A sign that someone beside the person can see (screen B3).
    Observed {
        /// Their papers are kept.
        Papers = "papers",
        /// Too much work, no days off.
        Overwork = "overwork",
        /// Little or no pay.
        Pay = "pay",
        /// Threats, insults, violence.
        Violence = "violence",
        /// A very bad living place.
        Housing = "housing",
        /// Contacts or family are controlled.
        Controlled = "controlled",
        /// Isolated.
        Isolated = "isolated",
        /// Someone speaks for them.
        SpokenFor = "spoken_for",
        /// Afraid of the police or of a boss.
        Afraid = "afraid",
        /// Moved often.
        Moved = "moved",
        /// They owe money.
        Debt = "debt",
        /// A child who works, begs or steals.
        Child = "child",
    }
);
