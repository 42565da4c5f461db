//! The inputs of the « bilan pédagogique et financier » (Cerfa 10443*17; domain reference, 4.10): people and hours really
//! attended in a period, by what the frames F and G ask.
//!
//! One entry is one person in one session: whoever follows two counts twice. What another body entrusted to us is in frame G
//! alone; what we entrusted to another is in frame F and told again in F-2. So the sums by status, by origin, by objective
//! and by speciality are one and the same, and with frame G they are the attendance.
use std::collections::BTreeMap;

use entity::enrolment::TraineeStatus;
use entity::funding::Scheme;
use entity::invoice_line::BpfOrigin;
use entity::registration::Register;
use entity::training_buyer::BuyerKind;
use entity::training_session::Delivery;

use super::funding;

/// How many specialities are told by their name; the others are one line.
pub const MAIN_SPECIALITIES: usize = 5;

/// What a session prepares, on its last day (frame F-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Objective {
    /// A certification of the RNCP, of level 6 to 8.
    Rncp6To8,
    /// The same, of level 5.
    Rncp5,
    /// The same, of level 4.
    Rncp4,
    /// The same, of level 3.
    Rncp3,
    /// The same, of level 2.
    Rncp2,
    /// A CQP of the RNCP without a level.
    CqpWithoutLevel,
    /// A certification of the « répertoire spécifique ».
    Rs,
    /// A CQP that is in neither register.
    Cqp,
    /// Anything else.
    Other,
    /// A « bilan de compétences ».
    Review,
    /// Support to a « validation des acquis ».
    Vae,
}

impl Objective {
    /// Every objective, in the order of the frame.
    pub const ALL: [Self; 11] = [
        Self::Rncp6To8,
        Self::Rncp5,
        Self::Rncp4,
        Self::Rncp3,
        Self::Rncp2,
        Self::CqpWithoutLevel,
        Self::Rs,
        Self::Cqp,
        Self::Other,
        Self::Review,
        Self::Vae,
    ];

    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rncp6To8 => "rncp_6_to_8",
            Self::Rncp5 => "rncp_5",
            Self::Rncp4 => "rncp_4",
            Self::Rncp3 => "rncp_3",
            Self::Rncp2 => "rncp_2",
            Self::CqpWithoutLevel => "cqp_without_level",
            Self::Rs => "rs",
            Self::Cqp => "cqp",
            Self::Other => "other",
            Self::Review => "review",
            Self::Vae => "vae",
        }
    }
}

/// What a certification is in the registers on a day: the register and the level.
pub type Registered<'a> = (Register, Option<&'a str>);

/// The objective of a session: `certification` is none when it prepares none, and says what the certification is in the
/// registers on its last day.
#[must_use]
pub fn objective(certification: Option<Registered<'_>>) -> Objective {
    match certification {
        None => Objective::Other,
        Some((Register::Rncp, level)) => of_level(level),
        Some((Register::Rs, _)) => Objective::Rs,
        Some((Register::None, _)) => Objective::Cqp,
    }
}

fn of_level(level: Option<&str>) -> Objective {
    match level.and_then(|level| level.chars().find(char::is_ascii_digit)) {
        Some('6'..='8') => Objective::Rncp6To8,
        Some('5') => Objective::Rncp5,
        Some('4') => Objective::Rncp4,
        Some('3') => Objective::Rncp3,
        Some('2') => Objective::Rncp2,
        _ => Objective::CqpWithoutLevel,
    }
}

/// A funding that counts: its scheme and what was agreed, in cents.
pub type Agreed = (Scheme, i64);

/// The origin of what an enrolment brings in: another body for what it entrusted to us, the funding that agreed the most, the
/// first of two alike, else whoever buys.
#[must_use]
pub fn origin(delivery: Delivery, agreed: &[Agreed], buyer: BuyerKind) -> BpfOrigin {
    if delivery == Delivery::Received {
        return BpfOrigin::Organisations;
    }
    let most = agreed.iter().rev().max_by_key(|(_, cents)| *cents);
    match (most, buyer) {
        (Some((scheme, _)), _) => funding::origin(*scheme),
        (None, BuyerKind::Employer) => BpfOrigin::Companies,
        (None, BuyerKind::Individual) => BpfOrigin::Individuals,
    }
}

