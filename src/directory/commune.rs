//! The commune an association stands in.

use crate::ids::Department;
use crate::place::Point;

/// A town, as exactly as a directory may name it.
pub(super) struct Commune {
    pub(super) department: Option<Department>,
    pub(super) point: Option<Point>,
    /// The gazetteer knows it.
    pub(super) is_known: bool,
}

/// Returns the commune with an INSEE code; nothing where the code can be none.
///
/// The first digits give the département; overseas it is three.
pub(super) fn commune(insee: &str) -> Option<Commune> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if insee.len() != 5 || !insee.is_ascii() {
        return None;
    }
    let overseas = insee.starts_with("97") || insee.starts_with("98");
    let (department, rest) = insee.split_at_checked(if overseas { 3 } else { 2 })?;
    let department: Department = department.parse().ok().filter(|_| digits(rest))?;
    let point = crate::place::centroid(department);
    Some(Commune { department: Some(department), point, is_known: true })
}
