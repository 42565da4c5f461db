//! `/api/v1/enrolments/{id}/adaptations`. What a measure says is answered to who asks to read it, and to nobody else: an
//! answer that is kept for repeated requests never holds it.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use uuid::Uuid;

use crate::app::App;
use crate::features::enrolments::shapes::{
    EnrolmentAdaptationIn, EnrolmentAdaptationRef, EnrolmentAdaptations,
};
use crate::features::enrolments::{actions, adaptations, queries};
use crate::http::api::{ApiError, Caller, Read, Tag};

/// The measures agreed for a trainee.
pub struct EnrolmentAdaptationsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/enrolments", tag = "Tag::Training")]
impl EnrolmentAdaptationsApi {
    /// Read the measures agreed for a trainee
    ///
    /// The journal keeps who read them.
    #[oai(path = "/:id/adaptations", method = "get", operation_id = "enrolment_adaptation_list")]
    async fn list(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<EnrolmentAdaptations>, ApiError> {
        let line = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let about = (&line.enrolment, &line.session);
        let found = adaptations::read(&self.app, &caller.0, about).await?;
        let items = found.iter().map(Into::into).collect();
        Ok(Read::new(EnrolmentAdaptations { items }, line.enrolment.version))
    }

    /// Agree on a measure
    ///
    /// What is done, never what it comes from; the person said yes.
    #[oai(path = "/:id/adaptations", method = "post", operation_id = "enrolment_adaptation_agree")]
    async fn agree(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<EnrolmentAdaptationIn>,
    ) -> Result<Read<EnrolmentAdaptationRef>, ApiError> {
        let line = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let about = (&line.enrolment, &line.session);
        let sealed = adaptations::seal(&self.app, &caller.0, about, &body.0.typed())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (dossier, row) = actions::agree_adaptation(&mut tx, id.0.into(), &sealed).await?;
        let version = dossier.enrolment.version;
        let read = Read::new(EnrolmentAdaptationRef::from(&row), version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// End a measure
    ///
    /// Those who teach are no longer told of it.
    #[oai(
        path = "/:id/adaptations/:adaptation_id/end",
        method = "post",
        operation_id = "enrolment_adaptation_end"
    )]
    async fn end(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        adaptation_id: Path<Uuid>,
    ) -> Result<Read<EnrolmentAdaptationRef>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (id, which) = (id.0.into(), adaptation_id.0.into());
        let (dossier, row) = actions::end_adaptation(&mut tx, id, which).await?;
        let version = dossier.enrolment.version;
        let read = Read::new(EnrolmentAdaptationRef::from(&row), version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }
}
