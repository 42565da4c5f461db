//! What the certifier may change of enrolments, papers, invoices and surveys (domain reference, 4.3 to 4.6).
use serde::{Deserialize, Serialize};

use super::working_hours::WorkingDay;
use crate::rules::identifiers::Nda;
use crate::rules::typed_date;

type Check = (bool, (&'static str, &'static str));

fn broken(checks: impl IntoIterator<Item = Check>) -> Vec<(&'static str, &'static str)> {
    checks.into_iter().filter(|(sound, _)| !sound).map(|(_, fault)| fault).collect()
}

/// Delays of enrolments. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnrolmentRules {
    /// Working hours that a seat is held until the link of the mail confirms it.
    pub hold_hours: u16,
    /// Days that a seat is held after that, until the contract or the convention is signed.
    pub contract_days: u16,
    /// Working hours that an offer of the waiting list stands.
    pub offer_hours: u16,
    /// Hours of a working day that count.
    pub working_day: WorkingDay,
    /// Days before a session at which enrolment closes, unless the session says when.
    pub close_days: u16,
    /// Days before a session at which people are called.
    pub summons_days: u16,
    /// Days before a session at which they are reminded.
    pub reminder_days: u16,
    /// Most people that a structure enrols at once.
    pub most_people: u16,
    /// Age under which the legal representatives are told too.
    pub of_age: u8,
}

impl Default for EnrolmentRules {
    fn default() -> Self {
        Self {
            hold_hours: 72,
            contract_days: 15,
            offer_hours: 72,
            working_day: WorkingDay::default(),
            close_days: 7,
            summons_days: 15,
            reminder_days: 2,
            most_people: 30,
            of_age: 18,
        }
    }
}

impl EnrolmentRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let hours = "Indiquez un nombre d’heures entre 1 et 720";
        broken([
            ((1..=720).contains(&self.hold_hours), ("hold_hours", hours)),
            (
                (1..=120).contains(&self.contract_days),
                ("contract_days", "Indiquez un nombre de jours entre 1 et 120"),
            ),
            ((1..=720).contains(&self.offer_hours), ("offer_hours", hours)),
            (
                self.working_day.is_sound(),
                ("working_day", "Indiquez deux heures pleines, de 0 à 24, dans l’ordre"),
            ),
            (self.close_days <= 90, ("close_days", "Indiquez un nombre de jours entre 0 et 90")),
            (
                (1..=90).contains(&self.summons_days),
                ("summons_days", "Indiquez un nombre de jours entre 1 et 90"),
            ),
            (self.reminder_days <= 30, ("reminder_days", "Indiquez un nombre de jours entre 0 et 30")),
            (
                (1..=200).contains(&self.most_people),
                ("most_people", "Indiquez un nombre de personnes entre 1 et 200"),
            ),
            ((16..=21).contains(&self.of_age), ("of_age", "Indiquez un âge entre 16 et 21 ans")),
        ])
    }
}

/// Delays of papers. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaperRules {
    /// Days to sign a paper.
    pub sign_days: u16,
    /// Days between two reminders of a signature.
    pub reminder_days: u16,
    /// Days that a proposal stands.
    pub proposal_days: u16,
}

impl Default for PaperRules {
    fn default() -> Self {
        Self { sign_days: 15, reminder_days: 5, proposal_days: 90 }
    }
}

impl PaperRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        broken([
            (
                (1..=120).contains(&self.sign_days),
                ("sign_days", "Indiquez un nombre de jours entre 1 et 120"),
            ),
            (
                (1..=60).contains(&self.reminder_days),
                ("reminder_days", "Indiquez un nombre de jours entre 1 et 60"),
            ),
            (
                (1..=365).contains(&self.proposal_days),
                ("proposal_days", "Indiquez un nombre de jours entre 1 et 365"),
            ),
        ])
    }
}

/// What invoices say. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InvoiceRules {
    /// Days to pay.
    pub due_days: u16,
    /// Recovery indemnity, in cents.
    pub recovery_cents: u32,
    /// The penalty for a late payment, as printed.
    pub penalty: String,
    /// From when the body holds the attestation of exemption, `YYYY-MM-DD`; empty while it holds none.
    pub exempt_since: String,
    /// Number of the declaration of activity; empty until it is told, and papers wait for it.
    pub nda: String,
    /// Region of the prefect who recorded it.
    pub nda_region: String,
    /// Days after the date due, then between two reminders.
    pub reminder_days: u16,
    /// Most reminders; then the team is told.
    pub reminders: u8,
    /// The accounts of the accounting export.
    pub accounts: Accounts,
}

/// Numbers of accounts, as the accounting plan has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Accounts {
    /// Those who owe.
    pub customers: String,
    /// Training.
    pub training: String,
    /// Forfeits.
    pub forfeits: String,
    /// Anything else that is sold.
    pub other: String,
    /// Tax collected.
    pub vat: String,
    /// Where payments arrive.
    pub bank: String,
    /// Where cash does.
    pub cash: String,
}

impl Default for Accounts {
    fn default() -> Self {
        let [customers, training, forfeits, other, vat, bank, cash] =
            ["411000", "706000", "758000", "708000", "445710", "512000", "530000"].map(str::to_owned);
        Self { customers, training, forfeits, other, vat, bank, cash }
    }
}

impl Accounts {
    fn are_sound(&self) -> bool {
        let all =
            [&self.customers, &self.training, &self.forfeits, &self.other, &self.vat, &self.bank, &self.cash];
        all.into_iter().all(|text| (3..=12).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit()))
    }
}

