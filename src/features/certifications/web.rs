//! `/certifications` and `/certifications/{code}`; what records a certification and adds a version is in `new`, the pages
//! of referentials in `referential`.

mod new;
mod referential;

use askama::Template;
use entity::certification_version;
use entity::ids::CertificationVersionId;
use entity::registration::Register;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, Route, get, handler, post};
use time::Date;
use uuid::Uuid;

use super::actions;
use super::dated;
use super::input::{TypedCertifier, TypedRegistration, TypedVersion};
use super::queries::referential::{Consequences, consequences};
use super::queries::{self, Described, DescribedVersion};
use super::{CertificationError, labels};
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{AsOf, Choice, Link, Status};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::deadline::add_days;
use crate::rules::siret::Siret;
use crate::rules::typed_date::{self, iso};

const CONFIRMED: &str = "confirme";

/// Adds the pages of certifications.
#[must_use]
pub fn pages(route: Route) -> Route {
    referential::pages(route)
        .at("/certifications", get(list))
        .at("/certifications/nouvelle", get(new::blank).post(new::create))
        .at("/certifications/:code", get(show))
        .at("/certifications/:code/versions/nouvelle", get(new::blank_version).post(new::add_version))
        .at("/certifications/:code/versions/:version", post(save_version))
        .at("/certifications/:code/versions/:version/enregistrements", post(add_registration))
        .at("/certifications/:code/versions/:version/certificateurs", post(add_certifier))
}

/// One certification of the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its page.
    pub href: String,
    /// Code.
    pub code: String,
    /// Short title.
    pub title: String,
    /// The version open that day, with its own title; may be empty.
    pub version: String,
    /// Number or absence of a register.
    pub register: String,
    /// Body in charge that day.
    pub certifier: String,
}

/// `/certifications`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certifications/list.html")]
pub struct ListPage {
    /// The shell.
    pub shell: Shell,
    /// Said when the day looked at is not today.
    pub past: Option<AsOf>,
    /// The form that chooses the day.
    pub dates: FormState,
    /// The certifications.
    pub lines: Vec<Line>,
    /// Whether the visitor may record one.
    pub may_create: bool,
}

/// Something dated, as the page tells it.
#[derive(Clone, Debug)]
pub struct DatedLine {
    /// What it is.
    pub title: String,
    /// A number, a SIRET; may be empty.
    pub reference: String,
    /// Its days.
    pub span: String,
    /// Whether it holds on the day looked at.
    pub current: bool,
}

/// One version of the page, with its three forms.
#[derive(Clone, Debug)]
pub struct VersionView {
    /// Key, for the ids of the page.
    pub id: Uuid,
    /// Short name.
    pub label: String,
    /// Title.
    pub title: String,
    /// Its days.
    pub span: String,
    /// Last delivery, when it is known.
    pub last_delivery: Option<Date>,
    /// Whether it takes people.
    pub state: Status,
    /// Why structures do not yet choose it; empty when they do, or when it is over.
    pub not_offered: String,
    /// Register entries.
    pub registrations: Vec<DatedLine>,
    /// Bodies in charge.
    pub certifiers: Vec<DatedLine>,
    /// Where its forms post.
    pub path: String,
    /// The form of the version.
    pub edit: FormState,
    /// The form of a register entry.
    pub registration: FormState,
    /// The form of a body.
    pub certifier: FormState,
    /// Which form comes back: `version`, `enregistrement`, `certificateur` or nothing.
    pub open: &'static str,
}

/// `/certifications/{code}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certifications/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Said when the day looked at is not today: what is shown of it cannot be changed.
    pub past: Option<AsOf>,
    /// The form that chooses the day.
    pub dates: FormState,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Versions, latest first.
    pub versions: Vec<VersionView>,
    /// Registers.
    pub registers: Vec<Choice>,
    /// Whether the visitor may change them.
    pub may_edit: bool,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    au: String,
}

#[handler]
async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let found = queries::list(page.app.db.read(), page.actor()).await.map_err(WebError::from)?;
    let day = typed_date::parse(&asked.au).unwrap_or_else(|| page.app.today());
    page.answer(&ListPage {
        shell: page.shell(labels::CERTIFICATIONS),
        past: AsOf::of(day, page.app.today(), "/certifications".to_owned()),
        dates: FormState::filled([("au", iso(day))]),
        lines: found.iter().map(|found| line(found, day)).collect(),
        may_create: may(page.actor(), Permission::CertificationEdit, &Facts::default()),
    })
}

