//! Records the certifications of the branch at first start, from the file that comes with the program.
//!
//! A certification whose code is known is left as it is: what the certifier changed stays.

use std::sync::Arc;

use entity::registration::Register;
use entity::{certification, certification_version, legal_certifier, registration};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use serde::Deserialize;
use time::{Date, Month};
use toml::value::Datetime;

use super::CertificationError;
use super::actions::hold_right;
use super::events::CertificationEvent;
use super::queries::{Described, DescribedVersion};
use crate::app::App;
use crate::authz::{Actor, Facts, Grant, Permission};
use crate::db::Tx;
use crate::rules::siret::Siret;

const SHIPPED: &str = include_str!("data/certifications.toml");

#[derive(Deserialize)]
struct Shipped {
    certification: Vec<ShippedCertification>,
    version: Vec<ShippedVersion>,
}

#[derive(Deserialize)]
struct ShippedCertification {
    code: String,
    short_title: String,
    title: String,
}

#[derive(Deserialize)]
struct ShippedVersion {
    certification: String,
    label: String,
    title: String,
    valid_from: Datetime,
    valid_until: Option<Datetime>,
    last_delivery_on: Option<Datetime>,
    #[serde(default)]
    registration: Vec<ShippedRegistration>,
    #[serde(default)]
    legal_certifier: Vec<ShippedCertifier>,
}

#[derive(Deserialize)]
struct ShippedRegistration {
    register: Register,
    starts_on: Datetime,
    ends_on: Option<Datetime>,
}

#[derive(Deserialize)]
struct ShippedCertifier {
    name: String,
    starts_on: Datetime,
    ends_on: Option<Datetime>,
}

/// Records what is not known yet; how many certifications were recorded. Doing it twice changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn preload(app: &Arc<App>) -> Result<usize, CertificationError> {
    preload_with(app, None).await
}

/// The same, with a SIRET for the bodies in charge today: an invented one, in the demonstration. Elsewhere nobody
/// here knows theirs, the certifier enters it.
///
/// # Errors
/// What the database answers.
pub async fn preload_with(app: &Arc<App>, in_charge: Option<Siret>) -> Result<usize, CertificationError> {
    let shipped: Shipped =
        toml::from_str(SHIPPED).map_err(|error| CertificationError::Shipped(error.to_string()))?;
    let known: Vec<String> = certification::Entity::find()
        .select_only()
        .column(certification::Column::Code)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut recorded = 0;
    for one in shipped.certification.iter().filter(|one| !known.contains(&one.code)) {
        let mut tx = app.begin(Actor::system("certifications.preload")).await?;
        match record(&mut tx, one, &shipped.version, in_charge).await {
            Ok(()) => tx.commit().await?,
            // another process started at the same time
            Err(CertificationError::Below(error)) if error.is_unique_violation() => continue,
            Err(error) => return Err(error),
        }
        recorded += 1;
    }
    Ok(recorded)
}

async fn record(
    tx: &mut Tx,
    one: &ShippedCertification,
    versions: &[ShippedVersion],
    in_charge: Option<Siret>,
) -> Result<(), CertificationError> {
    let grant = tx.authorize(Permission::CertificationEdit, &Facts::default())?;
    let row = certification::Model {
        id: tx.new_id(),
        code: one.code.clone(),
        short_title: one.short_title.clone(),
        title: one.title.clone(),
    };
    let insert = certification::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let mut described = Described { certification: row, versions: Vec::new() };
    for version in versions.iter().filter(|version| version.certification == one.code) {
        let rows = rows(tx, &described.certification, version, in_charge)?;
        insert_version(tx, &grant, &rows).await?;
        described.versions.push(rows);
    }
    tx.record(&grant, &CertificationEvent::Created(described)).await?;
    Ok(())
}

fn rows(
    tx: &Tx,
    certification: &certification::Model,
    shipped: &ShippedVersion,
    in_charge: Option<Siret>,
) -> Result<DescribedVersion, CertificationError> {
    let version = certification_version::Model {
        id: tx.new_id(),
        certification_id: certification.id,
        label: shipped.label.clone(),
        title: shipped.title.clone(),
        valid_from: day(&shipped.valid_from)?,
        valid_until: shipped.valid_until.as_ref().map(day).transpose()?,
        last_delivery_on: shipped.last_delivery_on.as_ref().map(day).transpose()?,
        version: 1,
    };
    let registration = |entry: &ShippedRegistration| {
        Ok(registration::Model {
            id: tx.new_id(),
            certification_version_id: version.id,
            register: entry.register,
            number: None,
            decided_on: None,
            starts_on: day(&entry.starts_on)?,
            ends_on: entry.ends_on.as_ref().map(day).transpose()?,
            level: None,
        })
    };
    let certifier = |body: &ShippedCertifier| {
        Ok(legal_certifier::Model {
            id: tx.new_id(),
            certification_version_id: version.id,
            name: body.name.clone(),
            siret: in_charge.filter(|_| body.ends_on.is_none()).map(|siret| siret.to_string()),
            starts_on: day(&body.starts_on)?,
            ends_on: body.ends_on.as_ref().map(day).transpose()?,
        })
    };
    let registrations =
        shipped.registration.iter().map(registration).collect::<Result<_, CertificationError>>()?;
    let certifiers =
        shipped.legal_certifier.iter().map(certifier).collect::<Result<_, CertificationError>>()?;
    Ok(DescribedVersion { version, registrations, certifiers })
}

async fn insert_version(tx: &Tx, grant: &Grant, rows: &DescribedVersion) -> Result<(), CertificationError> {
    let version = certification_version::Entity::insert(rows.version.clone().into_active_model().reset_all());
    version.exec_without_returning(tx.conn()).await?;
    for row in &rows.registrations {
        let insert = registration::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        hold_right(tx, grant, row).await?;
    }
    for row in &rows.certifiers {
        let insert = legal_certifier::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

fn day(datetime: &Datetime) -> Result<Date, CertificationError> {
    let read = datetime.date.and_then(|date| {
        let month = Month::try_from(date.month).ok()?;
        Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
    });
    read.ok_or_else(|| CertificationError::Shipped(format!("{datetime} is no date")))
}
