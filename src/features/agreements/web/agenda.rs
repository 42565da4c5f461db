//! `/commissions/{date}`: the agenda, one file after the other, each with its opinion and its decision.

use askama::Template;
use entity::agreement_request::RequestState;
use entity::{account, committee};
use poem::web::Path;
use poem::{Response, Result, handler};

use super::act::{self, Act};
use super::committee_change::{self, Change};
use super::forms;
use super::outcomes::{self, DecisionPart};
use super::parts::{self, OpinionPart};
use super::traces::{self, DocumentPart};
use crate::db::PageRequest;
use crate::features::agreements::decision_rules::Ground;
use crate::features::agreements::queries::agenda::{AgendaFile, agenda, deciders, members};
use crate::features::agreements::queries::{self, RequestFilter, RequestLine, live, registers};
use crate::features::agreements::{AgreementError, labels, whole};
use crate::features::settings;
use crate::http::web::component::{Choice, Fact, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::{self, iso};

/// Files read at most.
const MOST: u64 = 200;

/// One file of the agenda.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// Number.
    pub reference: String,
    /// Address.
    pub path: String,
    /// Structure.
    pub structure: String,
    /// What is asked.
    pub kind: String,
    /// State.
    pub status: Status,
    /// Opinion.
    pub opinion: Option<OpinionPart>,
    /// The report can be read.
    pub has_report: bool,
    /// The decision taken.
    pub decision: Option<DecisionPart>,
    /// Who recorded it; empty when nobody is named.
    pub decided_by: String,
    /// Whether that decision is of an earlier committee: this one has not decided yet.
    pub earlier: bool,
    /// What the structure already holds of what a decision would give; may be empty.
    pub start_note: String,
    /// Until when the certification lets an agreement last; may be empty.
    pub end_note: String,
    /// The form of the decision, when this person may take it.
    pub form: Option<FormState>,
}

/// Somebody who sits in the committee.
#[derive(Clone, Debug)]
pub struct Member {
    /// Name.
    pub name: String,
    /// What they do in it.
    pub part: &'static str,
}

/// A file that is not on the agenda.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Number.
    pub reference: String,
    /// Structure.
    pub structure: String,
    /// State.
    pub status: Status,
    /// What it still misses; empty when it can be put on the agenda.
    pub missing: &'static str,
    /// Its version, when it can be put on the agenda.
    pub form: Option<FormState>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/agenda.html")]
pub struct AgendaPage {
    /// The shell.
    pub shell: Shell,
    /// Address of the page.
    pub path: String,
    /// The margin.
    pub facts: Vec<Fact>,
    /// Those who sit in it.
    pub members: Vec<Member>,
    /// The agenda as documents, newest first.
    pub documents: Vec<DocumentPart>,
    /// Files, in the order of their numbers.
    pub items: Vec<AgendaItem>,
    /// Files that wait, with what they miss.
    pub outside: Vec<Outside>,
    /// Key of the committee.
    pub committee: String,
    /// Decisions.
    pub outcomes: Vec<Choice>,
    /// The forms that move it and that cancel it, while this person may and it decided nothing.
    pub changes: Option<(FormState, FormState)>,
    /// Zones.
    pub zones: Vec<Choice>,
    /// Faults of the form just sent.
    pub summary: Option<ErrorSummary>,
}

#[handler]
pub(super) async fn show(page: Page, Path(date): Path<String>) -> Result<Response> {
    let built = build(&page, &date, None).await.map_err(WebError::from)?;
    page.answer(&built)
}

