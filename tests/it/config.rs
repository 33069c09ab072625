//! The configuration: every fault at once, with what to do, and never a secret in it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use relais::config::{Config, ConfigFaults, key_file, write_private};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use crate::need;
use crate::sealing;

const TOKEN: &str = "123456:canary-token";

/// A folder with what a configuration needs, and the configuration itself.
struct Folder(TempDir);

impl Folder {
    fn new(config: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.path("secrets")).unwrap();
        folder.secret("secrets/telegram-token", &format!("{TOKEN}\n"), 0o600);
        fs::write(folder.path("relais.toml"), config).unwrap();
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn secret(&self, name: &str, content: &str, mode: u32) {
        fs::write(self.path(name), content).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn read(&self) -> Result<Config, ConfigFaults> {
        Config::read(&self.path("relais.toml"))
    }

    /// Returns the faults, a line each.
    fn faults(&self) -> Vec<String> {
        let faults = self.read().unwrap_err();
        assert!(!faults.0.is_empty());
        faults.to_string().lines().map(str::to_owned).collect()
    }
}

/// The least that a configuration says. The key is the public one of minisign's own documentation.
const LEAST: &str = r#"
[telegram]
token_file = "secrets/telegram-token"
[directory]
trusted_keys = ["RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"]
threshold = 1
"#;

#[test]
fn little_is_enough_and_paths_begin_at_the_file() {
    let folder = Folder::new(LEAST);
    let config = folder.read().unwrap();
    assert_eq!(config.telegram.token.expose_secret(), TOKEN);
    assert_eq!(config.telegram.api_url.as_str(), "https://api.telegram.org/");
    assert_eq!(config.keys_file, folder.path("secrets/relais.keys"));
    assert_eq!(config.directory.path, folder.path("directory"));
    let url = format!("sqlite:{}", folder.path("relais.db").display());
    assert_eq!(config.store_url.expose_secret(), url);
    assert_eq!((config.service.country.as_str(), config.service.retention_days), ("FR", 7));
    assert_eq!((config.service.idle_minutes, config.service.operator), (30, None));
    assert_eq!(config.service.campaigns, Vec::<String>::new());
    assert_eq!(config.observability.listen, None);
    assert_eq!((config.directory.trusted_keys.len(), config.directory.threshold), (1, 1));
}

#[test]
fn every_fault_is_told_at_once() {
    let folder = Folder::new(
        r#"
[telegram]
token_file = "secrets/none"
api_url = "not an address"
mode = "pigeon"
tokn = "typo"
[store]
url = 7.5
[directory]
trusted_keys = []
threshold = 99
[service]
country = "france"
retention_days = 0
free_text = "perhaps"
idle_minutes = 4
operator = " "
campaigns = ["poster-lyon", "A poster", "poster-lyon", "a-relais"]
locales = ["fr", "tlh"]
[observability]
listen = "everywhere"
[desktop]
x = 1
"#,
    );
    let faults = folder.faults();
    for (at, says) in [
        ("telegram.tokn", "did you mean telegram.token?"),
        ("telegram.token_file", "is not there"),
        ("telegram.api_url", "must be an address"),
        ("telegram.mode", "polling"),
        ("directory.trusted_keys", "is empty"),
        ("directory.threshold", "from 1 to 16"),
        ("service.country", "two-letter"),
        ("service.retention_days", "from 1 to 30"),
        ("service.free_text", "true or false"),
        ("service.idle_minutes", "from 5 to 60"),
        ("service.operator", "one line"),
        ("service.campaigns", "entry 2 must be"),
        ("service.campaigns", "entry 3 stands twice"),
        ("service.campaigns", "entry 4 must be"),
        ("service.locales", "ar"),
        ("observability.listen", "must be an address such as"),
        ("desktop.x", "is not a setting"),
    ] {
        let found = faults.iter().any(|fault| fault.starts_with(&format!("{at}: ")) && fault.contains(says));
        assert!(found, "nothing about {at}: {says} in\n{}", faults.join("\n"));
    }
}

#[test]
fn numbers_are_whole_and_in_their_range() {
    for (typed, fits) in
        [("7", true), ("\"7\"", true), ("30", true), ("31", false), ("-1", false), ("7.5", false)]
    {
        let folder = Folder::new(&format!("{LEAST}\n[service]\nretention_days = {typed}\n"));
        assert_eq!(folder.read().is_ok(), fits, "{typed}");
    }
}

#[test]
fn a_limit_of_waiting_requests_may_be_set_and_is_one_at_least() {
    assert_eq!(Folder::new(LEAST).read().unwrap().service.intake_cap, None);
    for (typed, cap) in [("20", Some(20)), ("1", Some(1)), ("10000", Some(10_000))] {
        let folder = Folder::new(&format!("{LEAST}\n[service]\nintake_cap = {typed}\n"));
        assert_eq!(folder.read().unwrap().service.intake_cap, cap);
        let routing = Config::routing_of(&folder.path("relais.toml")).unwrap();
        assert_eq!((routing.intake_cap, routing.proof_days, routing.country.as_str()), (cap, 14, "FR"));
    }
    for typed in ["0", "-1", "10001", "2.5", "\"many\"", "true", "[1]"] {
        let folder = Folder::new(&format!("{LEAST}\n[service]\nintake_cap = {typed}\n"));
        assert_eq!(
            folder.faults(),
            ["service.intake_cap: must be a whole number from 1 to 10000"],
            "{typed}"
        );
        assert!(Config::routing_of(&folder.path("relais.toml")).is_err(), "{typed}");
    }
}

#[test]
fn the_desk_is_reached_over_https_and_has_no_path() {
    for (address, fits) in [
        ("https://desk.example.org", true),
        ("http://localhost:8080", true),
        ("http://desk.example.org", false),
        ("https://desk.example.org/desk", false),
        ("desk", false),
    ] {
        let folder = Folder::new(&format!("{LEAST}[desk]\npublic_url = \"{address}\"\n"));
        match folder.read() {
            Ok(config) => assert!(fits && config.desk.public_url.is_some(), "{address}"),
            Err(faults) => assert!(!fits && faults.to_string().contains("desk.public_url"), "{faults}"),
        }
    }
}

#[test]
fn more_signatures_than_keys_cannot_be_asked_for() {
    let folder = Folder::new(&LEAST.replace("threshold = 1", "threshold = 2"));
    assert_eq!(folder.faults().len(), 1);
    assert!(folder.faults()[0].starts_with("directory.threshold: "));
}

#[test]
fn a_misspelt_setting_is_met_with_the_nearest() {
    for (typed, meant) in [
        ("[store]\nurll = \"x\"", "store.url"),
        ("[service]\nretention_day = 7", "service.retention_days"),
        ("[observability]\nlisten_on = \"x\"", "observability.listen"),
        ("[keys]\nfiles = \"x\"", "keys.file"),
    ] {
        let folder = Folder::new(&format!("{LEAST}\n{typed}\n"));
        assert!(folder.faults().join("\n").contains(&format!("did you mean {meant}?")), "{typed}");
    }
}

#[test]
fn a_file_that_is_no_toml_names_the_line_and_not_its_content() {
    let folder = Folder::new("[telegram]\ntoken = \"canary-in-a-line\nx = 1\n");
    let faults = folder.faults().join("\n");
    assert!(faults.contains("relais.toml:2: "), "{faults}");
    assert!(!faults.contains("canary"), "{faults}");
    let missing = Config::read(Path::new("/nonexistent/relais.toml")).unwrap_err().to_string();
    assert!(missing.contains("`relais init` writes one"), "{missing}");
}

#[test]
fn a_secret_that_others_can_read_is_refused() {
    let folder = Folder::new(LEAST);
    for mode in [0o644, 0o640, 0o604, 0o660] {
        folder.secret("secrets/telegram-token", TOKEN, mode);
        let faults = folder.faults().join("\n");
        assert!(faults.contains("chmod 600") && !faults.contains("canary"), "{faults}");
    }
    folder.secret("secrets/telegram-token", " \n", 0o600);
    assert!(folder.faults().join("\n").contains("is empty"));
    folder.secret("secrets/telegram-token", TOKEN, 0o400);
    assert!(folder.read().is_ok());
}

#[test]
fn a_key_file_says_what_is_wrong_with_it() {
    let folder = Folder::new(LEAST);
    let keys = folder.path("secrets/relais.keys");
    let fault = |wanted: &str| {
        let said = key_file(&keys).unwrap_err().to_string();
        assert!(said.starts_with("keys.file: ") && said.contains(wanted), "{said}");
        assert!(!said.contains("AQEB"), "a fault holds a secret");
    };
    fault("is not there");
    let good = sealing::key_file(&[(1, "2026-11-01", 1)]);
    folder.secret("secrets/relais.keys", &good, 0o644);
    fault("chmod 600");
    folder.secret("secrets/relais.keys", &good.replace("secret", "secrte"), 0o600);
    fault("not a key file");
    folder.secret("secrets/relais.keys", &good, 0o600);
    assert!(key_file(&keys).is_ok());
}

#[test]
fn a_secret_is_written_for_its_owner_alone_and_never_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.keys");
    write_private(&file, b"one").unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(write_private(&file, b"two").is_err());
    assert_eq!(fs::read(&file).unwrap(), b"one");
}

