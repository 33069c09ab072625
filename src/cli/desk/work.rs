//! What a volunteer does at a desk's server.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use url::Url;

use super::kept::Kept;
use super::keys::Keys;
use super::{given, shown};
use crate::cli::console::{Failure, failed, print_json, show};
use crate::cli::line::{Line, line};
use crate::cli::serve::runtime;
use crate::clock::Clock;
use crate::desk::{Door, Words, Workplace};
use crate::foreign::Foreign;
use crate::i18n::Catalog;
use crate::ids::AssociationId;
use crate::locale::Locale;
use crate::phrase::{Phone, PhraseId, Spot, Time};

/// What the server takes for a day.
const DAYS: [&str; 9] =
    ["today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Signs in, and says until when the session holds; the first time with --fingerprint
    Login {
        #[command(flatten)]
        desk: Desk,
        /// Goes on at a server that could not be trusted before: only after the operator has said so on the phone. With
        /// --fingerprint it believes the words of a new paper instead of the old one's
        #[arg(long)]
        again: bool,
    },
    /// Ends the session at the server
    Logout {
        #[command(flatten)]
        desk: Desk,
        /// Ends every session of this device instead, named by its recipient; a coordinator can name any
        #[arg(long, value_name = "RECIPIENT")]
        device: Option<String>,
    },
    /// Takes another device of one's association out at once; only a coordinator's device can
    RemoveDevice {
        #[command(flatten)]
        desk: Desk,
        /// The device, by its recipient
        #[arg(long, value_name = "RECIPIENT")]
        device: String,
    },
    /// Lists the requests on the desk
    List {
        #[command(flatten)]
        desk: Desk,
        /// Prints the requests as JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows a request, and tells the person that it was read
    Show {
        #[command(flatten)]
        request: Request,
        /// The language in which the lines are said
        #[arg(long, default_value = "fr", value_name = "TAG")]
        language: Locale,
        /// Prints the request as JSON
        #[arg(long)]
        json: bool,
    },
    /// Takes a request
    Accept {
        #[command(flatten)]
        request: Request,
        #[command(flatten)]
        name: Name,
    },
    /// Says no to a request; it goes on to the next association
    Decline {
        #[command(flatten)]
        request: Request,
        /// Why
        #[arg(long, value_parser = ["full", "not_our_field", "language", "conflict", "other"])]
        reason: String,
    },
    /// Seals a request to another association and passes it on
    PassOn {
        #[command(flatten)]
        request: Request,
        /// The other association
        #[arg(long, value_name = "ASSOCIATION")]
        to: AssociationId,
        /// A file with what they should know; `-` reads standard input
        #[arg(long, value_name = "FILE")]
        note: Option<PathBuf>,
    },
    /// Writes to the person: a phrase of the phrasebook, or own words
    Reply(Reply),
    /// Writes something down for one's own association
    Note {
        #[command(flatten)]
        request: Request,
        #[command(flatten)]
        name: Name,
        /// A file with the words; `-` reads standard input
        #[arg(long, value_name = "FILE", default_value = "-")]
        text: PathBuf,
    },
    /// Closes a request
    Close {
        #[command(flatten)]
        request: Request,
        /// What became of it
        #[arg(long, value_parser = ["helped", "referred", "no_contact", "not_concerned", "other"])]
        outcome: String,
    },
    /// Takes no new requests for a while, or takes them again
    #[command(group = clap::ArgGroup::new("pause").required(true).args(["until", "end"]))]
    Pause {
        #[command(flatten)]
        desk: Desk,
        /// Until when, such as 2027-01-31T18:00:00+01:00; 90 days at most
        #[arg(long, value_name = "RFC3339")]
        until: Option<DateTime<Utc>>,
        /// Takes requests again from now on
        #[arg(long)]
        end: bool,
    },
}

/// Which desk, and who sits at it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Desk {
    /// The address of the desk's server
    #[arg(long, env = "RELAIS_DESK_URL", value_name = "URL", value_parser = given::server)]
    server: Url,
    /// One's own association, as the directory names it
    #[arg(long, env = "RELAIS_DESK_ASSOCIATION", value_name = "ID")]
    association: AssociationId,
    /// The server's published key: nothing that another server signed is believed; several, between commas
    #[arg(
        long,
        env = "RELAIS_DESK_SERVER_KEY",
        value_name = "BASE64",
        value_delimiter = ',',
        value_parser = given::server_key
    )]
    server_key: Vec<String>,
    /// The twelve words on the paper of one's enrolment; needed at the first sign-in alone
    #[arg(long, env = "RELAIS_DESK_FINGERPRINT", value_name = "WORDS")]
    fingerprint: Option<String>,
    /// Where it is kept whom this device believes, and its session; beside the key file where absent
    #[arg(long, env = "RELAIS_DESK_STATE", value_name = "FILE")]
    state: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
}

