//! What goes into the store and what comes out of it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::rounds::NoticeWay;
use crate::ids::{AssociationId, HandoffId};
use crate::terms::Kind;

/// Declares a closed list of codes that stand in a column.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every member of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the code that stands in the column.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Returns the member with this code, if there is one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.code() == code)
            }
        }
    };
}

pub(super) use codes;

codes!(
    /// Where a token stands.
    TokenState {
        /// Nobody has taken it yet.
        Pending = "pending",
        /// An association has taken it.
        Accepted = "accepted",
        /// An association has said no.
        Declined = "declined",
        /// It went on to another association.
        PassedOn = "passed_on",
        /// The association has closed it.
        Done = "done",
        /// The person has taken it back; its ciphertext is gone.
        Revoked = "revoked",
        /// Its time is over; its ciphertext is gone.
        Expired = "expired",
    }
);

codes!(
    /// Why volunteers get a notice.
    NoticeReason {
        /// A request has come.
        New = "new",
        /// Nobody took a request in time.
        Late = "late",
        /// The association said no, and the national team takes over.
        Declined = "declined",
        /// The person has taken the request back: the earlier notice has to be replaced.
        Withdrawn = "withdrawn",
    }
);

codes!(
    /// Where a notice stands.
    NoticeState {
        /// It has to be sent, or sent again.
        Open = "open",
        /// It stands in the volunteers' chat.
        Sent = "sent",
        /// It cannot be sent, and somebody was told.
        Failed = "failed",
    }
);

/// The id of one stored token: 16 random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId([u8; 16]);

impl TokenId {
    /// Wraps 16 random bytes.
    #[must_use]
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Returns the 16 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// The number of one notice in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub(super) i64);

/// A token to be kept.
///
/// # Privacy
/// The moments are made coarse before they are kept: see [`Store::save`](super::Store::save).
#[derive(Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The id of this token.
    pub id: TokenId,
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// The association that can open it.
    pub association: AssociationId,
    /// What it tells the association.
    pub kind: Kind,
    /// The age ciphertext.
    pub ciphertext: Vec<u8>,
    /// When the person wrote; the hour of it is kept.
    pub received: DateTime<Utc>,
    /// When the request goes on to the next; kept rounded up to a quarter of an hour.
    pub respond_by: DateTime<Utc>,
    /// The last day on which the token is kept.
    pub expires_on: NaiveDate,
    /// Of a request: the national team that it is sealed to beside the association.
    pub team: Option<AssociationId>,
    /// How the person is reached from now on, where this token says so.
    pub reach: Option<NewReach>,
}

/// How a person is reached from now on. It replaces what held before, as a whole.
#[derive(Clone, PartialEq, Eq)]
pub struct NewReach {
    /// Its number: one more than what held as it was sealed.
    pub number: u32,
    /// The return address and from when on what waits may be pushed; nothing where they want no messages.
    pub to: Option<(String, DateTime<Utc>)>,
}

impl fmt::Debug for NewReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewReach").field("number", &self.number).finish_non_exhaustive()
    }
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewToken").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A notice to volunteers, to be sent once it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// The association whose volunteers get it.
    pub audience: AssociationId,
    /// Why they get it.
    pub reason: NoticeReason,
    /// When to send it: at once where it lies not after the token's reception, else rounded up to a
    /// quarter of an hour, or to five minutes where it waits no longer than that.
    pub due: DateTime<Utc>,
}

/// What became of a token that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept now.
    New,
    /// The same handoff was kept before, and stands so.
    Already(TokenState),
}

/// A handoff as the store knows it, without its ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoffRow {
    /// The handoff.
    pub handoff: HandoffId,
    /// The association that can open it.
    pub association: AssociationId,
    /// Where it stands.
    pub state: TokenState,
    /// The hour in which it came.
    pub received_hour: DateTime<Utc>,
    /// When it goes on to the next.
    pub respond_by: DateTime<Utc>,
    /// The last day on which it is kept.
    pub expires_on: NaiveDate,
    /// How often it was passed on.
    pub leg: u32,
    /// A volunteer has opened it.
    pub seen: bool,
    /// The person wants no more messages about it.
    pub stopped: bool,
    /// The association whose volunteer accepted it.
    pub taker: Option<AssociationId>,
    /// The number of how the person is reached.
    pub address_no: u32,
    /// The person wants no messages for now; what waits is fetched by who looks.
    pub held: bool,
    /// The national team that it was sealed to beside the association.
    pub team: Option<AssociationId>,
    /// The notices about it, in the order in which they were made.
    pub notices: Vec<NoticeRow>,
}

