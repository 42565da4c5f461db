//! `/candidats/{number}/livret`: each skill with its observations and what it still needs, the times in companies. The page
//! prints without its forms.

use askama::Template;
use entity::candidate_observation::{self, Observed};
use entity::ids::SkillId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::{TypedImmersion, TypedObservation};
use super::super::livret::labels as words;
use super::super::queries::{Livret, LivretSkill};
use super::super::state::State;
use super::super::{CandidateError, Dossier, actions, labels, queries};
use super::new::errors_of;
use crate::authz::{Permission, may};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Choice, Fact, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::deadline::local;

/// An observation.
#[derive(Clone, Debug)]
pub struct ObservationRow {
    /// When.
    pub day: String,
    /// The real work situation.
    pub situation: String,
    /// Who assessed.
    pub assessor: String,
    /// What was seen.
    pub result: &'static str,
    /// What the assessor adds; may be empty.
    pub comment: String,
    /// What the candidate says of it; may be empty.
    pub own: String,
    /// Where it is taken back; empty when it may not.
    pub void: String,
    /// The form of the reason.
    pub form: FormState,
}

/// A skill of the livret.
#[derive(Clone, Debug)]
pub struct LivretRow {
    /// Code.
    pub code: String,
    /// What it says.
    pub wording: String,
    /// What the positioning found; empty before it.
    pub positioned: &'static str,
    /// « 1 observation sur 2 attendues ».
    pub count: String,
    /// Whether it was observed enough.
    pub status: Status,
    /// Its observations, oldest first.
    pub observations: Vec<ObservationRow>,
}

/// A time in a company.
#[derive(Clone, Debug)]
pub struct ImmersionRow {
    /// The company.
    pub company: String,
    /// Its days.
    pub span: String,
    /// Who followed the candidate there; may be empty.
    pub tutor: String,
    /// What they say; may be empty.
    pub evaluation: String,
    /// Where it is taken back; empty when it may not.
    pub void: String,
    /// The form of the reason.
    pub form: FormState,
}

/// `/candidats/{number}/livret`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/livret.html")]
pub struct LivretPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the file.
    pub number: String,
    /// Who.
    pub name: String,
    /// The certification.
    pub certification: String,
    /// The margin.
    pub margin: Vec<Fact>,
    /// The skills.
    pub skills: Vec<LivretRow>,
    /// What keeps the file from being handed in.
    pub lacking: Vec<String>,
    /// Observations that were taken back, each in words.
    pub voided: Vec<String>,
    /// Times in companies.
    pub immersions: Vec<ImmersionRow>,
    /// Lines may be written.
    pub may_write: bool,
    /// Why none may be; empty when the reader may write or could not anyway.
    pub closed: &'static str,
    /// Skills to choose from.
    pub choices: Vec<Choice>,
    /// What may be seen.
    pub results: Vec<Choice>,
    /// Which form comes back: `observation`, `immersion` or another.
    pub returned: String,
    /// The form of an observation.
    pub observation: FormState,
    /// The form of a time in a company.
    pub immersion: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, ("", FormState::default())).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    (returned, form): (&str, FormState),
) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let dossier = Dossier::by_number(conn, page.actor(), number).await?;
        let livret = queries::livret(conn, &dossier.candidate).await?;
        Ok::<_, CandidateError>((dossier, livret))
    };
    let (dossier, livret) = read.await.map_err(WebError::from)?;
    page.answer_with(status, &context(page, &dossier, &livret, returned, &form))
}

/// What the lines of a livret share.
struct Lines<'a> {
    dossier: &'a Dossier,
    writes: bool,
    form: &'a dyn Fn(&str) -> FormState,
}

fn context(page: &Page, dossier: &Dossier, livret: &Livret, returned: &str, form: &FormState) -> LivretPage {
    let row = &dossier.candidate;
    let state = dossier.state();
    let allowed = may(page.actor(), Permission::CandidateLivret, &dossier.facts());
    let open = matches!(state, State::Positioned | State::OnPath | State::FileIncomplete);
    let summary = form.summary(labels::NOT_RECORDED);
    let own_form = |kind: &str| {
        let filled = if returned == kind { form.clone() } else { FormState::default() };
        filled.with_prefix(kind)
    };
    let lines = Lines { dossier, writes: allowed && open, form: &own_form };
    LivretPage {
        shell: page.shell(words::LIVRET).with_errors(summary.is_some()),
        summary,
        number: row.number.clone(),
        name: dossier.name(),
        certification: dossier.certification.short_title.clone(),
        margin: margin(dossier),
        skills: livret.skills.iter().map(|one| lines.skill(one)).collect(),
        lacking: livret.thin().iter().map(words::thin).collect(),
        voided: livret.voided.iter().map(|one| lines.voided(livret, one)).collect(),
        immersions: livret.immersions.iter().map(|one| lines.immersion(one)).collect(),
        may_write: allowed && open,
        closed: if allowed && !open { words::closed(state) } else { "" },
        choices: livret
            .skills
            .iter()
            .map(|one| {
                let label = format!("{} {}", one.skill.code, one.skill.wording);
                Choice::new(one.skill.id.to_string(), label)
            })
            .collect(),
        results: Observed::all().map(|one| Choice::new(one.word(), words::result(one))).collect(),
        observation: own_form("observation"),
        immersion: own_form("immersion"),
        returned: returned.to_owned(),
    }
}

