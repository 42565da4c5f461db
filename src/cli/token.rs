//! `parchemin token create`: makes a token of the API, printed once, alone on the last line.

use std::process::ExitCode;

use time::Duration;

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
    #[command(about = "Crée un jeton de l’API pour un compte, et ne l’affiche que cette fois")]
    Create {
        #[arg(long, value_name = "ADRESSE", help = "Adresse électronique du compte")]
        email: String,
        #[arg(long, value_name = "NOM", help = "Nom du jeton, pour le reconnaître")]
        name: String,
        #[arg(
            long,
            value_name = "DURÉE",
            default_value = "90d",
            value_parser = days,
            help = "Durée de vie, en jours (par défaut 90d)"
        )]
        ttl: Duration,
    },
}

/// Makes the token.
///
/// # Errors
/// Every fault of what was typed; when a part cannot start.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    let Act::Create { email, name, ttl } = args.act;
    start::installed(&config).await?;
    let app = start::app(config, Mailer::Absent).await?;
    let token = accounts::create_token(&app, &email, &name, ttl).await;
    let token = token.map_err(|error| Failure::domain(&error))?;
    say(format_args!("Jeton « {name} » pour {email}. Il ne sera plus affiché :"));
    say(token);
    Ok(ExitCode::SUCCESS)
}

/// A number of days, `90d`.
fn days(text: &str) -> Result<Duration, String> {
    let days = text.strip_suffix('d').and_then(|number| number.parse::<u16>().ok());
    days.map(|days| Duration::days(days.into()))
        .ok_or_else(|| "écrivez un nombre de jours suivi de « d », par exemple 90d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_a_number_of_days() {
        assert_eq!(days("90d"), Ok(Duration::days(90)));
        for wrong in ["90", "d", "-1d", "2w", ""] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
