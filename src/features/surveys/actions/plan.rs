//! Plans the surveys of a session that has ended: trainees at once and some months later, those who taught.

use std::collections::HashSet;

use entity::ids::TrainingSessionId;
use entity::survey::{self, SurveyKind};
use entity::training_session::{self, SessionState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};

use super::begun;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::dossier::facts_of;
use crate::features::settings;
use crate::features::surveys::SurveyError;
use crate::features::surveys::events::{SurveyEvent, What};
use crate::features::surveys::state::{Step, TABLE};
use crate::rules::deadline::add_months;
use crate::rules::training::settings::SurveyRules;

/// Kinds that follow the end of a session.
const KINDS: [SurveyKind; 3] = [SurveyKind::Hot, SurveyKind::Cold, SurveyKind::Trainers];

/// Plans the surveys that the session has not. Gives how many: nothing is to be committed when it has them all.
///
/// # Errors
/// [`SurveyError::NotFound`], the refusal of the policy, what the database answers.
pub async fn plan(tx: &mut Tx, id: TrainingSessionId) -> Result<usize, SurveyError> {
    let found = training_session::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let session = found.ok_or(SurveyError::NotFound)?;
    let grant = tx.authorize(Permission::SurveyManage, &facts_of(&session))?;
    let held = matches!(
        session.state,
        SessionState::Confirmed | SessionState::InProgress | SessionState::Ended | SessionState::Closed
    );
    let Some(ended) = session.ends_at.map(|at| *at).filter(|at| held && *at <= tx.now()) else {
        return Ok(0);
    };
    let known: HashSet<SurveyKind> = survey::Entity::find()
        .filter(survey::Column::SessionId.eq(id))
        .all(tx.conn())
        .await?
        .iter()
        .map(|row| row.kind)
        .collect();
    let rules = settings::survey_rules(tx.conn()).await?;
    let line = TABLE.next(None, Step::Plan)?;
    let mut planned = 0;
    let lacking: Vec<SurveyKind> = KINDS.into_iter().filter(|kind| !known.contains(kind)).collect();
    for kind in lacking {
        let row = begun(tx, kind, Some(&session), window(kind, ended, tx.now(), &rules));
        let active = row.clone().into_active_model().reset_all();
        survey::Entity::insert(active).exec_without_returning(tx.conn()).await?;
        let what = What::Stepped { line, asked: Vec::new() };
        let event = SurveyEvent { survey: row, session: Some(session.clone()), what };
        tx.record(&grant, &event).await?;
        planned += 1;
    }
    Ok(planned)
}

/// From when until when a survey is answered. One that is planned late is open for as long.
fn window(
    kind: SurveyKind,
    ended: OffsetDateTime,
    now: OffsetDateTime,
    rules: &SurveyRules,
) -> (OffsetDateTime, OffsetDateTime) {
    let (opens, days) = match kind {
        SurveyKind::Cold => {
            let later = add_months(ended.date(), i32::from(rules.cold_months));
            (ended.replace_date(later), rules.cold_days)
        }
        _ => (ended, rules.hot_days),
    };
    let opens = opens.max(now);
    (opens, opens + Duration::days(days.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_survey_opens_at_the_end_or_some_months_later() {
        let ended = datetime!(2026-03-03 15:00 UTC);
        let rules = SurveyRules::default();
        for (kind, now, expected) in [
            (SurveyKind::Hot, ended, (ended, datetime!(2026-03-18 15:00 UTC))),
            (SurveyKind::Cold, ended, (datetime!(2026-07-03 15:00 UTC), datetime!(2026-08-02 15:00 UTC))),
            (
                SurveyKind::Trainers,
                datetime!(2026-03-05 08:00 UTC),
                (datetime!(2026-03-05 08:00 UTC), datetime!(2026-03-20 08:00 UTC)),
            ),
        ] {
            assert_eq!(window(kind, ended, now, &rules), expected, "{kind}");
        }
    }
}