/// The page, with the form of a change that comes back.
pub(super) async fn build(
    page: &Page,
    date: &str,
    returned: Option<(Change, FormState)>,
) -> std::result::Result<AgendaPage, AgreementError> {
    let (conn, actor, now) = (page.app.db.read(), page.actor(), page.app.now());
    let day = typed_date::parse(date).ok_or(AgreementError::NotFound)?;
    let committee = registers::committee_on(conn, actor, day).await?;
    let delays = settings::agreement_delays(conn).await?;
    let today = day_in_zone(now, PARIS);
    let (mut items, mut decided) = (Vec::new(), false);
    let agenda_files = agenda(conn, actor, &committee, MOST).await?;
    let deciders = deciders(conn, &agenda_files).await?;
    let dossiers: Vec<_> = agenda_files.iter().map(|file| &file.dossier).collect();
    let grounds = live::grounds(conn, &dossiers, now).await?;
    for (AgendaFile { dossier, around, controller }, ground) in agenda_files.into_iter().zip(grounds) {
        decided |= around.decisions.iter().any(|one| one.committee_id == Some(committee.id));
        let may = act::offered(actor, &dossier, &around, now).contains(&Act::Decide);
        let ground = if may { ground } else { Ground::default() };
        let form =
            may.then(|| forms::all(&[Act::Decide], &dossier, &around, &delays, &ground, now, None).pop());
        items.push(AgendaItem {
            path: dossier.path(),
            structure: dossier.structure.name.clone(),
            kind: format!(
                "{}, {}",
                labels::kind(dossier.request.kind),
                labels::certification(dossier.certification())
            ),
            status: labels::state(dossier.request.state),
            opinion: parts::opinion(&dossier, controller.as_ref()),
            has_report: dossier.request.visited_at.is_some(),
            decided_by: around
                .decisions
                .first()
                .and_then(|one| deciders.get(&one.decided_by).cloned())
                .unwrap_or_default(),
            decision: outcomes::decisions(&dossier, &around).into_iter().next(),
            earlier: dossier.request.state == RequestState::InCommittee,
            start_note: forms::start_note(&ground),
            end_note: forms::end_note(&around, &ground, dossier.today(now)),
            form: form.flatten().map(|(_, form)| form.with_prefix(dossier.reference())),
            reference: dossier.reference().to_owned(),
        });
    }
    let planned = committee.state == committee::CommitteeState::Planned;
    let open = planned && committee.meets_on >= today;
    let outside = if open {
        let states = WAITING.map(|(state, _)| state).to_vec();
        let waiting = RequestFilter { states, ..RequestFilter::default() };
        queries::requests(conn, actor, &waiting, &PageRequest::first(MOST)).await?.items
    } else {
        Vec::new()
    };
    let may_add = open && crate::authz::may_somewhere(actor, crate::authz::Permission::RequestAgenda);
    let files = whole::committee_files(conn, actor, committee.id).await?;
    let count = i64::try_from(items.len()).unwrap_or_default();
    let summary = returned.as_ref().and_then(|(change, form)| form.summary(change.failed()));
    let changes = (planned && !decided && committee_change::may(actor))
        .then(|| committee_change::forms(&committee, returned));
    Ok(AgendaPage {
        shell: page
            .shell(format!("Commission du {}", french::date(committee.meets_on)))
            .with_errors(summary.is_some()),
        path: format!("/commissions/{}", iso(committee.meets_on)),
        facts: vec![
            Fact::new("Date", french::long_date(committee.meets_on)),
            Fact::new("Lieu", committee.place.clone()),
            Fact::new("Ordre du jour", french::plural(count, "dossier", "dossiers")),
            Fact::new("État", super::committees::status(committee.state, committee.meets_on < today).word),
        ],
        members: members(conn, &committee).await?.iter().map(|one| member(one, &committee)).collect(),
        documents: files.iter().map(|one| traces::part(one, &committee.zone)).collect(),
        items,
        outside: ready_first(outside.iter().map(|line| waits(line, may_add)).collect()),
        committee: committee.id.to_string(),
        outcomes: forms::outcomes(&delays),
        changes,
        zones: super::committees::zones(),
        summary,
    })
}

fn member(account: &account::Model, committee: &committee::Model) -> Member {
    let called = account.id == committee.created_by;
    let part = if called { "a convoqué la commission" } else { "responsable de certification" };
    Member { name: account.name.clone(), part }
}

/// States before the committee, with what is missing to reach it.
const WAITING: [(RequestState, &str); 8] = [
    (RequestState::OpinionGiven, ""),
    (RequestState::Adversarial, "l’avis du contrôle est à rendre"),
    (RequestState::VisitDone, "le rapport provisoire est à envoyer"),
    (RequestState::VisitScheduled, "la visite n’a pas encore eu lieu"),
    (RequestState::VisitToSchedule, "la date de visite est à fixer"),
    (RequestState::Complete, "la visite est à confier"),
    (RequestState::Incomplete, "des pièces sont attendues"),
    (RequestState::Submitted, "les pièces sont à examiner"),
];

/// What can be put on the agenda stands before what cannot yet; the order is kept in each part.
fn ready_first(mut rows: Vec<Outside>) -> Vec<Outside> {
    rows.sort_by_key(|row| !row.missing.is_empty());
    rows
}

fn waits(line: &RequestLine, may_add: bool) -> Outside {
    let missing = WAITING.iter().find(|(state, _)| *state == line.state).map_or("", |(_, missing)| *missing);
    let ready = line.state == RequestState::OpinionGiven && may_add;
    Outside {
        reference: line.reference().to_owned(),
        structure: line.structure_name.clone(),
        status: labels::state(line.state),
        missing,
        form: ready.then(|| FormState::default().with_version(line.version.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_put_on_the_agenda_comes_first() {
        let row = |reference: &str, missing| Outside {
            reference: reference.to_owned(),
            structure: String::new(),
            status: labels::state(RequestState::Submitted),
            missing,
            form: None,
        };
        let rows = vec![
            row("1", "des pièces sont attendues"),
            row("2", ""),
            row("3", "la visite est à confier"),
            row("4", ""),
        ];
        let order: Vec<_> = ready_first(rows).into_iter().map(|row| row.reference).collect();
        assert_eq!(order, ["2", "4", "1", "3"]);
    }
}
