//! Sentences that papers put together.

use entity::enrolment_need::{Positioning, Prerequisites};
use entity::programme_version::Sanction;
use entity::training_signature::{Party, SignatureKind};
use time::{Date, OffsetDateTime};

use crate::render::french;
use crate::rules::deadline::{day_in_zone, local};
use crate::rules::territory::PARIS;
use crate::rules::training::cancellation::CancellationRules;
use crate::rules::training::settings::InvoiceRules;
use crate::rules::training::withdrawal::{WithdrawalRules, first_payment};

/// What an action of training is in law.
pub const NATURE: &str = "Action de formation (article L. 6313-1, 1° du code du travail)";
/// How long what a paper says is kept.
pub const KEPT: &str =
    "Elles sont conservées cinq ans après la formation, dix ans en cas de cofinancement européen.";
/// What is said of the tax when it is due.
pub const TAXED: &str = "TVA au taux de 20\u{202f}%, en sus";
/// For somebody at their own cost.
pub const AFTER_WITHDRAWAL: &str = "Rien n’est exigé avant la fin du délai de rétractation.";
/// Somebody asked to be called.
pub const ADAPTATION_ASKED: &str = "Un aménagement est demandé\u{202f}: il est convenu à part";
/// Nobody did.
pub const NO_ADAPTATION: &str = "Aucun aménagement demandé";

/// Minutes, « 7 h », « 3 h 30 ».
#[must_use]
pub fn hours(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}\u{202f}h"),
        (hours, rest) => format!("{hours}\u{202f}h\u{202f}{rest:02}"),
    }
}

/// « du 3 au 5 mars 2026 », « le 3 mars 2026 ».
#[must_use]
pub fn period(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => french::date_range(from, until),
        _ => String::new(),
    }
}

/// « de 9 h à 12 h 30 », at the hour of the place.
#[must_use]
pub fn half_day_hours(from: OffsetDateTime, until: OffsetDateTime, zone: &str) -> String {
    match (local(from, zone), local(until, zone)) {
        (Ok(from), Ok(until)) => {
            format!("de {} à {}", french::time_of_day(from.time()), french::time_of_day(until.time()))
        }
        _ => String::new(),
    }
}

/// Whose hours: « heure de Paris », and what it is in Paris elsewhere.
#[must_use]
pub fn zone(at: OffsetDateTime, zone: &str) -> String {
    let told = french::local_and_paris(at, zone);
    if told.contains(',') { format!("début à {told}") } else { french::hour_of("Paris") }
}

/// « version 2 du 3 mars 2026 ».
#[must_use]
pub fn version(number: i32, on: Date) -> String {
    format!("version {number} du {}", french::date(on))
}

/// « version 3, en vigueur depuis le 2 janvier 2026 ».
#[must_use]
pub fn in_force(number: i32, since: Date) -> String {
    format!("version {number}, en vigueur depuis le {}", french::date(since))
}

/// « de 4 à 10 personnes ».
#[must_use]
pub fn headcount(least: i32, most: i32) -> String {
    if least == most {
        french::plural(most.into(), "personne", "personnes")
    } else {
        format!("de {least} à {}", french::plural(most.into(), "personne", "personnes"))
    }
}

/// What ends an action.
#[must_use]
pub const fn sanction(sanction: Sanction) -> &'static str {
    match sanction {
        Sanction::Attestation => "Attestation de fin de formation",
        Sanction::Certification => "Certification, délivrée par le certificateur nommé dans le programme",
        Sanction::None => "Aucune",
    }
}

/// An amount, with its sign.
#[must_use]
pub fn amount(cents: i64) -> String {
    french::money_cents(cents)
}

/// When and how an employer pays.
#[must_use]
pub fn terms(rules: &InvoiceRules) -> Vec<String> {
    vec![
        format!(
            "Le prix est payé à réception de la facture, sous {}.",
            french::plural(rules.due_days.into(), "jour", "jours")
        ),
        format!(
            "Pénalités de retard\u{202f}: {}\u{202f}; indemnité forfaitaire de recouvrement\u{202f}: {}.",
            rules.penalty,
            amount(rules.recovery_cents.into())
        ),
    ]
}

/// When and how somebody pays at their own cost: never before the end of the withdrawal.
#[must_use]
pub fn own_terms(price_cents: i64, rules: &WithdrawalRules) -> Vec<String> {
    let first = first_payment(price_cents, rules);
    vec![
        AFTER_WITHDRAWAL.to_owned(),
        format!(
            "Ensuite, {}\u{202f}% du prix au plus, soit {}\u{202f}; le solde, {}, au fur et à mesure de l’action.",
            rules.first_payment_percent,
            amount(first),
            amount(price_cents - first)
        ),
    ]
}

