//! The visit: date, grid, report, answer, opinion.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::bodies::{OpinionIn, PostponeIn, ReasonIn, RecordVisitIn, ScheduleIn, ScoresIn, TextIn, scores};
use super::done;
use super::request_shape::AgreementRequestOut;
use crate::app::App;
use crate::features::agreements::actions::visit;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::queries;
use crate::http::api::{ApiError, Caller, Read, Tag, if_match};

/// The visit of a request.
pub struct VisitApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/agreement-requests", tag = "Tag::Agreements")]
impl VisitApi {
    /// Decline the visit
    #[oai(path = "/:id/decline", method = "post", operation_id = "agreement_request_decline")]
    async fn decline(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = visit::decline(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, request).await
    }

    /// Take the visit back from the contrôleur in charge
    ///
    /// The contrôleur may do it too, when they cannot come any more. The date is cancelled in every calendar that holds
    /// it, and the visit waits to be given to somebody else.
    #[oai(path = "/:id/release", method = "post", operation_id = "agreement_request_release")]
    async fn release(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ReasonIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = visit::release(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, request).await
    }

    /// Fix the date of the visit
    ///
    /// An invitation leaves to the structure and to the contrôleur.
    #[oai(path = "/:id/schedule", method = "post", operation_id = "agreement_request_schedule")]
    async fn schedule(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<ScheduleIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = Dossier::locked(&tx, id.0.into()).await?;
        let typed = body.0.visit(&dossier.structure.zone);
        let request = visit::schedule(&mut tx, id.0.into(), seen, typed).await?;
        done(tx, request).await
    }

    /// Move the visit
    ///
    /// The structure may do it once.
    #[oai(path = "/:id/postpone", method = "post", operation_id = "agreement_request_postpone")]
    async fn postpone(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PostponeIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let dossier = Dossier::locked(&tx, id.0.into()).await?;
        let PostponeIn { at, zone, place, mode, sites, accepted_by, accepted_on, reason } = body.0;
        let moved = ScheduleIn { at, zone, place, mode, sites, accepted_by, accepted_on };
        let typed = moved.visit(&dossier.structure.zone);
        let request = visit::postpone(&mut tx, id.0.into(), seen, typed, &reason.0).await?;
        done(tx, request).await
    }

    /// Keep scores of the grid
    ///
    /// May be repeated until the provisional report leaves; those of other criteria stay.
    #[oai(path = "/:id/scores", method = "post", operation_id = "agreement_request_scores")]
    async fn score(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<ScoresIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        visit::score(&mut tx, id.0.into(), &scores(body.0.scores)).await?;
        let dossier = queries::request(tx.conn(), tx.actor(), id.0.into()).await?;
        done(tx, dossier.request).await
    }

    /// Record that the visit took place
    ///
    /// The grid must be whole, unless the structure refused the control.
    #[oai(path = "/:id/record-visit", method = "post", operation_id = "agreement_request_record_visit")]
    async fn record_visit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<RecordVisitIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let record = visit::VisitRecord {
            scores: scores(body.0.scores),
            persons_met: body.0.persons_met.0,
            refused: body.0.refused,
        };
        let request = visit::record_visit(&mut tx, id.0.into(), seen, record).await?;
        done(tx, request).await
    }

    /// Send the provisional report
    #[oai(
        path = "/:id/send-provisional-report",
        method = "post",
        operation_id = "agreement_request_send_provisional_report"
    )]
    async fn send_report(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = visit::send_report(&mut tx, id.0.into(), seen).await?;
        done(tx, request).await
    }

    /// Answer the provisional report
    #[oai(path = "/:id/comment", method = "post", operation_id = "agreement_request_comment")]
    async fn comment(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<TextIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = visit::comment(&mut tx, id.0.into(), seen, &body.0.text.0).await?;
        done(tx, request).await
    }

    /// Give the opinion
    ///
    /// Never more lenient than the grid.
    #[oai(path = "/:id/finalise", method = "post", operation_id = "agreement_request_finalise")]
    async fn finalise(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<OpinionIn>,
    ) -> Result<Read<AgreementRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request =
            visit::finalise(&mut tx, id.0.into(), seen, body.0.opinion.into(), &body.0.text.0).await?;
        done(tx, request).await
    }
}
