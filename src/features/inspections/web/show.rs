//! `/controles/{number}`: the facts, what this person may do, the gaps and their answers, the documents.

use askama::Template;
use entity::corrective_action::{ActionState, VerifiedBy};
use entity::inspection::Proposal;
use entity::nonconformity::{self, NonconformityState};
use entity::{document, inspection, inspection_change};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use super::super::queries::{self, Answered};
use super::super::state::{self, Step, TABLE};
use super::labels as words;
use super::{Refused, grid};
use crate::authz::{Permission, may};
use crate::features::agreements::wording;
use crate::features::inspections::labels;
use crate::http::web::component::{Choice, Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, address, filters};
use crate::render::french;
use crate::rules::typed_date::iso;

/// One answer to a gap.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    /// Where it stands.
    pub status: Status,
    /// Why there was a gap, what was done, who sees to it, what the check found.
    pub facts: Vec<Fact>,
    /// The files that prove it: name, address, what is said of each.
    pub files: Vec<(String, String, String)>,
}

/// One gap.
#[derive(Clone, Debug)]
pub struct GapRow {
    /// Key.
    pub id: String,
    /// Code of the criterion.
    pub criterion: String,
    /// What is assessed.
    pub wording: String,
    /// What was found.
    pub finding: String,
    /// How grave.
    pub severity: Status,
    /// Where it stands.
    pub status: Status,
    /// Until when it is to be put right; empty when no day is set.
    pub due: String,
    /// Why it was given up; empty when it was not.
    pub dropped: String,
    /// What the structure answered.
    pub answers: Vec<AnswerRow>,
    /// Whether it may be given up.
    pub may_drop: bool,
    /// Whether its answer may be checked.
    pub may_check: bool,
    /// Whether its day is to be set.
    pub to_request: bool,
    /// Where the structure answers it; empty when it does not.
    pub answer_href: String,
    /// Names of its fields: reason, day.
    pub fields: [String; 2],
}

/// Something kept aside.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Key.
    pub id: String,
    /// Code of the criterion.
    pub criterion: String,
    /// What became of it.
    pub status: Status,
    /// Why.
    pub message: String,
}

/// One document.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Day.
    pub note: String,
}

/// `/controles/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/inspections/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way of the last act.
    pub refused: Refused,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// Whole date, hours and zone.
    pub when: String,
    /// What is expected now.
    pub next: &'static str,
    /// The margin.
    pub margin: Vec<Fact>,
    /// Where else to go.
    pub links: Vec<Link>,
    /// The acts that this person may do now, by the verb of their form.
    pub acts: Vec<&'static str>,
    /// How it may end.
    pub proposals: Vec<Choice>,
    /// On what an answer is checked.
    pub checks: Vec<Choice>,
    /// The inspections that check the actions.
    pub follow_ups: Vec<Choice>,
    /// The gaps that this person may know.
    pub gaps: Vec<GapRow>,
    /// What was kept aside.
    pub changes: Vec<ChangeRow>,
    /// What the provisional report says.
    pub report: Vec<String>,
    /// What the final report says.
    pub conclusion: Vec<String>,
    /// What the structure commented: when, and the lines.
    pub comments: Vec<(String, Vec<String>)>,
    /// Documents.
    pub documents: Vec<DocumentRow>,
    /// Which form comes back.
    pub open: String,
    /// The form that came back, or an empty one.
    pub form: FormState,
}

impl ShowPage {
    /// Whether this act is offered.
    #[must_use]
    pub fn has(&self, verb: &str) -> bool {
        self.acts.contains(&verb)
    }

    /// The form of an act: the one that came back, or what is known.
    #[must_use]
    pub fn form_of(&self, verb: &str) -> FormState {
        if self.open == verb {
            return self.form.clone();
        }
        let known = ["day", "hour", "place", "minutes", "proposal", "conclusion", "decision"]
            .map(|name| (name, self.form.value(name).to_owned()));
        let form = FormState::filled(known).with_prefix(verb);
        match self.form.version() {
            Some(version) => form.with_version(version),
            None => form,
        }
    }
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let dossier = queries::by_number(page.app.db.read(), page.actor(), &number).await;
    answer(&page, &dossier.map_err(WebError::from)?, None).await
}

/// A form that comes back.
pub(super) struct Returned {
    pub(super) verb: String,
    pub(super) form: FormState,
    pub(super) refused: Refused,
    pub(super) status: StatusCode,
}

pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    let status = returned.as_ref().map_or(StatusCode::OK, |returned| returned.status);
    let built = build(page, dossier, returned).await.map_err(WebError::from)?;
    page.answer_with(status, &built)
}

