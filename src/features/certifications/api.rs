//! `/api/v1/certifications`; referentials are in [`referentials`].

pub mod referentials;

use std::sync::Arc;

use entity::ids::{CertificationId, CertificationVersionId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::shapes::{
    CertificationIn, CertificationOut, CertificationPage, LegalCertifierIn, RegistrationIn, VersionChangeIn,
    VersionIn, VersionOut,
};
use super::{actions, queries};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, Tag, if_match};

/// Certifications, their versions, register entries and bodies in charge.
pub struct CertificationsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Every certification.
#[derive(ApiResponse)]
enum Listed {
    /// The certifications.
    #[oai(status = 200)]
    Page(Json<CertificationPage>),
}

#[OpenApi(prefix_path = "/certifications", tag = "Tag::Certifications")]
impl CertificationsApi {
    /// List certifications as of a date
    ///
    /// By code; `open` is that of `on`.
    #[oai(path = "/", method = "get", operation_id = "certification_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// The day looked at; that of today unless given.
        on: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let on = on.0.unwrap_or_else(|| self.app.today());
        let found = queries::list(self.app.db.read(), &caller.0).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |one| one.certification.id.to_string())?;
        let items = found.iter().map(|found| CertificationOut::of(found, on)).collect();
        Ok(Listed::Page(Json(CertificationPage { items, next_cursor })))
    }

    /// Record a certification with its first version
    ///
    /// Its code and its short title are those of no other. Register entries and bodies in charge are added after.
    #[oai(path = "/", method = "post", operation_id = "certification_create")]
    async fn create(
        &self,
        caller: Caller,
        body: Json<CertificationIn>,
    ) -> Result<Created<CertificationOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let created = actions::create(&mut tx, &body.0.typed()).await?;
        tx.commit().await?;
        let path = format!("/certifications/{}", created.certification.id);
        Ok(Created::new(CertificationOut::of(&created, self.app.today()), &path, 1))
    }

    /// Add a version to a certification
    ///
    /// Its name is that of no other version. Those of before stay as they are: close them to enrolment with
    /// `certification_version_edit`. Answers the version.
    #[oai(path = "/:id/versions", method = "post", operation_id = "certification_version_add")]
    async fn add_version(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<VersionIn>,
    ) -> Result<Created<VersionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let added = actions::add_version(&mut tx, id.0.into(), &body.0.typed()).await?;
        let out = self.after(&tx, added.id).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Created::new(out, &format!("/certifications/{}", id.0), version))
    }

    /// Read a certification as of a date
    ///
    /// `open` is that of `on`.
    #[oai(path = "/:id", method = "get", operation_id = "certification_get")]
    async fn get(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The day looked at; that of today unless given.
        on: Query<Option<Date>>,
    ) -> Result<Read<CertificationOut>, ApiError> {
        let on = on.0.unwrap_or_else(|| self.app.today());
        let found = queries::get(self.app.db.read(), &caller.0, |row| row.id.0 == id.0).await?;
        let version = found.versions.iter().map(|found| found.version.version).sum();
        Ok(Read::new(CertificationOut::of(&found, on), version))
    }

    /// Change a version
    ///
    /// Only the fields given change. `If-Match` is the `version` of that version; `certification_version_weigh` says what
    /// stands on it.
    #[oai(path = "/:id/versions/:version_id", method = "patch", operation_id = "certification_version_edit")]
    async fn edit_version(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<VersionChangeIn>,
    ) -> Result<Read<VersionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let (id, version): (CertificationId, CertificationVersionId) = (id.0.into(), version_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::edit_version(&mut tx, id, version, Some(seen), |typed| body.0.apply(typed)).await?;
        let out = self.after(&tx, version).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Read::new(out, version))
    }

    /// Add a register entry
    ///
    /// An entry without an end ends the day before; entries never overlap. Answers the version.
    #[oai(
        path = "/:id/versions/:version_id/registrations",
        method = "post",
        operation_id = "registration_add"
    )]
    async fn add_registration(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        body: Json<RegistrationIn>,
    ) -> Result<Created<VersionOut>, ApiError> {
        let (id, version): (CertificationId, CertificationVersionId) = (id.0.into(), version_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_registration(&mut tx, id, version, None, &body.0.typed()).await?;
        let out = self.after(&tx, version).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Created::new(out, &format!("/certifications/{id}"), version))
    }

    /// Add a body in charge
    ///
    /// A body without an end ends the day before; bodies never overlap. Answers the version.
    #[oai(
        path = "/:id/versions/:version_id/legal-certifiers",
        method = "post",
        operation_id = "legal_certifier_add"
    )]
    async fn add_certifier(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        version_id: Path<Uuid>,
        body: Json<LegalCertifierIn>,
    ) -> Result<Created<VersionOut>, ApiError> {
        let (id, version): (CertificationId, CertificationVersionId) = (id.0.into(), version_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::add_certifier(&mut tx, id, version, None, &body.0.typed()).await?;
        let out = self.after(&tx, version).await?;
        tx.commit().await?;
        let version = out.version;
        Ok(Created::new(out, &format!("/certifications/{id}"), version))
    }
}

impl CertificationsApi {
    /// The version as the transaction leaves it.
    async fn after(&self, tx: &Tx, id: CertificationVersionId) -> Result<VersionOut, ApiError> {
        let (_, found) = queries::version(tx.conn(), id).await?;
        Ok(VersionOut::of(&found, self.app.today()))
    }
}