impl Default for InvoiceRules {
    fn default() -> Self {
        Self {
            due_days: 30,
            recovery_cents: 4_000,
            penalty: "trois fois le taux d’intérêt légal".to_owned(),
            exempt_since: String::new(),
            nda: String::new(),
            nda_region: String::new(),
            reminder_days: 15,
            reminders: 2,
            accounts: Accounts::default(),
        }
    }
}

impl InvoiceRules {
    /// From when the body is exempt.
    #[must_use]
    pub fn exempt_from(&self) -> Option<time::Date> {
        typed_date::parse(&self.exempt_since)
    }

    /// The mention of the declaration of activity; none until it is told.
    #[must_use]
    pub fn nda_mention(&self) -> Option<String> {
        let told = !self.nda.is_empty() && !self.nda_region.is_empty();
        told.then(|| {
            format!(
                "Déclaration d’activité enregistrée sous le n° {} auprès du préfet de région {}. \
                 Cet enregistrement ne vaut pas agrément de l’État.",
                self.nda, self.nda_region
            )
        })
    }

    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let dated = self.exempt_since.is_empty() || self.exempt_from().is_some();
        let numbered = self.nda.is_empty() || Nda::parse(&self.nda).is_ok();
        broken([
            (self.due_days <= 120, ("due_days", "Indiquez un nombre de jours entre 0 et 120")),
            (
                (4_000..=100_000).contains(&self.recovery_cents),
                ("recovery_cents", "L’indemnité de recouvrement est de 40 euros au moins"),
            ),
            (!self.penalty.trim().is_empty(), ("penalty", "Indiquez les pénalités de retard")),
            (dated, ("exempt_since", "Indiquez une date, par exemple 2026-12-31, ou rien")),
            (
                numbered,
                (
                    "nda",
                    "Le numéro de déclaration d’activité compte 11 chiffres\u{202f}: celui-ci est trop long",
                ),
            ),
            (
                (1..=90).contains(&self.reminder_days),
                ("reminder_days", "Indiquez un nombre de jours entre 1 et 90"),
            ),
            (self.reminders <= 5, ("reminders", "Indiquez un nombre de rappels entre 0 et 5")),
            (self.accounts.are_sound(), ("accounts", "Un numéro de compte a de 3 à 12 chiffres")),
        ])
    }
}

/// When people are asked what they think. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurveyRules {
    /// Days that a survey stays open once the session has ended.
    pub hot_days: u16,
    /// Months after the end at which the cold one opens.
    pub cold_months: u16,
    /// Days that it stays open.
    pub cold_days: u16,
    /// Days between two reminders.
    pub reminder_days: u16,
    /// Most reminders.
    pub reminders: u8,
    /// Fewest answers that are shown.
    pub smallest: u16,
    /// Months between two surveys of funders and companies.
    pub partners_months: u16,
}

impl Default for SurveyRules {
    fn default() -> Self {
        Self {
            hot_days: 15,
            cold_months: 4,
            cold_days: 30,
            reminder_days: 5,
            reminders: 2,
            smallest: 5,
            partners_months: 12,
        }
    }
}

impl SurveyRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        broken([
            ((1..=90).contains(&self.hot_days), ("hot_days", "Indiquez un nombre de jours entre 1 et 90")),
            (
                (1..=24).contains(&self.cold_months),
                ("cold_months", "Indiquez un nombre de mois entre 1 et 24"),
            ),
            (
                (1..=120).contains(&self.cold_days),
                ("cold_days", "Indiquez un nombre de jours entre 1 et 120"),
            ),
            (
                (1..=60).contains(&self.reminder_days),
                ("reminder_days", "Indiquez un nombre de jours entre 1 et 60"),
            ),
            (self.reminders <= 5, ("reminders", "Indiquez un nombre de rappels entre 0 et 5")),
            ((1..=50).contains(&self.smallest), ("smallest", "Indiquez un nombre de réponses entre 1 et 50")),
            (
                (1..=12).contains(&self.partners_months),
                (
                    "partners_months",
                    "Les financeurs sont interrogés une fois par an au moins\u{202f}: de 1 à 12 mois",
                ),
            ),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_sound_and_their_opposites_are_told() {
        assert!(EnrolmentRules::default().faults().is_empty());
        assert!(PaperRules::default().faults().is_empty());
        assert!(InvoiceRules::default().faults().is_empty());
        assert!(SurveyRules::default().faults().is_empty());
        let enrolment = EnrolmentRules {
            hold_hours: 0,
            contract_days: 0,
            offer_hours: 721,
            working_day: WorkingDay { opens: 9, closes: 9 },
            close_days: 91,
            summons_days: 0,
            reminder_days: 31,
            most_people: 0,
            of_age: 15,
        };
        assert_eq!(enrolment.faults().len(), 9);
        assert_eq!(PaperRules { sign_days: 0, reminder_days: 0, proposal_days: 0 }.faults().len(), 3);
        let invoice = InvoiceRules {
            due_days: 121,
            recovery_cents: 3_999,
            penalty: " ".to_owned(),
            exempt_since: "demain".to_owned(),
            nda: "1".repeat(21),
            nda_region: String::new(),
            reminder_days: 0,
            reminders: 6,
            accounts: Accounts { vat: "445 710".to_owned(), ..Accounts::default() },
        };
        assert_eq!(invoice.faults().len(), 8);
    }

    #[test]
    fn nothing_is_said_of_a_number_that_nobody_told() {
        assert_eq!(InvoiceRules::default().nda_mention(), None);
        let told = InvoiceRules {
            nda: "11753262975".to_owned(),
            nda_region: "Île-de-France".to_owned(),
            exempt_since: "2025-01-01".to_owned(),
            ..Default::default()
        };
        assert!(told.faults().is_empty());
        assert!(told.nda_mention().is_some_and(|mention| mention.contains("11753262975")));
        assert!(told.exempt_from().is_some());
    }
}
