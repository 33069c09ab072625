//! The stand-in itself: it has to be as strict as Telegram, or tests against it prove nothing.
