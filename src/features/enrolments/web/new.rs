//! `/inscriptions/nouvelle`: several people at once in a session. How many would have a seat and how many would wait is shown
//! before anything is done; nothing is done when more would wait than was shown.

use askama::Template;
use entity::enrolment::{self, EnrolmentWay};
use entity::training_buyer::BuyerKind;
use entity::training_session;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::actions::{self, Asked};
use super::super::api::read_people;
use super::super::input::{NewPerson, TypedBuyer, TypedGuardian, TypedPerson};
use super::super::labels::{self, faults, pages, said};
use super::super::{EnrolmentError, dossier, queries};
use super::list::may_enrol;
use crate::authz::{Denied, Permission};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::settings;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::mail_domain;
use crate::rules::training::seats::allotment;

/// The fields of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFields {
    /// « Personne 2 ».
    pub title: String,
    /// Names of the fields.
    pub family_name: String,
    /// Name of the field.
    pub first_names: String,
    /// Name of the field.
    pub birth_date: String,
    /// Name of the field.
    pub email: String,
    /// Name of the field.
    pub phone: String,
    /// Name of the field.
    pub job: String,
    /// Name of the field.
    pub needs_adaptation: String,
    /// Name of the field.
    pub guardian_name: String,
    /// Name of the field.
    pub guardian_email: String,
    /// Name of the field.
    pub guardian_phone: String,
    /// Whether what a minor needs is open.
    pub minor: bool,
}

impl PersonFields {
    fn of(number: usize, form: &FormState) -> Self {
        let name = |field: &str| format!("people/{number}/{field}");
        let guardian = [name("guardian/name"), name("guardian/email"), name("guardian/phone")];
        let [guardian_name, guardian_email, guardian_phone] = guardian;
        let minor = [&guardian_name, &guardian_email, &guardian_phone]
            .into_iter()
            .any(|field| !form.value(field).is_empty() || form.fault(field).is_some());
        Self {
            title: pages::person(number + 1),
            family_name: name("family_name"),
            first_names: name("first_names"),
            birth_date: name("birth_date"),
            email: name("email"),
            phone: name("phone"),
            job: name("job"),
            needs_adaptation: name("needs_adaptation"),
            guardian_name,
            guardian_email,
            guardian_phone,
            minor,
        }
    }
}

/// What would be done, before it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// « 12 places gardées, 2 personnes en liste d’attente ».
    pub allotted: String,
    /// How many would wait, given back by the button.
    pub waiting: u32,
    /// Addresses that look like a slip of the finger, each with what was perhaps meant.
    pub doubts: Vec<String>,
}

/// `/inscriptions/nouvelle`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/enrolments/new.html")]
pub struct NewEnrolmentPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form.
    pub form: FormState,
    /// The people.
    pub people: Vec<PersonFields>,
    /// The sites of the structure of the visitor; empty for the team.
    pub sites: Vec<Choice>,
    /// Who may pay; empty for a structure, which does.
    pub buyers: Vec<Choice>,
    /// What would be done, once it was asked.
    pub forecast: Option<Forecast>,
    /// Whether one more person fits.
    pub more: bool,
}

/// What the address may already say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    session: String,
    personnes: String,
}

