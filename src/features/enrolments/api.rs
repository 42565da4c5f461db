//! `/api/v1/enrolments`.

pub mod adaptations;
mod steps;

pub use steps::EnrolmentStepsApi;

use std::sync::Arc;

use entity::enrolment::{self, EnrolmentWay};
use entity::ids::TrainingSessionId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::actions::Asked;
use super::input::{NewPerson, TypedBuyer, TypedPerson};
use super::queries::{self, Filter};
use super::shapes::{
    EnrolPeopleIn, Enrolled, EnrolmentAllotment, EnrolmentContactIn, EnrolmentCount, EnrolmentCounts,
    EnrolmentFile, EnrolmentNeedIn, EnrolmentOffered, EnrolmentPage, EnrolmentPersonIn, StateWord,
};
use super::{EnrolmentError, actions, labels};
use crate::app::App;
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::settings;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::rules::training::seats::allotment;

/// Enrolments in training sessions.
pub struct EnrolmentsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A page of enrolments.
#[derive(ApiResponse)]
enum Listed {
    /// The enrolments that the caller may see.
    #[oai(status = 200)]
    Page(Json<EnrolmentPage>),
}

/// Enrolments counted.
#[derive(ApiResponse)]
enum Counted {
    /// How many of those that the caller may see are in each state.
    #[oai(status = 200)]
    Counts(Json<EnrolmentCounts>),
}

/// What would be done of people.
#[derive(ApiResponse)]
enum Allotted {
    /// As the seats are now.
    #[oai(status = 200)]
    Allotment(Json<EnrolmentAllotment>),
}

/// Seats offered.
#[derive(ApiResponse)]
enum Offered {
    /// How many were.
    #[oai(status = 200)]
    Offered(Json<EnrolmentOffered>),
}

