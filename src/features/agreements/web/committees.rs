//! `/commissions`: the meetings of the agreement committee; one can be planned.

use askama::Template;
use entity::committee::CommitteeState;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::reading;
use crate::authz::{self, Facts, Permission};
use crate::db::{Cursor, PageRequest};
use crate::features::agreements::actions::decision;
use crate::features::agreements::{AgreementError, queries};
use crate::http::web::component::{Choice, Color, Pagination, Status};
use crate::http::web::flash;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::{self, PARIS};
use crate::rules::typed_date::iso;

const ROWS: u64 = 25;

/// One meeting.
#[derive(Clone, Debug)]
pub struct CommitteeRow {
    /// Its page.
    pub href: String,
    /// Its day.
    pub day: String,
    /// Its place.
    pub place: String,
    /// State.
    pub status: Status,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/committees.html")]
pub struct CommitteesPage {
    /// The shell.
    pub shell: Shell,
    /// Meetings, newest first.
    pub rows: Vec<CommitteeRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// The form that plans one, when this person may.
    pub form: Option<FormState>,
    /// Zones.
    pub zones: Vec<Choice>,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
}

/// Word, sign and colour of a meeting, whose day may have passed.
pub(super) const fn status(state: CommitteeState, passed: bool) -> Status {
    match state {
        CommitteeState::Planned if passed => Status::new("Passée", "horloge", Color::Ocre),
        CommitteeState::Planned => Status::new("Prévue", "cal", Color::Ciel),
        CommitteeState::Held => Status::new("Tenue", "coche", Color::Pre),
        CommitteeState::Cancelled => Status::new("Annulée", "croix", Color::Garance),
    }
}

#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let form = FormState::filled([("zone", PARIS)]);
    answer(&page, Cursor::decode(&asked.suite), form).await
}

async fn answer(page: &Page, after: Option<Cursor>, form: FormState) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = after;
    let is_first = wanted.after.is_none();
    let all = queries::CommitteeFilter::default();
    let found =
        queries::committees(page.app.db.read(), page.actor(), &all, &wanted).await.map_err(WebError::from)?;
    let now = page.app.now();
    let today = day_in_zone(now, PARIS);
    let summary = form.summary("La commission n’est pas encore prévue");
    let status_code = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let may = authz::may(page.actor(), Permission::CommitteeManage, &Facts::default());
    let built = CommitteesPage {
        shell: page.shell("Commissions d’agrément").with_errors(summary.is_some()),
        rows: found
            .items
            .iter()
            .map(|one| CommitteeRow {
                href: format!("/commissions/{}", iso(one.meets_on)),
                day: french::long_date(one.meets_on),
                place: one.place.clone(),
                status: status(one.state, one.meets_on < today),
            })
            .collect(),
        pages: Pagination {
            first: (!is_first).then(|| "/commissions".to_owned()),
            next: found.next.as_ref().map(|cursor| format!("/commissions?suite={}", cursor.encode())),
        },
        summary,
        form: may.then_some(form),
        zones: zones(),
    };
    page.answer_with(status_code, &built)
}

/// The zones to choose from.
pub(super) fn zones() -> Vec<Choice> {
    let zones = territory::zones().iter();
    let named = |place: &str| french::hour_of(place).replacen('h', "H", 1);
    zones.map(|(zone, place)| Choice::new(*zone, named(place))).collect()
}

#[handler]
pub(super) async fn plan(page: Page, form: FormData) -> Result<Response> {
    let planned = match reading::date(&form, "meets_on") {
        Ok(day) => {
            let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
            match decision::plan_committee(&mut tx, day, form.text("zone"), form.text("place")).await {
                Ok(_) => tx.commit().await.map(|()| day).map_err(AgreementError::from),
                Err(error) => Err(error),
            }
        }
        Err(fault) => Err(AgreementError::Invalid(vec![fault])),
    };
    match planned {
        Ok(day) => {
            let done = Flash::done("Commission prévue.", "Inscrivez-y les dossiers dont l’avis est rendu.");
            Ok(flash::redirect(&format!("/commissions/{}", iso(day)), &done))
        }
        Err(AgreementError::Invalid(faults)) => {
            let errors = faults.into_iter().map(|fault| (fault.pointer, fault.message)).collect();
            answer(&page, None, FormState::filled(form.fields()).with_errors(errors)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
