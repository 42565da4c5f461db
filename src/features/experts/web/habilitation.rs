//! `/intervenants/{number}/habilitations/{id}`: the path step by step, then the life of the habilitation.

mod doing;
mod kept;
mod traces;

pub(super) use doing::take_step;
pub use traces::DocumentRow;

use askama::Template;
use entity::habilitation::{Duty, HabilitationState};
use entity::habilitation_step::StepKind;
use entity::ids::{ExpertId, HabilitationId};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;
use uuid::Uuid;

use super::super::actions::habilitation::{JuryMember, facts};
use super::super::state::{Step, TABLE, has_senior, takes_charter};
use super::super::{ExpertError, labels, path, queries, renewal};
use crate::authz::{Permission, may};
use crate::db::{self, PageRequest};
use crate::http::web::component::{AsOf, Check, CheckMark, Choice, Fact, HistoryLine, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::right::Span;
use crate::rules::{deadline, typed_date};

/// One step done.
#[derive(Clone, Debug)]
pub struct StepRow {
    /// The day.
    pub day: Date,
    /// What.
    pub what: &'static str,
    /// Where; may be empty.
    pub place: String,
    /// The sheet.
    pub sheet: String,
    /// Number of the mission that it rests on; empty without.
    pub mission: String,
}

/// `/intervenants/{number}/habilitations/{id}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/habilitation.html")]
pub struct HabilitationPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the expert.
    pub number: String,
    /// Page of the expert.
    pub back: String,
    /// Name of the expert.
    pub name: String,
    /// Said when it is shown as it was on a day that is behind.
    pub past: Option<AsOf>,
    /// Where the forms post.
    pub action: String,
    /// Where it stands.
    pub status: Status,
    /// Dates and people.
    pub margin: Vec<Fact>,
    /// What was written at the application.
    pub motivation: String,
    /// The plan.
    pub action_plan: String,
    /// What the jury wrote.
    pub decision: String,
    /// The pieces that the application asks for, while it is examined.
    pub pieces: Vec<Check>,
    /// Where each step stands.
    pub checks: Vec<Check>,
    /// What was done.
    pub steps: Vec<StepRow>,
    /// Documents of its acts, latest first.
    pub documents: Vec<DocumentRow>,
    /// Whose hours those of the history are; empty for Paris.
    pub hours: String,
    /// What happened, newest first.
    pub history: Vec<HistoryLine>,
    /// Periods.
    pub periods: Vec<String>,
    /// The conditions of the renewal.
    pub conditions: Vec<Check>,
    /// The pieces that a renewal takes over, and those to renew; for whoever may renew.
    pub kept: Vec<Check>,
    /// The acts that this person may do now, by their word.
    pub acts: Vec<&'static str>,
    /// Why a withdrawal was asked for; empty when it was not.
    pub withdrawal: String,
    /// What the person answers to it.
    pub answer: String,
    /// People who may accompany.
    pub seniors: Vec<Choice>,
    /// Steps of the path, or the observation of practice.
    pub kinds: Vec<Choice>,
    /// The missions of observation that a step may rest on.
    pub missions: Vec<Choice>,
    /// Where the form of a step begins with what each of them tells.
    pub observed: Vec<Link>,
    /// Whether a step is an observation of practice.
    pub observing: bool,
    /// Whether it is the file of the visitor, who then signs what others only record.
    pub own: bool,
    /// The form that comes back.
    pub returned: FormState,
    /// Which one it is.
    pub returned_act: &'static str,
    /// What a renewal gives: its days, and what does not change.
    pub renewal: String,
    /// Its last day, as the form begins with it.
    pub renewed_until: String,
    /// Version of the file.
    pub version: i64,
}

impl HabilitationPage {
    /// Whether an act is offered.
    #[must_use]
    pub fn offers(&self, act: &str) -> bool {
        self.acts.contains(&act)
    }

