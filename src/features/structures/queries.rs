//! Reads of structures. Every one starts from what the actor may see.

use std::collections::HashMap;

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::ids::{AccountId, StructureId};
use entity::request_piece::{self, PieceState};
use entity::{
    account, account_role, agreement, agreement_request, dated_right, site, structure, structure_contact,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::Date;

use super::error::StructureError;
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::rights::{self, Held, Holder, RightKind, RightState, SourceKind};
use crate::rules::deadline::end_of_day;
use crate::rules::territory::PARIS;

/// Where a structure stands with its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It holds an agreement.
    Agreed,
    /// It holds none, and asks for one.
    Requesting,
    /// Neither.
    Neither,
}

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the name, the commune or the sites, or a SIREN or SIRET.
    pub q: String,
    /// INSEE code of a region.
    pub region: Option<String>,
    /// Standing.
    pub standing: Option<Standing>,
    /// The day of the standing; none for today.
    pub on: Option<Date>,
}

/// A structure, its sites and its contacts.
#[derive(Clone, Debug)]
pub struct Found {
    /// The structure.
    pub structure: structure::Model,
    /// Its sites: seat first, then by name; closed ones last.
    pub sites: Vec<site::Model>,
    /// Who else to write to, by matter then by name.
    pub contacts: Vec<structure_contact::Model>,
    /// Last day of its last State convention.
    pub convention_until: Option<Date>,
}

/// An account of a structure.
#[derive(Clone, Debug)]
pub struct StructureAccount {
    /// Its key.
    pub id: AccountId,
    /// Name of the person.
    pub name: String,
    /// Address.
    pub email: String,
    /// Whether the person manages the accounts of the structure.
    pub is_admin: bool,
    /// Whether the account may sign in.
    pub active: bool,
}

const HELD: [AgreementState; 3] =
    [AgreementState::Active, AgreementState::ActiveWithReserves, AgreementState::Suspended];
const ENDED: [RequestState; 7] = [
    RequestState::Granted,
    RequestState::GrantedWithReserves,
    RequestState::Refused,
    RequestState::RefusedFinal,
    RequestState::Withdrawn,
    RequestState::Abandoned,
    RequestState::ClosedIdle,
];

/// Those that hold an agreement: by its state today, by the days of its right on another day.
fn holders(on: Option<Date>) -> sea_orm::Select<agreement::Entity> {
    let all = agreement::Entity::find().select_only().column(agreement::Column::StructureId);
    let Some(day) = on else { return all.filter(agreement::Column::State.is_in(HELD)) };
    let running = dated_right::Entity::find()
        .select_only()
        .column(dated_right::Column::SourceId)
        .filter(dated_right::Column::SourceKind.eq(SourceKind::Agreement))
        .filter(rights::queries::running_condition(day));
    all.filter(agreement::Column::Id.in_subquery(running.into_query()))
}

/// Those that have a request open: by its state today, between its opening and its end on another day.
fn requesters(on: Option<Date>) -> sea_orm::Select<agreement_request::Entity> {
    use agreement_request::Column;
    let all = agreement_request::Entity::find().select_only().column(Column::StructureId);
    let Some(day) = on else { return all.filter(Column::State.is_not_in(ENDED)) };
    let evening = end_of_day(day, PARIS).unwrap_or_else(|_| day.midnight().assume_utc());
    let evening = entity::Instant::from(evening);
    all.filter(Column::CreatedAt.lte(evening))
        .filter(Condition::any().add(Column::ClosedAt.is_null()).add(Column::ClosedAt.gt(evening)))
}

/// Asked of each structure in turn, in the order of the list, so that a page stops at its last line.
fn standing_condition(standing: Standing, on: Option<Date>) -> Condition {
    let holds = || {
        let own = holders(on).filter(of_the_line(agreement::Column::StructureId));
        Expr::exists(own.into_query())
    };
    let requests = || {
        let own = requesters(on).filter(of_the_line(agreement_request::Column::StructureId));
        Expr::exists(own.into_query())
    };
    match standing {
        Standing::Agreed => Condition::all().add(holds()),
        Standing::Requesting => Condition::all().add(requests()).add(holds().not()),
        Standing::Neither => Condition::all().add(requests().not()).add(holds().not()),
    }
}

/// The condition that a column names the structure that the outer query looks at.
fn of_the_line(column: impl ColumnTrait) -> Condition {
    let own = Expr::col((structure::Entity, structure::Column::Id));
    Condition::all().add(Expr::col(column.as_column_ref()).eq(own))
}

/// The structures that the actor may see, in the alphabetical order of their folded names.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<structure::Model>, db::Error> {
    use structure::Column;
    let mut select = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(contains_words(Column::Search, &filter.q));
    if let Some(region) = &filter.region {
        select = select.filter(Column::Region.eq(region.clone()));
    }
    if let Some(standing) = filter.standing {
        select = select.filter(standing_condition(standing, filter.on));
    }
    let rows = keyset(select, Some(Column::Search), Column::Id, false, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: row.search.clone(), id: row.id.0 }))
}

/// Where these structures stand on a day, today when none is given.
///
/// # Errors
/// What the database answers.
pub async fn standings(
    conn: &impl ConnectionTrait,
    ids: &[StructureId],
    on: Option<Date>,
) -> Result<HashMap<StructureId, Standing>, db::Error> {
    let wanted = || ids.iter().copied();
    let requesting: Vec<StructureId> = requesters(on)
        .filter(agreement_request::Column::StructureId.is_in(wanted()))
        .into_tuple()
        .all(conn)
        .await?;
    let agreed: Vec<StructureId> =
        holders(on).filter(agreement::Column::StructureId.is_in(wanted())).into_tuple().all(conn).await?;
    let mut standings: HashMap<_, _> = wanted().map(|id| (id, Standing::Neither)).collect();
    standings.extend(requesting.into_iter().map(|id| (id, Standing::Requesting)));
    standings.extend(agreed.into_iter().map(|id| (id, Standing::Agreed)));
    Ok(standings)
}

