use relais::handoff::{Outgoing, Said, encrypt};
use relais::ids::Code;

use super::ground::{Pieces, handoff, keys};
use crate::walk::noon;

/// Messages that wait on the server: any bytes as the age file, and any text inside a true one.
pub fn waiting(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    if pieces.byte().is_multiple_of(2) {
        opened(pieces.rest());
        return;
    }
    let Ok(sealed) = encrypt::<Outgoing>(&pieces.text(), &[keys().recipient()]) else { return };
    opened(sealed.as_bytes());
}

fn opened(file: &[u8]) {
    let Some(outgoing) = Outgoing::open(keys(), handoff(), file, noon()) else { return };
    let said = if matches!(outgoing.said, Said::Text(_)) { "Text" } else { "Phrase" };
    let printed = format!("Outgoing {{ to: ReturnAddress {{ .. }}, said: {said}(…) }}");
    assert_eq!(format!("{outgoing:?}"), printed);
    let other = keys().handoff(Code::from_number(1).unwrap());
    assert!(Outgoing::open(keys(), other, file, noon()).is_none(), "it opens for another request");
    let address = outgoing.to.seal(keys(), handoff());
    let Ok(again) = Outgoing::seal(keys(), &address, &outgoing.said) else { return };
    let again = Outgoing::open(keys(), handoff(), &again, noon()).unwrap();
    assert!(again.to == outgoing.to && again.said == outgoing.said);
}
