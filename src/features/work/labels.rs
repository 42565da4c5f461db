//! French words of the documents to make again.

use crate::http::web::layout::Flash;

/// Title of the page.
pub const LIST: &str = "Documents à refaire";

/// Said once a document is ordered again.
pub(super) fn redone() -> Flash {
    Flash::done("Document remis en file d’attente.", "Il sera composé dans un instant.")
}
