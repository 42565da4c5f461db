//! `/api/v1/structures/{id}/colleagues`: the people of a structure, as on `/compte/collegues`.

use std::sync::Arc;

use entity::ids::{AccountId, StructureId};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Done;
use super::shapes::StateWord;
use crate::app::App;
use crate::db::Tx;
use crate::features::accounts::actions;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::input::Invitation;
use crate::features::accounts::queries::{self, Colleague};
use crate::http::api::{ApiError, Caller, Created, PageParams, Read, ShortText, Tag};

/// The people of structures.
pub struct ColleaguesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// Somebody to invite.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
struct ColleagueIn {
    /// Address.
    email: ShortText,
    /// Name, used when no account exists at the address.
    name: ShortText,
    /// Administers the structure: invites, names and removes.
    #[oai(default)]
    administrator: bool,
}

/// What a colleague may do.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
struct AdministratorIn {
    /// Administers the structure, or no longer.
    administrator: bool,
}

/// Somebody of a structure.
#[derive(Clone, Debug, Object)]
struct ColleagueOut {
    /// Key of the account.
    id: Uuid,
    /// Address.
    email: String,
    /// Name.
    name: String,
    /// Administers the structure.
    administrator: bool,
    /// Whether the account may sign in.
    state: StateWord,
    /// When it was last invited; null once somebody has signed in.
    invited_at: Option<OffsetDateTime>,
    /// Version of the account.
    version: i32,
}

impl From<Colleague> for ColleagueOut {
    fn from(Colleague { account, administrator, invited_at }: Colleague) -> Self {
        Self {
            id: account.id.into(),
            email: account.email,
            name: account.name,
            administrator,
            state: account.state.into(),
            invited_at: invited_at.map(|at| *at),
            version: account.version,
        }
    }
}

/// A page of the people of a structure.
#[derive(Clone, Debug, Object)]
struct ColleaguePage {
    /// The people, by address.
    items: Vec<ColleagueOut>,
    /// Where the next page starts.
    next_cursor: Option<String>,
}

#[OpenApi(prefix_path = "/structures", tag = "Tag::Accounts")]
impl ColleaguesApi {
    /// List the people of a structure
    ///
    /// By address: those who sign in for it.
    #[oai(path = "/:id/colleagues", method = "get", operation_id = "colleague_list")]
    async fn list(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Json<ColleaguePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let (_, people) = queries::colleagues(self.app.db.read(), &caller.0, id.0.into()).await?;
        let (people, next_cursor) = PageParams::part(people, &page, |one| one.account.id.to_string())?;
        let items = people.into_iter().map(ColleagueOut::from).collect();
        Ok(Json(ColleaguePage { items, next_cursor }))
    }

    /// Invite somebody into a structure
    ///
    /// By mail. An account that exists at the address gets the place beside its other roles; otherwise one opens.
    #[oai(path = "/:id/colleagues", method = "post", operation_id = "colleague_invite")]
    async fn invite(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        body: Json<ColleagueIn>,
    ) -> Result<Created<ColleagueOut>, ApiError> {
        let structure: StructureId = id.0.into();
        let ColleagueIn { email, name, administrator } = body.0;
        let input = Invitation::parse(&email.0, &name.0, administrator)?;
        let mut tx = self.app.begin(caller.0).await?;
        let account = actions::invite_colleague(&mut tx, structure, &input).await?;
        let out = one(&tx, structure, account).await?;
        let version = out.version;
        let created =
            Created::new(out, &format!("/structures/{structure}/colleagues"), version).kept(&mut tx);
        tx.commit().await?;
        Ok(created)
    }

    /// Send the invitation of a colleague again
    ///
    /// While they have never signed in; the link sent before stops working. Five times in a quarter of an hour at most.
    #[oai(
        path = "/:id/colleagues/:account_id/invite-again",
        method = "post",
        operation_id = "colleague_invite_again"
    )]
    async fn invite_again(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        account_id: Path<Uuid>,
    ) -> Result<Read<ColleagueOut>, ApiError> {
        let (structure, account): (StructureId, AccountId) = (id.0.into(), account_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::invite_colleague_again(&mut tx, structure, account).await?;
        let out = one(&tx, structure, account).await?;
        let version = out.version;
        let read = Read::new(out, version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// Name a colleague administrator of the structure, or no longer
    ///
    /// A structure keeps an administrator.
    #[oai(
        path = "/:id/colleagues/:account_id/name-administrator",
        method = "post",
        operation_id = "colleague_name_administrator"
    )]
    async fn name_administrator(
        &self,
        caller: Caller,
        id: Path<Uuid>,
        account_id: Path<Uuid>,
        body: Json<AdministratorIn>,
    ) -> Result<Read<ColleagueOut>, ApiError> {
        let (structure, account): (StructureId, AccountId) = (id.0.into(), account_id.0.into());
        let mut tx = self.app.begin(caller.0).await?;
        actions::change_colleague(&mut tx, structure, account, body.0.administrator).await?;
        let out = one(&tx, structure, account).await?;
        let version = out.version;
        let read = Read::new(out, version).kept(&mut tx);
        tx.commit().await?;
        Ok(read)
    }

    /// Remove a colleague from a structure
    ///
    /// An account without any role left is closed. A structure keeps an administrator.
    #[oai(path = "/:id/colleagues/:account_id", method = "delete", operation_id = "colleague_remove")]
    async fn remove(&self, caller: Caller, id: Path<Uuid>, account_id: Path<Uuid>) -> Result<Done, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::remove_colleague(&mut tx, id.0.into(), account_id.0.into()).await?;
        tx.commit().await?;
        Ok(Done::Done)
    }
}

/// A colleague as the transaction leaves them.
async fn one(tx: &Tx, structure: StructureId, account: AccountId) -> Result<ColleagueOut, AccountError> {
    let (_, people) = queries::colleagues(tx.conn(), tx.actor(), structure).await?;
    let found = people.into_iter().find(|colleague| colleague.account.id == account);
    found.map(ColleagueOut::from).ok_or(AccountError::NotFound)
}