/// The speciality of a programme: the three figures of its NSF code; empty when it has none.
#[must_use]
pub fn speciality(nsf: &str) -> String {
    let figures: String = nsf.chars().filter(char::is_ascii_digit).take(3).collect();
    if figures.len() == 3 { figures } else { String::new() }
}

/// One person in one session of the period, who came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What they were when they enrolled.
    pub status: TraineeStatus,
    /// Where the money comes from.
    pub origin: BpfOrigin,
    /// What the session prepares.
    pub objective: Objective,
    /// Its speciality; empty when the programme has none.
    pub speciality: String,
    /// Who delivers it.
    pub delivery: Delivery,
    /// Minutes really attended.
    pub minutes: u32,
}

/// People, and what they attended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// People.
    pub people: u64,
    /// Minutes really attended.
    pub minutes: u64,
}

impl Sum {
    /// Counts somebody.
    pub fn add(&mut self, entry: &Entry) {
        self.people += 1;
        self.minutes += u64::from(entry.minutes);
    }

    /// The sum of both.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { people: self.people + other.people, minutes: self.minutes + other.minutes }
    }

    /// The hours declared, to the nearest, a half up.
    #[must_use]
    pub const fn hours(self) -> u64 {
        (self.minutes + 30) / 60
    }
}

/// The frames F and G.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// F-1, by what people were.
    pub statuses: BTreeMap<TraineeStatus, Sum>,
    /// By where the money comes from.
    pub origins: BTreeMap<BpfOrigin, Sum>,
    /// F-3, by what sessions prepare.
    pub objectives: BTreeMap<Objective, Sum>,
    /// F-4, by speciality; the empty one is that of programmes without a code.
    pub specialities: BTreeMap<String, Sum>,
    /// Total of frame F: (1), (3) and (4).
    pub total: Sum,
    /// F-2, entrusted to another body; in the total.
    pub entrusted: Sum,
    /// G, entrusted by another body; not in the total.
    pub received: Sum,
}

/// The frames of some entries.
#[must_use]
pub fn frames<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Frames {
    let mut frames = Frames::default();
    for entry in entries {
        if entry.delivery == Delivery::Received {
            frames.received.add(entry);
            continue;
        }
        frames.total.add(entry);
        if entry.delivery == Delivery::Entrusted {
            frames.entrusted.add(entry);
        }
        frames.statuses.entry(entry.status).or_default().add(entry);
        frames.origins.entry(entry.origin).or_default().add(entry);
        frames.objectives.entry(entry.objective).or_default().add(entry);
        frames.specialities.entry(entry.speciality.clone()).or_default().add(entry);
    }
    frames
}

impl Frames {
    /// Whether every table has the same total, as the Cerfa checks.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        [
            sum(self.statuses.values()),
            sum(self.origins.values()),
            sum(self.objectives.values()),
            sum(self.specialities.values()),
        ]
        .into_iter()
        .all(|found| found == self.total)
            && self.entrusted.people <= self.total.people
            && self.entrusted.minutes <= self.total.minutes
    }

    /// F-4: the main specialities by their hours, then the sum of the others, when there are others.
    #[must_use]
    pub fn main_specialities(&self) -> (Vec<(&str, Sum)>, Option<Sum>) {
        let mut told: Vec<(&str, Sum)> =
            self.specialities.iter().map(|(code, found)| (code.as_str(), *found)).collect();
        told.sort_by(|(code, one), (other, two)| {
            let named = code.is_empty().cmp(&other.is_empty());
            named.then(two.minutes.cmp(&one.minutes)).then(code.cmp(other))
        });
        let named = told.iter().take_while(|(code, _)| !code.is_empty()).count();
        let rest = told.split_off(named.min(MAIN_SPECIALITIES));
        let others = (!rest.is_empty()).then(|| sum(rest.iter().map(|(_, found)| found)));
        (told, others)
    }
}