/// What is due when somebody cancels or gives up.
#[must_use]
pub fn early_end(rules: &CancellationRules) -> Vec<String> {
    vec![
        format!(
            "Annulation {} au moins avant le début\u{202f}: sans frais.",
            french::plural(rules.free_days.into(), "jour", "jours")
        ),
        format!(
            "Annulation plus tardive, jusqu’à {} avant\u{202f}: {}\u{202f}% du prix.",
            french::plural(rules.reduced_days.into(), "jour", "jours"),
            rules.reduced_percent
        ),
        format!(
            "Ensuite, ou en cas d’absence\u{202f}: {}\u{202f}% du prix, facturé comme dédit, hors TVA exonérée et hors fonds de la formation.",
            rules.late_percent
        ),
        "En cas d’abandon, les heures suivies sont dues au prix de la formation et les autres comme dédit."
            .to_owned(),
        format!(
            "Une personne est remplacée sans frais jusqu’à {} avant le début.",
            french::plural(rules.replacement_days.into(), "jour", "jours")
        ),
        format!(
            "Si l’organisme annule, au plus tard {} avant le début sauf force majeure, il rembourse tout ou propose une autre date.",
            french::plural(rules.provider_days.into(), "jour", "jours")
        ),
    ]
}

/// The days to withdraw.
#[must_use]
pub fn withdrawal(remote: bool, rules: &WithdrawalRules) -> String {
    let (days, why) = if remote {
        (rules.remote_days, ", le contrat étant conclu à distance ou hors établissement")
    } else {
        (rules.days, "")
    };
    format!(
        "La personne en formation se rétracte, sans motif, dans les {} qui suivent la signature{why}, par lettre \
         recommandée avec avis de réception.",
        french::plural(days.into(), "jour", "jours")
    )
}

/// Whether the prerequisites are met.
#[must_use]
pub const fn prerequisites(prerequisites: Prerequisites) -> &'static str {
    match prerequisites {
        Prerequisites::NoneAsked => "Aucun prérequis n’est demandé",
        Prerequisites::Met => "Prérequis vérifiés",
        Prerequisites::NotMet => "Prérequis non remplis",
        Prerequisites::ToCheck => "",
    }
}

/// How somebody was positioned, and what was found.
#[must_use]
pub fn positioning(positioning: Positioning, result: &str) -> String {
    let how = match positioning {
        Positioning::None => return String::new(),
        Positioning::Test => "Test",
        Positioning::Interview => "Entretien",
        Positioning::SelfAssessed => "Autopositionnement",
    };
    if result.trim().is_empty() { how.to_owned() } else { format!("{how}\u{202f}: {}", result.trim()) }
}

/// As whom somebody signs.
#[must_use]
pub const fn party(party: Party) -> &'static str {
    match party {
        Party::Provider => "Pour l’organisme de formation",
        Party::Buyer => "Pour l’acheteur",
        Party::Trainee => "La personne en formation",
        Party::Guardian => "Sa représentante ou son représentant légal",
        Party::Trainer => "La personne qui anime",
        Party::Subcontractor => "Pour le sous-traitant",
    }
}

/// « Signé à l’écran, le 4 février 2026 à 10 h 12 ».
#[must_use]
pub fn answered(kind: SignatureKind, at: OffsetDateTime) -> String {
    let how = match kind {
        SignatureKind::Drawn => "Signé à l’écran",
        SignatureKind::Link => "Signé par un lien personnel",
        SignatureKind::Account => "Signé depuis un compte",
        SignatureKind::Paper => "Signé sur papier, exemplaire conservé",
        SignatureKind::Refused => "Refusé",
    };
    format!("{how}, le {}", instant(at))
}

/// « 4 février 2026 à 10 h 12 », in Paris.
#[must_use]
pub fn instant(at: OffsetDateTime) -> String {
    match local(at, PARIS) {
        Ok(local) => french::date_time(local),
        Err(_) => french::date(day_in_zone(at, PARIS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn minutes_are_told_in_hours() {
        for (minutes, expected) in
            [(420, "7\u{202f}h"), (210, "3\u{202f}h\u{202f}30"), (45, "0\u{202f}h\u{202f}45")]
        {
            assert_eq!(hours(minutes), expected);
        }
    }

    #[test]
    fn a_half_day_is_told_at_the_hour_of_its_place() {
        let from = datetime!(2026-03-03 12:00 UTC);
        let until = datetime!(2026-03-03 15:30 UTC);
        let told = half_day_hours(from, until, "America/Cayenne");
        assert_eq!(told, "de 9\u{202f}h à 12\u{202f}h\u{202f}30");
        assert_eq!(zone(from, "Europe/Paris"), "heure de Paris");
        assert!(zone(from, "America/Cayenne").starts_with("début à 9\u{202f}h, heure de"));
    }

    #[test]
    fn nothing_is_asked_before_the_end_of_the_withdrawal() {
        let rules = WithdrawalRules::default();
        let said = own_terms(21_000, &rules);
        assert!(said[0].starts_with("Rien n’est exigé"));
        assert!(said[1].contains("30\u{202f}%"), "{said:?}");
        assert!(withdrawal(true, &rules).contains("14 jours"));
        assert!(withdrawal(false, &rules).contains("10 jours"));
    }

    #[test]
    fn what_is_not_checked_yet_is_said_by_nothing() {
        assert_eq!(prerequisites(Prerequisites::ToCheck), "");
        assert_eq!(positioning(Positioning::None, "su"), "");
        assert_eq!(positioning(Positioning::Test, " su "), "Test\u{202f}: su");
        assert_eq!(period(None, Some(date!(2026 - 03 - 03))), "");
    }
}
