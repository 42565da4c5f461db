//! `parchemin token create`: makes a token of the API, shown once.

use std::process::ExitCode;

use clap::Subcommand;
use time::Duration;

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
    #[command(about = "Crée un jeton, affiché une seule fois, seul sur la dernière ligne")]
    Create {
        #[arg(long, value_name = "ADRESSE", help = "Adresse du compte dont le jeton aura les droits")]
        email: String,
        #[arg(long, value_name = "NOM", help = "Nom du jeton, pour le reconnaître")]
        name: String,
        #[arg(long, value_name = "DURÉE", default_value = "90d", value_parser = days, help = "Durée de vie : 90d, 12w")]
        ttl: Duration,
    },
}

/// Creates the token.
///
/// # Errors
/// What the input or the database refuses.
pub(super) async fn run(config: Config, args: Args) -> Result<ExitCode, Failure> {
    let Verb::Create { email, name, ttl } = args.verb;
    let app = start::app_for_a_command(config).await?;
    let token = accounts::create_token(&app, &email, &name, ttl).await;
    let token = token.map_err(|error| Failure::domain(&error))?;
    say(format_args!("Jeton « {name} » de {email}. Il n’est affiché qu’une fois :"));
    say(token);
    Ok(ExitCode::SUCCESS)
}

/// `90d` or `12w`.
fn days(text: &str) -> Result<Duration, String> {
    let told =
        || format!("« {text} » n’est pas une durée : écrivez par exemple 90d (jours) ou 12w (semaines)");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(told)?;
    let number: u16 = number.parse().map_err(|_| told())?;
    match unit {
        "d" => Ok(Duration::days(i64::from(number))),
        "w" => Ok(Duration::weeks(i64::from(number))),
        _ => Err(told()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_told_in_days_or_weeks() {
        for (text, expected) in [
            ("90d", Some(90)),
            ("2w", Some(14)),
            ("0d", Some(0)),
            ("90", None),
            ("d", None),
            ("", None),
            ("9é", None),
        ] {
            assert_eq!(days(text).ok().map(Duration::whole_days), expected, "{text}");
        }
    }
}
