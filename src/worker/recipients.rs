//! From "the officer of this file" to addresses, at the moment a message leaves.
//!
//! Accounts that may not sign in are left out. A structure or an expert without any account is written to at
//! the address of its file.

use std::collections::HashSet;

use entity::account::AccountState;
use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::ids::{
    AccountId, AgreementRequestId, CandidateId, CommitteeId, EnrolmentId, ExpertId, StructureId,
};
use entity::mission::MissionState;
use entity::{
    account, account_role, agreement_request, candidate, certification_version, committee, enrolment, expert,
    interest_declaration, mission, structure,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::error::Nobody;
use crate::events::{Applies, Recipient};
use crate::rules::territory;

/// Someone written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Name shown beside the address; may be empty.
    pub name: String,
    /// The address.
    pub address: String,
    /// Their account; none for a contact of a file or an address of the settings.
    pub account: Option<AccountId>,
}

/// The addresses of a recipient now, each once, or why there are none.
///
/// # Errors
/// What the database answers.
pub async fn resolve(
    conn: &impl ConnectionTrait,
    to: &Recipient,
) -> Result<Result<Vec<Addressee>, Nobody>, DbErr> {
    let (found, nobody) = match to {
        Recipient::Account { id } => (accounts(conn, vec![*id]).await?, Nobody::Account),
        Recipient::Structure { id } => (of_structure(conn, *id).await?, Nobody::Structure),
        Recipient::RequestOfficer { id } => (officers(conn, *id).await?, Nobody::Officer),
        Recipient::Managers => (holders(conn, Role::Manager, |_| true).await?, Nobody::Managers),
        Recipient::Expert { id } => (of_expert(conn, *id).await?, Nobody::Expert),
        Recipient::Candidate { id } => (of_candidate(conn, *id).await?, Nobody::Candidate),
        Recipient::Enrolment { id } => (of_enrolment(conn, *id).await?, Nobody::Enrolment),
        Recipient::Committee { id } => (of_committee(conn, *id).await?, Nobody::Committee),
        Recipient::Address { address } => (vec![bare(address)], Nobody::Address),
    };
    let mut seen = HashSet::new();
    let found: Vec<_> = found
        .into_iter()
        .filter(|to| !to.address.trim().is_empty() && seen.insert(to.address.to_lowercase()))
        .collect();
    Ok(if found.is_empty() { Err(nobody) } else { Ok(found) })
}

/// Whether the message still has a reason to leave.
///
/// # Errors
/// What the database answers.
pub async fn still_applies(conn: &impl ConnectionTrait, condition: &Applies) -> Result<bool, DbErr> {
    match condition {
        Applies::RequestIn { id, states } => {
            let request = agreement_request::Entity::find_by_id(*id).one(conn).await?;
            Ok(request.is_some_and(|request| {
                states.iter().any(|word| RequestState::from_word(word) == Some(request.state))
            }))
        }
        Applies::DeclarationMissing { expert, year } => {
            let made = interest_declaration::Entity::find()
                .filter(interest_declaration::Column::ExpertId.eq(*expert))
                .filter(interest_declaration::Column::Year.eq(*year));
            Ok(made.one(conn).await?.is_none())
        }
        Applies::MissionIn { id, states } => {
            let mission = mission::Entity::find_by_id(*id).one(conn).await?;
            Ok(mission.is_some_and(|mission| {
                states.iter().any(|word| MissionState::from_word(word) == Some(mission.state))
            }))
        }
    }
}

fn bare(address: &str) -> Addressee {
    Addressee { name: String::new(), address: address.trim().to_owned(), account: None }
}

/// The active accounts among these, oldest first.
async fn accounts(conn: &impl ConnectionTrait, ids: Vec<AccountId>) -> Result<Vec<Addressee>, DbErr> {
    let found = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .filter(account::Column::State.eq(AccountState::Active))
        .order_by_asc(account::Column::Id)
        .all(conn)
        .await?;
    let person = |account: account::Model| Addressee {
        name: account.name,
        address: account.email,
        account: Some(account.id),
    };
    Ok(found.into_iter().map(person).collect())
}