#[OpenApi(prefix_path = "/enrolments", tag = "Tag::Training")]
impl EnrolmentsApi {
    /// List enrolments
    ///
    /// The last first; `q` finds words of the reference or of the names. A structure sees those that it pays for.
    #[oai(path = "/", method = "get", operation_id = "enrolment_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<StateWord>>,
        /// Only those of this session.
        session_id: Query<Option<Uuid>>,
        /// Only those that this structure pays for.
        structure_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            states: state.0.map(Into::into).into_iter().collect(),
            session: session_id.0.map(Into::into),
            structure: structure_id.0.map(Into::into),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(EnrolmentPage { items, next_cursor })))
    }

    /// Count enrolments
    #[oai(path = "/counts", method = "get", operation_id = "enrolment_counts")]
    async fn counts(&self, caller: Caller) -> Result<Counted, ApiError> {
        let found = queries::counts(self.app.db.read(), &caller.0).await?;
        let mut states: Vec<_> = found.into_iter().collect();
        states.sort_unstable_by_key(|(state, _)| *state);
        let count =
            |(state, count): (enrolment::EnrolmentState, i64)| EnrolmentCount { state: state.into(), count };
        Ok(Counted::Counts(Json(EnrolmentCounts { states: states.into_iter().map(count).collect() })))
    }

    /// Tell what would be done of people
    ///
    /// How many would have a seat and how many would wait, as the seats are now: shown before it is confirmed.
    #[oai(path = "/sessions/:session_id/allotment", method = "get", operation_id = "enrolment_allotment")]
    async fn allotment(
        &self,
        _caller: Caller,
        session_id: Path<Uuid>,
        /// How many people; one unless given.
        people: Query<Option<u32>>,
    ) -> Result<Allotted, ApiError> {
        let tally = queries::tally(self.app.db.read(), session_id.0.into()).await?;
        let (held, waiting) = allotment(people.0.unwrap_or(1), tally);
        let first_rank = (waiting > 0).then_some(tally.waiting.saturating_add(1));
        Ok(Allotted::Allotment(Json(EnrolmentAllotment { held, waiting, first_rank })))
    }

    /// Offer the free seats of a session
    ///
    /// To those who wait, in the order of their ranks, each for some working hours.
    #[oai(
        path = "/sessions/:session_id/offer-seats",
        method = "post",
        operation_id = "enrolment_offer_seats"
    )]
    async fn offer_seats(&self, caller: Caller, session_id: Path<Uuid>) -> Result<Offered, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let offered = actions::offer_seats(&mut tx, session_id.0.into()).await?;
        if offered > 0 {
            tx.commit().await?;
        }
        let offered = u32::try_from(offered).unwrap_or(u32::MAX);
        Ok(Offered::Offered(Json(EnrolmentOffered { offered })))
    }

    /// Read an enrolment
    #[oai(path = "/:id", method = "get", operation_id = "enrolment_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<EnrolmentFile>, ApiError> {
        let whole = queries::whole_of(self.app.db.read(), &caller.0, id.0.into()).await?;
        Ok(Read::new((&whole).into(), whole.line.enrolment.version))
    }

    /// Enrol people
    ///
    /// All of them, or none: a seat each while there are, then a place in the waiting list. A structure enrols its own
    /// people, under the SIRET of one of its sites. Each is written to, with the link that confirms their address.
    #[oai(path = "/", method = "post", operation_id = "enrolment_create")]
    async fn create(&self, caller: Caller, body: Json<EnrolPeopleIn>) -> Result<Created<Enrolled>, ApiError> {
        // a role that enrols nobody is told so, whatever it sends; the action asks again, of the session
        let own = Facts { structure: caller.0.structures().next(), ..Facts::default() };
        allows_somewhere(&caller.0, Permission::EnrolmentCreate, &own).map_err(EnrolmentError::from)?;
        let session: TrainingSessionId = body.0.session_id.into();
        let people: Vec<TypedPerson> = body.0.people.iter().map(EnrolmentPersonIn::typed).collect();
        let asked = read_people(&self.app, &body.0.payer.typed(), &people).await?;
        let mut tx = self.app.begin(caller.0).await?;
        let way = EnrolmentWay::Api;
        let enrolled = match body.0.waiting {
            _ if body.0.as_requests == Some(true) => actions::request(&mut tx, session, way, &asked).await?,
            Some(waiting) => actions::enrol_as_shown(&mut tx, session, way, &asked, waiting).await?,
            None => actions::enrol(&mut tx, session, way, &asked).await?,
        };
        let mut items = Vec::new();
        for row in &enrolled {
            items.push((&queries::get(tx.conn(), tx.actor(), row.id).await?).into());
        }
        let first = enrolled.first().map(|row| row.id.to_string()).unwrap_or_default();
        let created = Created::new(Enrolled { items }, &format!("/enrolments/{first}"), 1).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Change how a person is reached
    ///
    /// The whole of it; `If-Match` is needed. Another address is to be confirmed again.
    #[oai(path = "/:id", method = "patch", operation_id = "enrolment_change_contact")]
    async fn change_contact(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentContactIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let mut tx = self.app.begin(caller.0).await?;
        let row =
            Box::pin(actions::change_contact(&mut tx, id.0.into(), Some(seen), &body.0.typed())).await?;
        read(tx, &row).await
    }

    /// Record the need and the positioning
    ///
    /// Before the contract; written again, it replaces what was there.
    #[oai(path = "/:id/record-need", method = "post", operation_id = "enrolment_record_need")]
    async fn record_need(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<EnrolmentNeedIn>,
    ) -> Result<Read<EnrolmentFile>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let (dossier, _) = actions::record_need(&mut tx, id.0.into(), seen, &body.0.typed()).await?;
        read(tx, &dossier.enrolment).await
    }

    /// Send the link again
    ///
    /// To the person, at the address of the enrolment.
    #[oai(path = "/:id/send-link", method = "post", operation_id = "enrolment_send_link")]
    async fn send_link(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<EnrolmentFile>, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        let row = actions::send_link(&mut tx, id.0.into()).await?;
        read(tx, &row).await
    }
}

/// Reads who pays and every person; all the faults at once.
///
/// # Errors
/// The faults; what the database answers.
pub(super) async fn read_people(
    app: &Arc<App>,
    payer: &TypedBuyer,
    people: &[TypedPerson],
) -> Result<Asked, EnrolmentError> {
    let rules = settings::enrolment_rules(app.db.read()).await?;
    let mut faults: Vec<Fault> = Vec::new();
    let buyer = payer.read().map_err(|found| faults.extend(found)).ok();
    if people.is_empty() {
        faults.push(Fault::new("/people", "missing", labels::NOBODY));
    }
    if people.len() > usize::from(rules.most_people) {
        faults.push(Fault::new("/people", "too-many", labels::faults::TOO_MANY));
    }
    let mut read: Vec<NewPerson> = Vec::new();
    for (number, person) in people.iter().enumerate() {
        match person.read(&format!("/people/{number}"), app.today(), rules.of_age) {
            Ok(person) => read.push(person),
            Err(found) => faults.extend(found),
        }
    }
    match buyer {
        Some(buyer) if faults.is_empty() => Ok(Asked { buyer, people: read }),
        _ => Err(faults.into()),
    }
}

/// Commits and answers the enrolment.
async fn read(mut tx: Tx, row: &enrolment::Model) -> Result<Read<EnrolmentFile>, ApiError> {
    let whole = queries::whole_of(tx.conn(), tx.actor(), row.id).await?;
    let read = Read::new(EnrolmentFile::from(&whole), row.version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
