//! The agenda of a committee: its files in a fixed number of queries, however many there are.

use std::collections::HashMap;

use entity::ids::{AgreementRequestId, ExpertId};
use entity::{agreement_request, committee, decision, expert};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Attachments;
use crate::authz::{Actor, visible};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;

/// A file as a committee reads it.
#[derive(Clone, Debug)]
pub struct AgendaFile {
    /// The request and its surroundings.
    pub dossier: Dossier,
    /// Its committee and its decisions; nothing else was read.
    pub around: Attachments,
    /// The contrôleur in charge.
    pub controller: Option<expert::Model>,
}

/// The files of a committee that the actor may see, in the order of their keys, the last ones when there are more.
///
/// # Errors
/// What the database answers.
pub async fn agenda(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    committee: &committee::Model,
    most: u64,
) -> Result<Vec<AgendaFile>, AgreementError> {
    use agreement_request::Column;
    let mut requests = agreement_request::Entity::find()
        .filter(visible::agreement_requests(actor))
        .filter(Column::CommitteeId.eq(committee.id))
        .order_by_desc(Column::Id)
        .limit(most)
        .all(conn)
        .await?;
    requests.reverse();
    let mut decisions = decisions(conn, &requests).await?;
    let controllers = controllers(conn, &requests).await?;
    let files = Dossier::several(conn, requests).await?.into_iter().map(|dossier| AgendaFile {
        around: Attachments {
            decisions: decisions.remove(&dossier.request.id).unwrap_or_default(),
            committee: Some(committee.clone()),
            ..Attachments::default()
        },
        controller: dossier.request.controller_id.and_then(|id| controllers.get(&id).cloned()),
        dossier,
    });
    Ok(files.collect())
}

/// Decisions by request, newest first.
async fn decisions(
    conn: &impl ConnectionTrait,
    requests: &[agreement_request::Model],
) -> Result<HashMap<AgreementRequestId, Vec<decision::Model>>, AgreementError> {
    let rows = decision::Entity::find()
        .filter(decision::Column::RequestId.is_in(requests.iter().map(|request| request.id)))
        .order_by_desc(decision::Column::Id)
        .all(conn)
        .await?;
    let mut by_request: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        by_request.entry(row.request_id).or_default().push(row);
    }
    Ok(by_request)
}

async fn controllers(
    conn: &impl ConnectionTrait,
    requests: &[agreement_request::Model],
) -> Result<HashMap<ExpertId, expert::Model>, AgreementError> {
    let ids = requests.iter().filter_map(|request| request.controller_id);
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|expert| (expert.id, expert)).collect())
}
