//! The service: fills its database, answers desks, and takes in what comes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret as _;
use chrono::{DateTime, Days, TimeDelta, Utc};
use futures::future::try_join_all;
use relais::clock::{Clock, Minute};
use relais::conversation::Sent;
use relais::desk::{DeskServer, DeskSettings};
use relais::directory::{Association, Demo, Directory, Removed, Role};
use relais::handoff::{self, ReturnAddress};
use relais::ids::{AssociationId, ChatId, Code, Country};
use relais::locale::Locale;
use relais::record::{About, CONSENT_VERSION, Consent, Meta, Record, Request};
use relais::sealing::KeyRing;
use relais::store::{NewNotice, NewToken, NoticeReason, Round, RoundEnd, Store, TokenId};
use relais::terms::{Area, Contact, Distance, Kind, Need, Place, Situation, Who, Zone};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::sums::Times;
use crate::{INTAKES_PER_SECOND, Outcome, SECONDS, STORED};

/// How many are saved at once while the database is filled.
const TOGETHER: u64 = 250;
/// One in so many was not answered in time, so that the national team was told.
const LATE: u64 = 5;
const LEASE: Duration = Duration::from_secs(90);

/// What the service says once it is ready.
#[derive(Serialize, Deserialize)]
pub(super) struct Ready {
    pub(super) address: String,
    /// The server's keys, as the signed list names them.
    pub(super) server_keys: Vec<String>,
    /// The identities of each association.
    pub(super) identities: BTreeMap<AssociationId, Vec<String>>,
}

/// What the service says at the end.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct TakenIn {
    pub(super) seals: Times,
    pub(super) saves: Times,
    pub(super) faults: u32,
}

/// The service's parts.
struct Service {
    store: Store,
    keys: KeyRing,
    directory: Arc<Directory>,
    clock: Clock,
}

pub(super) async fn run(url: SecretString) -> Outcome<()> {
    let clock = Clock::system();
    let today = clock.now().date_naive();
    let file = KeyRing::generate_file(today)?;
    let demo = Demo::prepare_for(today, &KeyRing::parse(&file)?.published())?;
    let (directory, published) = demo.published(today)?;
    let service = Arc::new(Service {
        store: Store::connect(&url).await?,
        keys: KeyRing::parse(&file)?,
        directory: Arc::new(directory),
        clock: clock.clone(),
    });
    for first in (0..STORED).step_by(usize::try_from(TOGETHER)?) {
        try_join_all((first..first + TOGETHER).map(|number| service.fill(number))).await?;
    }
    while service.tell().await? > 0 {}
    let (stop, stopping) = watch::channel(false);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let secrets = demo.identities.iter().map(|(id, of)| {
        (id.clone(), of.iter().map(|identity| identity.to_string().expose_secret().to_owned()).collect())
    });
    let ready = Ready {
        address: listener.local_addr()?.to_string(),
        server_keys: published.head.server_keys.clone(),
        identities: secrets.collect(),
    };
    let desk = DeskServer {
        settings: DeskSettings {
            country: Country::FRANCE,
            zone: chrono_tz::Europe::Paris,
            proof_days: 14,
            intake_cap: None,
            origins: vec![format!("http://{}", ready.address)],
        },
        published: Arc::new(published),
        store: service.store.clone(),
        keys: Arc::new(KeyRing::parse(&file)?),
        directory: service.directory.clone(),
        clock,
        due: Arc::new(Notify::new()),
        messages_due: Arc::new(Notify::new()),
    };
    let serving = tokio::spawn(desk.serve(listener, stopping));
    println!("{}", serde_json::to_string(&ready)?);
    // A line says that the volunteers are there, the end of input that they have gone.
    if said().await?.is_some() {
        println!("{}", serde_json::to_string(&service.take_in().await?)?);
        said().await?;
    }
    stop.send_replace(true);
    serving.abort();
    service.store.close().await;
    Ok(())
}

/// The next line of the input.
async fn said() -> Outcome<Option<String>> {
    Ok(tokio::task::spawn_blocking(|| std::io::stdin().lines().next()).await?.transpose()?)
}

impl Service {
    /// Keeps a request of the last six days.
    async fn fill(&self, number: u64) -> Outcome<()> {
        let age = TimeDelta::minutes(i64::try_from(number * 6 * 24 * 60 / STORED)?);
        let (token, notices) = self.request(number, self.clock.now() - age, number.is_multiple_of(LATE))?;
        self.store.save(token, notices).await?;
        Ok(())
    }

