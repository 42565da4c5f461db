//! Weighs again the duties already given, when a tie is learnt, a group changes or the matrix does.

use std::sync::Arc;

use entity::ids::{ExpertId, StructureId};
use entity::tie_alert::{self, AlertState};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::TieError;
use super::actions::{self, Wanted};
use super::events::RECHECK;
use super::ledger::{Known, Scope, ledger};
use crate::app::App;
use crate::db::{self, DueRun};
use crate::features::settings;
use crate::rules::ties::{self, DatedTie, Duty, Finding, Matrix, Severity};

/// A duty given and still to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Table of what was given.
    pub object_kind: &'static str,
    /// Its key.
    pub object_id: Uuid,
    /// Its human number.
    pub reference: String,
    /// To whom.
    pub expert: ExpertId,
    /// For which structure.
    pub structure: StructureId,
    /// What.
    pub duty: Duty,
    /// The day it is to be done, once it is fixed; until then it is weighed as if it were today.
    pub on: Option<Date>,
    /// When it was given.
    pub given_at: OffsetDateTime,
    /// Whether a reason was written for the warnings of that moment.
    pub reasoned: bool,
}

/// What a feature answers when asked which duties it gave that are still to be done.
pub type Holder = for<'a> fn(&'a Arc<App>) -> BoxFuture<'a, Result<Vec<Held>, db::Error>>;

/// Weighs every duty held, raises what must be looked at and closes what has no object any more. Says how many
/// alerts changed.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn recheck(app: &Arc<App>, holders: &[Holder]) -> Result<usize, TieError> {
    let mut held = Vec::new();
    for holder in holders {
        held.extend(holder(app).await?);
    }
    let conn = app.db.read();
    let matrix = settings::tie_matrix(conn).await?;
    let scope = Scope {
        experts: Some(held.iter().map(|one| one.expert).collect()),
        structures: Some(held.iter().map(|one| one.structure).collect()),
    };
    let known = if held.is_empty() { Vec::new() } else { ledger(conn, &scope).await? };
    let open = tie_alert::Entity::find().filter(tie_alert::Column::State.eq(AlertState::Open));
    let open = open.all(conn).await?;
    let today = app.today();
    let mut due = DueRun::of(RECHECK);
    for alert in &open {
        let object = (alert.object_kind.as_str(), alert.object_id);
        if !held.iter().any(|one| (one.object_kind, one.object_id) == object) {
            due.count(alert.object_id, actions::settle(app, object, None).await)?;
        }
    }
    for one in held {
        let wanted = wanted(&matrix, &one, &known, one.on.unwrap_or(today));
        let was_open = open.iter().any(|alert| alert.object_id == one.object_id);
        if wanted.is_some() || was_open {
            let object = (one.object_kind, one.object_id);
            due.count(one.object_id, actions::settle(app, object, wanted).await)?;
        }
    }
    due.end()
}

/// What must be raised about a duty: whatever refuses; a warning unless a reason was given when it was known.
fn wanted(matrix: &Matrix, held: &Held, known: &[Known], on: Date) -> Option<Wanted> {
    let mine = |one: &&Known| one.expert == held.expert && one.structure == held.structure;
    let own: Vec<&Known> = known.iter().filter(mine).collect();
    let all: Vec<DatedTie> = own.iter().map(|one| one.tie.clone()).collect();
    let known_then = own.iter().filter(|one| one.learned_at.is_none_or(|at| at <= held.given_at));
    let before: Vec<DatedTie> = known_then.map(|one| one.tie.clone()).collect();
    let weighed = ties::assess(matrix, held.duty, &before, on);
    let raised = |finding: &Finding| {
        finding.severity == Severity::Blocking || !held.reasoned || !weighed.contains(finding)
    };
    let findings: Vec<Finding> =
        ties::assess(matrix, held.duty, &all, on).into_iter().filter(raised).collect();
    let blocking = findings.first()?.severity == Severity::Blocking;
    let reasons: Vec<String> = findings.into_iter().map(|finding| finding.sentence).collect();
    let fingerprint = hex::encode(Sha256::digest(reasons.join("\n")));
    Some(Wanted { held: held.clone(), reasons, blocking, fingerprint })
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Origin;
    use super::*;
    use crate::rules::ties::Tie;
    use time::macros::{date, datetime};

    const GIVEN: OffsetDateTime = datetime!(2025-10-06 08:00 UTC);
    const ON: Date = date!(2025 - 11 - 03);

    fn held(reasoned: bool) -> Held {
        Held {
            object_kind: "agreement_request",
            object_id: Uuid::nil(),
            reference: "AGR-2025-0001".to_owned(),
            expert: Uuid::nil().into(),
            structure: Uuid::nil().into(),
            duty: Duty::JuryPresident,
            on: Some(ON),
            given_at: GIVEN,
            reasoned,
        }
    }

    fn known(tie: Tie, learned_at: Option<OffsetDateTime>) -> Known {
        Known {
            expert: Uuid::nil().into(),
            structure: Uuid::nil().into(),
            origin: Origin::Declared,
            learned_at,
            tie: DatedTie {
                tie,
                since: Some(date!(2024 - 01 - 01)),
                until: None,
                closed_on: None,
                source: "essai".to_owned(),
                detail: String::new(),
            },
            declared: true,
            detail: String::new(),
            employment: None,
            interest: None,
        }
    }

    #[test]
    fn what_refuses_is_always_raised_and_what_warns_unless_it_was_weighed() {
        let (before, after) = (Some(GIVEN - time::Duration::DAY), Some(GIVEN + time::Duration::DAY));
        for (tie, learned_at, reasoned, expected) in [
            (Tie::EmployeeBoardOrProvider, before, false, Some(true)),
            (Tie::EmployeeBoardOrProvider, before, true, Some(true)),
            (Tie::EmployeeBoardOrProvider, after, true, Some(true)),
            (Tie::SupportExpert, before, true, None),
            (Tie::SupportExpert, None, true, None),
            (Tie::SupportExpert, before, false, Some(false)),
            (Tie::SupportExpert, after, true, Some(false)),
            (Tie::JuryPresident, after, false, None),
        ] {
            let found = wanted(&Matrix::default(), &held(reasoned), &[known(tie, learned_at)], ON);
            assert_eq!(found.map(|one| one.blocking), expected, "{tie:?} {learned_at:?} {reasoned}");
        }
    }

    #[test]
    fn ties_of_other_people_and_structures_do_not_count() {
        let other = Known { structure: Uuid::max().into(), ..known(Tie::EmployeeBoardOrProvider, None) };
        let someone = Known { expert: Uuid::max().into(), ..known(Tie::EmployeeBoardOrProvider, None) };
        assert_eq!(wanted(&Matrix::default(), &held(false), &[other, someone], ON), None);
    }

    #[test]
    fn the_same_reasons_have_the_same_fingerprint() {
        let print = |ties: &[Known]| wanted(&Matrix::default(), &held(false), ties, ON).unwrap().fingerprint;
        let one = known(Tie::EmployeeBoardOrProvider, None);
        let two = known(Tie::SupportExpert, None);
        assert_eq!(print(std::slice::from_ref(&one)), print(std::slice::from_ref(&one)));
        assert_ne!(print(&[one.clone(), two]), print(&[one]));
    }
}
