//! The lines of a claim, as typed; every fault at once. Pure.

use entity::expense_line::ExpenseKind;
use entity::ids::DocumentId;
use uuid::Uuid;

use crate::error::{Fault, Faults};
use crate::features::missions::labels;
use crate::render::french;
use crate::rules::expenses::{Days, Expense, wants_receipt};
use crate::rules::siret::Siret;
use crate::rules::{line, money, typed_date};

/// Most lines of a claim.
pub const MOST_LINES: usize = 40;
/// Longest word about a line.
const LONGEST: usize = 200;
/// Most kilometres, nights or meals of a line.
const MOST_OF_ONE: u32 = 10_000;

/// One expense, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedExpense {
    /// The day.
    pub spent_on: String,
    /// Word of an [`ExpenseKind`].
    pub kind: String,
    /// Kilometres, nights, meals; one when empty, save for kilometres.
    pub quantity: String,
    /// What was paid, in euros; nothing for kilometres.
    pub amount: String,
    /// What it was exactly.
    pub label: String,
    /// Key of the receipt that proves it; nothing for kilometres.
    pub receipt: String,
}

impl TypedExpense {
    /// Whether nothing was typed but a day, which the form proposes.
    fn is_blank(&self) -> bool {
        [&self.kind, &self.quantity, &self.amount, &self.label].into_iter().all(|text| text.trim().is_empty())
    }
}

/// The employer to whom a claim is to be paid, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEmployer {
    /// Its name.
    pub name: String,
    /// Its SIRET.
    pub siret: String,
}

impl TypedEmployer {
    /// Name and SIRET, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub(super) fn read(&self) -> Result<(String, String), Vec<Fault>> {
        let mut faults = Faults::default();
        let name = line::wanted(&self.name, LONGEST, labels::faults::EMPLOYER_WANTED);
        let name = faults.read("/employer/name", name, |error| error.code());
        let siret = Siret::parse(&self.siret).map_err(|error| (error.code(), error.message()));
        let siret = match siret {
            Ok(siret) => Some(siret.to_string()),
            Err((code, message)) => {
                faults.push("/employer/siret", code, message);
                None
            }
        };
        faults.or(name.zip(siret))
    }
}

/// The expenses, or every fault; lines that say nothing are left out. Each one but kilometres names one of the receipts of
/// the mission; a bill for several expenses may be named by each.
///
/// # Errors
/// The faults.
pub(super) fn expenses(
    typed: &[TypedExpense],
    days: Days,
    receipts: &[DocumentId],
) -> Result<Vec<Expense>, Vec<Fault>> {
    let mut faults = Faults::default();
    let mut read = Vec::new();
    for (position, one) in typed.iter().enumerate().filter(|(_, one)| !one.is_blank()) {
        read.extend(expense(position, one, days, receipts, &mut faults));
    }
    if typed.len() > MOST_LINES {
        faults.push("/lines", "too-many", "Quarante lignes au plus");
    }
    faults.or(Some(read))
}

fn expense(
    position: usize,
    one: &TypedExpense,
    days: Days,
    receipts: &[DocumentId],
    faults: &mut Faults,
) -> Option<Expense> {
    let at = |field: &str| format!("/lines/{position}/{field}");
    let day = typed_date::parse(&one.spent_on).ok_or("Indiquez le jour de la dépense");
    let spent_on = faults.read(&at("spent_on"), day, |_| "date");
    if spent_on.is_some_and(|day| !days.hold(day)) {
        faults.push(at("spent_on"), "outside", outside(days));
    }
    let kind = ExpenseKind::from_word(one.kind.trim()).ok_or("Choisissez la nature de la dépense");
    let kind = faults.read(&at("kind"), kind, |_| "missing");
    let quantity = faults.read(&at("quantity"), quantity(kind, &one.quantity), |_| "number");
    let amount_cents = if kind == Some(ExpenseKind::Mileage) {
        Some(0)
    } else {
        let paid = money::parse(&one.amount).ok_or("Indiquez le montant payé, en euros");
        faults.read(&at("amount"), paid, |_| "amount")
    };
    let label = faults.read(&at("label"), line::optional(&one.label, LONGEST), |error| error.code());
    let proof = receipt(kind, &one.receipt, receipts);
    let receipt = faults.read(&at("receipt_id"), proof, |_| "missing");
    Some(Expense {
        spent_on: spent_on?,
        kind: kind?,
        quantity: quantity?,
        amount_cents: amount_cents?,
        label: label?,
        receipt: receipt?,
    })
}

/// The receipt of the mission that a line names, when its kind wants one.
fn receipt(
    kind: Option<ExpenseKind>,
    typed: &str,
    receipts: &[DocumentId],
) -> Result<Option<DocumentId>, &'static str> {
    if !kind.is_some_and(wants_receipt) {
        return Ok(None);
    }
    let named = typed.trim().parse::<Uuid>().ok().map(DocumentId);
    let known = named.filter(|id| receipts.contains(id));
    known.map(Some).ok_or(labels::faults::RECEIPT_WANTED)
}

