//! `/parametres/utilisateurs`: accounts, for administrators; managers look.

mod account;

use askama::Template;
use entity::account::AccountState;
use entity::account_role::Role;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use time::OffsetDateTime;
use uuid::Uuid;

pub use account::{RoleRow, UserPage};
pub(super) use account::{
    add_role, ask_close, ask_reset, remove_role, rename, reset_second_factor, set_state, show, tie_expert,
};

use super::super::actions::{self, HandOver};
use super::super::error::AccountError;
use super::super::input::{NewAccount, RoleInput};
use super::super::labels::{REGION_UNKNOWN, STRUCTURE_UNKNOWN, role as role_name, state as state_status};
use super::super::queries::{self, AccountFilter, AccountRow};
use super::labels;
use super::security::errors_of;
use crate::app::App;
use crate::authz::{Facts, Permission, allows, may};
use crate::db::{Cursor, PageRequest};
use crate::error::Fault;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::siret::Siret;
use crate::rules::territory;

const PATH: &str = "/parametres/utilisateurs";
const ROWS: u64 = 50;

/// One account of the list.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// Its roles, in French.
    pub roles: String,
    /// Open or closed.
    pub state: Status,
    /// Whether the second factor is on.
    pub second_factor: bool,
    /// When its person last signed in.
    pub last_sign_in: Option<OffsetDateTime>,
}

/// The choices of the forms about roles.
#[derive(Clone, Debug)]
pub struct RoleChoices {
    /// Every role.
    pub roles: Vec<Choice>,
    /// Every region.
    pub regions: Vec<Choice>,
    /// Every certification.
    pub certifications: Vec<Choice>,
}

impl RoleChoices {
    pub(super) async fn of(app: &App) -> Result<Self, AccountError> {
        let certifications = queries::certifications(app.db.read()).await?;
        Ok(Self {
            roles: Role::all().map(|role| Choice::new(role.word(), role_name(role))).collect(),
            regions: territory::regions()
                .iter()
                .map(|region| Choice::new(region.code, region.name))
                .collect(),
            certifications: certifications
                .into_iter()
                .map(|one| Choice::new(one.id.to_string(), one.short_title))
                .collect(),
        })
    }
}

/// `/parametres/utilisateurs`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/users.html")]
pub struct UsersPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The form of the filter: `q`, `role`, `etat`.
    pub filter: FormState,
    /// States to choose from.
    pub states: Vec<Choice>,
    /// The accounts.
    pub users: Vec<UserRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the person who looks may open accounts.
    pub manages: bool,
    /// The form of a new account.
    pub form: FormState,
    /// What its role may be.
    pub choices: RoleChoices,
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    etat: String,
    #[serde(default)]
    suivant: String,
}

/// The list.
#[handler]
pub(super) async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    answer(&page, StatusCode::OK, &asked, FormState::default().with_prefix("nouveau")).await
}

async fn answer(page: &Page, status: StatusCode, asked: &Asked, form: FormState) -> Result<Response> {
    let _ = allows(page.actor(), Permission::AccountView, &Facts::default()).map_err(WebError::from)?;
    let context = context(page, asked, form).await.map_err(WebError::from)?;
    page.answer_with(status, &context)
}

async fn context(page: &Page, asked: &Asked, form: FormState) -> Result<UsersPage, AccountError> {
    let filter = AccountFilter {
        q: Some(asked.q.clone()),
        state: AccountState::from_word(&asked.etat),
        role: Role::from_word(&asked.role),
    };
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suivant);
    let found = queries::accounts(page.app.db.read(), page.actor(), &filter, &wanted).await?;
    let summary = form.summary(labels::ACCOUNT_NOT_OPENED);
    let first =
        format!("{PATH}?q={}&role={}&etat={}", encoded(&asked.q), encoded(&asked.role), encoded(&asked.etat));
    let next = found.next.as_ref().map(|cursor| format!("{first}&suivant={}", cursor.encode()));
    Ok(UsersPage {
        shell: page.shell(labels::USERS).with_errors(summary.is_some()),
        summary,
        filter: FormState::filled([("q", &asked.q), ("role", &asked.role), ("etat", &asked.etat)])
            .with_prefix("filtre"),
        states: AccountState::all()
            .map(|state| Choice::new(state.word(), state_status(state).word))
            .collect(),
        users: found.items.into_iter().map(row).collect(),
        pages: Pagination { first: wanted.after.is_some().then_some(first), next },
        manages: may(page.actor(), Permission::AccountManage, &Facts::default()),
        form,
        choices: RoleChoices::of(&page.app).await?,
    })
}