fn margin(dossier: &Dossier) -> Vec<Fact> {
    let row = &dossier.candidate;
    let mut facts = vec![Fact::new(labels::fact::STRUCTURE, dossier.structure_label().to_owned())];
    if let Some(day) = row.path_starts_on {
        facts.push(Fact::new(labels::fact::STARTS, french::date(day)));
    }
    if !row.referent.is_empty() {
        facts.push(Fact::new(labels::fact::REFERENT, row.referent.clone()));
    }
    facts
}

impl Lines<'_> {
    fn action(&self, what: &str, id: Uuid) -> String {
        if self.writes {
            format!("{}/livret/{what}/{id}/retirer", self.dossier.path())
        } else {
            String::new()
        }
    }

    fn skill(&self, one: &LivretSkill) -> LivretRow {
        LivretRow {
            code: one.skill.code.clone(),
            wording: one.skill.wording.clone(),
            positioned: one.positioned.map_or("", labels::positioned),
            count: words::observed(one.counted()),
            status: words::progress(one.wanting()),
            observations: one.observations.iter().map(|row| self.observation(row)).collect(),
        }
    }

    fn observation(&self, row: &candidate_observation::Model) -> ObservationRow {
        ObservationRow {
            day: french::date(row.observed_on),
            situation: row.situation.clone(),
            assessor: row.assessor.clone(),
            result: words::result(row.result),
            comment: row.comment.clone(),
            own: row.candidate_comment.clone(),
            void: self.action("observations", row.id.0),
            form: (self.form)(&format!("retrait-{}", row.id)),
        }
    }

    fn voided(&self, livret: &Livret, row: &candidate_observation::Model) -> String {
        let skill = livret.skills.iter().find(|one| one.skill.id == row.skill_id);
        let code = skill.map_or("", |one| one.skill.code.as_str());
        let at = row.voided_at.and_then(|at| local(*at, &self.dossier.structure.zone).ok());
        let day = at.map(|at| french::date(at.date())).unwrap_or_default();
        let reason = row.void_reason.as_deref().unwrap_or_default();
        words::taken_back(&words::observation_title(code, row.observed_on), &words::voided(&day, reason))
    }

    fn immersion(&self, row: &entity::candidate_immersion::Model) -> ImmersionRow {
        ImmersionRow {
            company: row.company.clone(),
            span: words::span(row.starts_on, row.ends_on),
            tutor: row.tutor.clone(),
            evaluation: row.evaluation.clone(),
            void: self.action("immersions", row.id.0),
            form: (self.form)(&format!("retrait-{}", row.id)),
        }
    }
}

/// The candidate of a number and a transaction.
async fn begun(page: &Page, number: &str) -> std::result::Result<(Dossier, Tx), CandidateError> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await?;
    let tx = page.app.begin(page.actor().clone()).await?;
    Ok((dossier, tx))
}

/// Back to the page, or the page again with what is wrong.
async fn settled(
    page: &Page,
    number: &str,
    kind: &str,
    form: &FormData,
    done: std::result::Result<Flash, CandidateError>,
) -> Result<Response> {
    match done {
        Ok(said) => Ok(flash::redirect(&format!("/candidats/{number}/livret"), &said)),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error)).with_prefix(kind);
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, number, (kind, state)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Adds an observation.
#[handler]
pub(super) async fn observe(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedObservation {
            skill: Uuid::parse_str(form.text("skill_id")).ok().map(SkillId),
            observed_on: text("observed_on"),
            situation: text("situation"),
            assessor: text("assessor"),
            assessor_number: text("assessor_number"),
            result: text("result"),
            comment: text("comment"),
            candidate_comment: text("candidate_comment"),
        };
        actions::add_observation(&mut tx, dossier.candidate.id, &typed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::observed())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, "observation", &form, done).await
}

/// Takes an observation back.
#[handler]
pub(super) async fn void_observation(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let reason = form.text("reason");
        actions::void_observation(&mut tx, dossier.candidate.id, id.into(), reason).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::observation_voided())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, &format!("retrait-{id}"), &form, done).await
}

/// Adds a time in a company.
#[handler]
pub(super) async fn immerse(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let text = |name: &str| form.text(name).to_owned();
        let typed = TypedImmersion {
            company: text("company"),
            starts_on: text("starts_on"),
            ends_on: text("ends_on"),
            tutor: text("tutor"),
            evaluation: text("evaluation"),
        };
        actions::add_immersion(&mut tx, dossier.candidate.id, &typed).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::immersed())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, "immersion", &form, done).await
}

/// Takes a time in a company back.
#[handler]
pub(super) async fn void_immersion(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let (dossier, mut tx) = begun(&page, &number).await?;
        let reason = form.text("reason");
        actions::void_immersion(&mut tx, dossier.candidate.id, id.into(), reason).await?;
        tx.commit().await?;
        Ok::<_, CandidateError>(labels::said::immersion_voided())
    };
    let done = Box::pin(done).await;
    settled(&page, &number, &format!("retrait-{id}"), &form, done).await
}