    /// The form of an act: the one that comes back as it was typed, the others empty.
    #[must_use]
    pub fn form(&self, act: &str) -> FormState {
        let form = match act {
            _ if self.returned_act == act => self.returned.clone(),
            "renouveler" => FormState::filled([("ends_on", self.renewed_until.clone())]),
            _ => FormState::default(),
        };
        form.with_version(self.version).with_prefix(act)
    }
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    Query(asked): Query<OnDay>,
) -> Result<Response> {
    let id = HabilitationId(id);
    let day = typed_date::parse(&asked.au).filter(|day| *day < page.app.today());
    let Some(day) = day else {
        let (act, form) = begun(&page, &number, id, &asked.mission).await.map_err(WebError::from)?;
        return answer(&page, StatusCode::OK, &number, id, act, form).await;
    };
    let found = queries::habilitation_on(page.app.db.read(), page.actor(), id, day).await;
    let found = found.and_then(|found| named(found, &number)).map_err(WebError::from)?;
    let (act, form) = ("", FormState::default());
    page.answer(&context(&page, &found, Some(day), act, form).await?)
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct OnDay {
    au: String,
    mission: String,
}

/// The form of a step as it begins with the mission of a number; no form without one.
async fn begun(
    page: &Page,
    number: &str,
    id: HabilitationId,
    mission: &str,
) -> Result<(&'static str, FormState), ExpertError> {
    if mission.is_empty() {
        return Ok(("", FormState::default()));
    }
    let found = found(page, number, id).await?;
    let conn = page.app.db.read();
    let observed = queries::observed(conn, page.actor(), &found.habilitation.file, &found.steps).await?;
    let Some(one) = observed.into_iter().find(|one| one.number == mission) else {
        return Ok(("", FormState::default()));
    };
    let form = FormState::filled([
        ("kind", StepKind::Observation.word()),
        ("mission_id", one.id.to_string()),
        ("done_on", typed_date::iso(one.day)),
        ("place", one.place.chars().take(200).collect()),
        ("sheet", one.report),
    ]);
    Ok(("etape", form))
}

/// The file, when it is of the person of the address.
fn named(found: queries::Path, number: &str) -> Result<queries::Path, ExpertError> {
    if found.expert.number == number { Ok(found) } else { Err(ExpertError::NotFound) }
}

pub(super) async fn found(
    page: &Page,
    number: &str,
    id: HabilitationId,
) -> Result<queries::Path, ExpertError> {
    let found = queries::habilitation(page.app.db.read(), page.actor(), id, page.app.today()).await?;
    named(found, number)
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    id: HabilitationId,
    returned_act: &'static str,
    returned: FormState,
) -> Result<Response> {
    let found = found(page, number, id).await.map_err(WebError::from)?;
    page.answer_with(status, &context(page, &found, None, returned_act, returned).await?)
}

/// The page of a file, as it is or as it was on a day that is behind, when nothing is to be done.
async fn context(
    page: &Page,
    found: &queries::Path,
    past: Option<Date>,
    returned_act: &'static str,
    returned: FormState,
) -> Result<HabilitationPage> {
    let file = &found.habilitation.file;
    let (number, id) = (&found.expert.number, file.id);
    let today = past.unwrap_or_else(|| page.app.today());
    let acts = if past.is_some() { Vec::new() } else { offered(page, found) };
    let admits = ["admettre", "presenter", "accompagnement"].iter().any(|act| acts.contains(act));
    let seniors = if admits { seniors(page, file.duty, found.expert.id).await? } else { Vec::new() };
    let returned = returned.with_prefix(returned_act);
    let summary = returned.summary(labels::NOT_RECORDED);
    let observing = file.state == HabilitationState::Active;
    let conn = page.app.db.read();
    let observed = if acts.contains(&"etape") {
        queries::observed(conn, page.actor(), file, &found.steps).await.map_err(WebError::from)?
    } else {
        Vec::new()
    };
    let kept = if acts.contains(&"renouveler") {
        kept::kept(page, found).await.map_err(WebError::from)?
    } else {
        Vec::new()
    };
    let numbers = queries::mission_numbers(conn, &found.steps).await.map_err(WebError::from)?;
    let mut entries =
        queries::history(page.app.db.read(), page.actor(), file).await.map_err(WebError::from)?;
    if let Some(day) = past {
        entries.retain(|entry| *entry.event.at < db::end_in_paris(day));
    }
    let action = format!("/intervenants/{number}/habilitations/{id}");
    let begins = action.clone();
    Ok(HabilitationPage {
        shell: page.shell(labels::duty(file.duty)).with_errors(summary.is_some()),
        summary,
        number: found.expert.number.clone(),
        back: format!("/intervenants/{number}"),
        name: found.expert.name(),
        past: past.and_then(|day| AsOf::of(day, page.app.today(), action.clone())),
        action,
        status: labels::state(&found.habilitation, today),
        margin: margin(found),
        motivation: file.motivation.clone(),
        action_plan: file.action_plan.clone(),
        decision: file.decision_text.clone(),
        pieces: pieces(found),
        checks: checks(found),
        steps: found
            .steps
            .iter()
            .map(|step| StepRow {
                day: step.done_on,
                what: labels::path::step_done(file, step),
                place: step.place.clone(),
                sheet: step.sheet.clone(),
                mission: step.mission_id.and_then(|id| numbers.get(&id).cloned()).unwrap_or_default(),
            })
            .collect(),
        documents: traces::documents(found),
        hours: traces::hours(found),
        history: traces::history(entries, &found.expert.zone, page.actor().is_staff()),
        periods: found.habilitation.rights.iter().map(|held| periods(held, today)).collect(),
        conditions: found.conditions.iter().map(condition).collect(),
        kept,
        withdrawal: file.withdrawal_reason.clone().unwrap_or_default(),
        answer: file.withdrawal_answer.clone().unwrap_or_default(),
        acts,
        seniors,
        kinds: kinds(found, observing),
        missions: observed
            .iter()
            .map(|one| Choice::new(one.id.to_string(), labels::path::observed(&one.number, one.day)))
            .collect(),
        observed: observed
            .iter()
            .map(|one| {
                let href = address::with_query(&begins, &[("mission", one.number.as_str())]);
                Link::new(labels::path::observed(&one.number, one.day), href)
            })
            .collect(),
        observing,
        own: page.actor().expert() == Some(found.expert.id),
        returned,
        returned_act,
        renewal: labels::renewal(found.next_period, &file.regions),
        renewed_until: typed_date::iso(found.next_period.until()),
        version: file.version.into(),
    })
}

fn kinds(found: &queries::Path, observing: bool) -> Vec<Choice> {
    if observing {
        return vec![Choice::new(StepKind::Observation.word(), labels::path::PRACTICE)];
    }
    let duty = found.habilitation.file.duty;
    found
        .progress
        .iter()
        .map(|step| Choice::new(step.kind.word(), labels::path::step(duty, step.kind)))
        .collect()
}

fn periods(held: &crate::features::rights::Held, today: Date) -> String {
    let span = Span { from: held.right.starts_on, until: held.right.ends_on };
    let word = crate::features::rights::labels::standing(held.standing_on(today)).word;
    format!("{span}, {}", word.to_lowercase())
}

pub(super) fn condition(one: &renewal::Condition) -> Check {
    let (title, note) = labels::condition_parts(one);
    Check {
        mark: match (one.measured, one.met) {
            (false, _) => CheckMark::Open,
            (true, true) => CheckMark::Good,
            (true, false) => CheckMark::Waiting,
        },
        word: labels::weighed(one).to_owned(),
        title,
        note,
        action: None,
    }
}

fn pieces(found: &queries::Path) -> Vec<Check> {
    let row = |piece: &queries::AskedPiece| Check {
        mark: if piece.held { CheckMark::Good } else { CheckMark::Waiting },
        word: labels::path::piece_held(piece.held).to_owned(),
        title: labels::piece(piece.code).to_owned(),
        note: String::new(),
        action: None,
    };
    found.asked.iter().map(row).collect()
}

fn checks(found: &queries::Path) -> Vec<Check> {
    let (file, duty) = (&found.habilitation.file, found.habilitation.file.duty);
    // One that was given elsewhere and taken over has no path here: nothing of it lacks.
    if file.applied_on.is_none() && found.steps.is_empty() {
        return Vec::new();
    }
    let row = |step: &path::Progress| Check {
        mark: if step.is_complete() { CheckMark::Good } else { CheckMark::Open },
        word: labels::path::met(step.is_complete()).to_owned(),
        title: labels::path::step(duty, step.kind).to_owned(),
        note: labels::path::step_count(step),
        action: None,
    };
    found.progress.iter().map(row).collect()
}

fn margin(found: &queries::Path) -> Vec<Fact> {
    let file = &found.habilitation.file;
    let mut facts = Vec::new();
    if let Some(day) = file.applied_on {
        facts.push(Fact::new(labels::fact::APPLIED_ON, french::date(day)));
    }
    if let Some(senior) = &found.senior {
        facts.push(Fact::new(labels::fact::SENIOR, senior.name()));
    }
    let signed = file.charter_signed_at.and_then(|at| deadline::date_in_zone(*at, &found.expert.zone).ok());
    let signed = signed.map_or_else(|| labels::fact::NOT_SIGNED.to_owned(), labels::fact::signed_on);
    facts.push(Fact::new(labels::fact::CHARTER, signed));
    let declared =
        found.declared_until.map_or_else(|| labels::fact::NOT_DECLARED.to_owned(), labels::fact::good_until);
    facts.push(Fact::new(labels::fact::DECLARATION, declared));
    if let Some(day) = file.jury_on {
        let members: Vec<JuryMember> = serde_json::from_str(&file.jury).unwrap_or_default();
        let members: Vec<_> = members.iter().map(labels::path::jury_member).collect();
        facts.push(Fact::new(labels::fact::JURY, french::date(day)).with_note(french::list(&members)));
    }
    facts
}

/// The acts that the state and the policy allow.
fn offered(page: &Page, found: &queries::Path) -> Vec<&'static str> {
    let file = &found.habilitation.file;
    let actor = page.actor();
    let allowed =
        |permission: Permission| may(actor, permission, &facts(file, &found.expert, actor, permission));
    let asked = file.withdrawal_asked_at.is_some();
    let mut acts = Vec::new();
    for (word, step, permission) in [
        ("rejeter", Step::Reject, Permission::HabilitationManage),
        ("admettre", Step::Admit, Permission::HabilitationManage),
        ("etape", Step::LogStep, Permission::HabilitationLog),
        ("presenter", Step::Present, Permission::HabilitationManage),
        ("deplacer-jury", Step::MoveJury, Permission::HabilitationManage),
        ("annuler-jury", Step::CancelJury, Permission::HabilitationManage),
        ("decider", Step::Grant, Permission::HabilitationManage),
        ("suspendre", Step::Suspend, Permission::HabilitationManage),
        ("retablir", Step::Reinstate, Permission::HabilitationManage),
        ("renouveler", Step::Renew, Permission::HabilitationManage),
        ("demissionner", Step::Resign, Permission::HabilitationResign),
    ] {
        if TABLE.can(file.state, step) && allowed(permission) {
            acts.push(word);
        }
    }
    if TABLE.can(file.state, Step::Withdraw) && allowed(Permission::HabilitationWithdraw) {
        let words: &[&'static str] =
            if asked { &["confirmer-retrait", "renoncer-retrait"] } else { &["retirer"] };
        acts.extend(words);
    }
    if asked && file.withdrawal_answered_at.is_none() && allowed(Permission::HabilitationAnswer) {
        acts.push("repondre-retrait");
    }
    if has_senior(file.state) && allowed(Permission::HabilitationManage) {
        acts.push("accompagnement");
    }
    if takes_charter(file.state) && file.charter_signed_at.is_none() && allowed(Permission::HabilitationSign)
    {
        acts.push("signer");
    }
    acts
}

async fn seniors(page: &Page, duty: Duty, but: ExpertId) -> Result<Vec<Choice>> {
    let today = Some(page.app.today());
    let filter = queries::Filter { duty: Some(duty), valid_on: today, ..queries::Filter::default() };
    let wanted = PageRequest::first(200);
    let conn = page.app.db.read();
    let found = queries::list(conn, page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let others = found.items.iter().filter(|found| found.expert.id != but);
    let choice = |found: &queries::Found| {
        let name = format!("{} {}", found.expert.family_name, found.expert.first_names);
        Choice::new(found.expert.id.to_string(), name)
    };
    Ok(others.map(choice).collect())
}