impl Desk {
    async fn enter(self) -> Result<Workplace, Failure> {
        self.enter_with(false).await.map(|(desk, _)| desk)
    }

    /// Enters, and keeps what was learnt, also where it was refused. `again` goes on at a server that was not believed
    /// before.
    async fn enter_with(self, again: bool) -> Result<(Workplace, Kept), Failure> {
        let identities = self.keys.read()?;
        let mut kept =
            Kept::open(self.state.as_deref(), self.keys.first()?, &self.server, &self.association)?;
        match (again, &self.fingerprint) {
            (true, Some(_)) => kept.memory().enrol_anew(),
            (true, None) => kept.memory().go_on(),
            (false, _) => {}
        }
        let door = Door {
            server: &self.server,
            association: self.association,
            identities,
            fingerprint: self.fingerprint.as_deref(),
            server_keys: &self.server_key,
        };
        let entered = Workplace::enter(door, kept.memory(), Clock::system().now()).await;
        kept.keep()?;
        Ok((entered.map_err(failed)?, kept))
    }
}

/// A request on a desk.
#[derive(Debug, Args)]
pub(in crate::cli) struct Request {
    /// The request by its first letters, or the name of its token's file
    #[arg(value_parser = given::start)]
    handoff: String,
    #[command(flatten)]
    desk: Desk,
}

/// Who says it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Name {
    /// The name that one's own association reads; the person never sees it
    #[arg(long, env = "RELAIS_DESK_NAME", value_name = "PSEUDONYM", value_parser = given::name)]
    name: String,
}

/// What is said to the person.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("words").required(true).args(["phrase", "text"]))]
pub(in crate::cli) struct Reply {
    #[command(flatten)]
    request: Request,
    #[command(flatten)]
    name: Name,
    /// A phrase of the phrasebook, such as `meet`; the person reads it in their language
    #[arg(long, value_name = "ID", value_parser = given::phrase)]
    phrase: Option<PhraseId>,
    /// A file with own words, which nobody translates; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// The day that the phrase names
    #[arg(long, requires = "phrase", value_parser = DAYS)]
    day: Option<String>,
    /// The time that the phrase names, on a quarter of an hour, such as 14:30
    #[arg(long, requires = "phrase", value_parser = given::slot::<Time>)]
    time: Option<String>,
    /// The number that the phrase names, such as +33123456789
    #[arg(long, requires = "phrase", value_parser = given::slot::<Phone>)]
    phone: Option<String>,
    /// The kind of place that the phrase names, such as `station`
    #[arg(long, requires = "phrase")]
    place: Option<Spot>,
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    runtime()?.block_on(perform(command, Clock::system().now()))
}