/// The active accounts that hold a role within a scope.
async fn holders(
    conn: &impl ConnectionTrait,
    role: Role,
    within: impl Fn(&account_role::Model) -> bool,
) -> Result<Vec<Addressee>, DbErr> {
    let held = account_role::Entity::find().filter(account_role::Column::Role.eq(role)).all(conn).await?;
    accounts(conn, held.into_iter().filter(within).map(|held| held.account_id).collect()).await
}

async fn of_structure(conn: &impl ConnectionTrait, id: StructureId) -> Result<Vec<Addressee>, DbErr> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::Role.eq(Role::Structure))
        .filter(account_role::Column::StructureId.eq(id))
        .all(conn)
        .await?;
    let people = accounts(conn, held.into_iter().map(|held| held.account_id).collect()).await?;
    if !people.is_empty() {
        return Ok(people);
    }
    let contact = structure::Entity::find_by_id(id).one(conn).await?;
    Ok(contact
        .map(|file| Addressee { name: file.contact_name, address: file.contact_email, account: None })
        .into_iter()
        .collect())
}

/// The officer in charge while they may act; otherwise every officer whose scope holds the request; otherwise the
/// managers of that scope, who may do the same acts.
async fn officers(conn: &impl ConnectionTrait, id: AgreementRequestId) -> Result<Vec<Addressee>, DbErr> {
    let Some(request) = agreement_request::Entity::find_by_id(id).one(conn).await? else {
        return Ok(Vec::new());
    };
    if let Some(officer) = request.officer_id {
        let in_charge = accounts(conn, vec![officer]).await?;
        if !in_charge.is_empty() {
            return Ok(in_charge);
        }
    }
    let version =
        certification_version::Entity::find_by_id(request.certification_version_id).one(conn).await?;
    let structure = structure::Entity::find_by_id(request.structure_id).one(conn).await?;
    let certification = version.map(|version| version.certification_id);
    let region = structure.map(|structure| structure.region).unwrap_or_default();
    let within = |held: &account_role::Model| {
        (held.certification_id.is_none() || held.certification_id == certification)
            && territory::covers(&held.regions, &region)
    };
    let officers = holders(conn, Role::Officer, within).await?;
    if officers.is_empty() { holders(conn, Role::Manager, within).await } else { Ok(officers) }
}

async fn of_expert(conn: &impl ConnectionTrait, id: ExpertId) -> Result<Vec<Addressee>, DbErr> {
    let known = account::Entity::find().filter(account::Column::ExpertId.eq(id)).all(conn).await?;
    if !known.is_empty() {
        return accounts(conn, known.into_iter().map(|account| account.id).collect()).await;
    }
    let file = expert::Entity::find_by_id(id).one(conn).await?;
    Ok(file
        .map(|file| Addressee { name: file.name(), address: file.email, account: None })
        .into_iter()
        .collect())
}

/// A detained person is told on paper, whatever their file says.
async fn of_candidate(conn: &impl ConnectionTrait, id: CandidateId) -> Result<Vec<Addressee>, DbErr> {
    let file = candidate::Entity::find_by_id(id).one(conn).await?.filter(|file| !file.detained);
    let name = |file: &candidate::Model| {
        let family = if file.usual_name.is_empty() { &file.birth_name } else { &file.usual_name };
        format!("{} {family}", file.first_names).trim().to_owned()
    };
    Ok(file
        .map(|file| Addressee { name: name(&file), address: file.email, account: None })
        .into_iter()
        .collect())
}

async fn of_enrolment(conn: &impl ConnectionTrait, id: EnrolmentId) -> Result<Vec<Addressee>, DbErr> {
    let row = enrolment::Entity::find_by_id(id).one(conn).await?;
    let person = |row: enrolment::Model| Addressee {
        name: format!("{} {}", row.first_names, row.family_name).trim().to_owned(),
        address: row.email,
        account: row.account_id,
    };
    Ok(row.map(person).into_iter().collect())
}

/// The managers decide; who called the committee prepares it.
async fn of_committee(conn: &impl ConnectionTrait, id: CommitteeId) -> Result<Vec<Addressee>, DbErr> {
    let Some(committee) = committee::Entity::find_by_id(id).one(conn).await? else { return Ok(Vec::new()) };
    let mut people = holders(conn, Role::Manager, |_| true).await?;
    people.extend(accounts(conn, vec![committee.created_by]).await?);
    Ok(people)
}
