//! Reads of certifications: few rows, read whole, in four queries; of their referentials in [`referential`].

pub mod referential;

use entity::ids::CertificationVersionId;
use entity::{certification, certification_version, legal_certifier, registration};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use time::Date;

use super::CertificationError;
use super::dated::{self, Dated};
use crate::authz::{self, Actor, Facts, Permission};
use crate::db;

/// A version with what is dated around it, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedVersion {
    /// The version.
    pub version: certification_version::Model,
    /// Its register entries.
    pub registrations: Vec<registration::Model>,
    /// The bodies in charge.
    pub certifiers: Vec<legal_certifier::Model>,
}

impl DescribedVersion {
    /// The register entry on that day.
    #[must_use]
    pub fn registration_on(&self, day: Date) -> Option<&registration::Model> {
        dated::current(&self.registrations, day)
    }

    /// The body in charge on that day.
    #[must_use]
    pub fn certifier_on(&self, day: Date) -> Option<&legal_certifier::Model> {
        dated::current(&self.certifiers, day)
    }
}

/// A certification with its versions, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The certification.
    pub certification: certification::Model,
    /// Its versions.
    pub versions: Vec<DescribedVersion>,
}

impl Described {
    /// The versions on which someone may be enrolled that day.
    #[must_use]
    pub fn open_on(&self, day: Date) -> Vec<&DescribedVersion> {
        self.versions.iter().filter(|found| found.version.holds_on(day)).collect()
    }
}

/// Every certification, by code, whoever asks: for other features.
///
/// # Errors
/// What the database answers.
pub async fn all(conn: &impl ConnectionTrait) -> Result<Vec<Described>, db::Error> {
    let certifications =
        certification::Entity::find().order_by_asc(certification::Column::Code).all(conn).await?;
    let versions = certification_version::Entity::find()
        .order_by_asc(certification_version::Column::ValidFrom)
        .order_by_asc(certification_version::Column::Id)
        .all(conn)
        .await?;
    let registrations =
        registration::Entity::find().order_by_asc(registration::Column::StartsOn).all(conn).await?;
    let certifiers =
        legal_certifier::Entity::find().order_by_asc(legal_certifier::Column::StartsOn).all(conn).await?;
    let described = |version: &certification_version::Model| DescribedVersion {
        version: version.clone(),
        registrations: of(&registrations, |row| row.certification_version_id == version.id),
        certifiers: of(&certifiers, |row| row.certification_version_id == version.id),
    };
    let with_versions = |certification: certification::Model| {
        let own = versions.iter().filter(|version| version.certification_id == certification.id);
        let versions = own.map(described).collect();
        Described { certification, versions }
    };
    Ok(certifications.into_iter().map(with_versions).collect())
}

fn of<T: Clone>(rows: &[T], own: impl Fn(&T) -> bool) -> Vec<T> {
    rows.iter().filter(|row| own(row)).cloned().collect()
}

/// Every certification, for someone who asks.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn list(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Described>, CertificationError> {
    let _seen = authz::allows(actor, Permission::CertificationView, &Facts::default())?;
    Ok(all(conn).await?)
}

/// The certification of a code, or of a key.
///
/// # Errors
/// [`CertificationError::NotFound`], the refusal of the policy, what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: impl Fn(&certification::Model) -> bool,
) -> Result<Described, CertificationError> {
    let found = list(conn, actor).await?.into_iter().find(|found| which(&found.certification));
    found.ok_or(CertificationError::NotFound)
}

/// A version and its certification, whoever asks: for other features.
///
/// # Errors
/// [`CertificationError::NotFound`], what the database answers.
pub async fn version(
    conn: &impl ConnectionTrait,
    id: CertificationVersionId,
) -> Result<(certification::Model, DescribedVersion), CertificationError> {
    let found = all(conn).await?.into_iter().find_map(|described| {
        let version = described.versions.into_iter().find(|found| found.version.id == id)?;
        Some((described.certification, version))
    });
    found.ok_or(CertificationError::NotFound)
}

/// A version and its certification, for someone who asks.
///
/// # Errors
/// [`CertificationError::NotFound`], the refusal of the policy, what the database answers.
pub async fn version_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: impl Fn(&certification::Model) -> bool,
    id: CertificationVersionId,
) -> Result<(certification::Model, DescribedVersion), CertificationError> {
    let found = get(conn, actor, which).await?;
    let version = found.versions.into_iter().find(|version| version.version.id == id);
    Ok((found.certification, version.ok_or(CertificationError::NotFound)?))
}