async fn perform(command: Command, now: DateTime<Utc>) -> Result<(), Failure> {
    match command {
        Command::Login { desk, again } => login(desk, again).await?,
        Command::Logout { desk, device } => logout(desk, device).await?,
        Command::RemoveDevice { desk, device } => {
            desk.enter().await?.remove_device(&device, now).await.map_err(failed)?;
            show("The device is out: nothing new is sealed to it, and its sessions have ended.");
            show("Tell whoever keeps the directory: the signatures must follow within seven days.");
        }
        Command::List { desk, json } => {
            let rows = desk.enter().await?.list().await.map_err(failed)?;
            if json {
                print_json(&rows);
            } else {
                shown::rows(&rows);
            }
        }
        Command::Show { request: Request { handoff, desk }, language, json } => {
            let catalog = Catalog::load().map_err(failed)?;
            let case = desk.enter().await?.show(&handoff).await.map_err(failed)?;
            if json {
                shown::case_as_json(&case, &catalog, language);
            } else {
                shown::case(&case, &catalog, language);
            }
        }
        Command::Accept { request: Request { handoff, desk }, name: Name { name } } => {
            desk.enter().await?.accept(&handoff, &name, now).await.map_err(failed)?;
            show(line!("{} is taken by {}.", Foreign::name(&handoff), Foreign::name(&name)));
        }
        Command::Decline { request: Request { handoff, desk }, reason } => {
            desk.enter().await?.decline(&handoff, &reason).await.map_err(failed)?;
            show(line!("{} goes on to the next association.", Foreign::name(&handoff)));
        }
        Command::PassOn { request: Request { handoff, desk }, to, note } => {
            let note = note.map(|file| given::text(&file)).transpose()?.map(|note| note.to_string());
            desk.enter().await?.pass_on(&handoff, &to, note, now).await.map_err(failed)?;
            show(line!("{} is passed on to {}.", Foreign::name(&handoff), to));
        }
        Command::Reply(reply) => write(reply, now).await?,
        Command::Note { request: Request { handoff, desk }, name: Name { name }, text } => {
            let text = given::text(&text)?;
            desk.enter().await?.note(&handoff, &name, &text, now).await.map_err(failed)?;
            show("The note is kept for your association.");
        }
        Command::Close { request: Request { handoff, desk }, outcome } => {
            desk.enter().await?.close(&handoff, &outcome).await.map_err(failed)?;
            show(line!("{} is closed.", Foreign::name(&handoff)));
        }
        Command::Pause { desk, until, end: _ } => {
            desk.enter().await?.pause(until).await.map_err(failed)?;
            show(until.map_or_else(
                || Line::from("Your association takes new requests."),
                |until| line!("Your association takes no new requests until {}.", until),
            ));
        }
    }
    Ok(())
}

async fn logout(desk: Desk, device: Option<String>) -> Result<(), Failure> {
    let (desk, mut kept) = desk.enter_with(false).await?;
    if let Some(device) = device {
        desk.sign_device_out(&device).await.map_err(failed)?;
        show("Every session of this device has ended.");
        return Ok(());
    }
    desk.sign_out(kept.memory()).await.map_err(failed)?;
    kept.keep()?;
    show("Signed out.");
    Ok(())
}

async fn login(desk: Desk, again: bool) -> Result<(), Failure> {
    let association = desk.association.clone();
    let (desk, _) = desk.enter_with(again).await?;
    let expires = desk.expires();
    let until = expires.map(|until| line!(" until {}", until));
    show(line!("The key works: it opens the desk of {}{}.", association, until));
    Ok(())
}

async fn write(reply: Reply, now: DateTime<Utc>) -> Result<(), Failure> {
    let words = reply.words()?;
    let Reply { request: Request { handoff, desk }, name: Name { name }, .. } = reply;
    let not_before = desk.enter().await?.reply(&handoff, &name, &words, now).await.map_err(failed)?;
    show(not_before.map_or_else(
        || Line::from("The message is on its way."),
        |from| line!("The message waits until {}: the person chose so.", Foreign::name(&from)),
    ));
    Ok(())
}

impl Reply {
    fn words(&self) -> Result<Words, Failure> {
        if let Some(file) = &self.text {
            return Ok(Words::Text(given::text(file)?.to_string()));
        }
        let phrase = self.phrase.ok_or_else(|| Failure::one("a phrase or a text belongs here"))?;
        let given = [
            ("day", self.day.clone()),
            ("time", self.time.clone()),
            ("phone", self.phone.clone()),
            ("place", self.place.map(|place| place.code().to_owned())),
        ];
        let mut args = Vec::new();
        for (name, value) in given {
            let needed = phrase.slots().iter().any(|slot| slot.name() == name);
            match value {
                Some(value) if needed => args.push((name.to_owned(), value)),
                Some(_) => return Err(Failure::one(format!("this phrase has no place for --{name}"))),
                None if needed => return Err(Failure::one(format!("this phrase needs --{name}"))),
                None => {}
            }
        }
        Ok(Words::Phrase { key: phrase.key().to_owned(), args })
    }
}