fn sum<'a>(found: impl IntoIterator<Item = &'a Sum>) -> Sum {
    found.into_iter().fold(Sum::default(), |whole, one| whole.plus(*one))
}

/// One line of a table, whose people may be listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// All of frame F.
    Total,
    /// A line of F-1.
    Status(TraineeStatus),
    /// An origin.
    Origin(BpfOrigin),
    /// A line of F-3.
    Objective(Objective),
    /// A speciality of F-4; empty for programmes without a code.
    Speciality(String),
    /// F-2.
    Entrusted,
    /// G.
    Received,
}

impl Line {
    /// Whether somebody is counted in it.
    #[must_use]
    pub fn holds(&self, entry: &Entry) -> bool {
        let received = entry.delivery == Delivery::Received;
        match self {
            Self::Received => received,
            _ if received => false,
            Self::Total => true,
            Self::Entrusted => entry.delivery == Delivery::Entrusted,
            Self::Status(status) => entry.status == *status,
            Self::Origin(origin) => entry.origin == *origin,
            Self::Objective(objective) => entry.objective == *objective,
            Self::Speciality(code) => entry.speciality == *code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn entry(status: TraineeStatus, speciality: &str, delivery: Delivery, minutes: u32) -> Entry {
        Entry {
            status,
            origin: BpfOrigin::Companies,
            objective: Objective::Other,
            speciality: speciality.to_owned(),
            delivery,
            minutes,
        }
    }

    #[test]
    fn a_register_on_the_day_decides_the_objective() {
        for (certification, expected) in [
            (None, Objective::Other),
            (Some((Register::Rncp, Some("3"))), Objective::Rncp3),
            (Some((Register::Rncp, Some("Niveau 7"))), Objective::Rncp6To8),
            (Some((Register::Rncp, Some("5"))), Objective::Rncp5),
            (Some((Register::Rncp, None)), Objective::CqpWithoutLevel),
            (Some((Register::Rncp, Some("sans niveau"))), Objective::CqpWithoutLevel),
            (Some((Register::Rs, Some("3"))), Objective::Rs),
            (Some((Register::None, None)), Objective::Cqp),
        ] {
            assert_eq!(objective(certification), expected, "{certification:?}");
        }
    }

    #[test]
    fn the_origin_is_that_of_the_funding_that_agreed_the_most() {
        use BuyerKind::{Employer, Individual};
        use Delivery::{Entrusted, Own, Received};
        let cases: [(Delivery, &[Agreed], BuyerKind, BpfOrigin); 6] = [
            (Own, &[], Employer, BpfOrigin::Companies),
            (Own, &[], Individual, BpfOrigin::Individuals),
            (Own, &[(Scheme::Cpf, 50_000), (Scheme::Region, 90_000)], Individual, BpfOrigin::Regions),
            (Entrusted, &[(Scheme::SkillsPlan, 10), (Scheme::Cpf, 10)], Employer, BpfOrigin::SkillsPlan),
            (Own, &[(Scheme::Employer, 10)], Individual, BpfOrigin::Companies),
            (Received, &[(Scheme::Cpf, 10)], Employer, BpfOrigin::Organisations),
        ];
        for (delivery, agreed, buyer, expected) in cases {
            assert_eq!(origin(delivery, agreed, buyer), expected, "{delivery} {agreed:?} {buyer}");
        }
    }

    #[test]
    fn a_speciality_is_three_figures_or_none() {
        for (nsf, expected) in [("344", "344"), ("332t", "332"), ("", ""), ("33", ""), ("34 4 t", "344")] {
            assert_eq!(speciality(nsf), expected, "{nsf}");
        }
    }

    #[test]
    fn what_another_body_entrusted_is_in_frame_g_alone() {
        use TraineeStatus::{JobSeeker, PrivateEmployee};
        let entries = [
            entry(PrivateEmployee, "344", Delivery::Own, 420),
            entry(JobSeeker, "344", Delivery::Entrusted, 210),
            entry(JobSeeker, "", Delivery::Received, 90),
        ];
        let found = frames(&entries);
        assert_eq!(found.total, Sum { people: 2, minutes: 630 });
        assert_eq!(found.entrusted, Sum { people: 1, minutes: 210 });
        assert_eq!(found.received, Sum { people: 1, minutes: 90 });
        assert_eq!(found.statuses.get(&JobSeeker), Some(&Sum { people: 1, minutes: 210 }));
        assert_eq!(found.total.hours(), 11, "half an hour counts as one");
        assert!(found.adds_up());
    }

    #[test]
    fn five_specialities_are_told_by_their_name() {
        let codes = ["310", "320", "330", "340", "350", "360", ""];
        let entries: Vec<Entry> = codes
            .into_iter()
            .zip(1..)
            .map(|(code, rank)| entry(TraineeStatus::Other, code, Delivery::Own, rank * 60))
            .collect();
        let found = frames(&entries);
        let (told, others) = found.main_specialities();
        let named: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
        assert_eq!(named, ["360", "350", "340", "330", "320"]);
        assert_eq!(others, Some(Sum { people: 2, minutes: 60 + 7 * 60 }));
        let few = frames(&entries[..2]);
        assert_eq!(few.main_specialities().1, None);
    }

    fn any_entry() -> impl Strategy<Value = Entry> {
        let status = (0..TraineeStatus::all().count()).prop_map(|rank| TraineeStatus::all().nth(rank));
        let origin = (0..BpfOrigin::all().count()).prop_map(|rank| BpfOrigin::all().nth(rank));
        let objective = (0..Objective::ALL.len()).prop_map(|rank| Objective::ALL[rank]);
        let code = prop_oneof![Just(""), Just("310"), Just("320"), Just("330"), Just("340"), Just("350")];
        let delivery = prop_oneof![Just(Delivery::Own), Just(Delivery::Entrusted), Just(Delivery::Received)];
        (status, origin, objective, code, delivery, any::<u16>()).prop_map(
            |(status, origin, objective, code, delivery, minutes)| Entry {
                status: status.unwrap_or(TraineeStatus::Other),
                origin: origin.unwrap_or(BpfOrigin::Companies),
                objective,
                speciality: code.to_owned(),
                delivery,
                minutes: minutes.into(),
            },
        )
    }

    proptest! {
        #[test]
        fn every_table_adds_up_to_what_was_attended(entries in vec(any_entry(), 0..60)) {
            let found = frames(&entries);
            prop_assert!(found.adds_up());
            let attended: u64 = entries.iter().map(|one| u64::from(one.minutes)).sum();
            let whole = found.total.plus(found.received);
            prop_assert_eq!(whole.minutes, attended);
            prop_assert_eq!(whole.people, u64::try_from(entries.len()).unwrap());
            let (told, others) = found.main_specialities();
            let specialities = sum(told.iter().map(|(_, one)| one)).plus(others.unwrap_or_default());
            prop_assert_eq!(specialities, found.total);
        }

        #[test]
        fn a_line_lists_whom_its_table_counts(entries in vec(any_entry(), 0..60)) {
            let found = frames(&entries);
            let lines = [(Line::Total, found.total), (Line::Entrusted, found.entrusted), (Line::Received, found.received)]
                .into_iter()
                .chain(found.statuses.iter().map(|(key, one)| (Line::Status(*key), *one)))
                .chain(found.origins.iter().map(|(key, one)| (Line::Origin(*key), *one)))
                .chain(found.objectives.iter().map(|(key, one)| (Line::Objective(*key), *one)))
                .chain(found.specialities.iter().map(|(key, one)| (Line::Speciality(key.clone()), *one)));
            for (line, told) in lines {
                let mut listed = Sum::default();
                entries.iter().filter(|one| line.holds(one)).for_each(|one| listed.add(one));
                prop_assert_eq!(listed, told, "{:?}", line);
            }
        }
    }
}
