//! Habilitations that are renewed in time, so that the network holds whatever the year of the loading.

use anyhow::Context;
use time::{Date, Duration};

use super::data::{Experts, Habilitation};
use crate::rules::period::Period;
use crate::rules::typed_date::iso;

/// The last of a duty is renewed when it ends within this time: longer than until the last jury to come.
const AHEAD: Duration = Duration::days(90);
/// How long a renewed one lasts.
const MONTHS: u16 = 36;

/// Adds what follows the last habilitation of each duty, but for those that the file lets lapse.
pub(super) fn renew(experts: &mut Experts, today: Date) -> anyhow::Result<()> {
    let horizon = today.saturating_add(AHEAD);
    for one in &mut experts.expert {
        let mut added = Vec::new();
        for (index, held) in one.habilitation.iter().enumerate() {
            let mut later = one.habilitation.iter().skip(index + 1);
            if held.lapses || later.any(|other| other.duty == held.duty) {
                continue;
            }
            let (_, mut until) = held.days().with_context(|| one.number.clone())?;
            while until < horizon {
                let period = Period::months(until.next_day().context("the end of time")?, MONTHS);
                added.push(Habilitation {
                    starts_on: iso(period.from()).parse().context("starts_on")?,
                    ends_on: iso(period.until()).parse().context("ends_on")?,
                    ..held.clone()
                });
                until = period.until();
            }
        }
        one.habilitation.extend(added);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::super::data;
    use super::*;

    #[test]
    fn habilitations_last_whatever_the_year_but_those_that_lapse() {
        let file = data::read().unwrap().experts;
        let all = |experts: &Experts| experts.expert.iter().map(|one| one.habilitation.len()).sum::<usize>();
        let mut same = file.clone();
        renew(&mut same, date!(2026 - 11 - 29)).unwrap();
        assert_eq!(all(&same), all(&file), "nothing to renew in the year of the file");
        let today = date!(2033 - 05 - 02);
        let mut later = file.clone();
        renew(&mut later, today).unwrap();
        for one in &later.expert {
            let spans = |held: &Habilitation| held.days().unwrap();
            let lapses = one.habilitation.iter().any(|held| held.lapses);
            let holds =
                one.habilitation.iter().map(spans).any(|(from, until)| from <= today && today <= until);
            assert!(holds || lapses, "{}", one.number);
        }
    }
}
