//! What a volunteer gives to a command: files, and words in their shapes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;
use zeroize::Zeroizing;

use crate::cli::console::Failure;
use crate::config;
use crate::phrase::PhraseId;

/// Files longer than this are no tokens, keys or texts, in bytes.
const LONGEST: u64 = 64 << 10;
/// Fewer letters than this name no request.
const SHORTEST_START: usize = 4;
/// As many letters as a handoff has.
const LONGEST_START: usize = 32;
/// The longest name of a volunteer, in characters.
const LONGEST_NAME: usize = 40;

/// Reads a file, or standard input where the file is `-`.
pub(super) fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = if file == Path::new("-") {
        io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    let name = file.display();
    read.map_err(|fault| Failure::one(format!("{name} cannot be read: {}", fault.kind())))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::one(format!("{name} is too long for a token, a key or a text")));
    }
    Ok(bytes)
}

/// Reads words that a volunteer wrote.
pub(super) fn text(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let bytes = read(file)?;
    let name = file.display();
    let text =
        std::str::from_utf8(&bytes).map_err(|_| Failure::one(format!("{name} is not text in UTF-8")))?;
    let text = Zeroizing::new(text.trim().to_owned());
    if text.is_empty() { Err(Failure::one(format!("{name} is empty"))) } else { Ok(text) }
}

/// Reads the first letters of a handoff, also as they stand in the file name of its token.
pub(super) fn start(given: &str) -> Result<String, String> {
    let name = Path::new(given).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.strip_prefix("relais-").unwrap_or(name);
    let start = name.strip_suffix(".age").unwrap_or(name).to_ascii_lowercase();
    let fits = (SHORTEST_START..=LONGEST_START).contains(&start.len());
    if fits && start.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(start)
    } else {
        Err("expected the first letters of a request, such as 1a2b3c4d; `relais desk list` shows them".into())
    }
}

/// Reads the name under which a volunteer works.
pub(super) fn name(given: &str) -> Result<String, String> {
    let name = given.trim();
    let length = name.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(format!("expected a name of 1 to {LONGEST_NAME} characters"))
    }
}

/// Reads the key of a phrase, with or without `phrase-` before it.
pub(super) fn phrase(given: &str) -> Result<PhraseId, String> {
    let found = PhraseId::from_key(given).or_else(|| PhraseId::from_key(&format!("phrase-{given}")));
    found.ok_or_else(|| "the phrasebook has no such phrase".to_owned())
}

/// Reads a value of a phrase, as the server reads it.
pub(super) fn slot<T: FromStr + ToString>(given: &str) -> Result<String, T::Err> {
    given.parse().map(|value: T| value.to_string())
}

/// Reads a server's published key: 32 bytes in base64, written as a token names it.
pub(super) fn server_key(given: &str) -> Result<String, String> {
    let bytes = STANDARD.decode(given.trim()).ok().filter(|bytes| bytes.len() == 32);
    bytes
        .map(|bytes| STANDARD.encode(bytes))
        .ok_or_else(|| "a server's key is 44 letters of base64".to_owned())
}

/// Reads the address of a desk.
pub(super) fn server(given: &str) -> Result<Url, String> {
    config::desk_address(given).map_err(|says| format!("the address of a desk {says}"))
}
