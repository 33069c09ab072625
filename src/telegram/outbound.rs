//! From a screen to what Telegram shows: text, rows of buttons, each with the sealed conversation in it.

use chrono::{DateTime, Utc};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup, MessageEntity};
use url::Url;

use crate::conversation::{Button, Choice, Conversation, Label, Paragraph, Screen};
use crate::i18n::{Catalog, directed};
use crate::ids::ChatId;
use crate::locale::Locale;
use crate::message::Message;
use crate::sealing::KeyRing;

/// Where the link of a prompt leads: nowhere (RFC 2606). What matters stands behind it.
const NOWHERE: &str = "https://relais.invalid/#";
/// What a prompt begins with, so that its link has something to stand on that nobody sees or taps.
const UNSEEN: char = '\u{200b}';

/// Labels up to this many characters stand two in a row.
const HALF_ROW: usize = 16;
/// Three labels up to this many characters stand together in a row of three.
const THIRD_ROW: usize = 13;
/// A list longer than this is packed: short labels share a row wherever two of them meet.
const LONG_LIST: usize = 8;

/// A screen as Telegram takes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text, without any markup.
    pub text: String,
    /// The buttons.
    pub keyboard: InlineKeyboardMarkup,
}

/// Says a screen in the person's language and seals its buttons for their chat.
#[must_use]
pub fn render(
    screen: &Screen,
    conversation: &Conversation,
    catalog: &Catalog,
    keys: &KeyRing,
    chat: ChatId,
    now: DateTime<Utc>,
) -> Rendered {
    let locale = conversation.locale;
    let seal = |button: &Button, text: String| InlineKeyboardButton {
        text,
        kind: InlineKeyboardButtonKind::CallbackData(keys.seal(conversation, button.choice, chat, now)),
    };
    let rows = screen.sections.iter().flat_map(|section| rows(section, locale, catalog));
    let keyboard: Vec<Vec<InlineKeyboardButton>> =
        rows.map(|row| row.into_iter().map(|(button, text)| seal(button, text)).collect()).collect();
    Rendered { text: text(&screen.body, locale, catalog), keyboard: InlineKeyboardMarkup::new(keyboard) }
}

/// Says a prompt, which opens the keyboard. A prompt has no buttons: the conversation travels, sealed, in a link
/// on its first character, and comes back with the answer.
pub(super) fn prompt(
    message: &Message,
    conversation: &Conversation,
    catalog: &Catalog,
    keys: &KeyRing,
    chat: ChatId,
    now: DateTime<Utc>,
) -> Option<(String, MessageEntity)> {
    let sealed = keys.seal(conversation, Choice::Back, chat, now);
    let url = Url::parse(&format!("{NOWHERE}{sealed}")).ok()?;
    let text = format!("{UNSEEN}{}", catalog.say(conversation.locale, message));
    Some((text, MessageEntity::text_link(url, 0, UNSEEN.len_utf16())))
}

/// Returns what the link of a prompt carries, if it is one.
pub(super) fn carried(url: &str) -> Option<&str> {
    url.strip_prefix(NOWHERE)
}

/// Says the body of a screen: a line each paragraph.
#[must_use]
pub fn text(body: &[Paragraph], locale: Locale, catalog: &Catalog) -> String {
    let line = |paragraph: &Paragraph| {
        let parts: Vec<String> = paragraph.iter().map(|message| catalog.say(locale, message)).collect();
        parts.join(" · ")
    };
    directed(locale, body.iter().map(line).collect::<Vec<String>>().join("\n"))
}

/// A button with what stands on it.
type Labelled<'a> = (&'a Button, String);

/// Lays the buttons of a section out in rows.
pub(super) fn rows<'a>(section: &'a [Button], locale: Locale, catalog: &Catalog) -> Vec<Vec<Labelled<'a>>> {
    let say = |button: &'a Button| {
        let text = match &button.label {
            Label::Message(message) => catalog.label(locale, message),
            Label::Name(name) => name.clone(),
        };
        (button, text)
    };
    let mut labelled: Vec<Labelled<'a>> = section.iter().map(say).collect();
    let fits = |limit: usize| move |(_, text): &Labelled<'a>| text.chars().count() <= limit;
    if labelled.len() == 3 && labelled.iter().all(fits(THIRD_ROW)) {
        return vec![labelled];
    }
    let packed = labelled.len() > LONG_LIST || labelled.iter().all(fits(HALF_ROW));
    let mut rows: Vec<Vec<Labelled<'a>>> = Vec::new();
    for button in labelled.drain(..) {
        match rows.last_mut() {
            Some(row) if packed && row.len() == 1 && row.iter().chain([&button]).all(fits(HALF_ROW)) => {
                row.push(button);
            }
            Some(_) | None => rows.push(vec![button]),
        }
    }
    rows
}
