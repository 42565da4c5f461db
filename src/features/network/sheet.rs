//! The network on a day: pure, so that tables tell it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use entity::habilitation::Duty;
use entity::ids::ExpertId;
use time::Date;

use crate::rules::deadline::add_days;
use crate::rules::territory::Region;

/// A condition of renewal at risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The condition and its numbers, in words.
    pub said: String,
    /// Its last day; none for what is true or not on any day.
    pub until: Option<Date>,
}

impl Risk {
    /// The day that tells how urgent it is: what has no last day is awaited on the day looked at.
    #[must_use]
    pub fn due(&self, on: Date) -> Date {
        self.until.unwrap_or(on)
    }

    /// Whether its last day is behind.
    #[must_use]
    pub fn is_over(&self, on: Date) -> bool {
        self.due(on) < on
    }
}

/// Someone who holds a duty on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub expert: ExpertId,
    /// Number.
    pub number: String,
    /// « N’Guyen-d’Arc Zoé ».
    pub name: String,
    /// Which duty.
    pub duty: Duty,
    /// INSEE codes of the regions where; none = everywhere.
    pub regions: Vec<String>,
    /// Last day of the right, and of those that go on with it.
    pub ends_on: Option<Date>,
    /// Missions and visits of the twelve months until the day.
    pub load: usize,
    /// Conditions of renewal at risk, the most urgent first.
    pub risks: Vec<Risk>,
}

impl Line {
    /// Whether the person may act in a region.
    #[must_use]
    pub fn covers(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|code| code == region)
    }
}

/// Where a load stands beside the mean of its duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Half as much again, or more.
    Above,
    /// Near.
    Near,
    /// Half, or less.
    Below,
}

/// The network on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The day.
    pub on: Date,
    /// Until when a right ends soon.
    pub soon: Date,
    /// The regions that the actor follows.
    pub regions: Vec<&'static Region>,
    /// Everyone who holds a duty, once for each, by name.
    pub lines: Vec<Line>,
    /// Missions and visits of the twelve months until the day, by the INSEE code of the region where they take place.
    pub loads: HashMap<String, usize>,
}

/// Days within which a right of a region ends.
const NEAR_DAYS: i32 = 90;

impl Network {
    /// The people who hold a duty.
    pub fn of_duty(&self, duty: Duty) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.duty == duty)
    }

    /// The people who hold a duty, those whose renewal is at risk first: the most urgent condition, then the most
    /// conditions, then the name.
    #[must_use]
    pub fn by_urgency(&self, duty: Duty) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.of_duty(duty).collect();
        lines.sort_by_key(|line| {
            let first = line.risks.iter().map(|risk| risk.due(self.on)).min();
            (first.is_none(), first, Reverse(line.risks.len()))
        });
        lines
    }

    /// How many hold a duty.
    #[must_use]
    pub fn entitled(&self, duty: Duty) -> usize {
        self.of_duty(duty).count()
    }

    /// How many rights of a duty end soon.
    #[must_use]
    pub fn ending(&self, duty: Duty) -> usize {
        self.of_duty(duty).filter(|line| self.ends_soon(line)).count()
    }

    /// Whether a right ends soon.
    #[must_use]
    pub fn ends_soon(&self, line: &Line) -> bool {
        line.ends_on.is_some_and(|end| end <= self.soon)
    }

    /// How many people of a duty have a condition at risk.
    #[must_use]
    pub fn at_risk(&self, duty: Duty) -> usize {
        self.of_duty(duty).filter(|line| !line.risks.is_empty()).count()
    }

    /// The mean load of a duty, in tenths, rounded; 0 when nobody holds it.
    #[must_use]
    pub fn mean_tenths(&self, duty: Duty) -> usize {
        let (people, load) = (self.entitled(duty), self.of_duty(duty).map(|line| line.load).sum::<usize>());
        (load * 10 + people / 2).checked_div(people).unwrap_or(0)
    }

    /// Where the load of someone stands.
    #[must_use]
    pub fn beside(&self, line: &Line) -> Beside {
        let (load, mean) = (line.load * 10, self.mean_tenths(line.duty));
        if mean > 0 && load * 2 >= mean * 3 {
            Beside::Above
        } else if mean > 0 && load * 2 <= mean {
            Beside::Below
        } else {
            Beside::Near
        }
    }

    /// How many people hold a duty and may act in a region.
    #[must_use]
    pub fn in_region(&self, duty: Duty, region: &str) -> usize {
        self.of_duty(duty).filter(|line| line.covers(region)).count()
    }

    /// Distinct people who may act in a region.
    #[must_use]
    pub fn people_in(&self, region: &str) -> usize {
        distinct(self.lines.iter().filter(|line| line.covers(region)))
    }

    /// How many rights of people who may act in a region end within ninety days.
    #[must_use]
    pub fn ending_in(&self, region: &str) -> usize {
        let near = add_days(self.on, NEAR_DAYS);
        let ends = |line: &&Line| line.covers(region) && line.ends_on.is_some_and(|end| end <= near);
        self.lines.iter().filter(ends).count()
    }

    /// How many missions and visits of the twelve months take place in a region.
    #[must_use]
    pub fn load_in(&self, region: &str) -> usize {
        self.loads.get(region).copied().unwrap_or_default()
    }

    /// Distinct people.
    #[must_use]
    pub fn people(&self) -> usize {
        distinct(self.lines.iter())
    }
}