fn encoded(text: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn row(AccountRow { account, roles }: AccountRow) -> UserRow {
    let mut names: Vec<_> = roles.iter().map(|role| role_name(role.role)).collect();
    names.dedup();
    UserRow {
        id: account.id.into(),
        name: account.name,
        email: account.email,
        roles: names.join(", "),
        state: state_status(account.state),
        second_factor: account.totp_confirmed_at.is_some(),
        last_sign_in: account.last_sign_in_at.map(|at| *at),
    }
}

/// Opens an account.
#[handler]
pub(super) async fn create(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let role = role_typed(&page.app, &form).await;
        let (roles, mut faults) = match role {
            Ok(role) => (vec![role], Vec::new()),
            Err(AccountError::Invalid(faults)) => (vec![RoleInput::everywhere(Role::Trainee)], faults),
            Err(error) => return Err(error),
        };
        let input = match NewAccount::parse(form.text("email"), form.text("name"), roles, None) {
            Ok(input) if faults.is_empty() => input,
            Ok(_) => return Err(AccountError::Invalid(faults)),
            Err(AccountError::Invalid(mut others)) => {
                others.append(&mut faults);
                return Err(AccountError::Invalid(others));
            }
            Err(error) => return Err(error),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::create_account(&mut tx, input, HandOver::Mail).await?;
        Ok(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(PATH, &labels::account_opened())),
        Err(error @ AccountError::Invalid(_)) => {
            let state = returned(&form, &error).with_prefix("nouveau");
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &Asked::default(), state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The form of a role as it comes back: faults of the only role go to the fields that asked.
pub(super) fn returned(form: &FormData, error: &AccountError) -> FormState {
    let mut errors = errors_of(error);
    for (from, to) in [
        ("/roles/0/structure_id", "/siret"),
        ("/roles/0/regions", "/regions"),
        ("/roles/0/structure_admin", "/administrator"),
        ("/roles/0/certification_id", "/certification"),
        ("/roles/0/role", "/role"),
    ] {
        errors.rename(from, to);
    }
    FormState::filled(form.fields()).with_errors(errors)
}

/// The role of a form: `role`, `siret`, `administrator`, `certification`, `regions`.
pub(super) async fn role_typed(app: &App, form: &FormData) -> Result<RoleInput, AccountError> {
    let mut faults = Vec::new();
    let role = Role::from_word(form.text("role"));
    if role.is_none() {
        faults.push(Fault::new("/role", "role-missing", super::super::labels::ROLE_MISSING));
    }
    let structure = match form.optional("siret").map(Siret::parse) {
        None => None,
        Some(Err(error)) => {
            faults.push(Fault::new("/siret", error.code(), error.message()));
            None
        }
        Some(Ok(siret)) => {
            let found = queries::structure_by_siret(app.db.read(), &siret.to_string()).await?;
            if found.is_none() {
                faults.push(Fault::new("/siret", "structure-unknown", STRUCTURE_UNKNOWN));
            }
            found
        }
    };
    let regions: Vec<String> = form.all("regions").into_iter().map(str::to_owned).collect();
    if regions.iter().any(|code| territory::region(code).is_none()) {
        faults.push(Fault::new("/regions", "region-unknown", REGION_UNKNOWN));
    }
    match role {
        Some(role) if faults.is_empty() => Ok(RoleInput {
            role,
            structure,
            structure_admin: form.ticked("administrator"),
            certification: form.text("certification").parse::<Uuid>().ok().map(Into::into),
            regions,
        }),
        _ => Err(AccountError::Invalid(faults)),
    }
}
