//! `/jurys/planning.csv?mois=2024-02`: the juries of the month that the planning shows, as a file for a spreadsheet.
//!
//! It says what the page says, to whoever may see the page: like the page and the calendar, it is read without a trace.

use entity::Instant;
use poem::web::Query;
use poem::{Response, Result, handler};

use super::super::queries::{self, Planned, day_of};
use super::super::{PanelError, labels};
use super::planning::{Asked, first_of};
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::http::web::{Page, WebError, download};
use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::half_day::{first_of_month, month};
use crate::rules::territory::zone_place;
use crate::rules::typed_date::iso;

/// The file.
#[handler]
pub(super) async fn export(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let actor = page.actor();
    allows_somewhere(actor, Permission::JuryPanelView, &Facts::default()).map_err(WebError::from)?;
    let first = first_of(&asked.mois).unwrap_or_else(|| first_of_month(page.app.today()));
    let last = month(first).last().unwrap_or(first);
    let planned = queries::month(page.app.db.read(), actor, (first, last)).await.map_err(WebError::from)?;
    let file = to_csv(&planned).map_err(PanelError::from).map_err(WebError::from)?;
    Ok(download::attachment("text/csv; charset=utf-8", &labels::plan::file(first), file))
}

/// Semicolons and the mark by which spreadsheets know UTF-8, as the other files.
fn to_csv(planned: &[Planned]) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(labels::plan::COLUMNS)?;
    for one in planned {
        writer.write_record(line(one))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

fn line(one: &Planned) -> [String; 11] {
    let session = &one.session;
    let hour = |at: Option<Instant>| {
        let at = at.and_then(|at| local(*at, &session.zone).ok());
        at.map(|at| french::time_of_day(at.time())).unwrap_or_default()
    };
    let president = one.president.as_ref().map(|(_, name)| name.as_str());
    [
        session.number.clone(),
        day_of(session).map(iso).unwrap_or_default(),
        hour(session.starts_at),
        hour(session.ends_at),
        zone_place(&session.zone).unwrap_or(&session.zone).to_owned(),
        one.structure.clone(),
        one.commune.clone(),
        session.department.clone(),
        labels::place(&session.place, &session.room),
        labels::plan::presiding(president, one.accepted),
        session.expected.to_string(),
    ]
}
