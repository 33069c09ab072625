//! Whom the bot on the stage can ask.

use std::sync::Arc;

use age::x25519::Identity;
use chrono::{DateTime, Months, Utc};
use relais::directory::{Directory, SigningKey, Trust, TrustedKey, UntrustedDirectory, UntrustedFile};

/// The volunteers' chat of the association near Lyon.
pub const LYON_CHAT: i64 = -1_001_000_000_001;
/// The volunteers' chat of the national team.
pub const TEAM_CHAT: i64 = -1_001_000_000_002;

/// Who is on the stage, and what opens their tokens.
pub struct Cast {
    pub directory: Arc<Directory>,
    pub lyon: Identity,
    pub team: Identity,
}

/// Signs the directory of the stage as of this moment, with fresh keys.
pub fn cast(now: DateTime<Utc>) -> Cast {
    let (lyon, team) = (Identity::generate(), Identity::generate());
    let today = now.date_naive();
    let text = format!(
        r#"
[directory]
issued = {today}
until = {later}

[[association]]
id = "exemple-lyon"
name = "Association d'exemple, Lyon"
country = "FR"
place = "69123"
coverage = ["69", "01", "38", "42"]
generalist = true
serves = {{ situations = ["labour", "domestic"], ages = ["adult", "minor"], genders = ["woman", "man", "other"], children = true }}
offers = ["shelter", "legal", "talk", "leave"]
languages = ["fr", "en", "ar"]
opening_hours = "Mo-Fr 09:00-18:00; PH off"
phone = {{ number = "+33 4 65 71 01 02", verified_on = {today}, verified_by = "stage", source = "invented", until = {later} }}
display = "phone"
role = "association"
recipients = ["{lyon}", "{lyon_second}"]
volunteers_chat = {LYON_CHAT}
vetting = {{ by = ["one", "two"], on = {today}, until = {later} }}

[[association]]
id = "exemple-equipe"
name = "Équipe nationale d'exemple"
country = "FR"
place = "75056"
coverage = "FR"
generalist = true
serves = {{ situations = ["sexual", "labour", "domestic", "begging", "crime", "family", "other"], ages = ["adult", "minor"], genders = ["woman", "man", "other"], children = true }}
offers = ["shelter", "legal", "medical", "social", "administrative", "talk", "leave"]
languages = ["fr", "en"]
opening_hours = "24/7"
display = "name"
role = "national_team"
recipients = ["{team}", "{team_second}"]
volunteers_chat = {TEAM_CHAT}
vetting = {{ by = ["one", "two"], on = {today}, until = {later} }}
"#,
        later = today + Months::new(6),
        lyon = lyon.to_public(),
        lyon_second = Identity::generate().to_public(),
        team = team.to_public(),
        team_second = Identity::generate().to_public(),
    );
    let name = "stage.toml".to_owned();
    let key = SigningKey::throw_away().unwrap();
    let signature = key.sign(text.as_bytes(), &name, now.timestamp()).unwrap();
    let signatures = vec![("stage.toml.minisig".to_owned(), signature)];
    let files = vec![UntrustedFile { name, content: text.into_bytes(), signatures }];
    let trusted = [TrustedKey::parse(&key.public().unwrap()).unwrap()];
    let verified = UntrustedDirectory::of(files).verify(&Trust { keys: &trusted, threshold: 1 }, today);
    let directory = verified.unwrap_or_else(|faults| panic!("{faults}")).directory;
    Cast { directory: Arc::new(directory), lyon, team }
}
