//! What is invoiced for somebody in a session, and to whom (domain reference, 4.5, 4.6, 4.9).
//!
//! A funder who pays the body itself (subrogation) owes the hours really done, whoever bought owes the rest. What is owed without
//! training — an absence, a late cancellation, hours that were not followed — is a forfeit: outside the exemption of tax
//! and outside the funds of training, so never a funder's.
use std::collections::BTreeMap;

use entity::enrolment::EnrolmentState;
use entity::funding::Scheme;
use entity::invoice::InvoiceParty;
use entity::invoice_line::{BpfOrigin, LineKind};
use entity::training_session::Delivery;

use super::cancellation::{CancellationRules, absence_fee, pro_rata};
use super::vat;

/// What a funder who pays the body itself agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// At most, in cents.
    pub amount_cents: i64,
    /// For so many minutes; none when it does not depend on attendance.
    pub minutes: u32,
}

/// Somebody in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Where their enrolment stands.
    pub state: EnrolmentState,
    /// Their price, before tax, in cents.
    pub price_cents: i64,
    /// What their cancellation costs.
    pub fee_cents: Option<i64>,
    /// Minutes of the session.
    pub planned: u32,
    /// Minutes that they really attended.
    pub attended: u32,
    /// What funders pay to the body itself.
    pub shares: Vec<Share>,
}

/// Who owes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payer {
    /// Whoever bought.
    Own,
    /// The funder of that place.
    Funder(usize),
}

/// Something owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// By whom.
    pub payer: Payer,
    /// As what.
    pub kind: LineKind,
    /// Before tax, in cents; above zero.
    pub cents: i64,
    /// The minutes of training that it pays; none for a forfeit.
    pub minutes: Option<u32>,
}

/// Whether something may be owed for somebody in this state.
#[must_use]
pub const fn is_billable(state: EnrolmentState) -> bool {
    use EnrolmentState as E;
    matches!(
        state,
        E::Confirmed | E::Present | E::Completed | E::DroppedOut | E::Absent | E::CancelledByClient
    )
}

/// What is owed for somebody now. The part of funders waits for the hours: until then their buyer only owes the rest.
#[must_use]
pub fn due(person: &Person, rules: &CancellationRules) -> Vec<Due> {
    use EnrolmentState as E;
    let shared: i64 = person.shares.iter().map(|share| share.amount_cents).sum();
    let forfeit = |cents| Due { payer: Payer::Own, kind: LineKind::Forfeit, cents, minutes: None };
    let training =
        |payer, cents, minutes| Due { payer, kind: LineKind::Training, cents, minutes: Some(minutes) };
    let mut found = match person.state {
        E::Confirmed | E::Present => {
            vec![training(Payer::Own, person.price_cents - shared, person.planned)]
        }
        E::Completed | E::DroppedOut => {
            let whole = person.state == E::Completed;
            let done = pro_rata(person.price_cents, person.attended, person.planned);
            let most = if whole { person.price_cents } else { done };
            let parts = parts(person, most);
            let paid: i64 = parts.iter().sum();
            let minutes = if whole { person.planned } else { person.attended };
            let rest = if whole { person.price_cents - shared } else { done - paid };
            let own = rest.max(0);
            let mut found = vec![training(Payer::Own, own, minutes)];
            let places = parts.iter().enumerate();
            found.extend(places.map(|(place, part)| training(Payer::Funder(place), *part, person.attended)));
            found.push(forfeit(person.price_cents - own - paid));
            found
        }
        E::Absent => {
            vec![forfeit(person.fee_cents.unwrap_or_else(|| absence_fee(person.price_cents, rules).cents))]
        }
        E::CancelledByClient => vec![forfeit(person.fee_cents.unwrap_or_default())],
        _ => Vec::new(),
    };
    found.retain(|due| due.cents > 0);
    found
}

