//! `/intervenants/{number}`: identity, habilitations on a scale of time, ties in short.

use askama::Template;
use entity::certification;
use entity::habilitation::{self, Duty, HabilitationState};
use entity::ids::{CertificationId, HabilitationId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;
use uuid::Uuid;

use super::super::input::{Status as Situation, TypedHabilitation};
use super::super::queries::{self, Found};
use super::super::{ExpertError, actions, labels};
use super::list::place;
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::availability::web::{TwoMonths, two_months};
use crate::features::{certifications, ties};
use crate::http::web::component::{Choice, Fact, Status};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::phone::Phone;
use crate::rules::territory;
use crate::rules::typed_date;

/// One habilitation of the page.
#[derive(Clone, Debug)]
pub struct HabilitationRow {
    /// Duty and certification.
    pub title: String,
    /// Regions, or everywhere.
    pub regions: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Where it stands.
    pub state: Status,
    /// Left end of its bar on the scale.
    pub from: i64,
    /// Length of its bar.
    pub length: i64,
    /// Whether it ends soon.
    pub soon: bool,
    /// Where its state changes; empty when it may not.
    pub action: String,
    /// The states it may take.
    pub next: Vec<Choice>,
}

/// `/intervenants/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number.
    pub number: String,
    /// Duties held today, in a sentence.
    pub summary_of_duties: String,
    /// Where, how to write.
    pub margin: Vec<Fact>,
    /// Habilitations.
    pub habilitations: Vec<HabilitationRow>,
    /// Years of the scale.
    pub years: Vec<i32>,
    /// Where today is on the scale.
    pub today: i64,
    /// Ties with structures, for those who may see them.
    pub ties: Option<ties::web::Panel>,
    /// The half-days of two months, for those who may see them.
    pub time: Option<TwoMonths>,
    /// Whether the visitor may change the file.
    pub may_edit: bool,
    /// Duties.
    pub duties: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Which form comes back: `habilitation` or nothing.
    pub open: &'static str,
    /// The form of an habilitation.
    pub grant: FormState,
}

/// Width of the scale of time, and years on it: two behind, three ahead.
const SCALE: i64 = 240;
const YEARS: i64 = 5;

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, "", FormState::default()).await
}

async fn found(page: &Page, number: &str) -> Result<Found, ExpertError> {
    queries::by_number(page.app.db.read(), page.actor(), number).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    open: &'static str,
    returned: FormState,
) -> Result<Response> {
    let conn = page.app.db.read();
    let found = found(page, number).await.map_err(WebError::from)?;
    let facts = Facts { expert: Some(found.expert.id), ..Facts::default() };
    let may_edit = may(page.actor(), Permission::ExpertEdit, &facts);
    let ties = ties::web::panel_of_expert(page, found.expert.id, number).await.map_err(WebError::from)?;
    let certifications = certifications::queries::all(conn).await.map_err(WebError::from)?;
    let certifications: Vec<_> = certifications.into_iter().map(|found| found.certification).collect();
    let today = page.app.today();
    let summary = returned.summary(labels::NOT_RECORDED);
    let version = found.expert.version.into();
    let form = |kind: &str| {
        let form = if open == kind {
            returned.clone()
        } else {
            FormState::filled([("starts_on", typed_date::iso(today))])
        };
        form.with_version(version).with_prefix(kind)
    };
    let context = ShowPage {
        shell: page
            .shell(format!("{} {}", found.expert.first_names, found.expert.family_name))
            .with_errors(summary.is_some()),
        summary,
        number: found.expert.number.clone(),
        summary_of_duties: duties_on(&found, today),
        margin: margin(&found),
        habilitations: found
            .habilitations
            .iter()
            .map(|row| scaled(row, &certifications, today, number, may_edit))
            .collect(),
        years: (0..YEARS)
            .filter_map(|year| i32::try_from(year).ok())
            .map(|year| today.year() - 2 + year)
            .collect(),
        today: position(today, today),
        ties,
        time: two_months(page, found.expert.id).await?,
        may_edit,
        duties: Duty::all().map(|duty| Choice::new(duty.word(), labels::duty(duty))).collect(),
        certifications: certifications
            .iter()
            .map(|row| Choice::new(row.id.to_string(), row.short_title.clone()))
            .collect(),
        regions: territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect(),
        open,
        grant: form("habilitation"),
    };
    page.answer_with(status, &context)
}