/// A structure that the actor may see.
///
/// # Errors
/// [`StructureError::NotFound`], what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: StructureId,
) -> Result<Found, StructureError> {
    one(conn, actor, Condition::all().add(structure::Column::Id.eq(id))).await
}

/// The structure of a SIREN, if the actor may see it.
///
/// # Errors
/// [`StructureError::NotFound`], what the database answers.
pub async fn by_siren(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    siren: &str,
) -> Result<Found, StructureError> {
    one(conn, actor, Condition::all().add(structure::Column::Siren.eq(siren))).await
}

async fn one(conn: &impl ConnectionTrait, actor: &Actor, which: Condition) -> Result<Found, StructureError> {
    let found = structure::Entity::find().filter(visible::structures(actor)).filter(which).one(conn).await?;
    let structure = found.ok_or(StructureError::NotFound)?;
    let mut sites = site::Entity::find()
        .filter(site::Column::StructureId.eq(structure.id))
        .order_by_asc(site::Column::Id)
        .all(conn)
        .await?;
    sites
        .sort_by_key(|site| (site.closed_on.is_some(), !site.is_seat, crate::rules::fold::fold(&site.label)));
    let mut contacts = structure_contact::Entity::find()
        .filter(structure_contact::Column::StructureId.eq(structure.id))
        .order_by_asc(structure_contact::Column::Id)
        .all(conn)
        .await?;
    contacts.sort_by_key(|contact| (contact.duty, crate::rules::fold::fold(&contact.name)));
    let convention_until = rights::queries::convention_until(conn, structure.id).await?;
    Ok(Found { structure, sites, contacts, convention_until })
}

/// The State conventions of a structure that counted once, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn conventions(conn: &impl ConnectionTrait, id: StructureId) -> Result<Vec<Held>, db::Error> {
    let mut held = rights::queries::of_holder(conn, Holder::structure(id)).await?;
    held.retain(|held| held.right.kind == RightKind::StateConvention && held.right.state != RightState::Void);
    Ok(held)
}

/// The State convention as a request that was submitted says it, when no right says it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentConvention {
    /// The number of the request.
    pub request: String,
    /// The date of the piece.
    pub proof_on: Option<Date>,
    /// Its last day.
    pub ends_on: Date,
}

/// The code of the piece that holds the State convention.
const CONVENTION_PIECE: &str = "P02";

/// The State convention of the last request that was submitted, unless its piece was rejected or taken back.
///
/// # Errors
/// What the database answers.
pub async fn sent_convention(
    conn: &impl ConnectionTrait,
    id: StructureId,
) -> Result<Option<SentConvention>, db::Error> {
    use request_piece::Column;
    let requests = agreement_request::Entity::find()
        .filter(agreement_request::Column::StructureId.eq(id))
        .filter(agreement_request::Column::SubmittedAt.is_not_null())
        .all(conn)
        .await?;
    let piece = request_piece::Entity::find()
        .filter(Column::RequestId.is_in(requests.iter().map(|request| request.id)))
        .filter(Column::Code.eq(CONVENTION_PIECE))
        .filter(Column::State.ne(PieceState::Rejected))
        .filter(Column::RemovedAt.is_null())
        .filter(Column::ValidUntil.is_not_null())
        .order_by_desc(Column::ValidUntil)
        .order_by_desc(Column::Id)
        .one(conn)
        .await?;
    let sent = piece.and_then(|piece| {
        let request = requests.iter().find(|request| request.id == piece.request_id)?;
        let number = request.number.as_ref().unwrap_or(&request.draft_number);
        Some(SentConvention {
            request: number.clone(),
            proof_on: piece.proof_on,
            ends_on: piece.valid_until?,
        })
    });
    Ok(sent)
}

/// The accounts of a structure. The caller has checked `ColleagueView`.
///
/// # Errors
/// What the database answers.
pub async fn accounts(
    conn: &impl ConnectionTrait,
    id: StructureId,
) -> Result<Vec<StructureAccount>, db::Error> {
    let rows: Vec<(AccountId, String, String, bool, account::AccountState)> = account::Entity::find()
        .join(sea_orm::JoinType::InnerJoin, roles_of_account())
        .filter(account_role::Column::StructureId.eq(id))
        .select_only()
        .columns([account::Column::Id, account::Column::Name, account::Column::Email])
        .column(account_role::Column::StructureAdmin)
        .column(account::Column::State)
        .order_by_asc(account::Column::Name)
        .order_by_asc(account::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let account = |(id, name, email, is_admin, state)| StructureAccount {
        id,
        name,
        email,
        is_admin,
        active: state == account::AccountState::Active,
    };
    Ok(rows.into_iter().map(account).collect())
}

fn roles_of_account() -> sea_orm::RelationDef {
    account::Entity::belongs_to(account_role::Entity)
        .from(account::Column::Id)
        .to(account_role::Column::AccountId)
        .into()
}

/// The key of a SIREN, whoever asks: for other features, which say nothing else of it.
///
/// # Errors
/// What the database answers.
pub async fn id_of(conn: &impl ConnectionTrait, siren: &str) -> Result<Option<StructureId>, db::Error> {
    let id = structure::Entity::find()
        .filter(structure::Column::Siren.eq(siren))
        .select_only()
        .column(structure::Column::Id)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(id)
}