fn distinct<'a>(lines: impl Iterator<Item = &'a Line>) -> usize {
    lines.map(|line| line.expert).collect::<HashSet<_>>().len()
}

/// What was done over the twelve months: missions by the duty that they asked for, and visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// How many missions someone held, for which duty.
    pub missions: HashMap<(ExpertId, Option<Duty>), usize>,
    /// How many visits someone makes.
    pub visits: HashMap<ExpertId, usize>,
}

impl Work {
    /// What someone carries under a duty: a mission that asks for no duty counts under each of theirs, a visit under that
    /// of contrôleur.
    #[must_use]
    pub fn load(&self, person: ExpertId, duty: Duty) -> usize {
        let missions = [Some(duty), None].into_iter().filter_map(|asked| self.missions.get(&(person, asked)));
        let visits = self.visits.get(&person).filter(|_| duty == Duty::Controleur);
        missions.chain(visits).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    fn person(number: u128) -> ExpertId {
        Uuid::from_u128(number).into()
    }

    fn line(number: u128, duty: Duty, regions: &[&str], ends_on: Date, load: usize) -> Line {
        Line {
            expert: person(number),
            number: format!("INT-{number:04}"),
            name: String::new(),
            duty,
            regions: regions.iter().map(|code| (*code).to_owned()).collect(),
            ends_on: Some(ends_on),
            load,
            risks: if load == 0 { vec![risk(Some(ends_on))] } else { Vec::new() },
        }
    }

    fn risk(until: Option<Date>) -> Risk {
        Risk { said: "Missions".to_owned(), until }
    }

    fn network() -> Network {
        let (soon, later) = (date!(2026 - 04 - 06), date!(2026 - 04 - 07));
        Network {
            on: date!(2025 - 10 - 06),
            soon,
            regions: Vec::new(),
            lines: vec![
                line(1, Duty::Mandataire, &[], soon, 9),
                line(2, Duty::Mandataire, &["27", "11"], later, 4),
                line(3, Duty::Mandataire, &["04"], later, 0),
                line(1, Duty::Controleur, &["27"], later, 2),
            ],
            loads: HashMap::from([("27".to_owned(), 12)]),
        }
    }

    #[test]
    fn people_are_counted_by_duty_once_each_and_once_in_all() {
        let network = network();
        for (duty, entitled, ending, at_risk, mean) in
            [(Duty::Mandataire, 3, 1, 1, 43), (Duty::Controleur, 1, 0, 0, 20), (Duty::Epsp, 0, 0, 0, 0)]
        {
            let found = (network.entitled(duty), network.ending(duty), network.at_risk(duty));
            assert_eq!(found, (entitled, ending, at_risk), "{duty}");
            assert_eq!(network.mean_tenths(duty), mean, "{duty}");
        }
        assert_eq!(network.people(), 3);
        for (region, mandataires, people) in [("27", 2, 2), ("11", 2, 2), ("04", 2, 2), ("93", 1, 1)] {
            assert_eq!(network.in_region(Duty::Mandataire, region), mandataires, "{region}");
            assert_eq!(network.people_in(region), people, "{region}");
        }
    }

    #[test]
    fn rights_that_end_within_ninety_days_and_the_load_are_told_of_a_region() {
        let mut network = network();
        network.on = date!(2026 - 01 - 06);
        for (region, ending, load) in [("27", 1, 12), ("04", 1, 0)] {
            assert_eq!((network.ending_in(region), network.load_in(region)), (ending, load), "{region}");
        }
        network.on = date!(2026 - 01 - 07);
        assert_eq!((network.ending_in("27"), network.ending_in("04"), network.ending_in("93")), (3, 2, 1));
    }

    #[test]
    fn the_most_urgent_renewals_come_first_then_the_others_by_name() {
        let mut network = network();
        let (on, past, later) = (network.on, date!(2025 - 09 - 30), date!(2026 - 02 - 28));
        let cases =
            [vec![], vec![Some(later)], vec![None], vec![Some(later), Some(past)], vec![None, None], vec![]];
        network.lines = (1..)
            .zip(&cases)
            .map(|(number, risks)| Line {
                risks: risks.iter().copied().map(risk).collect(),
                ..line(number, Duty::Epsp, &[], later, 4)
            })
            .collect();
        let found: Vec<_> = network.by_urgency(Duty::Epsp).iter().map(|line| line.number.as_str()).collect();
        assert_eq!(found, ["INT-0004", "INT-0005", "INT-0003", "INT-0002", "INT-0001", "INT-0006"]);
        assert!(network.by_urgency(Duty::Mandataire).is_empty());
        for (until, over) in [(Some(past), true), (Some(on), false), (Some(later), false), (None, false)] {
            assert_eq!(risk(until).is_over(on), over, "{until:?}");
        }
    }

    #[test]
    fn a_load_is_told_apart_from_half_as_much_again_and_from_half() {
        let mut network = network();
        network.lines = (1..=10).map(|number| line(number, Duty::Epsp, &[], network.soon, 4)).collect();
        for (load, others, expected) in [
            (6, 4, Beside::Near),
            (7, 4, Beside::Above),
            (3, 4, Beside::Near),
            (1, 4, Beside::Below),
            (0, 0, Beside::Near),
        ] {
            for line in &mut network.lines {
                line.load = others;
            }
            network.lines[0].load = load;
            assert_eq!(
                network.beside(&network.lines[0]),
                expected,
                "{load} {}",
                network.mean_tenths(Duty::Epsp)
            );
        }
    }

    #[test]
    fn a_mission_counts_under_the_duty_that_it_asked_for_and_a_visit_under_that_of_controleur() {
        let work = Work {
            missions: HashMap::from([
                ((person(1), Some(Duty::Mandataire)), 1),
                ((person(1), None), 1),
                ((person(2), Some(Duty::Controleur)), 1),
            ]),
            visits: HashMap::from([(person(1), 2), (person(3), 1)]),
        };
        for (who, duty, load) in [
            (1, Duty::Mandataire, 2),
            (1, Duty::Controleur, 3),
            (2, Duty::Controleur, 1),
            (2, Duty::Mandataire, 0),
            (3, Duty::Controleur, 1),
            (3, Duty::Epsp, 0),
        ] {
            assert_eq!(work.load(person(who), duty), load, "{who} {duty}");
        }
    }
}
