//! `/api/v1/access-requests`: what the team answers to structures that ask for an account.

use std::sync::Arc;

use entity::access_request::{self, AccessState};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{actions, labels, queries};
use crate::app::App;
use crate::db::Tx;
use crate::http::api::words::words;
use crate::http::api::{ApiError, Caller, LongText, PageParams, Read, Tag, if_match};

/// Requests of structures that are not known yet.
pub struct AccessApi {
    /// What every part shares.
    pub app: Arc<App>,
}

words! {
    /// Where a request for access stands.
    AccessStateWord as "AccessState" for AccessState {
        /// Its address is not confirmed: nobody sees it.
        Unconfirmed,
        /// It waits for the team.
        Pending,
        /// The account was opened.
        Accepted,
        /// It was refused.
        Refused,
    }
}

/// A request for access.
#[derive(Clone, Debug, Object)]
pub struct AccessRequestOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub state: AccessStateWord,
    /// The same, in French.
    pub state_label: String,
    /// SIRET of the seat.
    pub siret: String,
    /// Name of the structure.
    pub name: String,
    /// Street of the seat.
    pub address: String,
    /// Postal code of the seat.
    pub postal_code: String,
    /// Commune of the seat.
    pub commune: String,
    /// Person who asks.
    pub contact_name: String,
    /// Function of the person.
    pub contact_title: String,
    /// Address of the person, confirmed.
    pub contact_email: String,
    /// Telephone of the person.
    pub contact_phone: Option<String>,
    /// When the address was confirmed.
    pub confirmed_at: Option<OffsetDateTime>,
    /// When it was answered.
    pub settled_at: Option<OffsetDateTime>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The structure whose account was opened.
    pub structure_id: Option<Uuid>,
    /// Version, for `If-Match`.
    pub version: i32,
}

impl From<access_request::Model> for AccessRequestOut {
    fn from(row: access_request::Model) -> Self {
        Self {
            id: row.id.0,
            number: row.number.unwrap_or_default(),
            state: row.state.into(),
            state_label: labels::state(row.state).word.to_owned(),
            siret: row.siret,
            name: row.name,
            address: row.address,
            postal_code: row.postal_code,
            commune: row.commune,
            contact_name: row.contact_name,
            contact_title: row.contact_title,
            contact_email: row.contact_email,
            contact_phone: row.contact_phone,
            confirmed_at: row.confirmed_at.map(|at| *at),
            settled_at: row.settled_at.map(|at| *at),
            reason: row.reason,
            structure_id: row.structure_id.map(|id| id.0),
            version: row.version,
        }
    }
}

/// A page of requests for access.
#[derive(Clone, Debug, Object)]
pub struct AccessRequestPage {
    /// The requests, the latest first.
    pub items: Vec<AccessRequestOut>,
    /// Cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Listed {
    /// The requests that the caller may see.
    #[oai(status = 200)]
    Page(Json<AccessRequestPage>),
}

/// Why a request for access is refused.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AccessRefusalIn {
    /// The reason, which the person reads.
    pub reason: LongText,
}

#[OpenApi(prefix_path = "/access-requests", tag = "Tag::Structures")]
impl AccessApi {
    /// List requests for access
    ///
    /// Those of structures that ask for an account, once their address is confirmed; the latest first.
    #[oai(path = "/", method = "get", operation_id = "access_request_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        /// Only those in this state.
        state: Query<Option<AccessStateWord>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = queries::list(self.app.db.read(), &caller.0, state.0.map(Into::into), &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.into_iter().map(Into::into).collect();
        Ok(Listed::Page(Json(AccessRequestPage { items, next_cursor })))
    }

    /// Read a request for access
    #[oai(path = "/:id", method = "get", operation_id = "access_request_get")]
    async fn get(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<AccessRequestOut>, ApiError> {
        let found = queries::get(self.app.db.read(), &caller.0, id.0.into()).await?;
        let version = found.version;
        Ok(Read::new(found.into(), version))
    }

    /// Accept a request for access
    ///
    /// The structure is recorded unless its SIREN is known, and the person invited by mail.
    #[oai(path = "/:id/accept", method = "post", operation_id = "access_request_accept")]
    async fn accept(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
    ) -> Result<Read<AccessRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = actions::accept(&mut tx, id.0.into(), seen).await?;
        done(tx, request).await
    }

    /// Refuse a request for access
    ///
    /// The person receives the reason.
    #[oai(path = "/:id/refuse", method = "post", operation_id = "access_request_refuse")]
    async fn refuse(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<AccessRefusalIn>,
    ) -> Result<Read<AccessRequestOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        let mut tx = self.app.begin(caller.0).await?;
        let request = actions::refuse(&mut tx, id.0.into(), seen, &body.0.reason.0).await?;
        done(tx, request).await
    }
}

/// Commits and answers the request.
async fn done(mut tx: Tx, request: access_request::Model) -> Result<Read<AccessRequestOut>, ApiError> {
    let version = request.version;
    let read = Read::new(request.into(), version).kept(&mut tx);
    tx.commit().await?;
    Ok(read)
}