/// What the reader may know of an inspection.
#[derive(Clone, Copy)]
struct Eyes {
    /// Of the team.
    team: bool,
    /// Of the team, or whoever inspects.
    inside: bool,
    /// The report left, or the reader is inside.
    told: bool,
}

impl Eyes {
    fn of(page: &Page, row: &inspection::Model) -> Self {
        let actor = page.actor();
        let own = actor.expert().is_some() && actor.expert() == row.controller_id;
        let team = actor.is_staff();
        // An auditor reads what the team reads.
        let inside = team || own || actor.structures().next().is_none() && actor.expert().is_none();
        Self { team, inside, told: inside || state::is_told(row.state) }
    }
}

async fn build(
    page: &Page,
    dossier: &Dossier,
    returned: Option<Returned>,
) -> std::result::Result<ShowPage, InspectionError> {
    let conn = page.app.db.read();
    let row = &dossier.inspection;
    let eyes = Eyes::of(page, row);
    let gaps = if eyes.told { queries::gaps(conn, row.id).await? } else { Vec::new() };
    let answered = queries::answers_to(conn, &gaps).await?;
    let comments = queries::comments(conn, row.id).await?;
    let documents = queries::documents(conn, page.actor(), dossier).await?;
    let settles = may(page.actor(), Permission::InspectionSettle, &dossier.facts());
    let changes = if settles { queries::unsettled(conn, row.id).await? } else { Vec::new() };
    let follow_ups = if eyes.inside { queries::follow_ups(conn, row.id).await? } else { Vec::new() };
    let done = follow_ups.iter().filter(|one| state::is_performed(one.state));
    let follow_choices = done.map(|one| Choice::new(one.number.clone(), one.number.clone())).collect();
    let margin = margin(page, dossier, eyes, &follow_ups).await?;
    let acts = acts(page, dossier, &gaps, comments.len());
    let (open, form, refused) = match returned {
        Some(returned) => (returned.verb, returned.form, returned.refused),
        None => (String::new(), known(dossier), None),
    };
    let summary = form.summary(words::NOT_DONE);
    let zone = &dossier.structure.zone;
    let conclusion = row.conclusion.as_deref().filter(|_| eyes.inside || row.concluded_at.is_some());
    let closing = row.closing.as_deref().unwrap_or_default();
    let lines = |text: &str| wording::items(text);
    Ok(ShowPage {
        shell: page.shell(words::title(row.origin, &dossier.structure.name)).with_errors(summary.is_some()),
        summary,
        refused,
        number: row.number.clone(),
        status: labels::state(row.state),
        when: row.starts_at.map_or_else(|| words::NO_DATE.to_owned(), |at| wording::instant(*at, zone)),
        next: words::next(row.state),
        margin,
        links: links(page, dossier),
        proposals: [Proposal::CloseConforming, Proposal::RequestActions]
            .map(|one| Choice::new(one.word(), labels::proposal(one)))
            .to_vec(),
        checks: VerifiedBy::all().map(|one| Choice::new(one.word(), labels::verified_by(one))).collect(),
        follow_ups: follow_choices,
        gaps: gaps.iter().map(|gap| gap_row(dossier, gap, &answered, &acts, eyes)).collect(),
        changes: changes.iter().map(change_row).collect(),
        report: row.report.as_deref().filter(|_| eyes.told).map(lines).unwrap_or_default(),
        conclusion: conclusion.into_iter().chain([closing]).flat_map(lines).collect(),
        comments: comments
            .iter()
            .map(|one| (wording::instant(*one.commented_at, zone), lines(&one.text)))
            .collect(),
        documents: documents.iter().map(|one| document_row(row, one, zone)).collect(),
        acts,
        open,
        form: form.with_version(row.version.into()),
    })
}

/// What is known, as the forms show it first.
fn known(dossier: &Dossier) -> FormState {
    let row = &dossier.inspection;
    let mut values = vec![
        ("place", row.place.clone()),
        ("minutes", "180".to_owned()),
        ("proposal", row.proposal.map(Proposal::word).unwrap_or_default()),
        ("decision", row.proposal.map(Proposal::word).unwrap_or_default()),
        ("conclusion", row.conclusion.clone().unwrap_or_default()),
    ];
    let local = row.starts_at.and_then(|at| crate::rules::deadline::local(*at, &dossier.structure.zone).ok());
    if let Some(at) = local {
        values.push(("day", iso(at.date())));
        values.push(("hour", format!("{:02}:{:02}", at.hour(), at.minute())));
    }
    FormState::filled(values)
}

