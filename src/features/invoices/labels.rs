//! French words of invoices.

use entity::invoice::{InvoiceKind, InvoiceParty, InvoiceState};
use entity::invoice_line::LineKind;
use entity::invoice_payment::PaymentWay;
use time::Date;

use super::state::Step;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;

/// In the place of a number.
pub const DRAFT: &str = "brouillon";
/// Title of the list.
pub const INVOICES: &str = "Factures";
/// Title of the page that prepares some.
pub const PREPARE: &str = "Facturer une session";
/// Title of the page that issues one.
pub const ISSUE: &str = "Émettre la facture";
/// Title of the page that takes one back.
pub const CREDIT: &str = "Annuler par un avoir";
/// Title of the page that gives a draft up.
pub const DISCARD: &str = "Abandonner le brouillon";
/// Title of the page that corrects a draft.
pub const EDIT: &str = "Corriger le destinataire";
/// Title of the page that records a payment.
pub const PAY: &str = "Enregistrer un paiement";
/// Title of the same page, for a credit note.
pub const PAY_BACK: &str = "Enregistrer un remboursement";
/// Title of the page that takes a payment back.
pub const VOID_PAYMENT: &str = "Retirer un paiement";
/// Title of the page of the accounting export.
pub const EXPORT: &str = "Écritures comptables";
/// Title of the page where somebody reads.
pub const READ: &str = "Votre facture";
/// Title of the document.
pub const INVOICE: &str = "Facture";
/// Title of the document.
pub const CREDIT_NOTE: &str = "Avoir";
/// A form that comes back.
pub const NOT_DONE: &str = "Rien n’a été enregistré";
/// Who funds when nobody named them.
pub const FUNDER: &str = "Financeur";
/// Why the team receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les formations.";
/// Why somebody receives a message.
pub const WHY_PARTY: &str = "Vous recevez ce message parce qu’une facture de formation est à votre nom.";

/// Faults of forms.
pub mod faults {
    /// No name.
    pub const NAME: &str = "Indiquez le nom du destinataire";
    /// No amount.
    pub const AMOUNT: &str = "Indiquez un montant, par exemple 240,50";
    /// A day to come.
    pub const TO_COME: &str = "Cette date est à venir";
    /// No way.
    pub const WAY: &str = "Choisissez un moyen de paiement de la liste";
    /// No reason.
    pub const REASON: &str = "Indiquez le motif";
    /// The wrong order.
    pub const ORDER: &str = "La fin de la période précède son début";
    /// Too long.
    pub const YEAR: &str = "Choisissez une période d’un an au plus";
    /// Nothing is chosen.
    pub const CHOICE: &str = "Choisissez au moins un destinataire";
    /// No such session.
    pub const SESSION: &str = "Aucune session ne porte ce numéro";
}

/// What an invoice lacks.
pub mod lacking {
    /// Who sells.
    pub const SELLER_SIRET: &str = "Le SIRET de l’organisme (configuration)";
    /// Who sells.
    pub const SELLER_ADDRESS: &str = "L’adresse de l’organisme (configuration)";
    /// The declaration of activity.
    pub const NDA: &str = "Le numéro de déclaration d’activité et sa région (réglage des factures)";
    /// Who buys.
    pub const PARTY_SIRET: &str = "Le SIRET du destinataire";
    /// Who buys.
    pub const PARTY_ADDRESS: &str = "L’adresse du destinataire";
    /// The agreement of a funder.
    pub const AGREEMENT: &str = "Le numéro d’accord du financeur";
    /// The lines.
    pub const LINES: &str = "Une ligne au moins";
}

