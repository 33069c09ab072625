//! How a person is reached now. `tests/vectors/reach.json` holds its cases, for other clients too.

use std::fmt;

use crate::record::{Channel, Record};
use crate::terms::Contact;

/// How a person is reached: one value, that is replaced as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Reach<'a> {
    /// The channel.
    pub channel: Channel,
    /// The part of the day.
    pub window: Contact,
    /// The way back; none where the person wants no messages and comes back to look.
    pub return_address: Option<&'a str>,
    /// They ended all messages.
    pub stopped: bool,
}

impl<'a> Reach<'a> {
    /// Reckons it from a request and the verified pieces that came later.
    ///
    /// The request says it first. Of the pieces that say it anew the highest number holds, in whatever order they
    /// came; of equal numbers the later one. A piece without a number says nothing of it: whatever stands in its
    /// contact is that of the chat it came from. What was written on a phone that found the request by its code
    /// replaces nothing: whoever holds the code could turn all answers to themselves.
    #[must_use]
    pub fn of(request: &'a Record, pieces: impl IntoIterator<Item = &'a Record>) -> Self {
        let (mut holds, mut number, mut before) = (request, 0, request.stop);
        for piece in pieces.into_iter().filter(|piece| !piece.elsewhere) {
            // Before there were numbers a stop had none: it holds until hours are chosen again.
            before |= piece.stop && piece.reach_no.is_none();
            if let Some(later) = piece.reach_no.filter(|later| *later >= number) {
                (holds, number) = (piece, later);
            }
        }
        let (wish, return_address) = (holds.contact, holds.return_address.as_deref());
        let stopped = holds.stop || (before && number == 0);
        Self { channel: wish.channel, window: wish.window, return_address, stopped }
    }

    /// Returns where an answer goes to, where the person wants one.
    #[must_use]
    pub fn address(&self) -> Option<&'a str> {
        self.return_address.filter(|_| !self.stopped)
    }
}

impl fmt::Debug for Reach<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reach").finish_non_exhaustive()
    }
}
