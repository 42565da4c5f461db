//! Lists that the forms and registers of the desk choose from: open versions, committees, sites, rights, updates.

use entity::committee::{self, CommitteeState};
use entity::ids::{AgreementId, CertificationVersionId, ExpertId, StructureId};
use entity::{
    agreement, certification, certification_version, expert, legal_certifier, partner_update, registration,
    reserve, site, structure,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::Date;

use crate::authz::{self, Actor, Permission, visible};
use crate::features::agreements::error::AgreementError;

/// Rows of a choice; beyond, one searches.
const MOST: u64 = 200;

/// Versions that take requests on a day, by title; those that lack their body in charge or their register entry are
/// offered to nobody.
///
/// # Errors
/// What the database answers.
pub async fn open_versions(
    conn: &impl ConnectionTrait,
    on: Date,
) -> Result<Vec<certification_version::Model>, AgreementError> {
    use certification_version::Column;
    let not_ended = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(on));
    let versions = certification_version::Entity::find()
        .filter(Column::ValidFrom.lte(on))
        .filter(not_ended)
        .filter(described_on(on))
        .order_by_asc(Column::Title)
        .order_by_asc(Column::Label)
        .limit(MOST)
        .all(conn)
        .await?;
    Ok(versions)
}

/// Versions whose body in charge and register entry are known on a day; « none » is an entry.
fn described_on(on: Date) -> Condition {
    let certifiers = {
        use legal_certifier::{Column, Entity};
        let last = Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(on));
        let found = Entity::find().select_only().column(Column::CertificationVersionId);
        found.filter(Column::StartsOn.lte(on)).filter(last).into_query()
    };
    let entries = {
        use registration::{Column, Entity};
        let last = Condition::any().add(Column::EndsOn.is_null()).add(Column::EndsOn.gte(on));
        let found = Entity::find().select_only().column(Column::CertificationVersionId);
        found.filter(Column::StartsOn.lte(on)).filter(last).into_query()
    };
    Condition::all()
        .add(certification_version::Column::Id.in_subquery(certifiers))
        .add(certification_version::Column::Id.in_subquery(entries))
}

/// Whether the body in charge and the register entry of a version are known on a day.
///
/// # Errors
/// What the database answers.
pub async fn is_described(
    conn: &impl ConnectionTrait,
    version: CertificationVersionId,
    on: Date,
) -> Result<bool, AgreementError> {
    let found = certification_version::Entity::find_by_id(version).filter(described_on(on)).one(conn).await?;
    Ok(found.is_some())
}

/// Structures that the actor may see, by name.
///
/// # Errors
/// What the database answers.
pub async fn structures(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<structure::Model>, AgreementError> {
    let found = structure::Entity::find()
        .filter(visible::structures(actor))
        .order_by_asc(structure::Column::Name)
        .limit(MOST)
        .all(conn)
        .await?;
    Ok(found)
}

/// Sites of a structure that are open, its seat first.
///
/// # Errors
/// What the database answers.
pub async fn open_sites(
    conn: &impl ConnectionTrait,
    structure: StructureId,
) -> Result<Vec<site::Model>, AgreementError> {
    let sites = site::Entity::find()
        .filter(site::Column::StructureId.eq(structure))
        .filter(site::Column::ClosedOn.is_null())
        .order_by_desc(site::Column::IsSeat)
        .order_by_asc(site::Column::Siret)
        .all(conn)
        .await?;
    Ok(sites)
}

/// Committees that can still receive files, the next one first.
///
/// # Errors
/// What the database answers.
pub async fn open_committees(
    conn: &impl ConnectionTrait,
    from: Date,
) -> Result<Vec<committee::Model>, AgreementError> {
    let found = committee::Entity::find()
        .filter(committee::Column::State.eq(CommitteeState::Planned))
        .filter(committee::Column::MeetsOn.gte(from))
        .order_by_asc(committee::Column::MeetsOn)
        .limit(MOST)
        .all(conn)
        .await?;
    Ok(found)
}

/// The committee of a day.
///
/// # Errors
/// When the actor may not see committees, when there is none, or what the database answers.
pub async fn committee_on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    day: Date,
) -> Result<committee::Model, AgreementError> {
    let _granted = authz::allows(actor, Permission::CommitteeView, &authz::Facts::default())?;
    let found = committee::Entity::find().filter(committee::Column::MeetsOn.eq(day)).one(conn).await?;
    found.ok_or(AgreementError::NotFound)
}

