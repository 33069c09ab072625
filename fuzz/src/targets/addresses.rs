use relais::handoff::ReturnAddress;
use relais::ids::{Code, HandoffId};
use relais::sealing::DeskSeal;

use super::ground::{Pieces, handoff, keys};
use crate::walk::noon;

/// Return addresses: text of a stranger, and any bytes under the server's own seal.
pub fn addresses(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    let own = pieces.byte() % 2 == 1;
    let sealed = if own { keys().seal_return_address(handoff(), pieces.rest()) } else { pieces.text() };
    let Some(address) = ReturnAddress::open(keys(), handoff(), &sealed, noon()) else { return };
    assert_eq!(format!("{address:?}"), "ReturnAddress { .. }");
    let again = address.seal(keys(), handoff());
    assert!(ReturnAddress::open(keys(), handoff(), &again, noon()) == Some(address));
    assert!(ReturnAddress::open(keys(), other(), &sealed, noon()).is_none(), "it opens for another request");
    assert!(keys().open_desk(DeskSeal::Session, &sealed).is_none(), "it passes for a session");
    for at in 0..sealed.len() {
        let letter = if sealed.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = [&sealed[..at], letter, &sealed[at + 1..]].concat();
        assert!(ReturnAddress::open(keys(), handoff(), &changed, noon()).is_none(), "changed at {at}");
    }
    if let Some(moment) = address.may_be_told(noon(), chrono_tz::Europe::Paris) {
        assert!(moment >= noon());
    }
}

fn other() -> HandoffId {
    keys().handoff(Code::from_number(1).unwrap())
}