/// What each funder owes for the hours really done, together no more than what the training is worth.
fn parts(person: &Person, most: i64) -> Vec<i64> {
    let mut left = most;
    let part = |share: &Share| {
        let owed = if share.minutes == 0 {
            share.amount_cents
        } else {
            pro_rata(share.amount_cents, person.attended, share.minutes)
        };
        let owed = owed.min(left).max(0);
        left -= owed;
        owed
    };
    person.shares.iter().map(part).collect()
}

/// The line of frame C of the BPF of something owed (4.10): a subrogated amount follows its scheme, a forfeit is another product.
#[must_use]
pub const fn origin(
    kind: LineKind,
    party: InvoiceParty,
    scheme: Option<Scheme>,
    delivery: Delivery,
) -> BpfOrigin {
    match (kind, party, scheme) {
        (LineKind::Forfeit | LineKind::Other, ..) => BpfOrigin::OtherProducts,
        (LineKind::Training, InvoiceParty::Funder, Some(scheme)) => of_scheme(scheme),
        (LineKind::Training, InvoiceParty::Person, _) => BpfOrigin::Individuals,
        (LineKind::Training, ..) if matches!(delivery, Delivery::Received) => BpfOrigin::Organisations,
        (LineKind::Training, ..) => BpfOrigin::Companies,
    }
}

const fn of_scheme(scheme: Scheme) -> BpfOrigin {
    match scheme {
        Scheme::SkillsPlan | Scheme::PicIae => BpfOrigin::SkillsPlan,
        Scheme::Professionalisation => BpfOrigin::Professionalisation,
        Scheme::ProA => BpfOrigin::Promotion,
        Scheme::Cpf => BpfOrigin::Cpf,
        Scheme::Fne | Scheme::Volunteers => BpfOrigin::State,
        Scheme::Poec | Scheme::Poei => BpfOrigin::JobSeekers,
        Scheme::Fse => BpfOrigin::European,
        Scheme::Region => BpfOrigin::Regions,
        Scheme::Agefiph => BpfOrigin::OtherPublic,
        Scheme::Employer => BpfOrigin::Companies,
        Scheme::Individual => BpfOrigin::Individuals,
    }
}

/// What one rate of tax is asked of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateTotal {
    /// Net, in cents.
    pub net_cents: i64,
    /// Tax of it, in cents.
    pub vat_cents: i64,
}

/// The totals of an invoice: the tax is that of the sum of each rate, as the European standard wants (BR-CO-17).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// By rate, in hundredths of a percent.
    pub rates: BTreeMap<i32, RateTotal>,
}

impl Totals {
    /// Adds up lines: the net amount and the rate of each.
    #[must_use]
    pub fn of(lines: impl IntoIterator<Item = (i64, i32)>) -> Self {
        let mut rates: BTreeMap<i32, RateTotal> = BTreeMap::new();
        for (net, rate) in lines {
            rates.entry(rate).or_default().net_cents += net;
        }
        for (rate, total) in &mut rates {
            total.vat_cents = vat::amount(total.net_cents, *rate);
        }
        Self { rates }
    }