fn quantity(kind: Option<ExpenseKind>, typed: &str) -> Result<u32, &'static str> {
    match typed.trim() {
        "" if kind == Some(ExpenseKind::Mileage) => Err("Indiquez le nombre de kilomètres"),
        "" => Ok(1),
        text => text
            .parse::<u32>()
            .ok()
            .filter(|number| (1..=MOST_OF_ONE).contains(number))
            .ok_or("Indiquez un nombre entier entre 1 et 10\u{202f}000"),
    }
}

/// Said of a day that has nothing to do with the mission.
fn outside(days: Days) -> String {
    let (first, last) = (french::date(days.first), french::date(days.last));
    if first == last {
        return format!("Ce jour est hors de la mission, qui a lieu le {first}");
    }
    format!("Ce jour est hors de la mission et de son voyage, du {first} au {last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const RECEIPT: DocumentId = DocumentId(Uuid::from_u128(7));
    const DAYS: Days = Days { first: date!(2025 - 10 - 19), last: date!(2025 - 10 - 21) };

    fn typed(spent_on: &str, kind: &str, quantity: &str, amount: &str) -> TypedExpense {
        TypedExpense {
            spent_on: spent_on.to_owned(),
            kind: kind.to_owned(),
            quantity: quantity.to_owned(),
            amount: amount.to_owned(),
            label: String::new(),
            receipt: RECEIPT.to_string(),
        }
    }

    #[test]
    fn lines_are_read_and_blank_ones_left_out() {
        let lines = [
            typed("20/10/2025", "mileage", "120", ""),
            typed("2025-10-20", "", "", " "),
            typed("2025-10-19", "night", "", "95,50"),
        ];
        let read = expenses(&lines, DAYS, &[RECEIPT]).unwrap();
        let told: Vec<_> =
            read.iter().map(|one| (one.spent_on, one.kind, one.quantity, one.amount_cents)).collect();
        assert_eq!(
            told,
            [
                (date!(2025 - 10 - 20), ExpenseKind::Mileage, 120, 0),
                (date!(2025 - 10 - 19), ExpenseKind::Night, 1, 9_550),
            ]
        );
        assert!(expenses(&[], DAYS, &[]).unwrap().is_empty(), "a fee alone");
    }

    #[test]
    fn every_fault_of_every_line_is_told_at_once() {
        for (line, pointers) in [
            (typed("", "meal", "1", "18"), vec!["/lines/0/spent_on"]),
            (typed("2025-10-18", "meal", "1", "18"), vec!["/lines/0/spent_on"]),
            (typed("2025-10-22", "meal", "1", "18"), vec!["/lines/0/spent_on"]),
            (typed("2025-10-20", "gift", "1", "18"), vec!["/lines/0/kind"]),
            (typed("2025-10-20", "mileage", "", ""), vec!["/lines/0/quantity"]),
            (typed("2025-10-20", "meal", "0", ""), vec!["/lines/0/quantity", "/lines/0/amount"]),
            (typed("2025-10-20", "meal", "1", "beaucoup"), vec!["/lines/0/amount"]),
        ] {
            let faults = expenses(std::slice::from_ref(&line), DAYS, &[RECEIPT]).unwrap_err();
            let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, pointers, "{line:?}");
        }
        let many = vec![typed("2025-10-20", "meal", "1", "18"); MOST_LINES + 1];
        assert_eq!(expenses(&many, DAYS, &[RECEIPT]).unwrap_err()[0].pointer, "/lines");
    }

    #[test]
    fn an_employer_is_paid_by_its_name_and_its_siret() {
        let siret = Siret::with_check_digits(12_345_678, 1);
        let typed =
            |name: &str, siret: &str| TypedEmployer { name: name.to_owned(), siret: siret.to_owned() };
        let read = typed(" Les Jardins ", &siret.grouped()).read();
        assert_eq!(read, Ok(("Les Jardins".to_owned(), siret.to_string())));
        let faults = typed(" ", "12").read().unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(found, ["/employer/name", "/employer/siret"]);
    }

    #[test]
    fn a_day_outside_is_refused_with_the_days_that_count() {
        let faults = expenses(&[typed("2025-10-25", "meal", "1", "18")], DAYS, &[RECEIPT]).unwrap_err();
        assert_eq!(
            faults[0].message,
            "Ce jour est hors de la mission et de son voyage, du 19 octobre 2025 au 21 octobre 2025"
        );
    }

    #[test]
    fn each_line_that_wants_a_receipt_names_one_of_the_mission() {
        let named = |kind: &str, receipt: &str| TypedExpense {
            receipt: receipt.to_owned(),
            ..typed("2025-10-20", kind, "1", "18")
        };
        let (known, other) = (RECEIPT.to_string(), Uuid::from_u128(8).to_string());
        for (kind, receipt, expected) in [
            ("meal", known.as_str(), Ok(Some(RECEIPT))),
            ("meal", "", Err("/lines/0/receipt_id")),
            ("night", other.as_str(), Err("/lines/0/receipt_id")),
            ("mileage", "", Ok(None)),
            ("mileage", known.as_str(), Ok(None)),
        ] {
            let read = expenses(&[named(kind, receipt)], DAYS, &[RECEIPT]);
            let found = read.map(|lines| lines[0].receipt);
            let found = found.as_ref().map_err(|faults| faults[0].pointer.as_str()).copied();
            assert_eq!(found, expected, "{kind} {receipt}");
        }
    }
}
