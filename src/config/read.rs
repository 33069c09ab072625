//! Takes settings one by one, so that every fault is told at once.

use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use figment::Figment;
use figment::providers::{Env, Format as _, Toml};
use figment::value::{Dict, Value};
use secrecy::SecretString;

use super::fault::{ConfigFault, ConfigFaults};
use super::{keys, secret};
use crate::directory::TrustedKey;
use crate::locale::Locale;
use crate::record::Campaign;

/// What environment variables of ours begin with.
const PREFIX: &str = "RELAIS_";

pub(super) struct Reader {
    figment: Figment,
    /// Where relative paths begin.
    folder: PathBuf,
    faults: Vec<ConfigFault>,
}

impl Reader {
    pub(super) fn open(file: &Path) -> Result<Self, ConfigFaults> {
        let name = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|fault| {
            let kind = fault.kind();
            let says = if kind == io::ErrorKind::NotFound {
                "is not there; `relais init` writes one"
            } else if kind == io::ErrorKind::PermissionDenied {
                "cannot be read by this account; check its mode"
            } else {
                "cannot be read as text"
            };
            ConfigFaults::one(&name, says)
        })?;
        // toml's own message names the line; its excerpt may hold a secret and is left out.
        if let Err(fault) = text.parse::<toml::Table>() {
            let before = fault.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            return Err(ConfigFaults::one(format!("{name}:{line}"), fault.message().replace('\n', " ")));
        }
        // Names of one word are no settings: they name the configuration, or steer tests.
        let environment = Env::prefixed(PREFIX).filter(|key| key.as_str().contains("__")).split("__");
        let figment = Figment::from(Toml::string(&text)).merge(environment);
        let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self { figment, folder, faults: Vec::new() })
    }

    /// Returns what was read, or every fault.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, ConfigFaults> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            Some(_) | None => Err(ConfigFaults(self.faults)),
        }
    }

    pub(super) fn fault(&mut self, at: &str, says: impl Into<String>) {
        self.faults.push(ConfigFault { at: at.to_owned(), says: says.into() });
    }

    /// Faults every setting that is none of these.
    pub(super) fn refuse_unknown(&mut self, known: &[&str]) {
        let mut names = Vec::new();
        if let Ok(dict) = self.figment.extract::<Dict>() {
            leaves(&dict, "", &mut names);
        }
        for name in names.into_iter().filter(|name| !known.contains(&name.as_str())) {
            let nearest = keys::nearest(&name).map(|near| format!("; did you mean {near}?"));
            self.fault(&name, format!("is not a setting{}", nearest.unwrap_or_default()));
        }
    }

    /// Returns a setting as text; `None` where it is missing and has no default, which is a fault.
    pub(super) fn text(&mut self, key: &str, default: Option<&str>) -> Option<String> {
        match (self.found(key), default) {
            (Some(value), _) => {
                let text = as_text(&value);
                if text.is_none() {
                    self.fault(key, "must be text in quotes");
                }
                text
            }
            (None, Some(default)) => Some(default.to_owned()),
            (None, None) => {
                self.fault(key, "is missing");
                None
            }
        }
    }

    pub(super) fn parsed<T: FromStr>(&mut self, key: &str, default: &str, expects: &str) -> Option<T> {
        let text = self.text(key, Some(default))?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.fault(key, format!("must be {expects}"));
        }
        parsed
    }

    /// Returns a setting that may be absent.
    pub(super) fn optional<T: FromStr>(&mut self, key: &str, expects: &str) -> Option<T> {
        self.found(key)?;
        self.parsed(key, "", expects)
    }

    pub(super) fn number(&mut self, key: &str, default: u32, range: RangeInclusive<u32>) -> Option<u32> {
        let number = match self.found(key) {
            None => Some(default),
            Some(value) => value
                .to_i128()
                .and_then(|number| u32::try_from(number).ok())
                .or_else(|| as_text(&value)?.parse().ok()),
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.fault(key, format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        number
    }

    /// Returns a number that may be absent.
    pub(super) fn optional_number(&mut self, key: &str, range: RangeInclusive<u32>) -> Option<u32> {
        self.found(key)?;
        self.number(key, 0, range)
    }

    pub(super) fn truth(&mut self, key: &str, default: bool) -> Option<bool> {
        let truth = match self.found(key) {
            None => Some(default),
            Some(value) => value.to_bool(),
        };
        if truth.is_none() {
            self.fault(key, "must be true or false");
        }
        truth
    }

    pub(super) fn one_of(&mut self, key: &str, default: &str, choices: &[&str]) -> Option<String> {
        let text = self.text(key, Some(default))?;
        if !choices.contains(&text.as_str()) {
            self.fault(key, format!("this version knows {}", choices.join(", ")));
            return None;
        }
        Some(text)
    }

    /// Returns a setting that must be there.
    pub(super) fn required<T: FromStr>(&mut self, key: &str, expects: &str) -> Option<T> {
        if self.found(key).is_none() {
            self.fault(key, format!("is missing: it must be {expects}"));
            return None;
        }
        self.parsed(key, "", expects)
    }

    /// Returns a secret in a file that need not be named.
    pub(super) fn optional_secret(&mut self, file_key: &str) -> Option<SecretString> {
        self.found(file_key)?;
        let file = self.path(file_key, "")?;
        secret::read(&file).map_err(|says| self.fault(file_key, says)).ok()
    }

    /// Returns a line of text that may be absent.
    #[expect(clippy::option_option, reason = "at fault, absent and set are three things")]
    pub(super) fn line(&mut self, key: &str, longest: usize) -> Option<Option<String>> {
        if self.found(key).is_none() {
            return Some(None);
        }
        let text = self.text(key, None)?;
        let text = text.trim();
        if text.is_empty() || text.chars().count() > longest || text.chars().any(char::is_control) {
            self.fault(key, format!("must be one line of 1 to {longest} characters"));
            return None;
        }
        Some(Some(text.to_owned()))
    }

    /// Returns the names of campaigns, each of which can stand in a link.
    pub(super) fn campaigns(&mut self, key: &str) -> Option<Vec<String>> {
        let names = self.list(key)?;
        let most = Campaign::MOST;
        if names.len() > most {
            self.fault(key, format!("names more than {most} campaigns"));
            return None;
        }
        for (at, name) in names.iter().enumerate() {
            if !Campaign::is_name(name) {
                let says = "must be 1 to 32 of a-z, 0-9 and \"-\", and not begin with \"a-\"";
                self.fault(key, format!("entry {} {says}", at + 1));
            } else if names.iter().take(at).any(|before| before == name) {
                self.fault(key, format!("entry {} stands twice", at + 1));
            }
        }
        Some(names)
    }

    pub(super) fn locales(&mut self, key: &str) {
        for tag in self.list(key).unwrap_or_default() {
            if tag.parse::<Locale>().is_err() {
                let known: Vec<&str> = Locale::all().map(Locale::tag).collect();
                self.fault(
                    key,
                    format!("holds a language that is not there; there are {}", known.join(", ")),
                );
            }
        }
    }

    pub(super) fn path(&mut self, key: &str, default: &str) -> Option<PathBuf> {
        self.text(key, Some(default)).map(|path| self.folder.join(path))
    }

    /// Makes the path in a URL of SQLite relative to the configuration.
    pub(super) fn database(&self, url: &str) -> SecretString {
        let path = url.strip_prefix("sqlite:").filter(|path| !path.starts_with(['/', ':']));
        let url = path.map_or_else(
            || url.to_owned(),
            |path| format!("sqlite:{}", self.folder.join(path.trim_start_matches("./")).display()),
        );
        SecretString::from(url)
    }

    /// Returns a secret: set itself (by the environment), or in the file that is named.
    pub(super) fn secret(&mut self, key: &str, file_key: &str, what: &str) -> Option<SecretString> {
        if let Some(secret) = self.found(key).as_ref().and_then(as_text) {
            return Some(SecretString::from(secret));
        }
        if self.found(file_key).is_none() {
            let variable = format!("{PREFIX}{}", key.to_uppercase().replace('.', "__"));
            self.fault(file_key, format!("is missing: name a file that holds {what}, or set {variable}"));
            return None;
        }
        let file = self.path(file_key, "")?;
        match secret::read(&file) {
            Ok(secret) => Some(secret),
            Err(says) => {
                self.fault(file_key, says);
                None
            }
        }
    }

    pub(super) fn trusted_keys(&mut self, key: &str) -> Option<Vec<TrustedKey>> {
        let texts = self.list(key)?;
        if texts.is_empty() {
            self.fault(key, "is empty: without a trusted key no association can be asked");
            return None;
        }
        let mut trusted = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            match TrustedKey::parse(text) {
                Ok(parsed) => trusted.push(parsed),
                Err(_) => self.fault(key, format!("entry {} is not a minisign public key", number + 1)),
            }
        }
        Some(trusted)
    }

    fn list(&mut self, key: &str) -> Option<Vec<String>> {
        let texts = match self.found(key) {
            None => Some(Vec::new()),
            Some(Value::Array(_, values)) => values.iter().map(as_text).collect(),
            // The environment gives one text; several are separated by commas.
            Some(value) => {
                as_text(&value).map(|text| text.split(',').map(|part| part.trim().to_owned()).collect())
            }
        };
        if texts.is_none() {
            self.fault(key, "must be a list of texts");
        }
        texts
    }

    fn found(&self, key: &str) -> Option<Value> {
        self.figment.find_value(key).ok()
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(_, text) => Some(text.clone()),
        // The environment turns what looks like a number into one.
        Value::Num(_, number) => number
            .to_u128()
            .map(|number| number.to_string())
            .or_else(|| number.to_i128().map(|number| number.to_string()))
            .or_else(|| number.to_f64().map(|number| number.to_string())),
        Value::Char(..) | Value::Bool(..) | Value::Empty(..) | Value::Dict(..) | Value::Array(..) => None,
    }
}

fn leaves(dict: &Dict, prefix: &str, names: &mut Vec<String>) {
    for (name, value) in dict {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Dict(_, inner) => leaves(inner, &name, names),
            Value::String(..)
            | Value::Char(..)
            | Value::Bool(..)
            | Value::Num(..)
            | Value::Empty(..)
            | Value::Array(..) => names.push(name),
        }
    }
}
