//! The blocs that juries gave somebody, once this was told.

use std::collections::HashMap;

use entity::candidate::JuryDecision;
use entity::ids::{CandidateId, JuryPassageId, JurySessionId};
use entity::jury_session::JuryState;
use entity::{bloc, jury_passage, jury_ruling, jury_session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::db;
use crate::rules::deadline::day_in_zone;

/// A bloc that is acquired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcquiredBloc {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Number of the session that gave it.
    pub session: String,
    /// The day of the decision, where the jury sat.
    pub decided_on: Option<Date>,
}

/// The blocs of somebody, the oldest decision first, in the order of the referential; none while what was told is being
/// corrected.
///
/// # Errors
/// What the database answers.
pub async fn acquired(conn: &impl ConnectionTrait, id: CandidateId) -> Result<Vec<AcquiredBloc>, db::Error> {
    let passages = jury_passage::Entity::find()
        .filter(jury_passage::Column::CandidateId.eq(id))
        .filter(jury_passage::Column::Decision.is_in([JuryDecision::Total, JuryDecision::Partial]))
        .order_by_asc(jury_passage::Column::Id)
        .all(conn)
        .await?;
    if passages.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = jury_session::Entity::find()
        .filter(jury_session::Column::Id.is_in(passages.iter().map(|row| row.session_id)))
        .filter(jury_session::Column::State.eq(JuryState::Closed))
        .all(conn)
        .await?;
    let blocs = bloc::Entity::find()
        .filter(bloc::Column::ReferentialId.is_in(sessions.iter().filter_map(|row| row.referential_id)))
        .order_by_asc(bloc::Column::Position)
        .all(conn)
        .await?;
    let sessions: HashMap<JurySessionId, jury_session::Model> =
        sessions.into_iter().map(|row| (row.id, row)).collect();
    let rulings = jury_ruling::Entity::find()
        .filter(jury_ruling::Column::PassageId.is_in(passages.iter().map(|row| row.id)))
        .filter(jury_ruling::Column::Acquired.eq(true))
        .all(conn)
        .await?;
    let given = |passage: JuryPassageId, code: &str| {
        rulings.iter().any(|row| row.passage_id == passage && row.unit == code)
    };
    let mut found: Vec<AcquiredBloc> = Vec::new();
    for passage in &passages {
        let Some(session) = sessions.get(&passage.session_id) else { continue };
        let own = blocs.iter().filter(|bloc| Some(bloc.referential_id) == session.referential_id);
        for bloc in own.filter(|bloc| given(passage.id, &bloc.code)) {
            if found.iter().any(|known| known.code == bloc.code) {
                continue;
            }
            found.push(AcquiredBloc {
                code: bloc.code.clone(),
                title: bloc.title.clone(),
                session: session.number.clone(),
                decided_on: passage.decided_at.map(|at| day_in_zone(*at, &session.zone)),
            });
        }
    }
    Ok(found)
}
