//! `/missions/export.csv`: the missions of the list, with its filters, as a file. Taking it is written in the journal.

use poem::web::Query;
use poem::{Response, Result, handler};
use time::OffsetDateTime;

use super::super::queries::{self, Filter, Found};
use super::super::{MissionError, labels};
use super::labels::export as words;
use super::list::{Asked, person};
use crate::authz::{Facts, Permission, allows};
use crate::db::{List, PageRequest, record_taken};
use crate::http::web::asked::faults;
use crate::http::web::form::FieldErrors;
use crate::http::web::{Page, WebError, download};
use crate::render::spreadsheet;
use crate::rules::{deadline, typed_date};

/// The file.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let _seen = allows(page.actor(), Permission::MissionView, &Facts::default()).map_err(WebError::from)?;
    let mut errors = FieldErrors::default();
    let filter = asked.filter(page.app.now(), page.app.today(), &mut errors);
    if !errors.is_empty() {
        return Err(WebError::from(MissionError::from(faults(&errors))).into());
    }
    let expert = person(&page, &asked.intervenant).await?.map(|one| one.id);
    // The file holds those that the page shows above its list too.
    let report_awaited = filter.report_awaited.filter(|(awaited, _)| *awaited);
    let filter = Filter { expert, report_awaited, ..filter };
    let lines = all(&page, &filter).await.map_err(WebError::from)?;
    let count = lines.len();
    let file = spreadsheet::csv(&words::COLUMNS, lines);
    record_taken(&page.app, page.actor(), Permission::MissionView, (List::Missions, file.as_slice(), count))
        .await
        .map_err(MissionError::from)
        .map_err(WebError::from)?;
    Ok(download::attachment(spreadsheet::CSV, words::FILE, file))
}

async fn all(page: &Page, filter: &Filter) -> std::result::Result<Vec<Vec<String>>, MissionError> {
    let mut wanted = PageRequest::first(PageRequest::MOST);
    let mut lines = Vec::new();
    loop {
        let found = queries::list(page.app.db.read(), page.actor(), filter, &wanted).await?;
        lines.extend(found.items.iter().map(line));
        if found.next.is_none() {
            return Ok(lines);
        }
        wanted.after = found.next;
    }
}

fn line(found: &Found) -> Vec<String> {
    let mission = &found.mission;
    vec![
        mission.number.clone(),
        labels::object_of(mission).to_owned(),
        mission.title.clone(),
        at(*mission.starts_at, &mission.zone),
        at(*mission.ends_at, &mission.zone),
        mission.zone.clone(),
        found.expert_number.clone(),
        found.expert_name.clone(),
        found.structure_name.clone().unwrap_or_default(),
        mission.place.clone(),
        labels::state(mission.state).word.to_owned(),
    ]
}

/// `2026-03-03 09:00`, at the hour of the place.
fn at(instant: OffsetDateTime, zone: &str) -> String {
    deadline::local(instant, zone).map_or_else(
        |_| String::new(),
        |at| format!("{} {:02}:{:02}", typed_date::iso(at.date()), at.hour(), at.minute()),
    )
}