#[test]
fn nothing_that_is_printed_holds_a_secret() {
    let config = format!("{LEAST}\n[store]\nurl = \"postgres://relais:canary-password@localhost/relais\"\n");
    let folder = Folder::new(&config);
    let printed = format!("{:?}", folder.read().unwrap());
    assert!(!printed.contains("canary"), "{printed}");
}

#[test]
fn the_environment_comes_before_the_file() {
    let folder = Folder::new(LEAST);
    let variables = [
        ("RELAIS_TELEGRAM__TOKEN", "654321:of-the-environment"),
        ("RELAIS_SERVICE__RETENTION_DAYS", "3"),
        ("RELAIS_STORE__URL", "postgres://relais@localhost/relais"),
        ("RELAIS_OBSERVABILITY__LISTEN", "127.0.0.1:9090"),
        // How the tests themselves are steered.
        ("RELAIS_FORBID_SKIP", "1"),
        ("RELAIS_BLESS", ""),
        ("RELAIS_TEST_POSTGRES", "postgres://somewhere"),
    ];
    need::alone("config::in_an_environment_of_its_own", folder.0.path(), &variables);
}

/// Does its work only where [`need::alone`] has started it.
#[test]
fn in_an_environment_of_its_own() {
    let Some(folder) = need::folder_of_a_lone_test() else { return };
    let config = Config::read(&folder.join("relais.toml")).unwrap();
    assert_eq!(config.telegram.token.expose_secret(), "654321:of-the-environment");
    assert_eq!(config.service.retention_days, 3);
    assert_eq!(config.store_url.expose_secret(), "postgres://relais@localhost/relais");
    assert_eq!(config.observability.listen.unwrap().port(), 9090);
}
