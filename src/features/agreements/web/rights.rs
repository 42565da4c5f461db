//! `/agrements/droits` and `/agrements/partenaires`: the register of rights, and what France compétences must be told.

use std::collections::HashMap;

use askama::Template;
use entity::agreement::{self, AgreementState};
use entity::ids::PartnerUpdateId;
use entity::reserve;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;
use uuid::Uuid;

use crate::authz::{self, Denied, Permission};
use crate::db::{Cursor, PageRequest};
use crate::features::agreements::actions::right;
use crate::features::agreements::queries::RightFilter;
use crate::features::agreements::queries::registers::{self, RightsAround};
use crate::features::agreements::{AgreementError, labels, partners as list_of_partners, queries, wording};
use crate::features::{rights, settings};
use crate::http::web::component::{AsOf, Pagination, Status};
use crate::http::web::flash;
use crate::http::web::form::FormState;
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, download, filters};
use crate::render::{french, spreadsheet};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;
use crate::rules::typed_date;

const ROWS: u64 = 25;

/// One right.
#[derive(Clone, Debug)]
pub struct RightRow {
    /// Number.
    pub number: String,
    /// Address of the file that gave it.
    pub href: String,
    /// Name of the structure.
    pub structure: String,
    /// Its commune.
    pub place: String,
    /// Certification.
    pub certification: String,
    /// Service.
    pub role: &'static str,
    /// State.
    pub status: Status,
    /// Period.
    pub period: String,
    /// Reserves still open.
    pub open_reserves: usize,
}

/// The register of rights.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/rights.html")]
pub struct RightsPage {
    /// The shell.
    pub shell: Shell,
    /// Said when the day looked at is not today.
    pub past: Option<AsOf>,
    /// The form that chooses the day.
    pub dates: FormState,
    /// One tab for each state: address, words, shown; none on another day, states being those of today.
    pub tabs: Vec<(String, &'static str, bool)>,
    /// Rights.
    pub rows: Vec<RightRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// The updates of the list of partners can be seen.
    pub may_update: bool,
}

/// `/agrements/droits`, limited to any of the states that the address gives, or to those that ran on another day.
#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Vec<(String, String)>>) -> Result<Response> {
    let states: Vec<AgreementState> = asked
        .iter()
        .filter(|(name, _)| name == "etat")
        .filter_map(|(_, word)| AgreementState::from_word(word))
        .collect();
    let mut wanted = PageRequest::first(ROWS);
    let cursor = asked.iter().find(|(name, _)| name == "suite");
    wanted.after = cursor.and_then(|(_, cursor)| Cursor::decode(cursor));
    let is_first = wanted.after.is_none();
    let conn = page.app.db.read();
    let now = page.app.now();
    let today = day_in_zone(now, PARIS);
    let au = asked.iter().find(|(name, _)| name == "au").and_then(|(_, typed)| typed_date::parse(typed));
    let day = au.unwrap_or(today);
    let past = AsOf::of(day, today, address(&[], None, None));
    let on = past.as_ref().map(|past| past.day);
    let states = if past.is_some() { Vec::new() } else { states };
    // A state asked for is the one shown: what is signed for later stands among all only.
    let begun_by = (!states.is_empty()).then_some(today);
    let filter = RightFilter { states: states.clone(), begun_by, on, ..RightFilter::default() };
    let found = queries::agreements(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let standings = match on {
        Some(day) => queries::standings_on(conn, &found.items, day).await.map_err(WebError::from)?,
        None => HashMap::new(),
    };
    let status = |right: &agreement::Model| match standings.get(&right.id) {
        Some(standing) => rights::labels::standing(*standing),
        None => labels::right_state_on(right, today),
    };
    let open = |reserve: &reserve::Model| {
        reserve.closed_at.is_none_or(|at| on.is_some_and(|day| day_in_zone(*at, PARIS) > day))
    };
    let around = RightsAround::of(conn, &found.items).await.map_err(WebError::from)?;
    let requests = requests(&page, &found.items).await.map_err(WebError::from)?;
    let rows = found.items.iter().map(|right| {
        let structure = around.structure(right);
        let reserves = around.reserves.iter().filter(|one| one.agreement_id == Some(right.id));
        RightRow {
            number: right.number.clone(),
            href: requests
                .iter()
                .find(|(id, _)| *id == right.request_id)
                .map_or_else(String::new, |(_, number)| format!("/agrements/{number}")),
            structure: structure.map(|one| one.name.clone()).unwrap_or_default(),
            place: structure.map(|one| one.commune.clone()).unwrap_or_default(),
            certification: labels::certification(around.certification(right)),
            role: labels::role(right.role),
            status: status(right),
            period: french::date_range(right.starts_on, right.ends_on),
            open_reserves: reserves.filter(|one| open(one)).count(),
        }
    });
    page.answer(&RightsPage {
        shell: page.shell("Agréments accordés"),
        tabs: if past.is_some() { Vec::new() } else { tabs(&states) },
        past,
        dates: FormState::filled([("au", typed_date::iso(day))]),
        rows: rows.collect(),
        pages: Pagination {
            first: (!is_first).then(|| address(&states, on, None)),
            next: found.next.as_ref().map(|cursor| address(&states, on, Some(cursor))),
        },
        may_update: authz::may_somewhere(page.actor(), Permission::PartnerUpdate),
    })
}

/// The address of this list at a cursor: same states, same day.
fn address(states: &[AgreementState], on: Option<Date>, cursor: Option<&Cursor>) -> String {
    let kept = states.iter().map(|state| format!("etat={}", state.word()));
    let au = on.map(|day| format!("au={}", typed_date::iso(day)));
    let suite = cursor.map(|cursor| format!("suite={}", cursor.encode()));
    let pairs: Vec<String> = kept.chain(au).chain(suite).collect();
    if pairs.is_empty() {
        "/agrements/droits".to_owned()
    } else {
        format!("/agrements/droits?{}", pairs.join("&"))
    }
}

fn tabs(current: &[AgreementState]) -> Vec<(String, &'static str, bool)> {
    let all = ("/agrements/droits".to_owned(), "Tous", current.is_empty());
    let one = |state: AgreementState| {
        let href = format!("/agrements/droits?etat={}", state.word());
        (href, labels::right_state(state).word, current == [state])
    };
    std::iter::once(all).chain(AgreementState::all().map(one)).collect()
}

/// The numbers of the requests that gave these rights.
async fn requests(
    page: &Page,
    rights: &[entity::agreement::Model],
) -> std::result::Result<Vec<(entity::ids::AgreementRequestId, String)>, AgreementError> {
    use entity::agreement_request::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
    let keys = rights.iter().map(|right| right.request_id);
    let rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::Id.is_in(keys))
        .filter(Column::Number.is_not_null())
        .into_tuple()
        .all(page.app.db.read())
        .await?;
    Ok(rows)
}

