//! Sentences that invoices put together.

use entity::invoice::InvoiceParty;
use entity::invoice_line::LineKind;
use time::Date;

use crate::render::french;
use crate::rules::training::settings::InvoiceRules;
use crate::rules::training::vat;

/// No discount: article L. 441-9 of the commercial code wants it said.
pub const NO_DISCOUNT: &str = "Pas d’escompte pour paiement anticipé.";
/// What is said of a forfeit.
pub const FORFEIT: &str = "Le dédit n’est pas une action de formation\u{202f}: il ne peut pas être imputé sur les fonds de la formation professionnelle.";
/// What giving a draft up does.
pub const DISCARDING: &str = "Le brouillon n’a pas de numéro\u{202f}: rien ne manquera dans la suite. Ce qu’il facturait peut être facturé à nouveau.";
/// European money.
pub const EUROPE: &str = "Action cofinancée par l’Union européenne.";

/// Minutes, « 7 h », « 3 h 30 ».
#[must_use]
pub fn hours(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}\u{202f}h"),
        (hours, rest) => format!("{hours}\u{202f}h\u{202f}{rest:02}"),
    }
}

/// « Maintien des compétences SST, du 3 au 5 mars 2026 (SES-2026-0017) ».
#[must_use]
pub fn subject(title: &str, dates: Option<(Date, Date)>, number: &str) -> String {
    match dates {
        Some((from, until)) => format!("{title}, {} ({number})", french::date_range(from, until)),
        None => format!("{title} ({number})"),
    }
}

/// A line of training, or what somebody owes without it.
#[must_use]
pub fn line(kind: LineKind, person: &str, minutes: Option<i32>) -> String {
    match (kind, minutes) {
        (LineKind::Training, Some(minutes)) => format!("Formation de {person}, {}", hours(minutes)),
        (LineKind::Training, None) => format!("Formation de {person}"),
        (LineKind::Forfeit, _) => format!("Dédit\u{202f}: {person}"),
        (LineKind::Other, _) => person.to_owned(),
    }
}

/// A number in hundredths, without useless zeros: « 1 », « 12,5 ».
#[must_use]
pub fn hundredths(number: i32) -> String {
    let (whole, rest) = (number / 100, number % 100);
    if rest == 0 {
        return whole.to_string();
    }
    let rest = format!("{rest:02}");
    format!("{whole},{}", rest.trim_end_matches('0'))
}

/// The tax of a line, « 20 % », « 0 % ».
#[must_use]
pub fn rate(basis_points: i32) -> String {
    format!("{}\u{202f}%", hundredths(basis_points))
}

/// « Formation de Maëlys Œuvrard, 7 h : 210,00 € ».
#[must_use]
pub fn amount_of(what: &str, cents: i64) -> String {
    format!("{what}\u{202f}: {}", french::money_cents(cents))
}

/// What was found about the lines, for the mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Some are exempt of tax.
    pub exempt: bool,
    /// Some are forfeits.
    pub forfeit: bool,
    /// European money.
    pub eu_funded: bool,
}

/// What the invoice must say besides, one a line: exemption, penalties and indemnity for whoever is no individual, discount,
/// declaration of activity.
#[must_use]
pub fn mentions(party: InvoiceParty, said: Said, rules: &InvoiceRules) -> Vec<String> {
    let mut mentions = Vec::new();
    if said.exempt {
        mentions.push(format!("{}.", vat::EXEMPT));
    }
    if said.forfeit {
        mentions.push(FORFEIT.to_owned());
    }
    if party != InvoiceParty::Person {
        mentions.push(format!("Pénalités de retard\u{202f}: {}.", rules.penalty));
        mentions.push(format!(
            "Indemnité forfaitaire pour frais de recouvrement en cas de retard\u{202f}: {}.",
            french::money_cents(rules.recovery_cents.into())
        ));
    }
    mentions.push(NO_DISCOUNT.to_owned());
    mentions.extend(rules.nda_mention());
    if said.eu_funded {
        mentions.push(EUROPE.to_owned());
    }
    mentions
}

/// What issuing does, told before.
#[must_use]
pub fn issuing(due_days: u16, told: bool) -> Vec<String> {
    let due = french::plural(due_days.into(), "jour", "jours");
    let mut said = vec![
        "La facture prend le numéro suivant de l’année et ne change plus\u{202f}: seul un avoir l’annule."
            .to_owned(),
        format!("Elle est à payer sous {due}."),
    ];
    said.push(if told {
        "Le destinataire la reçoit par courriel, avec un lien qui l’ouvre.".to_owned()
    } else {
        "Aucune adresse n’est connue\u{202f}: déposez le fichier là où le destinataire l’attend.".to_owned()
    });
    said
}

/// What a credit note does, told before.
#[must_use]
pub fn crediting(number: &str, total_cents: i64, paid_cents: i64) -> Vec<String> {
    let mut said = vec![
        format!(
            "Un avoir de {} est émis, avec son propre numéro\u{202f}: il annule la facture {number}, qui reste dans les comptes.",
            french::money_cents(total_cents)
        ),
        "Ce qu’elle facturait peut être facturé à nouveau.".to_owned(),
    ];
    said.push(if paid_cents == 0 {
        "Rien n’a été payé\u{202f}: rien n’est à rembourser.".to_owned()
    } else {
        format!("{} ont été reçus\u{202f}: ils sont à rembourser.", french::money_cents(paid_cents))
    });
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_individual_is_told_of_no_penalty() {
        let rules = InvoiceRules::default();
        let said = Said { exempt: true, forfeit: false, eu_funded: false };
        let company = mentions(InvoiceParty::Company, said, &rules).join("\n");
        assert!(company.contains("40,00") && company.contains("Pénalités") && company.contains("261, 4-4°"));
        let person = mentions(InvoiceParty::Person, said, &rules).join("\n");
        assert!(!person.contains("40,00") && person.contains("escompte"));
        let forfeit = Said { exempt: false, forfeit: true, eu_funded: true };
        let said = mentions(InvoiceParty::Company, forfeit, &rules).join("\n");
        assert!(said.contains("dédit") && said.contains("Union européenne") && !said.contains("261, 4-4°"));
    }

    #[test]
    fn numbers_are_told_without_useless_zeros() {
        assert_eq!(
            (rate(2_000), rate(0), rate(550)),
            ("20\u{202f}%".into(), "0\u{202f}%".into(), "5,5\u{202f}%".into())
        );
        assert_eq!((hundredths(100), hundredths(1_250)), ("1".to_owned(), "12,5".to_owned()));
        let dates = Some((date!(2026 - 03 - 03), date!(2026 - 03 - 03)));
        assert_eq!(subject("SST", dates, "SES-2026-0017"), "SST, le 3 mars 2026 (SES-2026-0017)");
    }
}