/// An expert, for its name; the caller may already see the file that names it.
///
/// # Errors
/// What the database answers.
pub async fn controller(
    conn: &impl ConnectionTrait,
    id: Option<ExpertId>,
) -> Result<Option<expert::Model>, AgreementError> {
    match id {
        Some(id) => Ok(expert::Entity::find_by_id(id).one(conn).await?),
        None => Ok(None),
    }
}

/// What surrounds rights in their register.
#[derive(Clone, Debug, Default)]
pub struct RightsAround {
    /// Their structures.
    pub structures: Vec<structure::Model>,
    /// Their certification versions.
    pub versions: Vec<certification_version::Model>,
    /// The certifications of these versions.
    pub certifications: Vec<certification::Model>,
    /// Their reserves, by position.
    pub reserves: Vec<reserve::Model>,
}

impl RightsAround {
    /// Reads what surrounds these rights, in four queries whatever their number.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn of(
        conn: &impl ConnectionTrait,
        rights: &[agreement::Model],
    ) -> Result<Self, AgreementError> {
        let structures: Vec<StructureId> = rights.iter().map(|right| right.structure_id).collect();
        let versions: Vec<CertificationVersionId> =
            rights.iter().map(|right| right.certification_version_id).collect();
        let keys: Vec<AgreementId> = rights.iter().map(|right| right.id).collect();
        let versions = certification_version::Entity::find()
            .filter(certification_version::Column::Id.is_in(versions))
            .all(conn)
            .await?;
        Ok(Self {
            certifications: certifications(conn, &versions).await?,
            structures: structure::Entity::find()
                .filter(structure::Column::Id.is_in(structures))
                .all(conn)
                .await?,
            versions,
            reserves: reserve::Entity::find()
                .filter(reserve::Column::AgreementId.is_in(keys))
                .order_by_asc(reserve::Column::Position)
                .all(conn)
                .await?,
        })
    }

    /// The structure of a right.
    #[must_use]
    pub fn structure(&self, right: &agreement::Model) -> Option<&structure::Model> {
        self.structures.iter().find(|structure| structure.id == right.structure_id)
    }

    /// The certification version of a right.
    #[must_use]
    pub fn version(&self, right: &agreement::Model) -> Option<&certification_version::Model> {
        self.versions.iter().find(|version| version.id == right.certification_version_id)
    }

    /// What names the certification of a right: usual name, title and name of the version.
    #[must_use]
    pub fn certification(&self, right: &agreement::Model) -> [&str; 3] {
        self.version(right).map_or([""; 3], |version| names(&self.certifications, version))
    }
}

/// The certifications of these versions.
///
/// # Errors
/// What the database answers.
pub async fn certifications(
    conn: &impl ConnectionTrait,
    versions: &[certification_version::Model],
) -> Result<Vec<certification::Model>, AgreementError> {
    let wanted = versions.iter().map(|version| version.certification_id);
    Ok(certification::Entity::find().filter(certification::Column::Id.is_in(wanted)).all(conn).await?)
}

/// What names a version: the usual name of its certification, its title and its name.
#[must_use]
pub fn names<'a>(
    certifications: &'a [certification::Model],
    version: &'a certification_version::Model,
) -> [&'a str; 3] {
    let usual = certifications.iter().find(|one| one.id == version.certification_id);
    [usual.map_or("", |one| one.short_title.as_str()), &version.title, &version.label]
}

/// Updates of the list of partners still to be made, the most urgent first, with their rights.
///
/// # Errors
/// When the actor may not see them, or what the database answers.
pub async fn partner_updates(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<(partner_update::Model, agreement::Model)>, AgreementError> {
    authz::allows_somewhere(actor, Permission::PartnerUpdate, &authz::Facts::default())?;
    let updates = partner_update::Entity::find()
        .filter(partner_update::Column::DoneAt.is_null())
        .order_by_asc(partner_update::Column::DueOn)
        .limit(MOST)
        .all(conn)
        .await?;
    let keys: Vec<AgreementId> = updates.iter().map(|update| update.agreement_id).collect();
    let rights = agreement::Entity::find()
        .filter(visible::agreements(actor))
        .filter(agreement::Column::Id.is_in(keys))
        .all(conn)
        .await?;
    let of =
        |update: &partner_update::Model| rights.iter().find(|right| right.id == update.agreement_id).cloned();
    Ok(updates.into_iter().filter_map(|update| of(&update).map(|right| (update, right))).collect())
}
