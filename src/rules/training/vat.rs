//! The tax of training: exempt only for whoever holds the attestation, from its date on (CGI, art. 261, 4-4° a).
//!
//! The exemption is neither automatic nor retroactive; a forfeit is no training and never exempt.
use entity::invoice_line::LineKind;
use entity::programme_version::Vat;
use time::Date;

/// The usual rate, in hundredths of a percent.
pub const STANDARD_BASIS_POINTS: i32 = 2_000;

/// What an invoice says of an exemption.
pub const EXEMPT: &str =
    "TVA non applicable\u{202f}: exonération de l’article 261, 4-4° a du code général des impôts";

/// The tax of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tax {
    /// Its rate, in hundredths of a percent.
    pub basis_points: i32,
    /// What the invoice says.
    pub mention: Option<&'static str>,
}

/// The tax of a line of an invoice issued on a day, for a body exempt since another.
#[must_use]
pub fn tax(kind: LineKind, vat: Vat, issued_on: Date, exempt_since: Option<Date>) -> Tax {
    let exempt = exempt_since.is_some_and(|since| since <= issued_on);
    if kind == LineKind::Training && vat == Vat::Exempt && exempt {
        Tax { basis_points: 0, mention: Some(EXEMPT) }
    } else {
        Tax { basis_points: STANDARD_BASIS_POINTS, mention: None }
    }
}

/// The tax of an amount, in cents, to the nearest; halves away from zero, so that a credit note is the opposite.
#[must_use]
pub fn amount(net_cents: i64, basis_points: i32) -> i64 {
    let exact = net_cents * i64::from(basis_points);
    (exact + 5_000 * exact.signum()) / 10_000
}

/// The net amount of a line: a quantity in hundredths and a unit price in cents, to the nearest cent.
#[must_use]
pub fn net(quantity_hundredths: i32, unit_cents: i64) -> i64 {
    let exact = unit_cents * i64::from(quantity_hundredths);
    (exact + 50 * exact.signum()) / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn only_training_of_a_body_that_holds_the_attestation_is_exempt() {
        let (since, before, after) = (date!(2025 - 01 - 01), date!(2024 - 12 - 31), date!(2026 - 03 - 01));
        let cases = [
            (LineKind::Training, Vat::Exempt, after, Some(since), 0),
            (LineKind::Training, Vat::Exempt, since, Some(since), 0),
            (LineKind::Training, Vat::Exempt, before, Some(since), 2_000),
            (LineKind::Training, Vat::Exempt, after, None, 2_000),
            (LineKind::Training, Vat::Standard, after, Some(since), 2_000),
            (LineKind::Forfeit, Vat::Exempt, after, Some(since), 2_000),
            (LineKind::Other, Vat::Exempt, after, Some(since), 2_000),
        ];
        for (kind, vat, issued, since, rate) in cases {
            let tax = tax(kind, vat, issued, since);
            assert_eq!(tax.basis_points, rate, "{kind} {vat} {issued}");
            assert_eq!(tax.mention.is_some(), rate == 0);
        }
    }

    #[test]
    fn a_credit_note_is_the_opposite_of_its_invoice() {
        for (net, rate, tax) in
            [(21_000, 2_000, 4_200), (333, 2_000, 67), (1, 2_000, 0), (3, 2_000, 1), (50, 0, 0)]
        {
            assert_eq!(amount(net, rate), tax, "{net}");
            assert_eq!(amount(-net, rate), -tax, "{net}");
        }
        for (quantity, unit, expected) in
            [(100, 21_000, 21_000), (1_250, 4_500, 56_250), (33, 101, 33), (150, 1, 2)]
        {
            assert_eq!(net(quantity, unit), expected);
            assert_eq!(net(quantity, -unit), -expected);
        }
    }
}
