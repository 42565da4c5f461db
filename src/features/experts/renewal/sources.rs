//! The days that count for a renewal, read where they are kept.

use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use entity::meeting::{self, MeetingKind};
use entity::{agreement_request, meeting_guest};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use super::super::ExpertError;
use crate::rules::right::Span;

/// Missions done under this duty: the visits of a contrôleur.
pub(super) async fn missions(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
) -> Result<Vec<Date>, ExpertError> {
    match file.duty {
        Duty::Controleur => visits(conn, file).await,
        Duty::Mandataire | Duty::Epsp => Ok(Vec::new()),
    }
}

async fn visits(conn: &impl ConnectionTrait, file: &habilitation::Model) -> Result<Vec<Date>, ExpertError> {
    use agreement_request::Column;
    let visits: Vec<Option<entity::Instant>> = agreement_request::Entity::find()
        .select_only()
        .column(Column::VisitedAt)
        .filter(Column::ControllerId.eq(file.expert_id))
        .filter(Column::VisitedAt.is_not_null())
        .into_tuple()
        .all(conn)
        .await?;
    Ok(visits.into_iter().flatten().map(|at| at.date()).collect())
}

/// Quarterly meetings attended, of this duty or of all.
pub(super) async fn meetings(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
) -> Result<Vec<Date>, ExpertError> {
    let own = match file.duty {
        Duty::Mandataire => MeetingKind::Mandataires,
        Duty::Controleur => MeetingKind::Controleurs,
        Duty::Epsp => MeetingKind::Formateurs,
    };
    let attended = meeting_guest::Entity::find()
        .select_only()
        .column(meeting_guest::Column::MeetingId)
        .filter(meeting_guest::Column::ExpertId.eq(file.expert_id))
        .filter(meeting_guest::Column::Present.eq(true))
        .into_query();
    let days: Vec<Date> = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::MeetsOn)
        .filter(meeting::Column::Id.in_subquery(attended))
        .filter(meeting::Column::Kind.is_in([own, MeetingKind::Mixed]))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(days)
}

/// Observations of practice during the period.
pub(super) async fn observations(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
    period: Span,
) -> Result<Vec<Date>, ExpertError> {
    use habilitation_step::Column;
    let days: Vec<Date> = habilitation_step::Entity::find()
        .select_only()
        .column(Column::DoneOn)
        .filter(Column::HabilitationId.eq(file.id))
        .filter(Column::Kind.is_in([StepKind::Observation, StepKind::Supervised]))
        .filter(Column::DoneOn.gte(period.from))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(days)
}
