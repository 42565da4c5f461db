//! The rules of missions that the certifier may change: delays to answer, travel, fees, refunds.
use super::territory;
use entity::mission::{MissionObject, MissionState};
use serde::{Deserialize, Serialize};
use time::Duration;

/// The rules in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MissionRules {
    /// Days that a person has to answer an offer.
    pub answer_days: u16,
    /// Days without an answer after which the person is reminded.
    pub reminder_after_days: u16,
    /// Last days before the end of the answer, on each of which the person is reminded.
    pub daily_reminder_days: u16,
    /// Hours that a substitute has to answer before the next one is asked.
    pub substitute_hours: u16,
    /// Minutes to travel between two places of one department.
    pub travel_same_department_minutes: u16,
    /// Minutes between two departments of one region.
    pub travel_same_region_minutes: u16,
    /// Minutes between two regions of the mainland; an overseas territory is never the same day.
    pub travel_other_region_minutes: u16,
    /// Fees of missions proposed without one.
    pub usual_fees: UsualFees,
    /// What a kilometre by car is worth.
    pub mileage_cents_per_km: u32,
    /// What one night is refunded without a reason.
    pub night_ceiling_cents: u32,
    /// What one meal is refunded without a reason.
    pub meal_ceiling_cents: u32,
    /// Days before and after a mission on which its travel may be spent.
    pub expense_margin_days: u16,
    /// Days after a mission within which its report is due.
    pub report_within_days: u16,
    /// Days after the last one of a report, then between two reminders, when it is late.
    pub report_reminder_days: u16,
}

/// The fee of a mission proposed without one, by object, in cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsualFees {
    /// To preside over a jury.
    pub jury: u32,
    /// To check a structure.
    pub inspection: u32,
    /// To help a team.
    pub support: u32,
    /// To train.
    pub session: u32,
    /// To work together.
    pub meeting: u32,
    /// To watch and learn.
    pub observation: u32,
}

impl Default for UsualFees {
    fn default() -> Self {
        Self {
            jury: 24_000,
            inspection: 24_000,
            support: 24_000,
            session: 24_000,
            meeting: 8_000,
            observation: 16_000,
        }
    }
}

impl UsualFees {
    /// The fee of an object, in cents.
    #[must_use]
    pub fn of(&self, object: MissionObject) -> i64 {
        let cents = match object {
            MissionObject::Jury => self.jury,
            MissionObject::Inspection => self.inspection,
            MissionObject::Support => self.support,
            MissionObject::Session => self.session,
            MissionObject::Meeting => self.meeting,
            MissionObject::Observation => self.observation,
        };
        cents.into()
    }
}

impl Default for MissionRules {
    fn default() -> Self {
        Self {
            answer_days: 7,
            reminder_after_days: 3,
            daily_reminder_days: 2,
            substitute_hours: 24,
            travel_same_department_minutes: 60,
            travel_same_region_minutes: 150,
            travel_other_region_minutes: 300,
            usual_fees: UsualFees::default(),
            mileage_cents_per_km: 53,
            night_ceiling_cents: 11_000,
            meal_ceiling_cents: 2_000,
            expense_margin_days: 1,
            report_within_days: 7,
            report_reminder_days: 3,
        }
    }
}

/// A rule that cannot be: its field and the sentence for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleFault {
    /// Name of the field.
    pub field: &'static str,
    /// French sentence.
    pub message: &'static str,
}

