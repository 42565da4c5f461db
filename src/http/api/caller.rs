//! Who calls the API: the holder of a bearer token, with the rights of its account.

use std::sync::Arc;

use poem::Request;
use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;
use poem_openapi::error::AuthorizationError;
use poem_openapi::param::Header;

use super::problem::ApiError;
use super::reply::if_match;
use crate::app::App;
use crate::authz::{Actor, by_token};
use crate::db::Tx;
use crate::db::idempotency::Claim;
use crate::http::middleware::rate_limit::AccountLimit;
use crate::http::middleware::request_log::RequestId;

/// The caller, from `Authorization: Bearer <token>`. Tokens are made on the page of the account or by `parchemin token create`.
#[derive(SecurityScheme)]
#[oai(ty = "bearer", rename = "token", checker = "actor_of")]
pub struct Caller(pub Actor);

impl Caller {
    /// Begins an act at the version that the caller read, which is given in `If-Match`.
    ///
    /// # Errors
    /// 412 when the header is no version that was ever given, what the database answers.
    pub async fn begin(
        self,
        app: &Arc<App>,
        seen: &Header<Option<String>>,
    ) -> Result<(Tx, Option<i32>), ApiError> {
        let seen = if_match(seen.0.as_ref())?;
        Ok((app.begin(self.0).await?, seen))
    }
}

async fn actor_of(request: &Request, bearer: Bearer) -> poem::Result<Actor> {
    let mut actor = holder(request, &bearer).await.ok_or(AuthorizationError)?;
    if let (Some(limit), Some(account)) = (request.data::<AccountLimit>(), actor.account_id()) {
        limit.count(account)?;
    }
    actor.request_id = request.data::<RequestId>().map(|id| id.0.clone());
    actor.idempotency = request.data::<Claim>().cloned();
    Ok(actor)
}

async fn holder(request: &Request, bearer: &Bearer) -> Option<Actor> {
    let app = request.data::<Arc<App>>()?;
    match by_token(&app.db, &bearer.token, app.now()).await {
        Ok(actor) => actor,
        Err(error) => {
            tracing::error!(%error, "token lookup");
            None
        }
    }
}
