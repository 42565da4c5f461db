//! What a person types about invoices; every fault at once. Pure.

use entity::invoice::InvoiceParty;
use entity::invoice_payment::PaymentWay;
use time::Date;

use super::labels;
use crate::error::{Fault, Faults};
use crate::rules::email_address::EmailAddress;
use crate::rules::siret::{CompanyNumberError, Siret};
use crate::rules::{line, money};

const LONGEST: usize = 300;
const LONGEST_REASON: usize = 500;

/// To whom a draft is sent, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedParty {
    /// Name.
    pub name: String,
    /// SIRET; a person has none.
    pub siret: String,
    /// Address.
    pub address: String,
    /// Number of the agreement of a funder, or what the buyer wants to find on it.
    pub reference: String,
    /// Where it is sent; may be empty.
    pub email: String,
}

/// To whom a draft is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyDetails {
    /// Name.
    pub name: String,
    /// SIRET; empty for a person, or until it is known.
    pub siret: String,
    /// Address; empty until it is known.
    pub address: String,
    /// Their reference; may be empty.
    pub reference: String,
    /// Where it is sent; may be empty.
    pub email: String,
}

impl TypedParty {
    /// To whom a draft is sent.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, party: InvoiceParty) -> Result<PartyDetails, Vec<Fault>> {
        let mut faults = Faults::default();
        let name = line::wanted(&self.name, LONGEST, labels::faults::NAME);
        let name = faults.read("/name", name, |error| error.code());
        let siret = if party == InvoiceParty::Person || self.siret.trim().is_empty() {
            Some(String::new())
        } else {
            let read = faults.read("/siret", Siret::parse(&self.siret), CompanyNumberError::code);
            read.map(|siret| siret.to_string())
        };
        let mut optional = |pointer: &str, text: &str| {
            faults.read(pointer, line::optional(text, LONGEST), |error| error.code())
        };
        let (address, reference) =
            (optional("/address", &self.address), optional("/reference", &self.reference));
        let email = if self.email.trim().is_empty() {
            Some(String::new())
        } else {
            let read = faults.read("/email", EmailAddress::parse(&self.email), |_| "email");
            read.map(|email| email.as_str().to_owned())
        };
        let (Some(name), Some(siret), Some(address), Some(reference), Some(email)) =
            (name, siret, address, reference, email)
        else {
            return faults.or(None);
        };
        faults.or(Some(PartyDetails { name, siret, address, reference, email }))
    }
}

/// A sum received, or paid back, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPayment {
    /// `240,50`.
    pub amount: String,
    /// The day.
    pub received_on: String,
    /// How.
    pub way: String,
    /// What the bank says; may be empty.
    pub reference: String,
}

/// A sum received, or paid back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// In cents, above zero.
    pub amount_cents: i64,
    /// The day, today or before.
    pub received_on: Date,
    /// How.
    pub way: PaymentWay,
    /// What the bank says; may be empty.
    pub reference: String,
}

impl TypedPayment {
    /// A sum that is not more than what is owed, on a day that has come.
    ///
    /// # Errors
    /// The faults, in the order of the form.
    pub fn read(&self, owed_cents: i64, issued_on: Date, today: Date) -> Result<Payment, Vec<Fault>> {
        let mut faults = Faults::default();
        let amount = match money::parse(&self.amount) {
            None | Some(0) => {
                faults.push("/amount", "amount", labels::faults::AMOUNT);
                None
            }
            Some(amount) if amount > owed_cents => {
                faults.push("/amount", "more-than-owed", labels::more_than_owed(owed_cents));
                None
            }
            Some(amount) => Some(amount),
        };
        let received_on = faults.required_date("/received_on", &self.received_on);
        if received_on.is_some_and(|day| day > today) {
            faults.push("/received_on", "future", labels::faults::TO_COME);
        } else if received_on.is_some_and(|day| day < issued_on) {
            faults.push("/received_on", "before-invoice", labels::before_invoice(issued_on));
        }
        let way = PaymentWay::from_word(self.way.trim());
        if way.is_none() {
            faults.push("/way", "missing", labels::faults::WAY);
        }
        let reference = line::optional(&self.reference, LONGEST);
        let reference = faults.read("/reference", reference, |error| error.code());
        let (Some(amount_cents), Some(received_on), Some(way), Some(reference)) =
            (amount, received_on, way, reference)
        else {
            return faults.or(None);
        };
        faults.or(Some(Payment { amount_cents, received_on, way, reference }))
    }
}

