//! A few bits at a time.

use super::PACKED_BYTES;

/// Writes numbers into the bits of a packed state; what does not fit is cut, which a test rules out.
#[derive(Default)]
pub(super) struct Writer {
    bytes: [u8; PACKED_BYTES],
    at: usize,
}

impl Writer {
    /// Writes the low `width` bits of a number.
    pub(super) fn put(&mut self, value: u64, width: u32) {
        for shift in (0..width).rev() {
            if let Some(byte) = self.bytes.get_mut(self.at / 8) {
                let bit = u8::from(value >> shift & 1 == 1);
                *byte |= bit << (7 - self.at % 8);
            }
            self.at += 1;
        }
    }

    /// Writes one bit.
    pub(super) fn flag(&mut self, value: bool) {
        self.put(u64::from(value), 1);
    }

    /// Returns the bytes; unused bits are zero.
    pub(super) const fn finish(self) -> [u8; PACKED_BYTES] {
        self.bytes
    }
}

/// Reads numbers back.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads from the first bit on.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Reads a number of `width` bits, or nothing at the end.
    pub(super) fn take(&mut self, width: u32) -> Option<u64> {
        let mut value = 0;
        for _ in 0..width {
            let byte = self.bytes.get(self.at / 8)?;
            value = value << 1 | u64::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(value)
    }

    /// Reads a small number.
    pub(super) fn small(&mut self, width: u32) -> Option<u8> {
        self.take(width).and_then(|value| u8::try_from(value).ok())
    }

    /// Reads one bit.
    pub(super) fn flag(&mut self) -> Option<bool> {
        self.take(1).map(|bit| bit == 1)
    }
}
