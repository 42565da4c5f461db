//! `parchemin user create`: opens an account and prints the link that signs in the first time.

use std::process::ExitCode;

use clap::ValueEnum;
use entity::account_role::Role;

use crate::config::Config;
use crate::features::accounts;
use crate::mailer::Mailer;

use super::output::say;
use super::{Failure, start};

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    #[command(about = "Ouvre un compte et donne le lien de première connexion, à usage unique")]
    Create {
        #[arg(long, value_name = "ADRESSE", help = "Adresse électronique de la personne")]
        email: String,
        #[arg(
            long,
            value_name = "RÔLE",
            help = "Son rôle : admin, manager, officer, expert, structure, trainee ou auditor"
        )]
        role: RoleName,
        #[arg(long, value_name = "NOM", help = "Son nom (par défaut, l’adresse)")]
        name: Option<String>,
        #[arg(long, value_name = "SIRET", help = "Sa structure, pour le rôle « structure »")]
        structure: Option<String>,
    },
}

/// The roles, as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    Admin,
    Manager,
    Officer,
    Expert,
    Structure,
    Trainee,
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Admin,
            RoleName::Manager => Self::Manager,
            RoleName::Officer => Self::Officer,
            RoleName::Expert => Self::Expert,
            RoleName::Structure => Self::Structure,
            RoleName::Trainee => Self::Trainee,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

/// Opens the account.
///
/// # Errors
/// Every fault of what was typed; when a part cannot start.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    let Act::Create { email, role, name, structure } = args.act;
    let app = start::app(config, Mailer::Absent).await?;
    let link =
        accounts::create_account(&app, &email, role.into(), name.as_deref(), structure.as_deref()).await;
    let link = link.map_err(|error| Failure::domain(&error))?;
    say(format_args!("Compte ouvert pour {email}. Lien de première connexion, à usage unique :"));
    say(link);
    Ok(ExitCode::SUCCESS)
}