/// The facts of an invoice.
pub mod facts {
    /// The party.
    pub const PARTY: &str = "Destinataire";
    /// The number of the party.
    pub const SIRET: &str = "SIRET";
    /// The reference of the party.
    pub const REFERENCE: &str = "Référence";
    /// The session.
    pub const SESSION: &str = "Session";
    /// When it was issued.
    pub const ISSUED: &str = "Émise le";
    /// When it is due.
    pub const DUE: &str = "Échéance";
    /// The whole.
    pub const TOTAL: &str = "Total à payer";
    /// What was paid.
    pub const PAID: &str = "Déjà payé";
    /// What is left.
    pub const OWED: &str = "Reste dû";
    /// What a credit note owes.
    pub const TO_PAY_BACK: &str = "Reste à rembourser";
    /// The invoice of a credit note.
    pub const CREDITS: &str = "Annule la facture";
    /// The credit note of an invoice.
    pub const CREDITED_BY: &str = "Annulée par l’avoir";
    /// Why.
    pub const REASON: &str = "Motif";
}

/// Columns and words of the accounting export.
pub mod entries {
    /// The columns of article A. 47 A-1 of the book of tax procedures, in their order.
    pub const COLUMNS: [&str; 18] = [
        "JournalCode",
        "JournalLib",
        "EcritureNum",
        "EcritureDate",
        "CompteNum",
        "CompteLib",
        "CompAuxNum",
        "CompAuxLib",
        "PieceRef",
        "PieceDate",
        "EcritureLib",
        "Debit",
        "Credit",
        "EcritureLet",
        "DateLet",
        "ValidDate",
        "Montantdevise",
        "Idevise",
    ];
    /// Journal of sales.
    pub const SALES: (&str, &str) = ("VE", "Ventes");
    /// Journal of the bank.
    pub const BANK: (&str, &str) = ("BQ", "Banque");
    /// Journal of cash.
    pub const CASH: (&str, &str) = ("CA", "Caisse");
    /// Name of an account.
    pub const CUSTOMERS: &str = "Clients";
    /// Name of an account.
    pub const TRAINING: &str = "Prestations de formation";
    /// Name of an account.
    pub const FORFEITS: &str = "Dédits et indemnités";
    /// Name of an account.
    pub const OTHER: &str = "Produits des activités annexes";
    /// Name of an account.
    pub const VAT: &str = "TVA collectée";
}

/// What an invoice is.
#[must_use]
pub const fn kind(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => INVOICE,
        InvoiceKind::CreditNote => CREDIT_NOTE,
    }
}

/// Who is invoiced.
#[must_use]
pub const fn party(party: InvoiceParty) -> &'static str {
    match party {
        InvoiceParty::Company => "Employeur",
        InvoiceParty::Funder => "Financeur, par subrogation",
        InvoiceParty::Person => "Particulier",
    }
}

/// What a line bills.
#[must_use]
pub const fn line_kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Training => "Formation",
        LineKind::Forfeit => "Dédit",
        LineKind::Other => "Autre",
    }
}

/// How a sum came.
#[must_use]
pub const fn way(way: PaymentWay) -> &'static str {
    match way {
        PaymentWay::Transfer => "Virement",
        PaymentWay::Cheque => "Chèque",
        PaymentWay::DirectDebit => "Prélèvement",
        PaymentWay::Cash => "Espèces",
        PaymentWay::Other => "Autre moyen",
    }
}

/// What a state looks like.
#[must_use]
pub const fn state(state: InvoiceState) -> Status {
    match state {
        InvoiceState::Draft => Status::new("Brouillon", "plume", Color::Ardoise),
        InvoiceState::Issued => Status::new("Émise", "envoi", Color::Ciel),
        InvoiceState::PartPaid => Status::new("Payée en partie", "horloge", Color::Ocre),
        InvoiceState::Paid => Status::new("Soldée", "coche", Color::Pre),
        InvoiceState::Credited => Status::new("Annulée par un avoir", "moins", Color::Ardoise),
        InvoiceState::Discarded => Status::new("Abandonnée", "croix", Color::Ardoise),
    }
}