/// One update to make.
#[derive(Clone, Debug)]
pub struct UpdateRow {
    /// Key.
    pub id: String,
    /// Number of the right.
    pub number: String,
    /// Structure.
    pub structure: String,
    /// Certification.
    pub certification: String,
    /// What changed.
    pub change: String,
    /// By when, and how long is left.
    pub due: String,
    /// How long is left, in words.
    pub left: String,
}

/// The updates of the list of partners.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/partners.html")]
pub struct PartnersPage {
    /// The shell.
    pub shell: Shell,
    /// How long after a change it must be told, in words.
    pub delay: String,
    /// What is still to be told.
    pub rows: Vec<UpdateRow>,
}

#[handler]
pub(super) async fn partners(page: Page) -> Result<Response> {
    let conn = page.app.db.read();
    let found = registers::partner_updates(conn, page.actor()).await.map_err(WebError::from)?;
    let rights: Vec<_> = found.iter().map(|(_, right)| right.clone()).collect();
    let around = RightsAround::of(conn, &rights).await.map_err(WebError::from)?;
    let now = page.app.now();
    let today = day_in_zone(now, PARIS);
    let rows = found.iter().map(|(update, right)| UpdateRow {
        id: update.id.to_string(),
        number: right.number.clone(),
        structure: around.structure(right).map(|one| one.name.clone()).unwrap_or_default(),
        certification: labels::certification(around.certification(right)),
        change: update.reason.clone(),
        due: french::date(update.due_on),
        left: french::relative_days(update.due_on, today),
    });
    let delays = settings::agreement_delays(conn).await.map_err(WebError::from)?;
    page.answer(&PartnersPage {
        shell: page.shell("Liste des partenaires"),
        delay: wording::months(delays.partner_update_months),
        rows: rows.collect(),
    })
}

/// The list of partners, as a file.
#[handler]
pub(super) async fn export(page: Page) -> Result<Response> {
    let file = list_of_partners::export(&page.app, page.actor()).await.map_err(WebError::from)?;
    Ok(download::attachment(spreadsheet::CSV, list_of_partners::FILE, file))
}

#[handler]
pub(super) async fn acknowledge(page: Page, Path(id): Path<Uuid>, _form: FormData) -> Result<Response> {
    if !authz::may_somewhere(page.actor(), Permission::PartnerUpdate) {
        return Err(WebError::from(Denied::Hidden(Permission::PartnerUpdate)).into());
    }
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    match right::acknowledge_partner_update(&mut tx, PartnerUpdateId(id)).await {
        Ok(()) => tx.commit().await.map_err(WebError::from)?,
        // pressing twice finds it done: nothing more to do, nothing to fear
        Err(AgreementError::Blocked { code: "partner-update-done", .. }) => drop(tx),
        Err(error) => return Err(WebError::from(error).into()),
    }
    let done = Flash::done("Mise à jour enregistrée.", "La date et votre nom sont au journal.");
    Ok(flash::redirect("/agrements/partenaires", &done))
}
