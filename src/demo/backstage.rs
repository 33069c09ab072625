//! What the page shows beside the phone: a token opened with the association's key, and the database's rows.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use url::Url;

use crate::desk::{Reach, headline, lines};
use crate::directory::{Association, Directory};
use crate::handoff;
use crate::i18n::Catalog;
use crate::ids::AssociationId;
use crate::locale::Locale;
use crate::sandbox::{Backstage, Desk, Opened, OpenedLine, Row};
use crate::store::{Store, StoredToken};

/// How many rows the page shows.
const ROWS: u32 = 12;
/// How many bytes of a ciphertext the page shows: past the format's name, into what is random.
const SHOWN_BYTES: usize = 96;

/// The association's desk and the server's database.
pub(super) struct Behind {
    pub(super) store: Store,
    pub(super) directory: Arc<Directory>,
    pub(super) identities: BTreeMap<AssociationId, Vec<Identity>>,
    pub(super) catalog: Arc<Catalog>,
    /// The server's verifying key, as it is published.
    pub(super) server: String,
    /// Where the volunteers' desk is, if a port was free for it.
    pub(super) desk: Option<Url>,
    /// The words by which a device believes this server.
    pub(super) fingerprint: String,
}

impl Behind {
    /// Returns the chats of every association's volunteers.
    pub(super) fn chats(&self) -> Vec<i64> {
        self.groups().into_iter().map(|(chat, _)| chat).collect()
    }

    fn association_of(&self, chat: i64) -> Option<&Association> {
        let mut associations = self.directory.associations().iter();
        associations.find(|association| association.volunteers_chat.is_some_and(|own| own.0 == chat))
    }
}

impl Backstage for Behind {
    fn open(&self, group: i64, document: &[u8], language: &str) -> Result<Opened, String> {
        let association = self.association_of(group).map(|association| &association.id);
        let identities = association.and_then(|id| self.identities.get(id)).map_or(&[][..], Vec::as_slice);
        let token =
            handoff::open(document, identities, Some(&self.server)).map_err(|fault| fault.to_string())?;
        let locale = if language == "fr" { Locale::FRENCH } else { Locale::ENGLISH };
        let said = lines(&token, &Reach::of(token.record(), []), &self.catalog, locale).into_iter();
        Ok(Opened {
            headline: headline(token.record(), &self.catalog, locale),
            lines: said.map(|line| OpenedLine { label: line.label, value: line.value }).collect(),
        })
    }

    fn desk(&self, group: i64) -> Option<Desk> {
        let mut url = self.desk.as_ref()?.join("desk").ok()?;
        url.set_fragment(Some(&format!("trust={}", self.fingerprint)));
        Some(Desk { url: url.to_string(), association: self.association_of(group)?.id.to_string() })
    }

    fn key_file(&self, group: i64) -> Option<String> {
        let association = self.association_of(group)?;
        let mut file = format!("# {}, in the demonstration only\n", association.id);
        for identity in self.identities.get(&association.id)? {
            file.push_str(identity.to_string().expose_secret());
            file.push('\n');
        }
        Some(file)
    }

    fn rows(&self) -> BoxFuture<'_, Vec<Row>> {
        let rows = async {
            match self.store.tokens(ROWS).await {
                Ok(tokens) => tokens.iter().map(row).collect(),
                Err(fault) => {
                    tracing::warn!(%fault, "the page cannot show the database");
                    Vec::new()
                }
            }
        };
        rows.boxed()
    }

    fn groups(&self) -> Vec<(i64, String)> {
        let group = |association: &Association| {
            association.volunteers_chat.map(|chat| (chat.0, association.name.clone()))
        };
        self.directory.associations().iter().filter_map(group).collect()
    }

    fn languages(&self) -> Vec<(String, String)> {
        let code = |locale: Locale| locale.telegram_codes().first().copied().unwrap_or(locale.tag());
        Locale::all().map(|locale| (code(locale).to_owned(), locale.native().to_owned())).collect()
    }
}

/// Every column of a row, in the order of the table.
fn row(token: &StoredToken) -> Row {
    let column = |name: &str, content: String| (name.to_owned(), content);
    let moment = |moment: chrono::DateTime<chrono::Utc>| moment.format("%Y-%m-%d %H:%M UTC").to_string();
    Row {
        columns: vec![
            column("id", hex(token.id.as_bytes())),
            column("handoff", hex(token.handoff.as_bytes())),
            column("association", token.association.to_string()),
            column("kind", token.kind.to_string()),
            column("state", token.state.code().to_owned()),
            column("received_hour", moment(token.received_hour)),
            column("respond_by", moment(token.respond_by)),
            column("expires_on", token.expires_on.to_string()),
        ],
        ciphertext: hex(token.ciphertext.get(..SHOWN_BYTES).unwrap_or(&token.ciphertext)),
        size: token.ciphertext.len(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
