//! The agenda of a committee: its files in a fixed number of queries, however many there are.

use std::collections::HashMap;

use entity::account::AccountState;
use entity::account_role::Role;
use entity::ids::{AccountId, AgreementRequestId, ExpertId};
use entity::{account, account_role, agreement_request, committee, decision, expert};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

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

/// Those who sit in a committee, by name: whoever holds the role that decides, and the account that called it.
///
/// # Errors
/// What the database answers.
pub async fn members(
    conn: &impl ConnectionTrait,
    committee: &committee::Model,
) -> Result<Vec<account::Model>, AgreementError> {
    let deciding = account_role::Entity::find()
        .select_only()
        .column(account_role::Column::AccountId)
        .filter(account_role::Column::Role.eq(Role::Manager))
        .into_query();
    let sits = Condition::any()
        .add(account::Column::Id.in_subquery(deciding))
        .add(account::Column::Id.eq(committee.created_by));
    let found = account::Entity::find()
        .filter(account::Column::State.eq(AccountState::Active))
        .filter(sits)
        .order_by_asc(account::Column::Name)
        .order_by_asc(account::Column::Id)
        .all(conn)
        .await?;
    Ok(found)
}

/// The names of the accounts that took these decisions.
///
/// # Errors
/// What the database answers.
pub async fn deciders(
    conn: &impl ConnectionTrait,
    files: &[AgendaFile],
) -> Result<HashMap<AccountId, String>, AgreementError> {
    let ids = files.iter().flat_map(|file| file.around.decisions.iter().map(|one| one.decided_by));
    let found = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(conn).await?;
    Ok(found.into_iter().map(|account| (account.id, account.name)).collect())
}

async fn controllers(
    conn: &impl ConnectionTrait,
    requests: &[agreement_request::Model],
) -> Result<HashMap<ExpertId, expert::Model>, AgreementError> {
    let ids = requests.iter().filter_map(|request| request.controller_id);
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|expert| (expert.id, expert)).collect())
}
