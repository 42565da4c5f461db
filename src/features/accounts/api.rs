//! The API of accounts: administration, oneself, tokens; sessions are in [`sessions`], the people of structures in
//! [`colleagues`].

use std::sync::Arc;

use entity::account::AccountState;
use entity::account_role::Role;
use entity::ids::{AccountId, ApiTokenId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use uuid::Uuid;

use super::actions::{self, HandOver};
use super::error::AccountError;
use super::input::{AccountChange, NewAccount, NewToken};
use super::queries::{self, AccountFilter};
use crate::app::App;
use crate::authz::Actor;
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag, if_match};

pub mod colleagues;
pub mod sessions;
mod shapes;

use shapes::{
    RoleWord, StateWord, TokenIn, TokenMadeOut, TokenOut, TokenPage, UserChangeIn, UserIn, UserOut, UserPage,
};

/// The operations.
pub struct AccountsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A token just made. It is never kept, not even to answer again under the same idempotency key.
#[derive(ApiResponse)]
enum TokenMade {
    /// Made; `token` is given once.
    #[oai(status = 201)]
    Made(
        Json<TokenMadeOut>,
        /// Where it is.
        #[oai(header = "Location")]
        String,
        /// Kept by nobody.
        #[oai(header = "Cache-Control")]
        String,
    ),
}

/// Done, nothing to say.
#[derive(ApiResponse)]
enum Done {
    /// Done.
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Accounts")]
impl AccountsApi {
    /// List accounts
    ///
    /// By address. For administrators and managers; anyone else gets an empty list.
    #[oai(path = "/users", method = "get", operation_id = "account_list")]
    async fn list(
        &self,
        caller: Caller,
        /// Rows wanted, 1 to 200.
        limit: Query<Option<u32>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Part of the address.
        q: Query<Option<ShortText>>,
        /// Open or closed.
        state: Query<Option<StateWord>>,
        /// A role held.
        role: Query<Option<RoleWord>>,
    ) -> Result<Json<UserPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = AccountFilter {
            q: q.0.map(String::from),
            state: state.0.map(AccountState::from),
            role: role.0.map(Role::from),
        };
        let found = queries::accounts(self.app.db.read(), &caller.0, &filter, &page).await?;
        Ok(Json(UserPage {
            next_cursor: found.next.as_ref().map(crate::db::Cursor::encode),
            items: found.items.into_iter().map(UserOut::from).collect(),
        }))
    }

    /// Create an account
    ///
    /// Its person receives a mail with a link that works once, for seven days.
    #[oai(path = "/users", method = "post", operation_id = "account_create")]
    async fn create(&self, caller: Caller, body: Json<UserIn>) -> Result<Created<UserOut>, ApiError> {
        let input = body.0;
        let roles = input.roles.into_iter().map(Into::into).collect();
        let new = NewAccount::parse(&input.email.0, &input.name.0, roles, input.expert_id.map(Into::into))?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        let (account, _) = actions::create_account(&mut tx, new, HandOver::Mail).await?;
        tx.commit().await?;
        let user = self.user(&caller.0, account.id).await?;
        let (path, version) = (format!("/users/{}", user.id), user.version);
        Ok(Created::new(user, &path, version))
    }

    /// Read one's own account
    #[oai(path = "/users/me", method = "get", operation_id = "account_me")]
    async fn me(&self, caller: Caller) -> Result<Read<UserOut>, ApiError> {
        let id = caller.0.account_id().ok_or(AccountError::NotFound)?;
        let user = self.user(&caller.0, id).await?;
        let version = user.version;
        Ok(Read::new(user, version))
    }

