//! Before an habilitation is suspended, taken away or given up: the list of what that touches.

use poem::Response;

use super::super::labels::question::Asked;
use super::super::{labels, queries};
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::CSRF_FIELD;
use crate::http::web::{FormData, Page, WebError};
use crate::rules::{deadline, typed_date};

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// Whether an act is still to be confirmed.
pub(super) fn still_asks(form: &FormData) -> bool {
    labels::question::asked(form.text("acte")).is_some() && form.text(CONFIRMED) != "oui"
}

/// The question.
pub(super) async fn ask(page: &Page, found: &queries::Path, form: &FormData) -> poem::Result<Response> {
    let Some(words) = labels::question::asked(form.text("acte")) else {
        return Err(WebError::from(super::super::ExpertError::NotFound).into());
    };
    let file = &found.habilitation.file;
    let today = deadline::day_in_zone(page.app.now(), &found.expert.zone);
    let on = form.optional("on").and_then(typed_date::parse).unwrap_or(today);
    // The last day of whoever gives up still counts.
    let from = if words == Asked::RESIGN { deadline::add_days(on, 1) } else { on };
    let planned = queries::planned(page.app.db.read(), file, from).await.map_err(WebError::from)?;
    let path = format!("/intervenants/{}/habilitations/{}", found.expert.number, file.id);
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(words.question),
        intro: labels::question::asked_intro(&found.expert.name(), file.duty),
        effects: labels::question::effects(&words, on, &planned),
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: path.clone(),
        keep: Link::new(labels::question::KEEP, path),
        act: words.act.to_owned(),
        danger: true,
    })
}