async fn margin(
    page: &Page,
    dossier: &Dossier,
    eyes: Eyes,
    follow_ups: &[inspection::Model],
) -> std::result::Result<Vec<Fact>, InspectionError> {
    let conn = page.app.db.read();
    let row = &dossier.inspection;
    let zone = &dossier.structure.zone;
    let names = queries::names(conn, row).await?;
    let mut facts = vec![
        Fact::new(words::FACT_STRUCTURE, dossier.structure.name.clone()),
        Fact::new(words::FACT_RIGHT, dossier.agreement.number.clone()).mono(),
        Fact::new(words::FACT_CERTIFICATION, dossier.version.title.clone()),
        Fact::new(words::FACT_TRIGGER, labels::trigger(row.origin)).with_note(labels::mode(row.mode)),
    ];
    if eyes.inside {
        facts.push(Fact::new(words::FACT_REASON, row.reason.clone()));
        let due = row.due_on.map(french::date);
        facts.extend(due.map(|day| Fact::new(words::FACT_DUE, day)));
    }
    let controller = names.controller.unwrap_or_else(|| words::NOBODY.to_owned());
    facts.push(Fact::new(words::FACT_CONTROLLER, controller));
    if let Some(number) = names.mission.filter(|_| eyes.team) {
        facts.push(Fact::new(words::FACT_MISSION, number.clone()).to(format!("/missions/{number}")));
    }
    if !row.place.is_empty() {
        facts.push(Fact::new(words::FACT_PLACE, row.place.clone()));
    }
    if !row.pieces_asked.is_empty() {
        facts.push(Fact::new(words::FACT_PIECES, wording::items(&row.pieces_asked).join(", ")));
    }
    if !row.sample_rule.is_empty() {
        facts.push(Fact::new(words::FACT_SAMPLE, row.sample_rule.clone()));
    }
    if let Some(until) = row.comments_due_at {
        facts.push(Fact::new(words::FACT_COMMENTS, wording::instant(*until, zone)));
    }
    if let Some(rating) = row.rating.filter(|_| eyes.told) {
        facts.push(Fact::new(words::FACT_RATING, labels::rating(rating).word));
    }
    if let Some(number) = names.follows.filter(|_| eyes.inside) {
        facts.push(Fact::new(words::FACT_FOLLOWS, number.clone()).to(format!("/controles/{number}")));
    }
    facts.extend(follow_ups.iter().map(|one| {
        Fact::new(words::FACT_FOLLOWED, one.number.clone()).to(format!("/controles/{}", one.number))
    }));
    Ok(facts)
}

/// Where else this person goes from here.
fn links(page: &Page, dossier: &Dossier) -> Vec<Link> {
    let row = &dossier.inspection;
    let facts = dossier.facts();
    let allowed = |permission| may(page.actor(), permission, &facts);
    let here = |rest: &str| format!("/controles/{}/{rest}", row.number);
    let mut links = Vec::new();
    if row.controller_id.is_none()
        && TABLE.can(row.state, Step::Assign)
        && allowed(Permission::InspectionAssign)
    {
        links.push(Link::new(words::TO_ASSIGN, here("confier")));
    }
    if state::takes_answers(row.state) && allowed(Permission::InspectionPerform) {
        links.push(Link::new(words::TO_GRID, here("grille")));
    }
    if state::takes_answers(row.state)
        && may(page.actor(), Permission::DrawManage, &crate::authz::Facts::default())
    {
        let href = address::with_query("/controles/tirages/nouveau", &[("controle", row.number.as_str())]);
        links.push(Link::new(words::TO_DRAW, href));
    }
    if TABLE.can(row.state, Step::Verify) && allowed(Permission::InspectionPlan) {
        let parameters = [
            ("agrement", dossier.agreement.number.as_str()),
            ("nature", "follow_up"),
            ("suivi", row.number.as_str()),
        ];
        links.push(Link::new(words::TO_FOLLOW_UP, address::with_query("/controles/nouveau", &parameters)));
    }
    links
}

