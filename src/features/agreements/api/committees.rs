//! `/committees`.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use uuid::Uuid;

use super::Listed;
use super::decision_bodies::{CommitteeCancelIn, CommitteeIn, CommitteeMoveIn};
use super::right_shapes::{CommitteeLine, CommitteeOut, CommitteePage};
use super::words::CommitteeStateWord;
use crate::app::App;
use crate::features::agreements::actions::decision::{self, CommitteeMove};
use crate::features::agreements::{queries, whole};
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};
use crate::rules::territory::PARIS;

/// Meetings of the agreement committee.
pub struct CommitteesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/committees", tag = "Tag::Agreements")]
impl CommitteesApi {
    /// List committees
    ///
    /// The last planned first; `q` finds words of the place.
    #[oai(path = "/", method = "get", operation_id = "committee_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only this state.
        state: Query<Option<CommitteeStateWord>>,
    ) -> Result<Listed<CommitteePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = queries::CommitteeFilter {
            q: q.0.map(String::from).unwrap_or_default(),
            state: state.0.map(Into::into),
        };
        let found = queries::committees(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Found(Json(CommitteePage { items, next_cursor })))
    }

    /// Plan a committee
    #[oai(path = "/", method = "post", operation_id = "committee_plan")]
    async fn plan(
        &self,
        caller: Caller,
        body: Json<CommitteeIn>,
    ) -> Result<Created<CommitteeLine>, ApiError> {
        let CommitteeIn { meets_on, zone, place } = body.0;
        let zone = zone.map_or_else(|| PARIS.to_owned(), String::from);
        let mut tx = self.app.begin(caller.0).await?;
        let committee = decision::plan_committee(&mut tx, meets_on, &zone, &place.0).await?;
        tx.commit().await?;
        let path = format!("/committees/{}", committee.id);
        Ok(Created::new(CommitteeLine::from(&committee), &path, committee.version))
    }

    /// Move a committee
    ///
    /// Its agenda follows it; those who sit on it are told. Not once it decided something.
    #[oai(path = "/:id/move", method = "post", operation_id = "committee_move")]
    async fn move_to(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CommitteeMoveIn>,
    ) -> Result<Read<CommitteeLine>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let CommitteeMoveIn { meets_on, zone, place, reason } = body.0;
        let to = CommitteeMove { meets_on, zone: zone.map(String::from), place: place.map(String::from) };
        let mut tx = self.app.begin(caller.0).await?;
        let committee = decision::move_committee(&mut tx, id.0.into(), seen, to, &reason.0).await?;
        tx.commit().await?;
        Ok(Read::new(CommitteeLine::from(&committee), committee.version))
    }

    /// Cancel a committee
    ///
    /// The requests on its agenda wait for another one; those who sit on it are told. Not once it decided something.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "committee_cancel")]
    async fn cancel(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<CommitteeCancelIn>,
    ) -> Result<Read<CommitteeLine>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let committee = decision::cancel_committee(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        tx.commit().await?;
        Ok(Read::new(CommitteeLine::from(&committee), committee.version))
    }

    /// Read a committee and its agenda
    #[oai(path = "/:id", method = "get", operation_id = "committee_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<CommitteeOut>, ApiError> {
        let conn = self.app.db.read();
        let (committee, agenda) = whole::committee(conn, &caller.0, id.0.into()).await?;
        let documents = whole::committee_files(conn, &caller.0, committee.id).await?;
        let out = CommitteeOut {
            id: committee.id.0,
            meets_on: committee.meets_on,
            zone: committee.zone,
            place: committee.place,
            state: committee.state.into(),
            agenda: agenda.into_iter().map(Into::into).collect(),
            documents: documents.iter().map(Into::into).collect(),
            version: committee.version,
        };
        Ok(Read::new(out, committee.version))
    }
}