impl MissionRules {
    /// Every value that cannot be, or that contradicts another.
    #[must_use]
    pub fn faults(&self) -> Vec<RuleFault> {
        let mut faults = Vec::new();
        let mut refuse = |wrong: bool, field, message| {
            if wrong {
                faults.push(RuleFault { field, message });
            }
        };
        let days = "Indiquez un nombre de jours entre 1 et 60";
        refuse(!(1..=60).contains(&self.answer_days), "answer_days", days);
        refuse(!(1..=60).contains(&self.reminder_after_days), "reminder_after_days", days);
        let daily = "Les rappels quotidiens tiennent dans le délai de réponse";
        refuse(self.daily_reminder_days > self.answer_days, "daily_reminder_days", daily);
        let hours = "Indiquez un nombre d’heures entre 1 et 240";
        refuse(!(1..=240).contains(&self.substitute_hours), "substitute_hours", hours);
        let grows = self.travel_same_department_minutes <= self.travel_same_region_minutes
            && self.travel_same_region_minutes <= self.travel_other_region_minutes
            && self.travel_other_region_minutes <= 1440;
        let travel =
            "Les temps de trajet vont du plus proche au plus lointain, en vingt-quatre heures au plus";
        refuse(!grows, "travel_same_region_minutes", travel);
        let dearest = MissionObject::all().map(|object| self.usual_fees.of(object)).max();
        let fees = "Indiquez des indemnités de 10\u{202f}000\u{202f}€ au plus, en centimes";
        refuse(dearest.is_some_and(|cents| cents > 1_000_000), "usual_fees", fees);
        let mileage = "Indiquez un barème de 5\u{202f}€ au plus par kilomètre, en centimes";
        refuse(self.mileage_cents_per_km > 500, "mileage_cents_per_km", mileage);
        let ceiling = "Indiquez un plafond de 1\u{202f}000\u{202f}€ au plus, en centimes";
        refuse(self.night_ceiling_cents > 100_000, "night_ceiling_cents", ceiling);
        refuse(self.meal_ceiling_cents > 100_000, "meal_ceiling_cents", ceiling);
        let margin = "Le voyage tient dans les trois jours qui entourent la mission";
        refuse(self.expense_margin_days > 3, "expense_margin_days", margin);
        let report = "Indiquez un nombre de jours entre 1 et 90";
        refuse(!(1..=90).contains(&self.report_within_days), "report_within_days", report);
        refuse(!(1..=60).contains(&self.report_reminder_days), "report_reminder_days", days);
        faults
    }

    /// How long it takes at least to go from one department to another, a coarse rule by territory; none when no
    /// travel is needed, because one of them is no place.
    ///
    /// Distances between communes are not known here: two places of one department are an hour apart, those of
    /// one region two hours and a half, others five hours, and nobody crosses an ocean within a day.
    #[must_use]
    pub fn travel(&self, from: &str, to: &str) -> Option<Duration> {
        let minutes = match distance(from, to) {
            Distance::NoPlace => return None,
            Distance::Overseas => return Some(Duration::days(1)),
            Distance::SameDepartment => self.travel_same_department_minutes,
            Distance::SameRegion => self.travel_same_region_minutes,
            Distance::OtherRegion => self.travel_other_region_minutes,
        };
        Some(Duration::minutes(minutes.into()))
    }
}

/// How far a person lives from a place, coarsely: the smaller, the nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distance {
    /// The same department.
    SameDepartment,
    /// The same region.
    SameRegion,
    /// Another region, on the same side of the sea.
    OtherRegion,
    /// Over the sea.
    Overseas,
    /// It takes place at a distance.
    NoPlace,
}

/// How far two departments are, by territory.
#[must_use]
pub fn distance(home: &str, place: &str) -> Distance {
    let (Some(home), Some(place)) = (territory::department(home), territory::department(place)) else {
        return Distance::NoPlace;
    };
    if home.code == place.code {
        Distance::SameDepartment
    } else if home.is_overseas() || place.is_overseas() {
        Distance::Overseas
    } else if home.region.is_some() && home.region == place.region {
        Distance::SameRegion
    } else {
        Distance::OtherRegion
    }
}

/// Whether the person has the mission: it takes their half-days.
#[must_use]
pub const fn is_held(state: MissionState) -> bool {
    use MissionState as S;
    matches!(
        state,
        S::Accepted | S::InProgress | S::Done | S::ReportReceived | S::ExpensesClaimed | S::Settled
    )
}

/// How a person reaches a place: the smaller, the sooner they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reach {
    /// Whether it is further than the person travels.
    pub beyond: bool,
    /// Whether it is outside of the regions where the person works: near is not only where one lives.
    pub outside: bool,
    /// How far, by territory.
    pub distance: Distance,
    /// How many kilometres, as the crow flies; none within one department.
    pub km: Option<u32>,
}