fn line(found: &Described, day: Date) -> Line {
    let open = found.open_on(day);
    let version = open.last();
    let entry = version.and_then(|version| version.registration_on(day));
    let body = version.and_then(|version| version.certifier_on(day));
    Line {
        href: format!("/certifications/{}", found.certification.code),
        code: found.certification.code.clone(),
        title: found.certification.short_title.clone(),
        version: version.map(|version| version.version.label.clone()).unwrap_or_default(),
        register: entry
            .map(|entry| labels::entry(entry.register, entry.number.as_deref()))
            .unwrap_or_default(),
        certifier: body.map(|body| body.name.clone()).unwrap_or_default(),
    }
}

/// A form that comes back: of which version, which one, with what.
struct Returned {
    version: CertificationVersionId,
    kind: &'static str,
    form: FormState,
}

#[handler]
async fn show(page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Result<Response> {
    let day = typed_date::parse(&asked.au).unwrap_or_else(|| page.app.today());
    answer(&page, StatusCode::OK, &code, day, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    code: &str,
    day: Date,
    returned: Option<Returned>,
) -> Result<Response> {
    let found = queries::get(page.app.db.read(), page.actor(), |row| row.code == code).await;
    let found = found.map_err(WebError::from)?;
    let facts = Facts { certification: Some(found.certification.id), ..Facts::default() };
    let summary = returned.as_ref().and_then(|returned| returned.form.summary(labels::NOT_RECORDED));
    let past = AsOf::of(day, page.app.today(), format!("/certifications/{code}"));
    let view = |version: &DescribedVersion| view(version, code, day, returned.as_ref());
    let context = ShowPage {
        shell: page.shell(found.certification.short_title.clone()).with_errors(summary.is_some()),
        summary,
        code: code.to_owned(),
        title: found.certification.title.clone(),
        versions: found.versions.iter().rev().map(view).collect(),
        registers: Register::all().map(|one| Choice::new(one.word(), labels::register(one))).collect(),
        may_edit: past.is_none() && may(page.actor(), Permission::CertificationEdit, &facts),
        past,
        dates: FormState::filled([("au", iso(day))]),
    };
    page.answer_with(status, &context)
}

fn view(found: &DescribedVersion, code: &str, today: Date, returned: Option<&Returned>) -> VersionView {
    let row = &found.version;
    let returned = returned.filter(|returned| returned.version == row.id);
    let form = |kind: &str, values: Vec<(&'static str, String)>| {
        let form = match returned.filter(|returned| returned.kind == kind) {
            Some(returned) => returned.form.clone(),
            None => FormState::filled(values),
        };
        form.with_version(row.version.into()).with_prefix(prefix(kind, row.id))
    };
    let typed = actions::typed(row);
    VersionView {
        id: row.id.0,
        label: row.label.clone(),
        title: row.title.clone(),
        span: labels::span(row),
        last_delivery: row.last_delivery_on,
        state: labels::openness(row, today),
        not_offered: not_offered(found, today),
        registrations: found.registrations.iter().rev().map(|entry| entry_line(entry, today)).collect(),
        certifiers: found.certifiers.iter().rev().map(|body| certifier_line(body, today)).collect(),
        path: format!("/certifications/{code}/versions/{}", row.id),
        edit: form(
            "version",
            vec![
                ("label", typed.label),
                ("title", typed.title),
                ("valid_from", typed.valid_from),
                ("valid_until", typed.valid_until),
                ("last_delivery_on", typed.last_delivery_on),
            ],
        ),
        registration: form("enregistrement", renewed(found, today)),
        certifier: form("certificateur", vec![("starts_on", iso(today))]),
        open: returned.map_or("", |returned| returned.kind),
    }
}

/// A registration as its form begins: the one that follows the last, whose number is never guessed.
fn renewed(found: &DescribedVersion, today: Date) -> Vec<(&'static str, String)> {
    let last = found.registrations.last().filter(|last| last.register != Register::None);
    let Some(last) = last else {
        return vec![("register", "rs".to_owned()), ("starts_on", iso(today))];
    };
    let starts_on = last.ends_on.map_or(today, |end| add_days(end, 1));
    vec![
        ("register", last.register.word()),
        ("level", last.level.clone().unwrap_or_default()),
        ("starts_on", iso(starts_on)),
    ]
}

/// Why structures do not yet choose a version, on a day or on its first one if that is later.
fn not_offered(found: &DescribedVersion, day: Date) -> String {
    if found.version.valid_until.is_some_and(|last| last < day) {
        return String::new();
    }
    let day = day.max(found.version.valid_from);
    labels::not_offered(found.registration_on(day).is_some(), found.certifier_on(day).is_some())
}

fn prefix(kind: &str, version: CertificationVersionId) -> String {
    format!("{kind}-{}", version.0.simple())
}

fn entry_line(row: &entity::registration::Model, today: Date) -> DatedLine {
    DatedLine {
        title: labels::register(row.register).to_owned(),
        reference: row.number.clone().unwrap_or_default(),
        span: labels::span(row),
        current: dated::Dated::holds_on(row, today),
    }
}

fn certifier_line(row: &entity::legal_certifier::Model, today: Date) -> DatedLine {
    let siret =
        row.siret.as_ref().map(|siret| Siret::parse(siret).map_or_else(|_| siret.clone(), Siret::grouped));
    DatedLine {
        title: row.name.clone(),
        reference: siret.unwrap_or_default(),
        span: labels::span(row),
        current: dated::Dated::holds_on(row, today),
    }
}

/// What a person confirms before a version in use changes.
struct Weighed {
    certification: String,
    before: certification_version::Model,
    after: certification_version::Model,
    consequences: Consequences,
}

#[handler]
async fn save_version(
    page: Page,
    Path((code, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let version = CertificationVersionId(id);
    match try_version(&page, &code, version, &form).await {
        Ok(Some(weighed)) => ask(&page, &code, &form, &weighed),
        Ok(None) => settled(&page, &code, version, "version", &form, Ok(())).await,
        Err(error) => settled(&page, &code, version, "version", &form, Err(error)).await,
    }
}

/// Changes a version. One that is in use is not kept until the question is answered: what it would change is told.
async fn try_version(
    page: &Page,
    code: &str,
    version: CertificationVersionId,
    form: &FormData,
) -> std::result::Result<Option<Weighed>, CertificationError> {
    let found = queries::get(page.app.db.read(), page.actor(), |row| row.code == code).await?;
    let change = TypedVersion {
        label: form.text("label").to_owned(),
        title: form.text("title").to_owned(),
        valid_from: form.text("valid_from").to_owned(),
        valid_until: form.text("valid_until").to_owned(),
        last_delivery_on: form.text("last_delivery_on").to_owned(),
    };
    let certification = found.certification;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let after =
        actions::edit_version(&mut tx, certification.id, version, form.version(), |typed| *typed = change)
            .await?;
    let before = found.versions.into_iter().map(|known| known.version).find(|known| known.id == version);
    let before = before.ok_or(CertificationError::NotFound)?;
    let consequences = consequences(tx.conn(), &before, page.app.today()).await?;
    if consequences.in_use() && form.text(CONFIRMED) != "oui" {
        return Ok(Some(Weighed { certification: certification.short_title, before, after, consequences }));
    }
    tx.commit().await?;
    Ok(None)
}

fn ask(page: &Page, code: &str, form: &FormData, weighed: &Weighed) -> Result<Response> {
    let mut effects = labels::changes(&weighed.before, &weighed.after);
    effects.extend(labels::consequences(&weighed.consequences));
    let typed = form.fields().filter(|(name, _)| ![CSRF_FIELD, CONFIRMED].contains(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(labels::CHANGE_VERSION),
        intro: labels::about_version(&weighed.certification, &weighed.before.label),
        effects,
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("/certifications/{code}/versions/{}", weighed.before.id),
        keep: Link::new(labels::KEEP_VERSION, format!("/certifications/{code}")),
        act: labels::CHANGE_ACT.to_owned(),
        danger: false,
    })
}

#[handler]
async fn add_registration(
    page: Page,
    Path((code, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let version = CertificationVersionId(id);
    let done = async {
        let certification = certification(&page, &code).await?;
        let typed = TypedRegistration {
            register: Register::from_word(form.text("register")).unwrap_or(Register::None),
            number: form.text("number").to_owned(),
            decided_on: form.text("decided_on").to_owned(),
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
            level: form.text("level").to_owned(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_registration(&mut tx, certification, version, form.version(), &typed).await?;
        Ok::<_, CertificationError>(tx.commit().await?)
    };
    settled(&page, &code, version, "enregistrement", &form, done.await).await
}

#[handler]
async fn add_certifier(
    page: Page,
    Path((code, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let version = CertificationVersionId(id);
    let done = async {
        let certification = certification(&page, &code).await?;
        let typed = TypedCertifier {
            name: form.text("name").to_owned(),
            siret: form.text("siret").to_owned(),
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::add_certifier(&mut tx, certification, version, form.version(), &typed).await?;
        Ok::<_, CertificationError>(tx.commit().await?)
    };
    settled(&page, &code, version, "certificateur", &form, done.await).await
}

async fn certification(page: &Page, code: &str) -> Result<entity::ids::CertificationId, CertificationError> {
    let found = queries::get(page.app.db.read(), page.actor(), |row| row.code == code).await?;
    Ok(found.certification.id)
}

async fn settled(
    page: &Page,
    code: &str,
    version: CertificationVersionId,
    kind: &'static str,
    form: &FormData,
    done: Result<(), CertificationError>,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(flash::redirect(&format!("/certifications/{code}"), &labels::recorded())),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::filled(form.fields())
                .with_errors(FieldErrors::of(&error))
                .with_prefix(prefix(kind, version));
            let returned = Returned { version, kind, form: state };
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, code, page.app.today(), Some(returned)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