impl HandoffRow {
    /// Returns the associations whose volunteers were told, each once.
    #[must_use]
    pub fn told(&self) -> Vec<&AssociationId> {
        let mut told: Vec<_> =
            self.notices.iter().filter(|notice| notice.was_sent).map(|n| &n.audience).collect();
        told.sort();
        told.dedup();
        told
    }
}

/// What is known about one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// The association whose volunteers get it.
    pub audience: AssociationId,
    /// Why they get it.
    pub reason: NoticeReason,
    /// Where it stands.
    pub state: NoticeState,
    /// Whether a message about the handoff stands in their chat.
    pub was_sent: bool,
}

/// What a withdrawal met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// The association that held the request.
    pub association: AssociationId,
    /// Where the request stood before.
    pub was: TokenState,
    /// The messages that have to be replaced; each is also due as a [`NoticeReason::Withdrawn`] notice.
    pub told: Vec<Told>,
    /// The associations that had the request and for which no signed withdrawal is kept.
    pub untold: Vec<AssociationId>,
}

/// A message that stands in a chat of volunteers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The association whose volunteers got it.
    pub audience: AssociationId,
    /// The id of the message in their chat.
    pub message: i64,
}

/// A notice that this caller, and nobody else, has to send now.
#[derive(Clone, PartialEq, Eq)]
pub struct DueNotice {
    /// The notice.
    pub id: NoticeId,
    /// The token it is about.
    pub token: TokenId,
    /// The handoff it is about.
    pub handoff: HandoffId,
    /// The association that can open the token.
    pub association: AssociationId,
    /// What the token tells.
    pub kind: Kind,
    /// The association whose volunteers get the notice.
    pub audience: AssociationId,
    /// Why they get it.
    pub reason: NoticeReason,
    /// How they are told, once that was decided.
    pub way: Option<NoticeWay>,
    /// The hour in which the token came.
    pub received_hour: DateTime<Utc>,
    /// When the handoff goes on to the next.
    pub respond_by: DateTime<Utc>,
    /// How often it was handed out, this time included.
    pub attempts: u32,
    /// The message to replace, where there is one.
    pub message: Option<i64>,
    /// The age ciphertext; empty where it is told together, or the person has taken the request back.
    pub ciphertext: Vec<u8>,
}

impl fmt::Debug for DueNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DueNotice")
            .field("id", &self.id)
            .field("audience", &self.audience)
            .field("reason", &self.reason)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// What became of a notice that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It stands in the chat, and that is all.
    Kept,
    /// The person took the request back while it was being sent: its replacement is due now.
    Superseded,
}

/// What the store remembers about an association.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssociationState {
    /// The last day on which it proved that it can decrypt.
    pub last_proof_on: Option<NaiveDate>,
    /// Until when it takes no new requests.
    pub paused_until: Option<DateTime<Utc>>,
    /// The day on which its volunteers were last warned that a proof is due.
    pub proof_warned_on: Option<NaiveDate>,
}

/// What a sweep deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many tokens were deleted, by what they told.
    pub tokens: BTreeMap<Kind, u64>,
    /// How many requests among these nobody had ever answered.
    pub unanswered: u64,
    /// How many notices went with them.
    pub notices: u64,
    /// How many refusals of requests that are gone.
    pub refusals: u64,
    /// How many counts of what was done at a desk.
    pub audit: u64,
    /// Whether the database's own files hold nothing of them any more: the write-ahead log of SQLite is
    /// empty, or the tables of PostgreSQL were written anew. PostgreSQL's own log is not looked at.
    pub wiped: bool,
}

impl Swept {
    /// Returns how many tokens were deleted.
    #[must_use]
    pub fn all_tokens(&self) -> u64 {
        self.tokens.values().sum()
    }
}

/// A row of the table of tokens, ciphertext included.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// The id of the token.
    pub id: TokenId,
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// The association that can open it.
    pub association: AssociationId,
    /// What it tells the association.
    pub kind: Kind,
    /// Where it stands.
    pub state: TokenState,
    /// The hour in which it came.
    pub received_hour: DateTime<Utc>,
    /// When it goes on to the next.
    pub respond_by: DateTime<Utc>,
    /// The last day on which it is kept.
    pub expires_on: NaiveDate,
    /// The age ciphertext; empty once the person has taken the request back.
    pub ciphertext: Vec<u8>,
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken")
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
