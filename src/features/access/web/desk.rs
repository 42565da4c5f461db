//! `/acces` and `/acces/{number}`: the team reads the requests and answers them.

use askama::Template;
use entity::access_request::{self, AccessState};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::state::{self, Step};
use super::super::{AccessError, actions, labels, queries};
use crate::authz::{Permission, may};
use crate::db::{Cursor, PageRequest};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::address::with_query;
use crate::http::web::component::{Fact, Link, Pagination, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::phone;
use crate::rules::siret::Siret;
use crate::rules::territory::PARIS;

const ROWS: u64 = 25;

/// One request of the list.
#[derive(Clone, Debug)]
pub struct AccessRow {
    /// Its page.
    pub href: String,
    /// Number.
    pub number: String,
    /// The structure.
    pub name: String,
    /// « Nevers (58) ».
    pub place: String,
    /// When the address was confirmed.
    pub day: String,
    /// Where it stands.
    pub status: Status,
}

/// `/acces`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/access/list.html")]
pub struct AccessListPage {
    /// The shell.
    pub shell: Shell,
    /// The requests, latest first.
    pub rows: Vec<AccessRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// `/acces/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/access/show.html")]
pub struct AccessShowPage {
    /// The shell; its title is the structure.
    pub shell: Shell,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// What was typed.
    pub facts: Vec<Fact>,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The structure, once it is recorded.
    pub structure: Option<Link>,
    /// What to check first.
    pub caution: Option<&'static str>,
    /// Why it was refused.
    pub reason: Vec<String>,
    /// Whether it waits for an answer that the visitor may give.
    pub may_settle: bool,
    /// What accepting does.
    pub effects: Vec<String>,
    /// The form of a refusal, which also carries the version.
    pub form: FormState,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    suite: String,
}

#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let found =
        queries::list(page.app.db.read(), page.actor(), None, &wanted).await.map_err(WebError::from)?;
    page.answer(&AccessListPage {
        shell: page.shell(labels::REQUESTS),
        rows: found.items.iter().map(row).collect(),
        pages: Pagination {
            first: wanted.after.is_some().then(|| "/acces".to_owned()),
            next: found.next.map(|cursor| with_query("/acces", &[("suite", &cursor.encode())])),
        },
    })
}

fn row(request: &access_request::Model) -> AccessRow {
    let number = request.number.clone().unwrap_or_default();
    AccessRow {
        href: format!("/acces/{number}"),
        number,
        name: request.name.clone(),
        place: format!("{} ({})", request.commune, request.department),
        day: day(request.confirmed_at),
        status: labels::state(request.state),
    }
}

fn day(at: Option<entity::Instant>) -> String {
    at.map(|at| french::date(day_in_zone(*at, PARIS))).unwrap_or_default()
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let request = found(&page, &number).await?;
    let form = FormState::default().with_version(request.version.into());
    answer(&page, StatusCode::OK, request, form).await
}

async fn found(page: &Page, number: &str) -> Result<access_request::Model> {
    let found = queries::by_number(page.app.db.read(), page.actor(), number).await;
    Ok(found.map_err(WebError::from)?)
}

async fn answer(
    page: &Page,
    status: StatusCode,
    request: access_request::Model,
    form: FormState,
) -> Result<Response> {
    let built = build(page, request, form).await.map_err(WebError::from)?;
    page.answer_with(status, &built)
}

async fn build(
    page: &Page,
    request: access_request::Model,
    form: FormState,
) -> std::result::Result<AccessShowPage, AccessError> {
    let conn = page.app.db.read();
    let known = queries::known_structure(conn, &request).await?;
    let colleagues = match &known {
        Some(structure) => queries::colleagues(conn, structure).await?,
        None => 0,
    };
    let pending = request.state == AccessState::Pending;
    let may_settle = state::TABLE.can(request.state, Step::Accept)
        && may(page.actor(), Permission::AccessSettle, &queries::facts(&request));
    let summary = form.summary(labels::NOT_REFUSED);
    let name = known.as_ref().map(|structure| structure.name.as_str());
    Ok(AccessShowPage {
        shell: page.shell(request.name.clone()).with_errors(summary.is_some()),
        status: labels::state(request.state),
        facts: facts(&request),
        summary,
        caution: labels::colleagues(colleagues).filter(|_| pending),
        reason: request.reason.as_deref().unwrap_or_default().lines().map(str::to_owned).collect(),
        effects: labels::effects(name, &request.contact_name, &request.contact_email),
        may_settle,
        structure: known.map(|one| Link::new(one.name, format!("/structures/{}", one.siren))),
        number: request.number.unwrap_or_default(),
        form,
    })
}

fn facts(request: &access_request::Model) -> Vec<Fact> {
    let siret = Siret::parse(&request.siret).map_or_else(|_| request.siret.clone(), Siret::grouped);
    let place = format!("{}, {} {}", request.address, request.postal_code, request.commune);
    let person = match request.contact_title.as_str() {
        "" => request.contact_name.clone(),
        title => format!("{}, {title}", request.contact_name),
    };
    let mut facts = vec![
        Fact::new(labels::FACT_SIRET, siret),
        Fact::new(labels::FACT_PLACE, place),
        Fact::new(labels::FACT_PERSON, person),
        Fact::new(labels::FACT_EMAIL, request.contact_email.clone()),
    ];
    if let Some(phone) = &request.contact_phone {
        facts.push(Fact::new(labels::FACT_PHONE, phone::grouped(phone)).to(format!("tel:{phone}")).mono());
    }
    facts.push(Fact::new(labels::FACT_ASKED, day(request.confirmed_at)));
    if request.settled_at.is_some() {
        facts.push(Fact::new(labels::FACT_SETTLED, day(request.settled_at)));
    }
    facts
}

#[handler]
pub(super) async fn accept(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let request = found(&page, &number).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::accept(&mut tx, request.id, form.version()).await?;
        Ok::<_, AccessError>(tx.commit().await?)
    };
    let path = format!("/acces/{number}");
    match done.await {
        Ok(()) => Ok(flash::redirect(&path, &labels::accepted(&request.contact_name))),
        Err(error) if is_told(error.kind()) => {
            Ok(flash::redirect(&path, &labels::not_settled(&error.detail())))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

#[handler]
pub(super) async fn refuse(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let request = found(&page, &number).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::refuse(&mut tx, request.id, form.version(), form.text("reason")).await?;
        Ok::<_, AccessError>(tx.commit().await?)
    };
    let path = format!("/acces/{number}");
    match done.await {
        Ok(()) => Ok(flash::redirect(&path, &labels::refused(&request.contact_name))),
        Err(error @ AccessError::Invalid(_)) => {
            let version = form.version().unwrap_or(request.version);
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_version(version.into());
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, request, state).await
        }
        Err(error) if is_told(error.kind()) => {
            Ok(flash::redirect(&path, &labels::not_settled(&error.detail())))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Whether the page says it: somebody else answered meanwhile, or a rule stands against the person or the structure.
const fn is_told(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Stale)
}