/// The form, empty.
#[handler]
pub(super) async fn blank(page: Page, Query(wanted): Query<Wanted>) -> Result<Response> {
    let form = FormState::filled([("session", wanted.session.as_str()), ("buyer", "employer")]);
    let people = wanted.personnes.parse().unwrap_or(1);
    answer(&page, StatusCode::OK, form, people, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    form: FormState,
    people: usize,
    forecast: Option<Forecast>,
) -> Result<Response> {
    if !may_enrol(page.actor()) {
        return Err(WebError::from(Denied::Hidden(Permission::EnrolmentCreate)).into());
    }
    let summary = form.summary(pages::NOT_RECORDED);
    let conn = page.app.db.read();
    let rules = settings::enrolment_rules(conn).await.map_err(WebError::from)?;
    let own: Vec<_> = page.actor().structures().collect();
    let sites = queries::sites_of(conn, &own).await.map_err(WebError::from)?;
    let most = usize::from(rules.most_people);
    let people = people.clamp(1, most);
    let fields = (0..people).map(|number| PersonFields::of(number, &form)).collect();
    let context = NewEnrolmentPage {
        shell: page.shell(pages::NEW).with_errors(summary.is_some()),
        summary,
        form,
        people: fields,
        sites: sites.into_iter().map(|site| Choice::new(site.siret, site.label)).collect(),
        buyers: if own.is_empty() {
            BuyerKind::all().map(|kind| Choice::new(kind.word(), labels::buyer(kind))).collect()
        } else {
            Vec::new()
        },
        forecast,
        more: people < most,
    };
    page.answer_with(status, &context)
}

/// Somebody of the form; every field of a person begins with `at`.
pub(super) fn person_of(form: &FormData, at: &str) -> TypedPerson {
    let text = |field: &str| form.text(&format!("{at}{field}")).to_owned();
    let ticked = |field: &str| form.ticked(&format!("{at}{field}"));
    TypedPerson {
        family_name: text("family_name"),
        first_names: text("first_names"),
        birth_date: text("birth_date"),
        email: text("email"),
        phone: text("phone"),
        postal_address: text("postal_address"),
        job: text("job"),
        guardian: TypedGuardian {
            name: text("guardian/name"),
            email: text("guardian/email"),
            phone: text("guardian/phone"),
        },
        needs_adaptation: ticked("needs_adaptation"),
        consent: form.ticked("consent"),
    }
}

/// The people that were typed: whoever was left blank is nobody.
fn people_of(form: &FormData) -> Vec<TypedPerson> {
    let rows: usize = form.text("nombre").parse().unwrap_or(1);
    let is_nobody = |one: &TypedPerson| {
        [&one.family_name, &one.first_names, &one.birth_date, &one.email].iter().all(|text| text.is_empty())
    };
    let all = (0..rows.min(200)).map(|number| person_of(form, &format!("people/{number}/")));
    all.filter(|one| !is_nobody(one)).collect()
}

/// What the form shows again, the people without the blank ones.
fn filled(form: &FormData, people: &[TypedPerson]) -> FormState {
    let kept = form.fields().filter(|(name, _)| !name.starts_with("people/") && *name != "vu");
    let mut fields: Vec<(String, String)> =
        kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    for (number, one) in people.iter().enumerate() {
        let texts = [
            ("family_name", &one.family_name),
            ("first_names", &one.first_names),
            ("birth_date", &one.birth_date),
            ("email", &one.email),
            ("phone", &one.phone),
            ("job", &one.job),
            ("guardian/name", &one.guardian.name),
            ("guardian/email", &one.guardian.email),
            ("guardian/phone", &one.guardian.phone),
        ];
        for (field, value) in texts {
            fields.push((format!("people/{number}/{field}"), value.clone()));
        }
        if one.needs_adaptation {
            fields.push((format!("people/{number}/needs_adaptation"), "oui".to_owned()));
        }
    }
    FormState::filled(fields)
}

fn buyer_of(page: &Page, form: &FormData) -> TypedBuyer {
    let text = |name: &str| form.text(name).to_owned();
    let structure = page.actor().structures().next().is_some();
    TypedBuyer {
        kind: if structure { BuyerKind::Employer.word() } else { text("buyer") },
        siret: text("employer_siret"),
        name: text("employer_name"),
        contact_name: text("contact_name"),
        email: text("contact_email"),
        phone: text("contact_phone"),
        address: text("address"),
    }
}

/// The faults of the form; the consent is one box for everybody.
fn errors_of(error: &EnrolmentError) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let found = error.faults();
    if found.is_empty() {
        errors.push("", error.detail());
    }
    for fault in found {
        let pointer = if fault.pointer.ends_with("/consent") { "/consent".to_owned() } else { fault.pointer };
        errors.push(pointer, fault.message);
    }
    errors.rename("/session_id", "/session");
    errors
}

