//! `/api/v1/training-sessions`.

mod rooms;
mod steps;

pub use rooms::TrainingRoomsApi;
pub use steps::TrainingStepsApi;

use std::sync::Arc;

use entity::ids::{ExpertId, ProgrammeId, StructureId, TrainingSessionId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use poem_openapi::{ApiResponse, OpenApi};
use time::Date;
use uuid::Uuid;

use super::consequences::Consequences;
use super::known::lacks;
use super::load::Whole;
use super::queries::{self, Filter};
use super::shapes::{
    ConsequencesOut, DeliveryWord, KindWord, ModalityWord, SessionChangeIn, SessionIn, SessionOut,
    SessionPage, SessionReasonIn, SessionSeriesIn, SessionSeriesOut, SessionSlotsIn, StateWord, StepWord,
    SubcontractIn, TeachingIn, ThemeWord, typed_slots,
};
use super::state::{Step, TABLE};
use super::{TrainingError, actions, labels};
use crate::app::App;
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::db::idempotency::Answer;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::rules::typed_date::iso;

/// Training sessions.
pub struct TrainingApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of sessions.
#[derive(ApiResponse)]
enum Listed {
    /// The sessions that the caller may see.
    #[oai(status = 200)]
    Page(Json<SessionPage>),
}

/// A series that was created.
#[derive(ApiResponse)]
enum Series {
    /// Its sessions.
    #[oai(status = 201)]
    Created(Json<SessionSeriesOut>),
}

/// What an act would change.
#[derive(ApiResponse)]
enum Told {
    /// The list that is read before.
    #[oai(status = 200)]
    Consequences(Json<ConsequencesOut>),
}

#[OpenApi(prefix_path = "/training-sessions", tag = "Tag::Training")]
impl TrainingApi {
    /// List training sessions
    ///
    /// Those that wait for their dates, then the latest day first; `q` finds words of the number, of the title or of the
    /// place. An expert sees those where they teach, a structure those held for it.
    #[oai(path = "/", method = "get", operation_id = "training_session_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only this programme.
        programme_id: Query<Option<Uuid>>,
        /// Only this theme.
        theme: Query<Option<ThemeWord>>,
        /// Only this kind.
        kind: Query<Option<KindWord>>,
        /// Only those delivered so.
        delivery: Query<Option<DeliveryWord>>,
        /// Only this modality.
        modality: Query<Option<ModalityWord>>,
        /// Only this region, by its INSEE code.
        region: Query<Option<ShortText>>,
        /// Only those held for this structure.
        structure_id: Query<Option<Uuid>>,
        /// Only those where this expert teaches.
        trainer_id: Query<Option<Uuid>>,
        /// Only those of this series.
        series_id: Query<Option<Uuid>>,
        /// Only those that begin from this day on.
        from: Query<Option<Date>>,
        /// Only those that begin until this day.
        until: Query<Option<Date>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
            programme: programme_id.0.map(ProgrammeId),
            theme: theme.0.map(Into::into),
            kind: kind.0.map(Into::into),
            delivery: delivery.0.map(Into::into),
            modality: modality.0.map(Into::into),
            region: region.0.map(String::from),
            structure: structure_id.0.map(StructureId),
            trainer: trainer_id.0.map(ExpertId),
            series: series_id.0,
            from: from.0,
            until: until.0,
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(SessionPage { items, next_cursor })))
    }

    /// Read a training session
    #[oai(path = "/:id", method = "get", operation_id = "training_session_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<SessionOut>, ApiError> {
        let conn = self.app.db.read();
        let whole = Whole::get(conn, &caller.0, TrainingSessionId(id.0)).await?;
        let staff = caller.0.is_staff();
        let missing = if staff && TABLE.can(whole.session.state, Step::Confirm) {
            told(lacks(conn, &whole, Step::Confirm).await?)
        } else {
            Vec::new()
        };
        Ok(Read::new(SessionOut::of(&whole, missing, staff), whole.session.version))
    }

    /// Tell what an act would change
    ///
    /// People, trainers and rooms concerned, and the same as a list in French. Nothing is changed.
    #[oai(path = "/:id/consequences", method = "get", operation_id = "training_session_consequences")]
    async fn consequences(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The act; a cancellation unless given.
        step: Query<Option<StepWord>>,
    ) -> Result<Told, ApiError> {
        let whole = Whole::get(self.app.db.read(), &caller.0, TrainingSessionId(id.0)).await?;
        let _allowed = allows(&caller.0, Permission::TrainingManage, &whole.facts(&caller.0))
            .map_err(TrainingError::from)?;
        let found = Consequences::of(&whole);
        let effects = found.told(step.0.map_or(Step::Cancel, Into::into), &whole);
        Ok(Told::Consequences(Json(ConsequencesOut::of(found, effects))))
    }

    /// Create a training session
    ///
    /// A project, which nobody sees yet. What is left out follows the sheet of the programme.
    #[oai(path = "/", method = "post", operation_id = "training_session_create")]
    async fn create(&self, caller: Caller, body: Json<SessionIn>) -> Result<Created<SessionOut>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let (typed, slots) = (body.0.typed(), typed_slots(&body.0.slots));
        let row = Box::pin(actions::create(&mut tx, &typed, &slots)).await?;
        let out = after(&tx, row.id).await?;
        let created = Created::new(out, &format!("/training-sessions/{}", row.id), row.version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Create several training sessions at once
    ///
    /// The same half-days from each first day on; all of them, or none.
    #[oai(path = "/series", method = "post", operation_id = "training_session_create_series")]
    async fn create_series(&self, caller: Caller, body: Json<SessionSeriesIn>) -> Result<Series, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let session = &body.0.session;
        let (typed, slots) = (session.typed(), typed_slots(&session.slots));
        let days: Vec<String> = body.0.days.iter().map(|day| iso(*day)).collect();
        let rows = Box::pin(actions::create_series(&mut tx, &typed, &slots, &days)).await?;
        let out = SessionSeriesOut::of(&rows);
        tx.keep_answer(Answer::new(201, out.to_json_string()));
        tx.commit().await?;
        Ok(Series::Created(Json(out)))
    }

    /// Change what a training session says
    ///
    /// What is left out stays. When the place changes, everybody is told. `If-Match` is needed.
    #[oai(path = "/:id", method = "patch", operation_id = "training_session_edit")]
    async fn edit(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionChangeIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let id = TrainingSessionId(id.0);
        let known = Whole::get(self.app.db.read(), &caller.0, id).await?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::edit(&mut tx, id, Some(seen), &body.0.typed(&known.session))).await?;
        done(tx, id).await
    }

    /// Give a training session its half-days
    ///
    /// All of them: those that stay keep who teaches, those that are left out are gone. Everybody is told.
    #[oai(path = "/:id/plan", method = "post", operation_id = "training_session_plan")]
    async fn plan(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionSlotsIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let slots = typed_slots(&body.0.slots);
        Box::pin(actions::plan(&mut tx, TrainingSessionId(id.0), seen, &slots)).await?;
        done(tx, id.0.into()).await
    }

    /// Have somebody teach
    ///
    /// Their half-days are taken, as by a mission: nobody is in two places at once. They hold on each day the right that the
    /// programme asks for.
    #[oai(path = "/:id/trainers", method = "post", operation_id = "training_session_assign")]
    async fn assign(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<TeachingIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        Box::pin(actions::assign(&mut tx, TrainingSessionId(id.0), seen, &body.0.typed())).await?;
        done(tx, id.0.into()).await
    }

    /// Have somebody teach no more
    ///
    /// On what they have not signed yet; they are told.
    #[oai(
        path = "/:id/trainers/:expert_id/remove",
        method = "post",
        operation_id = "training_session_remove_trainer"
    )]
    async fn remove(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        expert_id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionReasonIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let person = ExpertId(expert_id.0);
        Box::pin(actions::remove(&mut tx, TrainingSessionId(id.0), seen, person, &body.0.reason.0)).await?;
        done(tx, id.0.into()).await
    }

    /// Record what a training session is entrusted with
    ///
    /// Another contract in force ends.
    #[oai(path = "/:id/subcontract", method = "post", operation_id = "training_session_subcontract")]
    async fn subcontract(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SubcontractIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let typed = body.0.typed();
        Box::pin(actions::record_subcontract(&mut tx, TrainingSessionId(id.0), seen, &typed)).await?;
        done(tx, id.0.into()).await
    }

    /// End the sub-contract of a training session
    #[oai(path = "/:id/subcontract/end", method = "post", operation_id = "training_session_end_subcontract")]
    async fn end_subcontract(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SessionReasonIn>,
    ) -> Result<Read<SessionOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let reason = &body.0.reason.0;
        Box::pin(actions::end_subcontract(&mut tx, TrainingSessionId(id.0), seen, reason)).await?;
        done(tx, id.0.into()).await
    }
}

fn told(lacking: Vec<super::state::Lack>) -> Vec<String> {
    lacking.into_iter().map(|lack| labels::lack(lack).to_owned()).collect()
}

/// Commits and answers the session.
async fn done(mut tx: Tx, id: TrainingSessionId) -> Result<Read<SessionOut>, ApiError> {
    let out = after(&tx, id).await?;
    let version = out.session.version;
    let read = Read::new(out, version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}

/// The session as the transaction leaves it.
async fn after(tx: &Tx, id: TrainingSessionId) -> Result<SessionOut, ApiError> {
    let whole = Whole::get(tx.conn(), tx.actor(), id).await?;
    let staff = tx.actor().is_staff();
    let missing = if staff && TABLE.can(whole.session.state, Step::Confirm) {
        told(lacks(tx.conn(), &whole, Step::Confirm).await?)
    } else {
        Vec::new()
    };
    Ok(SessionOut::of(&whole, missing, staff))
}
