//! Before a meeting is moved or cancelled: the list of what that changes and of everyone who is told.

use poem::{Response, Result};

use super::super::labels::Asked;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::CSRF_FIELD;
use crate::http::web::{FormData, Page};

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// Whether an act is still to be confirmed.
pub(super) fn still_asks(form: &FormData) -> bool {
    form.text(CONFIRMED) != "oui"
}

/// The question; `verb` is the last part of the address of the act.
pub(super) fn ask(
    page: &Page,
    number: &str,
    verb: &str,
    words: &Asked,
    effects: Vec<String>,
    form: &FormData,
) -> Result<Response> {
    let path = format!("/reunions/{number}");
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(words.question),
        intro: words.intro.clone(),
        effects,
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{path}/{verb}"),
        keep: Link::new(words.keep, path),
        act: words.act.to_owned(),
        danger: words.danger,
    })
}