    /// Read an account
    #[oai(path = "/users/:id", method = "get", operation_id = "account_read")]
    async fn read(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<UserOut>, ApiError> {
        let user = self.user(&caller.0, id.0.into()).await?;
        actions::view(&self.app, &caller.0, id.0.into()).await?;
        let version = user.version;
        Ok(Read::new(user, version))
    }

    /// Change an account
    ///
    /// `roles`, when given, replaces every role held. A closed account loses its sessions, links and tokens at once.
    #[oai(path = "/users/:id", method = "patch", operation_id = "account_update")]
    async fn update(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        /// The version read.
        #[oai(name = "If-Match")]
        if_match_header: Header<Option<String>>,
        body: Json<UserChangeIn>,
    ) -> Result<Read<UserOut>, ApiError> {
        let version = if_match(if_match_header.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let input = body.0;
        let roles = input.roles.map(|roles| roles.into_iter().map(Into::into).collect());
        let name = input.name.as_ref().map(|name| name.0.as_str());
        let change =
            AccountChange::parse(name, input.state.map(Into::into), roles, input.expert_id.map(Into::into))?;
        let mut tx = self.app.begin(caller.0.clone()).await?;
        let account = actions::update_account(&mut tx, id.0.into(), version, change).await?;
        tx.commit().await?;
        Ok(Read::new(self.user(&caller.0, account.id).await?, account.version))
    }

    /// Remove the second factor of someone who lost it
    ///
    /// Every session of the account ends, and its person is told by mail.
    #[oai(
        path = "/users/:id/reset-second-factor",
        method = "post",
        operation_id = "account_reset_second_factor"
    )]
    async fn reset_second_factor(&self, caller: Caller, id: Path<Uuid>) -> Result<Read<UserOut>, ApiError> {
        let id: AccountId = id.0.into();
        let mut tx = self.app.begin(caller.0.clone()).await?;
        actions::reset_second_factor(&mut tx, id).await?;
        tx.commit().await?;
        let user = self.user(&caller.0, id).await?;
        let version = user.version;
        Ok(Read::new(user, version))
    }

    /// List one's own tokens
    #[oai(path = "/users/me/tokens", method = "get", operation_id = "api_token_list")]
    async fn list_tokens(
        &self,
        caller: Caller,
        /// Rows wanted, 1 to 200.
        limit: Query<Option<u32>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<TokenPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let found = queries::own_tokens(self.app.db.read(), &caller.0, self.app.now(), &page).await?;
        Ok(Json(TokenPage {
            next_cursor: found.next.as_ref().map(crate::db::Cursor::encode),
            items: found.items.into_iter().map(TokenOut::from).collect(),
        }))
    }

    /// Create a token
    ///
    /// The token acts as its person, with that person's rights, for 365 days at most. Its text is given once.
    #[oai(path = "/users/me/tokens", method = "post", operation_id = "api_token_create")]
    async fn create_token(&self, caller: Caller, body: Json<TokenIn>) -> Result<TokenMade, ApiError> {
        let account = own(&caller.0)?;
        let input = NewToken::parse(&body.0.name.0, Some(body.0.ttl_days))?;
        let mut tx = self.app.begin(caller.0).await?;
        let (row, token) = actions::create_token(&mut tx, account, input).await?;
        tx.commit().await?;
        let location = format!("/api/v1/users/me/tokens/{}", row.id);
        Ok(TokenMade::Made(Json(TokenMadeOut::new(row, token)), location, "no-store".to_owned()))
    }

    /// Revoke a token
    #[oai(path = "/users/me/tokens/:id", method = "delete", operation_id = "api_token_revoke")]
    async fn revoke_token(&self, caller: Caller, id: Path<Uuid>) -> Result<Done, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::revoke_token(&mut tx, ApiTokenId(id.0)).await?;
        tx.commit().await?;
        Ok(Done::Done)
    }
}

impl AccountsApi {
    async fn user(&self, actor: &Actor, id: AccountId) -> Result<UserOut, AccountError> {
        Ok(queries::account(self.app.db.read(), actor, id).await?.into())
    }
}

fn own(actor: &Actor) -> Result<AccountId, AccountError> {
    actor.account_id().ok_or(AccountError::NotFound)
}
