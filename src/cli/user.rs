//! `parchemin user create`: opens an account and prints the link that signs in the first time.

use std::process::ExitCode;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use entity::account_role::Role;

use crate::config::Config;
use crate::features::accounts;

use super::output::say;
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    #[command(about = "Crée un compte et affiche son lien de première connexion")]
    Create {
        #[arg(long, value_name = "ADRESSE", help = "Adresse électronique, qui sert à se connecter")]
        email: String,
        #[arg(long, value_name = "RÔLE", value_parser = roles(), help = "Rôle donné au compte")]
        role: Role,
        #[arg(long, value_name = "NOM", help = "Nom de la personne (par défaut, l’adresse)")]
        name: Option<String>,
        #[arg(long, value_name = "SIRET", help = "SIRET de la structure, pour le rôle structure")]
        structure: Option<String>,
    },
}

/// Creates the account; the link is alone on the last line.
///
/// # Errors
/// What the input or the database refuses.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    let Verb::Create { email, role, name, structure } = args.verb;
    let app = start::app_for_a_command(config).await?;
    let link = accounts::create_account(&app, &email, role, name.as_deref(), structure.as_deref()).await;
    let link = link.map_err(|error| Failure::domain(&error))?;
    say(format_args!("Compte créé pour {email}. Ce lien connecte une seule fois, pendant sept jours :"));
    say(link);
    Ok(ExitCode::SUCCESS)
}

const ROLES: [&str; 7] = ["admin", "manager", "officer", "expert", "structure", "trainee", "auditor"];

fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(ROLES).try_map(|word| Role::from_word(&word).ok_or("unknown role"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_can_be_given() {
        assert!(ROLES.into_iter().map(str::to_owned).eq(Role::all().map(Role::word)));
    }
}
