//! The help and the refusals of the command line, in French: the parser speaks English.

use std::error::Error as _;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::output::complain;

/// What the help of every command shows, in order.
const TEMPLATE: &str = "{about-with-newline}\nUtilisation : {usage}\n\n{all-args}{after-help}";
/// Exit code of a line that is not understood.
const NOT_UNDERSTOOD: u8 = 2;

/// The whole command line, with the options that tell of it.
pub(super) fn french(command: Command) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version = version.help("Affiche la version");
    helped(command.disable_version_flag(true).disable_help_subcommand(true).arg(version))
}

fn helped(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Affiche cette aide");
    command
        .disable_help_flag(true)
        .subcommand_help_heading("Commandes")
        .subcommand_value_name("COMMANDE")
        .help_template(TEMPLATE)
        .arg(help)
        .mut_args(|arg| {
            if arg.get_action().takes_values() {
                arg.hide_possible_values(true).hide_default_value(true)
            } else {
                arg
            }
        })
        .mut_subcommands(helped)
}

/// What was typed, where `parchemin help user` is `parchemin user --help`.
pub(super) fn typed(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<_> = words.into_iter().collect();
    if words.get(1).is_some_and(|word| word == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    words
}

/// Answers what is no act: the help, the version, or what was not understood.
pub(super) fn answered(error: &clap::Error) -> ExitCode {
    let told = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if told {
        drop(error.print());
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(NOT_UNDERSTOOD));
    }
    complain(sentence(error));
    ExitCode::from(NOT_UNDERSTOOD)
}

/// Why a line is not understood, and how it is written.
fn sentence(error: &clap::Error) -> String {
    let told = |kind| error.get(kind).map(words).filter(|words| !words.is_empty());
    let named = |kind| told(kind).unwrap_or_default();
    let (arg, value) = (named(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let mut said = match error.kind() {
        ErrorKind::InvalidValue => match (value, told(ContextKind::ValidValue)) {
            (None, _) => format!("{arg} attend une valeur."),
            (Some(value), None) => format!("« {value} » ne convient pas à {arg}."),
            (Some(value), Some(valid)) => {
                format!("« {value} » ne convient pas à {arg}. Les valeurs possibles sont : {valid}.")
            }
        },
        ErrorKind::ValueValidation => {
            // Every reader of values is ours, and says in French what it wants.
            let wanted = error.source().map(|source| format!(" : {source}")).unwrap_or_default();
            format!("« {} » ne convient pas à {arg}{wanted}.", value.unwrap_or_default())
        }
        ErrorKind::UnknownArgument => format!("« {arg} » n’existe pas ici."),
        ErrorKind::InvalidSubcommand => {
            format!("La commande « {} » n’existe pas.", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict if named(ContextKind::PriorArg) == arg => {
            format!("{arg} est donné plusieurs fois.")
        }
        ErrorKind::ArgumentConflict => {
            format!("{arg} ne va pas avec {}.", named(ContextKind::PriorArg))
        }
        ErrorKind::MissingRequiredArgument => format!("Il manque : {arg}."),
        ErrorKind::NoEquals
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => format!("{arg} n’a pas le bon nombre de valeurs."),
        _ => "La commande n’est pas comprise.".to_owned(),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().find_map(told) {
        said += &format!(" Vouliez-vous dire « {near} » ?");
    }
    if let Some(usage) = told(ContextKind::Usage) {
        said += &format!("\n\nUtilisation : {}", usage.trim_start_matches("Usage:").trim());
    }
    said + "\nPour en savoir plus : --help"
}

/// What a piece of context says.
fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::None | ContextValue::Bool(_) => String::new(),
        other => other.to_string(),
    }
}

/// An address to listen to.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "écrivez une adresse IP et un port, par exemple 127.0.0.1:8080".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Line;
    use super::*;

    fn refused(line: &str) -> String {
        let words = typed(line.split(' ').map(OsString::from));
        sentence(&french(Line::command()).try_get_matches_from(words).unwrap_err())
    }

    #[test]
    fn a_line_that_is_not_understood_is_told_in_french() {
        for (line, said) in [
            ("parchemin sevre", "La commande « sevre » n’existe pas."),
            ("parchemin serve --listne x", "« --listne » n’existe pas ici."),
            ("parchemin serve --listen x", "« x » ne convient pas à --listen <ADRESSE:PORT> : écrivez"),
            ("parchemin user create --email a@b.fr", "Il manque : --role <RÔLE>."),
            (
                "parchemin user create --email a@b.fr --role chef",
                "« chef » ne convient pas à --role <RÔLE>. Les valeurs possibles sont : admin, manager,",
            ),
            (
                "parchemin journal verify --since 3 --file x",
                "--since <SCEAU> ne va pas avec --file <FICHIER>.",
            ),
        ] {
            let told = refused(line);
            assert!(told.contains(said), "{line}: {told}");
            for english in ["error", "Usage:", "tip", "possible values", "For more information"] {
                assert!(!told.contains(english), "{line}: {told}");
            }
        }
    }

    #[test]
    fn every_help_is_in_french() {
        fn all(command: &mut Command, found: &mut Vec<String>) {
            found.push(command.render_help().to_string());
            for inner in command.get_subcommands_mut() {
                all(inner, found);
            }
        }
        let mut command = french(Line::command());
        command.build();
        let mut found = Vec::new();
        all(&mut command, &mut found);
        assert!(found.len() > 15, "{}", found.len());
        for help in found {
            assert!(help.contains("Utilisation : ") && help.contains("Affiche cette aide"), "{help}");
            for english in ["Usage", "Commands", "Print", "[default", "[possible", "COMMAND>"] {
                assert!(!help.contains(english), "{english} in {help}");
            }
        }
        let words = typed(["parchemin", "help", "user"].map(OsString::from));
        assert_eq!(words, ["parchemin", "user", "--help"].map(OsString::from));
    }
}