/// The verbs that this person may use now.
fn acts(page: &Page, dossier: &Dossier, gaps: &[nonconformity::Model], comments: usize) -> Vec<&'static str> {
    use Permission as P;
    let row = &dossier.inspection;
    let facts = dossier.facts();
    let every = [
        ("notifier", Step::Notify, P::InspectionNotify),
        ("deplacer", Step::Postpone, P::InspectionPostpone),
        ("realise", Step::Perform, P::InspectionPerform),
        ("refus", Step::StateRefusal, P::InspectionPerform),
        ("reprendre", Step::Resume, P::InspectionNotify),
        ("rapport", Step::SendReport, P::InspectionReport),
        ("observations", Step::Comment, P::InspectionComment),
        ("proposer", Step::RequestActions, P::InspectionReport),
        ("abandonner", Step::CloseConforming, P::InspectionReport),
        ("conclure", Step::RequestActions, P::InspectionConclude),
        ("deposer", Step::SubmitActions, P::InspectionAnswer),
        ("lever", Step::Verify, P::InspectionVerify),
        ("insuffisant", Step::FindInsufficient, P::InspectionVerify),
        ("clore", Step::Verify, P::InspectionVerify),
        ("engager", Step::Escalate, P::InspectionEscalate),
        ("annuler", Step::Cancel, P::InspectionCancel),
        ("rouvrir", Step::Reopen, P::InspectionConclude),
    ];
    let heard = comments > 0 || row.comments_due_at.is_some_and(|until| *until < page.app.now());
    let settled = gaps.iter().all(|gap| state::gap::is_settled(gap.state));
    let now = |verb: &str| match verb {
        "notifier" => row.controller_id.is_some() && !state::is_unannounced(row.origin),
        "realise" | "refus" => state::may_take_place(row.state, row.origin),
        "proposer" | "abandonner" => heard,
        "conclure" => row.proposal.is_some(),
        "clore" => settled,
        "lever" | "insuffisant" => gaps.iter().any(|gap| gap.state == NonconformityState::Answered),
        _ => true,
    };
    every
        .into_iter()
        .filter(|(verb, step, permission)| {
            TABLE.can(row.state, *step) && may(page.actor(), *permission, &facts) && now(verb)
        })
        .map(|(verb, _, _)| verb)
        .collect()
}

fn gap_row(
    dossier: &Dossier,
    gap: &nonconformity::Model,
    answered: &[Answered],
    acts: &[&'static str],
    eyes: Eyes,
) -> GapRow {
    let row = &dossier.inspection;
    let own = answered.iter().filter(|one| one.action.nonconformity_id == gap.id);
    // A draft is for the structure alone until it is submitted.
    let shown = own.filter(|one| one.action.state != ActionState::Draft || !eyes.inside);
    let answers = acts.contains(&"deposer") && state::gap::waits_for_structure(gap.state);
    let waits = gap.state == NonconformityState::Answered;
    GapRow {
        id: gap.id.to_string(),
        criterion: gap.criterion.clone(),
        wording: grid::wording_of(dossier, &gap.criterion),
        finding: gap.finding.clone(),
        severity: labels::severity(gap.severity),
        status: labels::gap(gap.state),
        due: gap.due_on.map(french::date).unwrap_or_default(),
        dropped: gap.drop_reason.clone().unwrap_or_default(),
        answers: shown.map(|one| answer_row(&row.number, one)).collect(),
        may_drop: acts.contains(&"abandonner") && gap.state == NonconformityState::Found,
        may_check: acts.contains(&"lever") && waits,
        to_request: gap.state == NonconformityState::Found,
        answer_href: if answers {
            format!("/controles/{}/ecarts/{}", row.number, gap.criterion)
        } else {
            String::new()
        },
        fields: ["reason", "due_on"].map(|name| format!("{name}/{}", gap.criterion)),
    }
}

/// An answer and its files.
pub(super) fn answer_row(number: &str, one: &Answered) -> AnswerRow {
    let row = &one.action;
    let fact = |term: &str, text: &str| (!text.is_empty()).then(|| Fact::new(term, text));
    let verification = row.verification.as_deref().unwrap_or_default();
    let facts = [
        fact(labels::FACT_CAUSE, &row.cause),
        fact(labels::FACT_CORRECTION, &row.correction),
        fact(labels::FACT_OWNER, &row.owner),
        fact(labels::FACT_CHECK, verification),
    ];
    let file = |file: &entity::corrective_evidence::Model| {
        let href = format!("/controles/{number}/documents/{}", file.document_id);
        (file.file_name.clone(), href, file.note.clone())
    };
    AnswerRow {
        status: labels::action(row.state),
        facts: facts.into_iter().flatten().collect(),
        files: one.evidence.iter().map(file).collect(),
    }
}

fn change_row(row: &inspection_change::Model) -> ChangeRow {
    ChangeRow {
        id: row.id.to_string(),
        criterion: row.criterion.clone(),
        status: labels::change(row.outcome),
        message: row.message.clone(),
    }
}

fn document_row(row: &inspection::Model, one: &document::Model, zone: &str) -> DocumentRow {
    DocumentRow {
        title: one.title.clone(),
        href: format!("/controles/{}/documents/{}", row.number, one.id),
        note: wording::instant(*one.created_at, zone),
    }
}
