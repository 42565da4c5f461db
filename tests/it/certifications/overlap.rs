//! What the database refuses by itself of two dated things of one version.

use entity::registration::Register;
use entity::{legal_certifier, registration};
use parchemin::db;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, EntityTrait, IntoActiveModel};
use time::Date;
use time::macros::date;

use crate::support::TestApp;

type Days = (Date, Option<Date>);

/// An entry written without the actions.
async fn entry(
    t: &TestApp,
    version: entity::ids::CertificationVersionId,
    register: Register,
    (starts_on, ends_on): Days,
) -> Result<registration::Model, DbErr> {
    let row = registration::Model {
        id: t.app.new_id().into(),
        certification_version_id: version,
        register,
        number: None,
        decided_on: None,
        starts_on,
        ends_on,
        level: None,
    };
    let insert = registration::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await?;
    Ok(row)
}

/// A body written without the actions.
async fn body(
    t: &TestApp,
    version: entity::ids::CertificationVersionId,
    (starts_on, ends_on): Days,
) -> Result<legal_certifier::Model, DbErr> {
    let row = legal_certifier::Model {
        id: t.app.new_id().into(),
        certification_version_id: version,
        name: "Organisme d’essai".to_owned(),
        siret: None,
        starts_on,
        ends_on,
    };
    let insert = legal_certifier::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await?;
    Ok(row)
}

const BEFORE: Days = (date!(2000 - 01 - 01), Some(date!(2000 - 12 - 31)));
const OPEN: Days = (date!(2099 - 01 - 01), None);

#[tokio::test]
async fn two_entries_of_one_version_never_share_a_day_whatever_their_registers() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await.id;
    let past = entry(&t, version, Register::Rs, BEFORE).await.unwrap();
    for register in [Register::None, Register::Rs, Register::Rncp] {
        for days in [BEFORE, OPEN] {
            let refused = entry(&t, version, register, days).await.unwrap_err();
            assert!(db::breaks(&refused, "registration_overlap"), "{register} {days:?}: {refused}");
        }
    }
    let mut longer = past.into_active_model();
    longer.ends_on = Set(None);
    let refused = longer.update(t.app.db.bookkeeping()).await.unwrap_err();
    assert!(db::breaks(&refused, "registration_overlap"), "{refused}");
    let other = t.certification_version("CQP_EPSP").await.id;
    entry(&t, other, Register::Rs, BEFORE).await.unwrap();
}

#[tokio::test]
async fn two_bodies_in_charge_of_one_version_never_share_a_day() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await.id;
    body(&t, version, BEFORE).await.unwrap();
    for days in [BEFORE, OPEN] {
        let refused = body(&t, version, days).await.unwrap_err();
        assert!(db::breaks(&refused, "legal_certifier_overlap"), "{days:?}: {refused}");
    }
}
