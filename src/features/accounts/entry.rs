//! What the command line does to accounts: opening one, making a token.

use std::sync::Arc;

use entity::account_role::Role;
use time::Duration;

use super::actions::{self, HandOver};
use super::error::AccountError;
use super::input::{LONGEST_TOKEN_DAYS, NewAccount, NewToken, RoleInput};
use super::{labels, queries};
use crate::app::App;
use crate::authz::{Actor, Channel};
use crate::error::Fault;
use crate::rules::email_address::EmailAddress;
use crate::rules::siret::Siret;

fn command(name: &'static str) -> Actor {
    Actor { channel: Channel::Cli, ..Actor::system(name) }
}

/// Opens an account with one role and returns the link that signs in the first time (seven days, once). The name is
/// the address when none is given; `structure_siret` names the structure of the role `structure`.
///
/// # Errors
/// [`AccountError::Invalid`] with every fault.
pub async fn create_account(
    app: &Arc<App>,
    email: &str,
    role: Role,
    name: Option<&str>,
    structure_siret: Option<&str>,
) -> Result<String, AccountError> {
    let structure = match structure_siret {
        None => None,
        Some(text) => {
            let invalid =
                |code, message| AccountError::Invalid(vec![Fault::new("/structure", code, message)]);
            let siret = Siret::parse(text).map_err(|error| invalid(error.code(), error.message()))?;
            let found = queries::structure_by_siret(app.db.read(), &siret.to_string()).await?;
            Some(found.ok_or_else(|| invalid("structure-unknown", labels::STRUCTURE_UNKNOWN.to_owned()))?)
        }
    };
    let role = RoleInput { structure, structure_admin: structure.is_some(), ..RoleInput::everywhere(role) };
    let input = NewAccount::parse(email, name.unwrap_or(email), vec![role], None)?;
    let mut tx = app.begin(command("cli.user_create")).await?;
    let (_, link) = actions::create_account(&mut tx, input, HandOver::ByHand).await?;
    tx.commit().await?;
    Ok(link.url)
}

/// Makes a token of the API for the account of an address and returns its text, to show once. The life is counted in
/// whole days, at least one.
///
/// # Errors
/// [`AccountError::NotFound`] without such an account, [`AccountError::Invalid`].
pub async fn create_token(
    app: &Arc<App>,
    email: &str,
    name: &str,
    ttl: Duration,
) -> Result<String, AccountError> {
    let days =
        if ttl > Duration::days(LONGEST_TOKEN_DAYS) { LONGEST_TOKEN_DAYS + 1 } else { ttl.whole_days() };
    let input = NewToken::parse(name, Some(days))?;
    let email = EmailAddress::parse(email).map_err(|error| {
        AccountError::Invalid(vec![Fault::new("/email", "email-malformed", error.message())])
    })?;
    let account = queries::by_address(app.db.read(), &email.key()).await?.ok_or(AccountError::NotFound)?;
    let mut tx = app.begin(command("cli.token_create")).await?;
    let (_, text) = actions::create_token(&mut tx, account.id, input).await?;
    tx.commit().await?;
    Ok(text)
}