/// How someone who lives in a department, works in some regions (`27,52`, or nothing for their own) and travels some
/// kilometres reaches another department.
#[must_use]
pub fn reach(home: &str, regions: &str, travel_km: Option<i32>, place: &str) -> Reach {
    let distance = distance(home, place);
    let km = territory::kilometres(home, place);
    let most = travel_km.and_then(|most| u32::try_from(most).ok());
    let beyond = km.zip(most).is_some_and(|(km, most)| km > most);
    let region = territory::department(place).and_then(|there| there.region);
    let outside = match distance {
        Distance::NoPlace | Distance::SameDepartment => false,
        _ if regions.is_empty() => distance != Distance::SameRegion,
        _ => !region.is_some_and(|region| territory::covers(regions, region)),
    };
    Reach { beyond, outside, distance, km }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn travel_goes_by_territory() {
        let rules = MissionRules::default();
        for (from, to, minutes) in [
            ("58", "58", Some(60)),
            ("58", "21", Some(150)),
            ("58", "62", Some(300)),
            ("58", "973", Some(1440)),
            ("974", "976", Some(1440)),
            ("58", "", None),
        ] {
            assert_eq!(rules.travel(from, to).map(Duration::whole_minutes), minutes, "{from} {to}");
        }
    }

    #[test]
    fn distance_goes_by_territory() {
        for (home, place, expected) in [
            ("58", "58", Distance::SameDepartment),
            ("58", "21", Distance::SameRegion),
            ("58", "62", Distance::OtherRegion),
            ("58", "974", Distance::Overseas),
            ("58", "", Distance::NoPlace),
        ] {
            assert_eq!(distance(home, place), expected, "{home} {place}");
        }
    }

    #[test]
    fn reach_knows_the_regions_where_someone_works_and_how_far_they_travel() {
        use Distance::{NoPlace, OtherRegion, Overseas, SameDepartment, SameRegion};
        for (home, regions, travel, place, expected) in [
            ("58", "", Some(50), "58", (false, false, SameDepartment, None)),
            ("58", "", Some(150), "21", (false, false, SameRegion, Some(150))),
            ("58", "", Some(100), "21", (true, false, SameRegion, Some(150))),
            ("58", "", None, "62", (false, true, OtherRegion, Some(370))),
            ("58", "27,32", None, "62", (false, false, OtherRegion, Some(370))),
            ("58", "32", None, "21", (false, true, SameRegion, Some(150))),
            ("974", "04,06", Some(60), "976", (true, false, Overseas, Some(1410))),
            ("974", "", None, "976", (false, true, Overseas, Some(1410))),
            ("58", "32", Some(10), "", (false, false, NoPlace, None)),
        ] {
            let found = reach(home, regions, travel, place);
            let (beyond, outside, distance, km) = expected;
            assert_eq!(found, Reach { beyond, outside, distance, km }, "{home} {regions} {place}");
        }
        let near = reach("58", "27,32", Some(400), "62");
        let far = reach("58", "", Some(400), "62");
        assert!(near < far && far < reach("58", "27,32", Some(100), "62"));
    }

    #[test]
    fn rules_that_cannot_be_are_all_told() {
        let default = MissionRules::default;
        for (rules, fields) in [
            (default(), vec![]),
            (
                MissionRules { answer_days: 0, daily_reminder_days: 1, ..default() },
                vec!["answer_days", "daily_reminder_days"],
            ),
            (MissionRules { substitute_hours: 0, ..default() }, vec!["substitute_hours"]),
            (MissionRules { report_within_days: 0, ..default() }, vec!["report_within_days"]),
            (MissionRules { report_reminder_days: 61, ..default() }, vec!["report_reminder_days"]),
            (
                MissionRules { travel_same_region_minutes: 10, ..default() },
                vec!["travel_same_region_minutes"],
            ),
            (
                MissionRules {
                    usual_fees: UsualFees { jury: 1_000_001, ..UsualFees::default() },
                    mileage_cents_per_km: 501,
                    expense_margin_days: 4,
                    ..default()
                },
                vec!["usual_fees", "mileage_cents_per_km", "expense_margin_days"],
            ),
            (
                MissionRules { night_ceiling_cents: 100_001, meal_ceiling_cents: 100_001, ..default() },
                vec!["night_ceiling_cents", "meal_ceiling_cents"],
            ),
        ] {
            let found: Vec<_> = rules.faults().into_iter().map(|fault| fault.field).collect();
            assert_eq!(found, fields, "{rules:?}");
        }
    }
}
