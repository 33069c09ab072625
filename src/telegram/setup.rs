//! What Telegram shows of the bot before anyone writes: its menu and its description, neutral, per language.

use std::time::Duration;

use teloxide::payloads::{
    SetMyCommands, SetMyCommandsSetters as _, SetMyDescription, SetMyDescriptionSetters as _,
    SetMyShortDescription, SetMyShortDescriptionSetters as _,
};
use teloxide::types::BotCommand;

use super::client::Bot;
use super::fault::CallFault;
use super::patience::patiently;
use super::update::Command;
use crate::i18n::Catalog;
use crate::locale::Locale;
use crate::message::Message;

/// How long setting one thing may be tried.
const PATIENCE: Duration = Duration::from_mins(5);

/// Sets the menu and the descriptions, in every language and for those that we do not speak.
///
/// # Errors
/// Returns the first call that failed for good.
pub(super) async fn introduce(bot: &Bot, catalog: &Catalog) -> Result<(), CallFault> {
    // English stands for every language we do not have.
    introduce_in(bot, catalog, Locale::ENGLISH, None).await?;
    for locale in Locale::all() {
        // Telegram knows two letters only.
        for code in locale.telegram_codes().iter().filter(|code| code.len() == 2) {
            introduce_in(bot, catalog, locale, Some(code)).await?;
        }
    }
    Ok(())
}

async fn introduce_in(
    bot: &Bot,
    catalog: &Catalog,
    locale: Locale,
    code: Option<&str>,
) -> Result<(), CallFault> {
    let say = |message: Message| catalog.label(locale, &message);
    let command = |command: Command| BotCommand::new(command.word(), say(name_of(command)));
    let mut commands = SetMyCommands::new(Command::ALL.map(command));
    let mut description = SetMyDescription::new().description(say(Message::BotDescription));
    let mut short = SetMyShortDescription::new().short_description(say(Message::BotShortDescription));
    if let Some(code) = code {
        commands = commands.language_code(code);
        description = description.language_code(code);
        short = short.language_code(code);
    }
    patiently(PATIENCE, || bot.call::<_, bool>(&commands)).await?;
    patiently(PATIENCE, || bot.call::<_, bool>(&description)).await?;
    patiently(PATIENCE, || bot.call::<_, bool>(&short)).await?;
    Ok(())
}

const fn name_of(command: Command) -> Message {
    match command {
        Command::Start => Message::CommandStart,
        Command::Menu => Message::CommandMenu,
        Command::Clear => Message::CommandClear,
        Command::Language => Message::CommandLanguage,
        Command::Privacy => Message::CommandPrivacy,
    }
}
