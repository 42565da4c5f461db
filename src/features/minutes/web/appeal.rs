//! `/candidats/{number}/recours`: the appeals of a candidate, lodged on their behalf, acknowledged, answered.

use askama::Template;
use entity::candidate_appeal::{self, AppealOutcome};
use entity::certificate::{self, CertificateState};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{TypedAnswer, TypedAppeal};
use super::super::labels::fact;
use super::super::{MinutesError, actions, deadlines, labels, queries};
use super::{Refused, refusal};
use crate::authz::{Permission, may};
use crate::db::Tx;
use crate::features::candidates::Dossier;
use crate::features::candidates::state::{State, Step, TABLE};
use crate::features::certificates::labels as words_of_certificates;
use crate::http::web::component::{Choice, Fact, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Flash, Shell};
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;

/// An appeal.
#[derive(Clone, Debug)]
pub struct AppealView {
    /// Its days.
    pub facts: Vec<Fact>,
    /// What is contested.
    pub grounds: String,
    /// The answer.
    pub answer: String,
}

/// A certificate that says what is contested.
#[derive(Clone, Debug)]
pub struct StandingRow {
    /// Its number.
    pub number: String,
    /// Its page.
    pub href: String,
    /// Whether it counts.
    pub status: Status,
    /// Where it is suspended; empty when it may not.
    pub suspend: String,
}

/// `/candidats/{number}/recours`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/appeal.html")]
pub struct AppealPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the candidate.
    pub number: String,
    /// When they were told, and until when they may appeal.
    pub margin: Vec<Fact>,
    /// The appeals, the latest first.
    pub appeals: Vec<AppealView>,
    /// The certificates of the contested decision, for the team, until the answer or the correction is told.
    pub certificates: Vec<StandingRow>,
    /// What the visitor may do now: `lodge`, `acknowledge`, `settle`.
    pub acts: Vec<&'static str>,
    /// How an appeal ends.
    pub outcomes: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

impl AppealPage {
    /// Whether an act is possible now.
    #[must_use]
    pub fn may(&self, act: &str) -> bool {
        self.acts.contains(&act)
    }
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, FormState::default(), None).await
}

/// Everything that the page shows.
struct Found {
    dossier: Dossier,
    appeals: Vec<candidate_appeal::Model>,
    certificates: Vec<certificate::Model>,
    margin: Vec<Fact>,
}

async fn found(page: &Page, number: &str) -> Result<Found, MinutesError> {
    let conn = page.app.db.read();
    let dossier = Dossier::by_number(conn, page.actor(), number).await?;
    let appeals = queries::appeals(conn, dossier.candidate.id).await?;
    let mut margin = Vec::new();
    let passage = queries::told_passage(conn, dossier.candidate.id).await?;
    // Something is said again: the certificate speaks meanwhile.
    let contested = !appeals.is_empty() && dossier.state() != State::Notified;
    let certificates = match &passage {
        Some(passage) if contested && page.actor().is_staff() => {
            queries::standing_certificates(conn, &[passage.id]).await?
        }
        _ => Vec::new(),
    };
    if let Some((told, passage)) = dossier.candidate.notified_at.zip(passage) {
        let rules = queries::result_rules(conn, passage.session_id).await?;
        let told = queries::day_of(told);
        margin.push(Fact::new(fact::TOLD, french::date(told)));
        margin.push(Fact::new(fact::LODGE_BY, french::date(deadlines::lodge_by(told, &rules))));
    }
    Ok(Found { dossier, appeals, certificates, margin })
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    form: FormState,
    refused: Refused,
) -> Result<Response> {
    let Found { dossier, appeals, certificates, margin } =
        found(page, number).await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_DONE);
    let context = AppealPage {
        shell: page.shell(labels::APPEAL).with_errors(summary.is_some()),
        summary,
        refused,
        number: dossier.candidate.number.clone(),
        margin,
        acts: acts(page, &dossier, &appeals),
        appeals: appeals.iter().map(view).collect(),
        certificates: certificates.iter().map(|row| standing(page, &dossier, row)).collect(),
        outcomes: AppealOutcome::all()
            .map(|one| {
                Choice::new(one.word(), labels::appeals::outcome(one))
                    .with_help(labels::appeals::follows_for_team(one))
            })
            .collect(),
        form: form.with_version(dossier.candidate.version.into()),
    };
    page.answer_with(status, &context)
}

fn acts(page: &Page, dossier: &Dossier, appeals: &[candidate_appeal::Model]) -> Vec<&'static str> {
    let facts = dossier.facts();
    let holds = |permission| may(page.actor(), permission, &facts);
    let open = appeals.iter().find(|one| one.settled_at.is_none());
    let unknown = open.is_some_and(|one| one.acknowledged_at.is_none());
    let table = [
        ("lodge", Permission::AppealLodge, TABLE.can(dossier.state(), Step::LodgeAppeal)),
        ("acknowledge", Permission::AppealAcknowledge, unknown),
        ("settle", Permission::AppealSettle, open.is_some()),
    ];
    table.into_iter().filter(|(_, permission, now)| *now && holds(*permission)).map(|(act, ..)| act).collect()
}

fn standing(page: &Page, dossier: &Dossier, row: &certificate::Model) -> StandingRow {
    let href = format!("/certificats/{}", row.number);
    let suspends = may(page.actor(), Permission::CertificateSuspend, &dossier.facts());
    let open = suspends && row.state == CertificateState::Valid;
    StandingRow {
        number: row.number.clone(),
        suspend: if open { format!("{href}/suspendre") } else { String::new() },
        href,
        status: words_of_certificates::status(row.state),
    }
}

fn view(row: &candidate_appeal::Model) -> AppealView {
    let day = |at: entity::Instant| french::date(queries::day_of(at));
    let mut facts = vec![Fact::new(fact::RECEIVED, day(row.lodged_at))];
    if let Some(at) = row.acknowledged_at {
        facts.push(Fact::new(fact::ACKNOWLEDGED, day(at)));
    }
    match row.outcome {
        Some(outcome) => facts.push(Fact::new(fact::OUTCOME, labels::appeals::outcome(outcome))),
        None => facts.push(Fact::new(fact::ANSWER_BY, day(row.answer_due_at))),
    }
    AppealView { facts, grounds: row.grounds.clone(), answer: row.answer.clone().unwrap_or_default() }
}

async fn perform(tx: &mut Tx, dossier: &Dossier, form: &FormData) -> Result<Flash, MinutesError> {
    let (id, seen) = (dossier.candidate.id, form.version());
    let text = |name: &str| form.text(name).to_owned();
    match form.text("suite") {
        "acknowledge" => {
            actions::acknowledge(tx, id, seen).await?;
            Ok(labels::said::acknowledged())
        }
        "settle" => {
            let typed = TypedAnswer { outcome: text("outcome"), answer: text("answer") };
            Box::pin(actions::settle(tx, id, seen, &typed)).await?;
            Ok(labels::said::settled())
        }
        _ => {
            let typed = TypedAppeal { grounds: text("grounds"), received_on: text("received_on") };
            Box::pin(actions::lodge(tx, id, seen, &typed)).await?;
            Ok(labels::said::appealed())
        }
    }
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let said = Box::pin(perform(&mut tx, &dossier, &form)).await?;
        tx.commit().await?;
        Ok::<_, MinutesError>(said)
    };
    match Box::pin(done).await {
        Ok(said) => Ok(flash::redirect(&format!("/candidats/{number}/recours"), &said)),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, state, refused).await
        }
    }
}