/// What an invoice looks like, its date due looked at.
#[must_use]
pub const fn standing(kind: InvoiceKind, of: InvoiceState, late: bool) -> Status {
    match (kind, of) {
        (InvoiceKind::Invoice, InvoiceState::Issued | InvoiceState::PartPaid) if late => {
            Status::new("En retard", "alerte", Color::Garance)
        }
        (InvoiceKind::CreditNote, InvoiceState::Issued | InvoiceState::PartPaid) => {
            Status::new("À rembourser", "horloge", Color::Ocre)
        }
        (InvoiceKind::CreditNote, InvoiceState::Paid) => Status::new("Soldé", "coche", Color::Pre),
        _ => state(of),
    }
}

/// What a step does.
#[must_use]
pub const fn step(step: Step) -> &'static str {
    match step {
        Step::Prepare => "Préparer",
        Step::Issue => "Émettre",
        Step::IssuePart => "Émettre un avoir à rembourser en partie",
        Step::IssueSettled => "Émettre un avoir sans remboursement",
        Step::Discard => "Abandonner",
        Step::PayPart => "Recevoir une partie",
        Step::Settle => "Recevoir le solde",
        Step::ReturnPart => "Retirer un paiement, une partie reste",
        Step::ReturnAll => "Retirer le seul paiement",
        Step::Credit => "Annuler par un avoir",
    }
}

/// What an act of the journal is called, from the end of the name of its event.
#[must_use]
pub fn happened(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "prepared" => "facture préparée",
        "edited" => "destinataire corrigé",
        "issued" => "facture émise",
        "issued_part" | "issued_settled" => "avoir émis",
        "discarded" => "brouillon abandonné",
        "part_paid" => "paiement d’une partie",
        "paid" => "facture soldée",
        "payment_voided" => "paiement retiré",
        "credited" => "annulation par un avoir",
        "typeset" => "facture composée et envoyée",
        "reminded" => "rappel de paiement",
        "late" => "retard signalé à l’équipe",
        _ => return None,
    };
    Some(word)
}

/// The same, for the file of entries.
#[must_use]
pub fn happened_to_list(ending: &str) -> Option<&'static str> {
    (ending == "exported").then_some("copie des écritures comptables")
}

/// More is typed than what is owed.
#[must_use]
pub fn more_than_owed(cents: i64) -> String {
    format!("Il reste {} à payer\u{202f}: indiquez ce montant au plus", french::money_cents(cents))
}

/// A sum that came before its invoice.
#[must_use]
pub fn before_invoice(issued_on: Date) -> String {
    format!("Cette date précède celle de la facture, le {}", french::date(issued_on))
}

/// Said once drafts are made.
#[must_use]
pub fn prepared(count: usize) -> Flash {
    let count = i64::try_from(count).unwrap_or_default();
    Flash::done(french::plural(count, "brouillon préparé", "brouillons préparés"), "")
}

/// Said once it is issued.
#[must_use]
pub fn issued(number: &str) -> Flash {
    Flash::done(format!("Facture {number} émise."), "")
}

/// Said once a credit note is issued.
#[must_use]
pub fn credited(number: &str) -> Flash {
    Flash::done(format!("Avoir {number} émis."), "")
}

/// Said once a payment is recorded.
#[must_use]
pub fn paid(owed_cents: i64) -> Flash {
    let rest = if owed_cents == 0 {
        String::new()
    } else {
        format!("Il reste {}.", french::money_cents(owed_cents.abs()))
    };
    Flash::done("Paiement enregistré.", rest)
}

/// Said once a payment is taken back.
#[must_use]
pub fn payment_voided() -> Flash {
    Flash::done("Paiement retiré.", "")
}

/// Said once a draft is given up.
#[must_use]
pub fn discarded() -> Flash {
    Flash::done("Brouillon abandonné.", "")
}

/// Said once a draft is corrected.
#[must_use]
pub fn edited() -> Flash {
    Flash::done("Destinataire corrigé.", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::invoices::state::TABLE;

    #[test]
    fn every_event_has_its_words() {
        for line in TABLE.iter() {
            let ending = line.name().strip_prefix("invoice.").unwrap();
            assert!(happened(ending).is_some(), "{}", line.name());
        }
    }
}
