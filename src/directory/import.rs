//! Imports what others have written down, as candidates that nobody is ever sent to.

mod csv;
mod hsds;
mod words;

pub use csv::from_csv;
pub use hsds::from_hsds;

/// Why a file gives no candidates.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// A line that is no CSV.
    #[error("line {line} is not CSV: a quote is open, or a column is missing or too many")]
    Csv {
        /// The line, counted from 1.
        line: usize,
    },
    /// A column that must be there.
    #[error("the first line must name a column {0}")]
    Column(&'static str),
    /// Text that is no JSON.
    #[error("line {line}, column {column} is not JSON")]
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
    },
    /// JSON that holds no organization.
    #[error("holds no HSDS organization or service, nor a list or a page of them")]
    NoOrganization,
}
