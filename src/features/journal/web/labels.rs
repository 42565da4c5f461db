//! French words of the page of the journal.

pub mod acts;

use serde_json::Value;
use time::OffsetDateTime;

use crate::features::journal::Report;
use crate::features::journal::labels::subject_kind;
use crate::features::journal::queries::ACCOUNT;
use crate::render::french::{self, THIN};
use crate::render::seal;
use crate::rules::deadline;
use crate::rules::territory::PARIS;

/// What an act was about. The journal refers to an account by its key: its name stands here for whoever may know it, and
/// nothing for the others.
#[must_use]
pub fn subject(kind: &str, label: &str, account: Option<&str>) -> String {
    let word = subject_kind(kind);
    let name = if kind == ACCOUNT { account.unwrap_or_default() } else { label };
    if name.is_empty() { word.to_owned() } else { format!("{word} {name}") }
}

/// Said in place of the name of an account that is no more.
pub const GONE: &str = "Compte supprimé";
/// The program itself.
pub const PLATFORM: &str = "Plateforme";
/// Said in place of the part played, of somebody who comes in: the roles count from then on.
pub const COMES_IN: &str = "à la connexion";
/// Nobody signed in.
pub const VISITOR: &str = "Visiteur";
/// The message after a verification that found nothing.
pub const VERIFIED: &str = "Chaîne intacte.";
/// The message after a verification that found something.
pub const ALTERED: &str = "Chaîne altérée.";
/// The title of the list when it is not about one thing.
pub const ALL_ACTS: &str = "Actes";
/// The last day of the filter comes before the first.
pub const ENDS_BEFORE: &str = "Choisissez un jour qui ne soit pas avant celui de «\u{202f}Du\u{202f}»";
/// A day of the filter that is no day.
pub const NOT_A_DAY: &str = "Choisissez un jour du calendrier";

/// « 18 432 actes et 6 214 sceaux recalculés le 16 janvier 2024 à 16 h 20, du premier au dernier. »
#[must_use]
pub fn recomputed(found: &Value, at: OffsetDateTime) -> String {
    let events = french::plural(number(&found["events"]), "acte", "actes");
    let seals = french::plural(number(&found["seals"]), "sceau", "sceaux");
    let since = number(&found["since"]);
    let extent = if since == 0 {
        "du premier au dernier".to_owned()
    } else {
        format!("depuis le sceau de {} actes, déjà vérifié", french::integer(since))
    };
    let late = number(&found["late"]);
    let late = match late {
        0 => String::new(),
        _ => format!(" {} longtemps après leur date.", french::plural(late, "acte scellé", "actes scellés")),
    };
    format!(
        "{events} et {seals} recalculés le {}, {extent}. Aucun maillon manquant, aucune empreinte différente.{late}",
        moment(at)
    )
}

/// « 3 540 actes vérifiés, 328 sceaux, racine 136b 061e… »
#[must_use]
pub fn verified(report: &Report) -> String {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let events = french::plural(count(report.events), "acte vérifié", "actes vérifiés");
    let seals = french::plural(count(report.seals), "sceau", "sceaux");
    format!("{events}, {seals}, racine {}", beginning(&hex::encode(report.root)))
}

/// Which root was verified, when another was sealed since: the verification is an act, and is sealed too.
#[must_use]
pub fn sealed_since(root: &str) -> String {
    format!(" Un sceau plus récent a été posé depuis la racine vérifiée, {}", beginning(root))
}

/// « 136b 061e… »
fn beginning(root: &str) -> String {
    format!("{}…", seal::fingerprint_groups(root.get(..8).unwrap_or(root)))
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}

/// « 16 janvier 2024 à 16 h 20 », in Paris.
#[must_use]
pub fn moment(at: OffsetDateTime) -> String {
    deadline::local(at, PARIS).map_or_else(|_| at.to_string(), french::date_time)
}

/// « 16 janv. 2024, 15 h 52 », in Paris.
#[must_use]
pub fn short_moment(at: OffsetDateTime) -> String {
    let Ok(local) = deadline::local(at, PARIS) else { return at.to_string() };
    let day = french::short_date(local.date());
    format!("{day} {}, {}", local.date().year(), french::time_of_day(local.time()))
}

/// « 16 janvier 2024, 16 h 19 min 58 s », in Paris.
#[must_use]
pub fn second(at: OffsetDateTime) -> String {
    let Ok(local) = deadline::local(at, PARIS) else { return at.to_string() };
    let (hour, minute, second) = local.as_hms();
    format!("{}, {hour}{THIN}h {minute:02}{THIN}min {second:02}{THIN}s", french::date(local.date()))
}

/// « chaque jour, 2 adresses ».
#[must_use]
pub fn copies(recipients: usize) -> String {
    match i64::try_from(recipients).unwrap_or(i64::MAX) {
        0 => "aucune adresse réglée".to_owned(),
        count => format!("chaque jour, à {}", french::plural(count, "adresse", "adresses")),
    }
}

/// « 50 actes, du plus récent au plus ancien ».
#[must_use]
pub fn count(shown: usize, more: bool) -> String {
    let shown = french::plural(i64::try_from(shown).unwrap_or(i64::MAX), "acte", "actes");
    format!("{shown}{}, du plus récent au plus ancien", if more { " sur cette page" } else { "" })
}

/// The state of the thing, in the details.
pub const STATE: &str = "État";
/// What was done, in the details.
pub const ACT: &str = "Acte";
/// Where the act came from, in the details.
pub const CHANNEL: &str = "Voie";
/// The request, in the details.
pub const REQUEST: &str = "Requête";
/// The hash of the leaf before, in the details.
pub const PREVIOUS: &str = "Empreinte précédente";
/// The hash, in the details.
pub const HASH: &str = "Empreinte";
/// A personal value that is no more.
pub const ERASED: &str = "effacée";
/// The title of the page that explains the verification without this service.
pub const OFFLINE: &str = "Vérifier hors ligne";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verification_is_told_with_the_beginning_of_its_root() {
        let report = Report { events: 3540, seals: 328, root: [0x13; 32], ..Report::default() };
        let said = verified(&report).replace('\u{202f}', " ");
        assert_eq!(said, "3 540 actes vérifiés, 328 sceaux, racine 1313 1313…");
    }

    #[test]
    fn an_account_is_told_by_its_name_or_not_at_all() {
        for (kind, account, expected) in [
            ("account", Some("Zoé N’Guyen-d’Arc"), "Compte Zoé N’Guyen-d’Arc"),
            ("account", None, "Compte"),
            ("mission", None, "Mission 0199b888"),
            ("dated_right", None, "Droit 0199b888"),
        ] {
            assert_eq!(subject(kind, "0199b888", account), expected, "{kind}");
        }
    }
}
