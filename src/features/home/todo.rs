//! What waits for a person, from the states of things: pure, so that a table tells it.
//!
//! [`of_request`], [`of_right`] and [`of_reserve`] say what each thing waits for, whoever looks; [`todo`] keeps
//! what this person may do, by the policy itself, and sorts it by date. A draft waits for its structure only. [`network`] says the
//! same of the network of experts, [`follow`] what a note of the team changes.

pub mod follow;
mod kind;
pub(super) mod labels;
pub mod network;

use entity::account_role::Role;
use entity::ids::AccountId;
use time::Date;
use uuid::Uuid;

use self::follow::Follow;
use super::rows::{RequestRow, ReserveRow, RightRow};
use crate::authz::{Actor, Facts, may};
use crate::rules::deadline::{add_days, add_months};
use crate::rules::delays::AgreementDelays;
pub use kind::Kind;

/// Days to answer a structure that asks for an account.
pub(super) const ACCESS_DAYS: i32 = 7;

/// Days to look at the address that a structure declared of an agreed site.
pub(super) const MOVE_DAYS: i32 = 30;

/// One thing that waits, whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub kind: Kind,
    /// Key of the thing that waits; nil for a line that gathers several.
    pub subject: Uuid,
    /// By when, where the structure is.
    pub due_on: Date,
    /// Number of the file; empty when it is about no file.
    pub reference: String,
    /// Name of the structure, of the person or of the mission; empty when it is about none, or about a request and not yet
    /// read for the page.
    pub about: String,
    /// What tells it from another of the same file, as a sentence; empty when nothing needs to.
    pub detail: String,
    /// The page where it is done, when the number of the file does not tell it.
    pub page: Option<String>,
    /// How many things are behind this line.
    pub count: u64,
    /// What the policy looks at.
    pub facts: Facts,
    /// Whose business it is not: who asked for a withdrawal does not confirm it.
    pub except: Option<AccountId>,
    /// What the team said of it.
    pub follow: Follow,
}

/// Where a date stands beside today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// It has passed.
    Late,
    /// It is today.
    Today,
    /// It comes.
    Coming,
    /// The team postponed it to a day that has not come.
    Postponed,
}

impl Task {
    /// One thing that waits until a day, about nothing yet.
    #[must_use]
    pub fn new(kind: Kind, subject: impl Into<Uuid>, due_on: Date) -> Self {
        Self {
            kind,
            subject: subject.into(),
            due_on,
            reference: String::new(),
            about: String::new(),
            detail: String::new(),
            page: None,
            count: 1,
            facts: Facts::default(),
            except: None,
            follow: Follow::default(),
        }
    }

    /// Where its date stands.
    #[must_use]
    pub fn when(&self, today: Date) -> When {
        if self.postponed_on(today).is_some() {
            return When::Postponed;
        }
        match self.due_on.cmp(&today) {
            std::cmp::Ordering::Less => When::Late,
            std::cmp::Ordering::Equal => When::Today,
            std::cmp::Ordering::Greater => When::Coming,
        }
    }
}

/// What this person has to do, oldest date first.
#[must_use]
pub fn todo(actor: &Actor, tasks: Vec<Task>) -> Vec<Task> {
    let mut parts: Vec<(&[Role], Actor)> = Vec::new();
    let mut kept = Vec::new();
    for task in tasks {
        let (roles, permission) = task.kind.business();
        let part = parts.iter().position(|(known, _)| *known == roles).unwrap_or_else(|| {
            parts.push((roles, acting_as(actor, roles)));
            parts.len() - 1
        });
        if !task.is_not_for(actor) && may(&parts[part].1, permission, &task.facts) {
            kept.push(task);
        }
    }
    kept.sort_by(|a, b| (a.due_on, a.kind, &a.reference).cmp(&(b.due_on, b.kind, &b.reference)));
    kept
}

/// Whether a task is the business of this person.
#[must_use]
pub fn sees(actor: &Actor, task: &Task) -> bool {
    let (roles, permission) = task.kind.business();
    !task.is_not_for(actor) && may(&acting_as(actor, roles), permission, &task.facts)
}

/// The person with only those of their roles whose business something is.
fn acting_as(actor: &Actor, roles: &[Role]) -> Actor {
    let held = actor.held.iter().filter(|held| roles.contains(&held.role)).cloned().collect();
    Actor { held, ..actor.clone() }
}

