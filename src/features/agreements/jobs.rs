//! What the agreement desk does by itself: documents after the acts, deadlines every minute, the visits to come looked at
//! again, and the half-days of the visits whose date was fixed before half-days were kept.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::{ExpertId, SiteId};
use serde::Deserialize;
use serde_json::Value;

use super::{actions, documents};
use crate::app::App;
use crate::worker::{JobKind, Periodic, Work, WorkError};

/// Visits to come looked at again: at intervals, and at once for a person who lost an habilitation.
const RECHECK: &str = "agreements.recheck";

/// The list of partners looked at again, when a site of an agreement has another SIRET.
const SIRET_CHANGED: &str = "agreements.siret_changed";

/// What the work about a site says.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Site {
    site_id: SiteId,
}

/// What the work about a person says.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Person {
    expert_id: ExpertId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind { name: documents::JOB, run: issue },
        JobKind { name: RECHECK, run: recheck_person },
        JobKind { name: SIRET_CHANGED, run: siret_changed },
    ]
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![
        Periodic { name: "agreements.deadlines", every: Duration::from_mins(1), run: deadlines },
        Periodic { name: RECHECK, every: Duration::from_mins(10), run: recheck },
        Periodic { name: "agreements.visits", every: Duration::from_hours(1), run: visits },
    ]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn siret_changed(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move {
        let site: Site =
            serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
        let done = Box::pin(actions::right::siret_changed(&app, site.site_id)).await;
        done.map_err(WorkError::from)
    })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { actions::deadlines::run(&app).await.map(|_| ()).map_err(WorkError::from) })
}

fn visits(app: Arc<App>) -> Work {
    Box::pin(async move {
        let done = actions::visit::take_those_fixed_before(&app).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}

fn recheck(app: Arc<App>) -> Work {
    Box::pin(async move {
        let done = Box::pin(actions::visit::recheck::run(&app)).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}

fn recheck_person(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move {
        let person: Person =
            serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
        let done = Box::pin(actions::visit::recheck::of(&app, person.expert_id)).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}