    /// Net, in cents.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.rates.values().map(|total| total.net_cents).sum()
    }

    /// Tax, in cents.
    #[must_use]
    pub fn vat(&self) -> i64 {
        self.rates.values().map(|total| total.vat_cents).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(state: EnrolmentState, attended: u32, shares: &[(i64, u32)]) -> Person {
        let share =
            |(amount_cents, minutes): &(i64, u32)| Share { amount_cents: *amount_cents, minutes: *minutes };
        Person {
            state,
            price_cents: 42_000,
            fee_cents: None,
            planned: 840,
            attended,
            shares: shares.iter().map(share).collect(),
        }
    }

    #[test]
    fn what_is_owed_follows_the_hours_of_whom_a_funder_pays_for() {
        use EnrolmentState as E;
        use LineKind::{Forfeit, Training};
        use Payer::{Funder, Own};
        let rules = CancellationRules::default();
        let cases: [(Person, &[(Payer, LineKind, i64)]); 11] = [
            (person(E::Held, 0, &[]), &[]),
            (person(E::Confirmed, 0, &[]), &[(Own, Training, 42_000)]),
            // the funder waits for the hours
            (person(E::Confirmed, 0, &[(30_000, 840)]), &[(Own, Training, 12_000)]),
            (person(E::Completed, 840, &[]), &[(Own, Training, 42_000)]),
            // an employer owes the price, even for whoever missed an hour
            (person(E::Completed, 780, &[]), &[(Own, Training, 42_000)]),
            (person(E::Completed, 840, &[(42_000, 840)]), &[(Funder(0), Training, 42_000)]),
            (
                person(E::Completed, 420, &[(30_000, 840)]),
                &[(Own, Training, 12_000), (Funder(0), Training, 15_000), (Own, Forfeit, 15_000)],
            ),
            (
                person(E::Completed, 840, &[(30_000, 0), (20_000, 840)]),
                &[(Funder(0), Training, 30_000), (Funder(1), Training, 12_000)],
            ),
            (person(E::DroppedOut, 420, &[]), &[(Own, Training, 21_000), (Own, Forfeit, 21_000)]),
            (
                person(E::DroppedOut, 420, &[(42_000, 840)]),
                &[(Funder(0), Training, 21_000), (Own, Forfeit, 21_000)],
            ),
            (person(E::Absent, 0, &[(42_000, 840)]), &[(Own, Forfeit, 42_000)]),
        ];
        for (person, expected) in cases {
            let found: Vec<_> =
                due(&person, &rules).into_iter().map(|due| (due.payer, due.kind, due.cents)).collect();
            assert_eq!(found, expected, "{person:?}");
            assert!(found.is_empty() || is_billable(person.state));
        }
    }

    #[test]
    fn a_cancellation_costs_what_was_told_that_day() {
        let rules = CancellationRules::default();
        let mut late = person(EnrolmentState::CancelledByClient, 0, &[(42_000, 840)]);
        assert!(due(&late, &rules).is_empty());
        late.fee_cents = Some(21_000);
        let found = due(&late, &rules);
        assert_eq!((found.len(), found[0].kind, found[0].cents), (1, LineKind::Forfeit, 21_000));
    }

    #[test]
    fn a_forfeit_is_never_a_line_of_training_of_the_bpf() {
        for party in InvoiceParty::all() {
            for scheme in Scheme::all() {
                let origin = origin(LineKind::Forfeit, party, Some(scheme), Delivery::Own);
                assert_eq!(origin, BpfOrigin::OtherProducts);
            }
        }
        let training = |party, scheme, delivery| origin(LineKind::Training, party, scheme, delivery);
        for (party, scheme, delivery, expected) in [
            (InvoiceParty::Company, None, Delivery::Own, BpfOrigin::Companies),
            (InvoiceParty::Company, None, Delivery::Received, BpfOrigin::Organisations),
            (InvoiceParty::Person, None, Delivery::Own, BpfOrigin::Individuals),
            (InvoiceParty::Funder, Some(Scheme::SkillsPlan), Delivery::Own, BpfOrigin::SkillsPlan),
            (InvoiceParty::Funder, Some(Scheme::Cpf), Delivery::Own, BpfOrigin::Cpf),
            (InvoiceParty::Funder, Some(Scheme::Fse), Delivery::Own, BpfOrigin::European),
        ] {
            assert_eq!(training(party, scheme, delivery), expected, "{party} {scheme:?}");
        }
    }

    #[test]
    fn the_tax_is_that_of_the_sum_of_each_rate() {
        let totals = Totals::of([(333, 2_000), (333, 2_000), (10_000, 0)]);
        assert_eq!((totals.net(), totals.vat()), (10_666, 133));
        assert_eq!(totals.rates[&2_000], RateTotal { net_cents: 666, vat_cents: 133 });
        let credit = Totals::of([(-333, 2_000), (-333, 2_000), (-10_000, 0)]);
        assert_eq!((credit.net(), credit.vat()), (-10_666, -133));
    }
}