/// A reason.
///
/// # Errors
/// The fault of an empty or of a long one.
pub fn reason(text: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let wanted = line::wanted(text, LONGEST_REASON, labels::faults::REASON);
    let reason = faults.read("/reason", wanted, |error| error.code());
    faults.or(reason)
}

/// A period of the accounting export, as typed: one year at most.
///
/// # Errors
/// The faults.
pub fn period(from: &str, until: &str) -> Result<(Date, Date), Vec<Fault>> {
    let mut faults = Faults::default();
    let from = faults.required_date("/from", from);
    let until = faults.required_date("/until", until);
    if let (Some(from), Some(until)) = (from, until) {
        if until < from {
            faults.push("/until", "order", labels::faults::ORDER);
        } else if (until - from).whole_days() > 366 {
            faults.push("/until", "too-long", labels::faults::YEAR);
        }
    }
    faults.or(from.zip(until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn pointers(faults: &[Fault]) -> Vec<&str> {
        faults.iter().map(|fault| fault.pointer.as_str()).collect()
    }

    #[test]
    fn a_payment_tells_all_its_faults_at_once() {
        let (issued, today) = (date!(2026 - 03 - 02), date!(2026 - 03 - 10));
        let typed = |amount: &str, day: &str, way: &str| TypedPayment {
            amount: amount.to_owned(),
            received_on: day.to_owned(),
            way: way.to_owned(),
            reference: String::new(),
        };
        let none = TypedPayment::default().read(21_000, issued, today).unwrap_err();
        assert_eq!(pointers(&none), ["/amount", "/received_on", "/way"]);
        for (payment, expected) in [
            (typed("210", "2026-03-10", "transfer"), None),
            (typed("210,01", "2026-03-10", "transfer"), Some("/amount")),
            (typed("0", "2026-03-10", "transfer"), Some("/amount")),
            (typed("210", "2026-03-11", "transfer"), Some("/received_on")),
            (typed("210", "2026-03-01", "transfer"), Some("/received_on")),
            (typed("210", "2026-03-10", "card"), Some("/way")),
        ] {
            let read = payment.read(21_000, issued, today);
            assert_eq!(
                read.err().map(|faults| faults[0].pointer.clone()).as_deref(),
                expected,
                "{payment:?}"
            );
        }
    }

    #[test]
    fn a_person_has_no_number_and_a_company_may_wait_for_its_own() {
        let typed =
            TypedParty { name: "Les Ateliers".to_owned(), siret: "12".to_owned(), ..Default::default() };
        assert_eq!(pointers(&typed.read(InvoiceParty::Company).unwrap_err()), ["/siret"]);
        assert!(typed.read(InvoiceParty::Person).unwrap().siret.is_empty());
        let unknown = TypedParty { email: "zoe".to_owned(), ..Default::default() };
        assert_eq!(pointers(&unknown.read(InvoiceParty::Funder).unwrap_err()), ["/name", "/email"]);
    }

    #[test]
    fn a_period_is_in_order_and_a_year_at_most() {
        assert!(period("2026-01-01", "2026-12-31").is_ok());
        assert_eq!(pointers(&period("2026-02-01", "2026-01-31").unwrap_err()), ["/until"]);
        assert_eq!(pointers(&period("2024-01-01", "2026-01-31").unwrap_err()), ["/until"]);
        assert_eq!(pointers(&period("", "").unwrap_err()), ["/from", "/until"]);
    }
}
