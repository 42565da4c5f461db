use std::collections::HashSet;

use entity::habilitation::Duty;
use time::macros::date;

use super::super::{data, people, renewals};
use super::ground::entitled;
use super::*;
use crate::rules::territory;

/// Who may preside.
struct Able {
    number: String,
    employer: Option<String>,
    regions: Vec<String>,
    from: Date,
    until: Date,
}

impl Able {
    fn holds(&self, structure: &str, region: &str, day: Date) -> bool {
        let here = self.regions.is_empty() || self.regions.iter().any(|own| own == region);
        here && self.employer.as_deref() != Some(structure) && self.from <= day && day <= self.until
    }
}

/// The mandataires of the certification who declared their interests.
fn able(data: &data::Data, today: Date) -> Vec<Able> {
    let mut file = data.experts.clone();
    renewals::renew(&mut file, today).unwrap();
    let mut found = Vec::new();
    let declared = file.expert.iter().enumerate().filter(|(position, one)| people::declares(*position, one));
    for (_, one) in declared {
        let own = |held: &&data::Habilitation| held.duty == Duty::Mandataire && held.certification == CODE;
        for held in one.habilitation.iter().filter(own) {
            let (from, until) = held.days().unwrap();
            found.push(Able {
                number: one.number.clone(),
                employer: people::employer(one, &data.structures).map(str::to_owned),
                regions: held.regions.clone(),
                from,
                until,
            });
        }
    }
    found
}

#[test]
fn three_people_may_preside_over_each_jury_to_come_whatever_the_day_of_the_loading() {
    let file: File = toml::from_str(include_str!("../data/juries.toml")).unwrap();
    let data = data::read().unwrap();
    for first in [date!(2026 - 11 - 29), date!(2031 - 11 - 29)] {
        for days in 0..366 {
            let today = first.saturating_add(Duration::days(days));
            let able = able(&data, today);
            for coming in &file.session {
                let mut structures = data.structures.structure.iter();
                let structure = structures.find(|one| one.siret == coming.structure).unwrap();
                let seat = structure.sites.iter().find(|site| site.siret == structure.siret).unwrap();
                let region = territory::department(&seat.department).unwrap().region.unwrap();
                let holidays = territory::calendar(&seat.department);
                let day = coming.day(today, holidays);
                let is_today = coming.reaches == Reaches::Open;
                assert!(is_today || (day > today && holidays.is_working_day(day)), "{day}");
                let holds = |one: &&Able| one.holds(&structure.siret, region, day);
                let people: HashSet<&str> =
                    able.iter().filter(holds).map(|one| one.number.as_str()).collect();
                assert!(people.len() >= 3, "{people:?} at {} on {day}, loaded on {today}", structure.name);
                assert!(!is_today || people.contains(HOST), "{HOST} does not preside on {day}");
            }
        }
    }
}

#[test]
fn each_college_has_enough_people_for_several_juries_a_day() {
    let file: File = toml::from_str(include_str!("../data/juries.toml")).unwrap();
    for college in [College::Employers, College::Employees] {
        assert!(file.juror.iter().filter(|one| one.college == college).count() >= 4, "{}", college.word());
    }
}

#[test]
fn a_jury_goes_to_those_that_hold_the_right_and_elsewhere_only_when_none_does() {
    let region = ["Aubenas", "Privas", "Annonay"];
    for (agreed, expected) in [
        (vec!["Annonay"], vec!["Annonay"]),
        (vec!["Privas", "Annonay"], vec!["Privas", "Annonay"]),
        (vec![], vec!["Privas"]),
    ] {
        assert_eq!(entitled(&region, &["Privas"], |one| agreed.contains(&one)), expected, "{agreed:?}");
    }
}

/// From the second year of the story on, regions where past juries sit have structures that may organise them.
#[test]
fn agreements_to_organise_juries_are_held_in_several_regions() {
    let data = data::read().unwrap();
    let mut regions = HashSet::new();
    for request in data.requests.request.iter().filter(|one| one.certification == CODE) {
        let organises = request.role != AgreementRole::Train;
        if organises && request.agreement.is_some() {
            let mut structures = data.structures.structure.iter();
            let structure = structures.find(|one| one.siret == request.structure).unwrap();
            let seat = structure.sites.iter().find(|site| site.siret == structure.siret).unwrap();
            regions.insert(territory::department(&seat.department).unwrap().region.unwrap());
        }
    }
    assert!(regions.len() >= 8, "{regions:?}");
}