    /// Takes in so many a second, as evenly as a timer goes.
    async fn take_in(self: &Arc<Self>) -> Outcome<TakenIn> {
        let mut sum = TakenIn::default();
        let mut turn = tokio::time::interval(Duration::from_secs(1) / INTAKES_PER_SECOND);
        let mut saving = Vec::new();
        for number in 0..u64::from(INTAKES_PER_SECOND * SECONDS) {
            turn.tick().await;
            let service = self.clone();
            saving.push(tokio::spawn(async move {
                let begun = Instant::now();
                let (token, notices) = service.request(STORED + number, service.clock.now(), true)?;
                let sealed = begun.elapsed();
                service.store.save(token, notices).await?;
                Outcome::Ok((sealed, begun.elapsed()))
            }));
            if number.is_multiple_of(10) {
                self.tell().await?;
            }
        }
        for saved in saving {
            match saved.await? {
                Ok((sealed, saved)) => {
                    sum.seals.add(sealed);
                    sum.saves.add(saved);
                }
                Err(_) => sum.faults += 1,
            }
        }
        Ok(sum)
    }

    /// Hands notices out, as the delivery does.
    async fn tell(&self) -> Outcome<usize> {
        let Some(round) = self.store.claim_round(self.clock.now(), LEASE, 100).await? else { return Ok(0) };
        let Round { audience, until, pace, notices } = round;
        try_join_all(notices.iter().map(|notice| self.store.notice_sent(notice.id, 1))).await?;
        self.store.end_round(RoundEnd { audience, until, pace, told: Vec::new(), later: Vec::new() }).await?;
        Ok(notices.len())
    }

    fn request(&self, number: u64, now: DateTime<Utc>, late: bool) -> Outcome<(NewToken, Vec<NewNotice>)> {
        let associations = self.directory.associations();
        let at = usize::try_from(number)? % associations.len();
        let to = associations.get(at).ok_or("an association")?;
        let team = associations.iter().find(|one| one.role == Role::NationalTeam).ok_or("a team")?;
        let handoff = self.keys.handoff(Code::from_number(number).ok_or("a code")?);
        let consent = Consent::given(CONSENT_VERSION, Minute::of(now));
        let contact = Contact::AnyTime;
        let chat = ChatId(4_000_000_000 + i64::try_from(number)?);
        let code = Code::from_number(number).ok_or("a code")?;
        let sent = Sent {
            code,
            minor: false,
            danger: false,
            other: false,
            elsewhere: false,
            consent: Some(consent),
            contact,
            zone: Zone::Mainland,
        };
        let expires = Minute::of(now + Days::new(7));
        let address = ReturnAddress { chat, locale: Locale::ARABIC, sent, expires, number: 0 };
        let meta = Meta {
            handoff,
            received: now,
            sign: handoff::sign(handoff),
            return_address: Some(address.seal(&self.keys, handoff)),
        };
        let record = Record::of_request(&asked(consent), meta, vec!["serves:domestic".to_owned()]);
        let recipients: Vec<_> =
            [to, team].iter().flat_map(|one: &&Association| one.recipients(&Removed::default())).collect();
        let sealed = handoff::seal(&record, &recipients, self.keys.signing())?;
        let respond_by = now + TimeDelta::hours(4);
        let token = NewToken {
            id: TokenId::new(handoff.as_bytes().map(|byte| byte ^ 0x55)),
            handoff,
            association: to.id.clone(),
            kind: Kind::Handoff,
            ciphertext: sealed.into_bytes(),
            received: now,
            respond_by,
            expires_on: (now + Days::new(7)).date_naive(),
            team: None,
            reach: None,
        };
        let mut notices = vec![NewNotice { audience: to.id.clone(), reason: NoticeReason::New, due: now }];
        if late && to.id != team.id {
            notices.push(NewNotice {
                audience: team.id.clone(),
                reason: NoticeReason::Late,
                due: respond_by,
            });
        }
        Ok((token, notices))
    }
}

fn asked(consent: Consent) -> Request {
    Request {
        consent,
        locale: Locale::ARABIC,
        danger: false,
        about: About::Oneself {
            who: Some(Who::Woman),
            situation: Some(Situation::Domestic),
            need: Some(Need::Leave),
        },
        place: Place::Area(Area::Riviera),
        distance: Distance::Far,
        contact: Contact::AnyTime,
        campaign: None,
    }
}
