//! `/intervenants/export.csv`: the experts of the list, with its filters, as a file. Taking it is written in the journal.

use poem::web::Query;
use poem::{Response, Result, handler};
use time::Date;

use super::super::queries::{self, Filter, Found};
use super::super::{ExpertError, labels};
use super::labels::export as words;
use super::list::{Asked, place};
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::db::{List, PageRequest, record_taken};
use crate::http::web::asked::faults;
use crate::http::web::form::FieldErrors;
use crate::http::web::{Page, WebError, download};
use crate::render::spreadsheet;
use crate::rules::typed_date;

/// The file.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::ExpertView, &Facts::default()).map_err(WebError::from)?;
    let mut errors = FieldErrors::default();
    let (filter, day) = asked.filter(page.app.today(), &mut errors);
    if !errors.is_empty() {
        return Err(WebError::from(ExpertError::from(faults(&errors))).into());
    }
    let lines = all(&page, &filter, day).await.map_err(WebError::from)?;
    let count = lines.len();
    let file = spreadsheet::csv(&words::COLUMNS, lines);
    record_taken(&page.app, page.actor(), Permission::ExpertView, (List::Experts, file.as_slice(), count))
        .await
        .map_err(ExpertError::from)
        .map_err(WebError::from)?;
    Ok(download::attachment(spreadsheet::CSV, words::FILE, file))
}

async fn all(page: &Page, filter: &Filter, day: Date) -> std::result::Result<Vec<Vec<String>>, ExpertError> {
    let mut wanted = PageRequest::first(PageRequest::MOST);
    let mut lines = Vec::new();
    loop {
        let found = queries::list(page.app.db.read(), page.actor(), filter, &wanted).await?;
        lines.extend(found.items.iter().map(|one| line(one, day)));
        if found.next.is_none() {
            return Ok(lines);
        }
        wanted.after = found.next;
    }
}

/// A person, what they hold on the day and the first of its ends.
fn line(found: &Found, day: Date) -> Vec<String> {
    let mut duties: Vec<&str> = Vec::new();
    let mut first_end: Option<Date> = None;
    for held in found.habilitations.iter().filter(|held| held.valid_on(day)) {
        let name = labels::duty(held.file.duty);
        if !duties.contains(&name) {
            duties.push(name);
        }
        if let Some(end) = held.ends_on() {
            first_end = Some(first_end.map_or(end, |known| known.min(end)));
        }
    }
    let expert = &found.expert;
    vec![
        expert.number.clone(),
        expert.family_name.clone(),
        expert.first_names.clone(),
        duties.join(", "),
        first_end.map(typed_date::iso).unwrap_or_default(),
        place(expert),
    ]
}
