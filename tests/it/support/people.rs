//! People of a test, each with a token of the API and a session of the pages.

use entity::account::{AccountState, Theme};
use entity::account_role::Role;
use entity::ids::{AccountId, ExpertId, StructureId};
use entity::{account, account_role, api_token, web_session};
use parchemin::app::App;
use parchemin::authz::{Actor, Channel, account_actor, hash_token};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use super::TestApp;

/// Someone who can call the API and open pages.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: AccountId,
    pub token: String,
    pub cookie: String,
    pub csrf: String,
    pub actor: Actor,
}

impl TestApp {
    /// Someone with one role, everywhere.
    pub async fn person(&self, role: Role) -> Person {
        if role == Role::Structure {
            let structure = self.structure("Les Ateliers d’essai").await;
            return self.someone(role, Some(structure.id), None, false).await;
        }
        self.someone(role, None, None, false).await
    }

    /// Someone whose role is limited to INSEE regions, joined by commas.
    pub async fn limited(&self, role: Role, regions: &str) -> Person {
        let person = self.person(role).await;
        account_role::Entity::update_many()
            .col_expr(account_role::Column::Regions, Expr::value(regions))
            .filter(account_role::Column::AccountId.eq(person.id))
            .exec(self.app.db.bookkeeping())
            .await
            .unwrap();
        let actor = account_actor(self.app.db.read(), person.id, Channel::Api).await.unwrap().unwrap().0;
        Person { actor, ..person }
    }

    /// An administrator of a structure.
    pub async fn of_structure(&self, structure: StructureId) -> Person {
        self.someone(Role::Structure, Some(structure), None, true).await
    }

    /// A member of a structure who does not administer it.
    pub async fn member_of(&self, structure: StructureId) -> Person {
        self.someone(Role::Structure, Some(structure), None, false).await
    }

    /// The account of an expert.
    pub async fn of_expert(&self, expert: ExpertId) -> Person {
        self.someone(Role::Expert, None, Some(expert), false).await
    }

    async fn someone(
        &self,
        role: Role,
        structure: Option<StructureId>,
        expert: Option<ExpertId>,
        admin: bool,
    ) -> Person {
        let conn = self.app.db.bookkeeping();
        let id: AccountId = self.app.new_id().into();
        let email = format!("{}-{id}@essai.exemple", role.word());
        let now = self.app.now();
        let row = account::ActiveModel {
            id: Set(id),
            email: Set(email.clone()),
            email_folded: Set(email),
            name: Set("Zoé N’Guyen-d’Arc".to_owned()),
            state: Set(AccountState::Active),
            password_hash: Set(None),
            totp_secret: Set(None),
            totp_confirmed_at: Set(None),
            totp_last_step: Set(None),
            theme: Set(Theme::System),
            shortcuts: Set(true),
            expert_id: Set(expert),
            created_at: Set(now.into()),
            last_sign_in_at: Set(None),
            version: Set(1),
        };
        account::Entity::insert(row).exec_without_returning(conn).await.unwrap();
        let held = account_role::ActiveModel {
            id: Set(self.app.new_id().into()),
            account_id: Set(id),
            role: Set(role),
            structure_id: Set(structure),
            structure_admin: Set(admin),
            certification_id: Set(None),
            regions: Set(String::new()),
            granted_at: Set(now.into()),
        };
        account_role::Entity::insert(held).exec_without_returning(conn).await.unwrap();
        enter(&self.app, id).await
    }
}

/// Gives an account a token of the API and a session of the pages.
pub async fn enter(app: &App, id: AccountId) -> Person {
    let (conn, now) = (app.db.bookkeeping(), app.now());
    let (token, cookie, csrf) = (app.new_token(), app.new_token(), app.new_token());
    let api = api_token::ActiveModel {
        id: Set(app.new_id().into()),
        account_id: Set(id),
        name: Set("essai".to_owned()),
        token_hash: Set(hash_token(&token)),
        created_at: Set(now.into()),
        expires_at: Set((now + Duration::days(3650)).into()),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    api_token::Entity::insert(api).exec_without_returning(conn).await.unwrap();
    let session = web_session::ActiveModel {
        id: Set(app.new_id().into()),
        account_id: Set(id),
        token_hash: Set(hash_token(&cookie)),
        csrf: Set(csrf.clone()),
        second_factor: Set(true),
        agent: Set("essai".to_owned()),
        created_at: Set(now.into()),
        last_seen_at: Set((now + Duration::days(3650)).into()),
        expires_at: Set((now + Duration::days(3650)).into()),
        revoked_at: Set(None),
    };
    web_session::Entity::insert(session).exec_without_returning(conn).await.unwrap();
    let actor = account_actor(app.db.read(), id, Channel::Api).await.unwrap().unwrap().0;
    Person { id, token, cookie: format!("session={cookie}"), csrf, actor }
}