/// What the form asks for, read whole.
async fn read(
    page: &Page,
    form: &FormData,
    people: &[TypedPerson],
) -> std::result::Result<(training_session::Model, Asked), EnrolmentError> {
    let conn = page.app.db.read();
    let number = form.text("session").to_uppercase();
    let session = queries::session_by_number(conn, &number).await?;
    let session = session.filter(|session| !dossier::is_past(session, page.app.now()));
    let asked = read_people(&page.app, &buyer_of(page, form), people).await;
    let missing = || Fault::new("/session_id", "unknown", faults::SESSION_WANTED);
    match (session, asked) {
        (Some(session), Ok(asked)) => {
            let own: Vec<_> = page.actor().structures().collect();
            let sites = queries::sites_of(conn, &own).await?;
            let siret = asked.buyer.siret.map(|siret| siret.to_string());
            if !own.is_empty() && sites.iter().all(|site| Some(&site.siret) != siret.as_ref()) {
                return Err(vec![Fault::new("/employer_siret", "not-own", faults::ANOTHER_SIRET)].into());
            }
            Ok((session, asked))
        }
        (Some(_), Err(error)) => Err(error),
        (None, Ok(_)) => Err(vec![missing()].into()),
        (None, Err(EnrolmentError::Invalid(others))) => {
            Err(std::iter::once(missing()).chain(others).collect::<Vec<_>>().into())
        }
        (None, Err(error)) => Err(error),
    }
}

/// Shows what would be done, then does it.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let people = people_of(&form);
    let state = filled(&form, &people);
    if form.ticked("ajouter") {
        return answer(&page, StatusCode::OK, state, people.len() + 1, None).await;
    }
    let done = Box::pin(enrol(&page, &form, &people)).await;
    match done {
        Ok(Step::Shown(forecast)) => answer(&page, StatusCode::OK, state, people.len(), Some(forecast)).await,
        Ok(Step::Done { session, rows, asked }) => {
            let waiting = rows.iter().filter(|row| row.rank.is_some()).count();
            let said = if asked { said::requested() } else { said::enrolled(rows.len() - waiting, waiting) };
            let back = match rows.as_slice() {
                [only] => format!("/inscriptions/dossiers/{}", dossier::reference(&session, only)),
                _ => format!("/inscriptions?session={}", session.number),
            };
            Ok(flash::redirect(&back, &said))
        }
        Err(EnrolmentError::SeatsGone { held, waiting }) => {
            let allotted = labels::allotted(held, waiting);
            let forecast = Forecast { allotted, waiting, doubts: Vec::new() };
            let state = state.with_errors(errors_of(&EnrolmentError::SeatsGone { held, waiting }));
            answer(&page, StatusCode::CONFLICT, state, people.len(), Some(forecast)).await
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = state.with_errors(errors_of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, state, people.len(), None).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Where the form led.
enum Step {
    /// What would be done is shown.
    Shown(Forecast),
    /// It was done; whether the team looks first.
    Done { session: Box<training_session::Model>, rows: Vec<enrolment::Model>, asked: bool },
}

async fn enrol(
    page: &Page,
    form: &FormData,
    people: &[TypedPerson],
) -> std::result::Result<Step, EnrolmentError> {
    let (session, asked) = read(page, form, people).await?;
    let requests = form.ticked("demande");
    let seen: Option<u32> = form.text("vu").parse().ok();
    if seen.is_none() && !requests {
        let tally = queries::tally(page.app.db.read(), session.id).await?;
        let count = u32::try_from(asked.people.len()).unwrap_or(u32::MAX);
        let (held, waiting) = allotment(count, tally);
        let doubts = doubts(&asked);
        return Ok(Step::Shown(Forecast { allotted: labels::allotted(held, waiting), waiting, doubts }));
    }
    let structure = page.actor().structures().next().is_some();
    let way = if structure { EnrolmentWay::Structure } else { EnrolmentWay::Staff };
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let rows = match seen {
        Some(seen) if !requests => actions::enrol_as_shown(&mut tx, session.id, way, &asked, seen).await?,
        _ => actions::request(&mut tx, session.id, way, &asked).await?,
    };
    tx.commit().await?;
    Ok(Step::Done { session: Box::new(session), rows, asked: requests })
}

/// Addresses that look like a usual one with a slip of the finger.
fn doubts(asked: &Asked) -> Vec<String> {
    let doubt = |person: &NewPerson| {
        mail_domain::suggestion(&person.email).map(|meant| labels::meant(person.email.as_str(), &meant))
    };
    asked.people.iter().filter_map(doubt).collect()
}