/// What a request waits for on a day, without the name of its structure.
#[must_use]
pub fn of_request(row: &RequestRow, delays: &AgreementDelays, today: Date) -> Vec<Task> {
    let due = due_dates(row, delays, today);
    let task = |(kind, due_on)| Task {
        reference: row.reference.clone(),
        facts: row.facts(),
        detail: match kind {
            Kind::ResumeDraft => labels::saved(row.since.map_or(today, |at| row.day(at))),
            _ => String::new(),
        },
        ..Task::new(kind, row.id, due_on)
    };
    due.into_iter().map(task).collect()
}

fn due_dates(row: &RequestRow, delays: &AgreementDelays, today: Date) -> Vec<(Kind, Date)> {
    use entity::agreement_request::RequestState as S;
    let on = |at: Option<entity::Instant>| at.map_or(today, |at| row.day(at));
    let within = |at, days: u16| add_days(on(at), i32::from(days));
    match row.state {
        S::Draft => vec![(Kind::ResumeDraft, within(row.since, delays.draft_idle_days))],
        S::Submitted => vec![(Kind::Examine, within(row.since, delays.return_within_days))],
        S::Incomplete => {
            let due = on(row.since);
            late_too((Kind::ReplacePieces, due), Kind::ChaseReturn, today)
        }
        S::Complete => vec![(Kind::Assign, within(row.since, delays.assign_days))],
        S::VisitToSchedule => {
            let mut due = vec![(Kind::FixDate, within(row.since, delays.controller_answer_days))];
            let asked = within(row.since, delays.date_chase_days);
            due.extend((asked <= today).then_some((Kind::ChaseDate, asked)));
            due
        }
        S::VisitScheduled => vec![(Kind::Visit, on(row.since))],
        S::VisitDone => {
            let due = within(row.since, delays.report_within_days);
            late_too((Kind::Report, due), Kind::ChaseReport, today)
        }
        S::Adversarial => adversarial(row, delays, today),
        S::OpinionGiven => vec![(Kind::PutOnAgenda, within(row.since, delays.agenda_days))],
        S::InCommittee => {
            let meets_on = row.committee_on.unwrap_or(today);
            let mut due = vec![(Kind::Decide, meets_on)];
            due.extend((meets_on >= today).then_some((Kind::Prepare, meets_on)));
            due
        }
        S::Adjourned => {
            let due = row.adjourned_until.unwrap_or(today);
            vec![(Kind::Supply, due), (Kind::Resume, due)]
        }
        S::Appeal => {
            vec![(Kind::Settle, add_months(on(row.since), i32::from(delays.appeal_months)))]
        }
        _ => Vec::new(),
    }
}

/// The same date for the person in charge and, once it has passed, for the team that reminds them.
fn late_too(own: (Kind, Date), chase: Kind, today: Date) -> Vec<(Kind, Date)> {
    let late = (own.1 < today).then_some((chase, own.1));
    std::iter::once(own).chain(late).collect()
}

/// The structure may answer until the end of its delay; then, or once it has answered, an opinion is due.
fn adversarial(row: &RequestRow, delays: &AgreementDelays, today: Date) -> Vec<(Kind, Date)> {
    let until = row.since.map_or(today, |at| row.day(at));
    if row.commented_at.is_none() && until >= today {
        return vec![(Kind::Comment, until)];
    }
    let from = row.commented_at.map_or(until, |at| row.day(at));
    let due = add_days(from, i32::from(delays.comment_days));
    late_too((Kind::GiveOpinion, due), Kind::ChaseOpinion, today)
}

/// What a right waits for: the signatures of its convention.
#[must_use]
pub fn of_right(row: &RightRow, delays: &AgreementDelays, today: Date) -> Vec<Task> {
    let sent_on = row.convention_sent_at.map_or(today, |at| row.place.day(at));
    let due_on = add_days(sent_on, i32::from(delays.sign_days));
    let missing = [
        (row.signed_by_structure_at.is_none(), Kind::SignForStructure),
        (row.signed_by_certifier_at.is_none(), Kind::SignForCertifier),
    ];
    let wanted = missing.into_iter().filter(|(wanted, _)| *wanted);
    wanted.map(|(_, kind)| row.place.task(kind, row.id, due_on)).collect()
}

/// What an open reserve waits for: the structure sees it from the start, the team once a proof was brought or when its
/// end is near.
#[must_use]
pub fn of_reserve(row: &ReserveRow, delays: &AgreementDelays, today: Date) -> Vec<Task> {
    let task = |kind| Task { detail: labels::reserve(&row.text), ..row.place.task(kind, row.id, row.due_on) };
    let mut tasks = vec![task(Kind::MeetReserve)];
    if row.proof_at.is_some() || row.due_on <= add_days(today, i32::from(delays.reserve_ahead_days)) {
        tasks.push(task(Kind::LiftReserve));
    }
    tasks
}

#[cfg(test)]
#[path = "todo_tests.rs"]
mod tests;