fn duties_on(found: &Found, today: Date) -> String {
    let held = found.habilitations.iter().filter(|row| queries::valid_on(row, today));
    let mut names: Vec<&str> = held.map(|row| labels::duty(row.duty)).collect();
    names.dedup();
    if names.is_empty() { labels::NO_DUTY.to_owned() } else { french::list(&names) }
}

fn margin(found: &Found) -> Vec<Fact> {
    let row = &found.expert;
    let region = territory::region(&row.region).map_or("", |region| region.name);
    let mut facts = vec![Fact::new(labels::PLACE, place(row)).with_note(region)];
    if let Some(phone) = &row.phone {
        let shown = Phone::parse(phone, None).map_or_else(|_| phone.clone(), |phone| phone.grouped());
        facts.push(Fact::new(labels::PHONE, shown).to(format!("tel:{phone}")));
    }
    facts.push(Fact::new(labels::EMAIL, row.email.clone()).to(format!("mailto:{}", row.email)));
    let situation = Situation::of(&row.status)
        .map_or_else(|| row.status.clone(), |one| labels::situation(one).to_owned());
    facts.push(Fact::new(labels::SITUATION, situation).with_note(row.employer.clone().unwrap_or_default()));
    facts
}

/// Where a day is on the scale, kept inside it.
fn position(day: Date, today: Date) -> i64 {
    let start = Date::from_ordinal_date(today.year() - 2, 1).unwrap_or(today);
    let days = (day - start).whole_days();
    (days * SCALE / (YEARS * 365)).clamp(0, SCALE)
}

fn scaled(
    row: &habilitation::Model,
    certifications: &[certification::Model],
    today: Date,
    number: &str,
    may_edit: bool,
) -> HabilitationRow {
    let certification = certifications.iter().find(|found| Some(found.id) == row.certification_id);
    let duty = labels::duty(row.duty);
    let regions = row.regions.split(',').filter_map(territory::region).map(|region| region.name);
    let regions: Vec<_> = regions.collect();
    let from = position(row.starts_on, today);
    let next = labels::next_states(row.state);
    HabilitationRow {
        title: certification
            .map_or_else(|| duty.to_owned(), |found| format!("{duty}, {}", found.short_title)),
        regions: if regions.is_empty() { labels::EVERYWHERE.to_owned() } else { regions.join(", ") },
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        state: labels::state(row, today),
        from,
        length: position(row.ends_on, today) - from,
        soon: labels::ends_soon(row, today),
        action: if may_edit && !next.is_empty() {
            format!("/intervenants/{number}/habilitations/{}", row.id)
        } else {
            String::new()
        },
        next: next.iter().map(|(state, label)| Choice::new(state.word(), *label)).collect(),
    }
}

/// Grants an habilitation.
#[handler]
pub(super) async fn grant(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert.id;
        let duty = Duty::from_word(form.text("duty"));
        let duty = duty.ok_or_else(|| vec![Fault::new("/duty", "missing", labels::DUTY_WANTED)])?;
        let certification = form.optional("certification_id").and_then(|id| id.parse().ok());
        let typed = TypedHabilitation {
            duty,
            state: HabilitationState::Active,
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
            certification: certification.map(CertificationId),
            regions: form.all("regions").into_iter().map(str::to_owned).collect(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::grant(&mut tx, expert, form.version(), &typed).await?;
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    settled(&page, &number, "habilitation", &form, done.await).await
}

/// Changes the state of an habilitation.
#[handler]
pub(super) async fn change(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert.id;
        let state = HabilitationState::from_word(form.text("state"));
        let state = state.ok_or_else(|| vec![Fault::new("", "missing", labels::STATE_WANTED)])?;
        let on = page.app.today();
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let (id, seen) = (HabilitationId(id), form.version());
        actions::change_habilitation(&mut tx, expert, id, seen, state, on, form.text("reason")).await?;
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    settled(&page, &number, "", &form, done.await).await
}

async fn settled(
    page: &Page,
    number: &str,
    kind: &'static str,
    form: &FormData,
    done: Result<(), ExpertError>,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(flash::redirect(&format!("/intervenants/{number}"), &labels::recorded())),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state =
                FormState::filled(form.fields()).with_errors(FieldErrors::of(&error)).with_prefix(kind);
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, number, kind, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
