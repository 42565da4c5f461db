//! What a person types to compose a jury, or to record a seat of a college; every fault at once. Pure.

use entity::college_seat::College;
use entity::ids::ExpertId;
use entity::jury_member::Seat;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::line;

const LONGEST: usize = 500;

/// Somebody wanted in a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The seat.
    pub seat: Seat,
    /// Who.
    pub expert: ExpertId,
    /// Why, in spite of a warning; may be empty.
    pub reason: String,
    /// By video.
    pub remote: bool,
    /// Last day to answer; none for the usual delay.
    pub answer_by: Option<Date>,
}

impl Assignment {
    /// The reason, when one is written.
    ///
    /// # Errors
    /// The fault.
    pub fn written(&self) -> Result<Option<String>, Vec<Fault>> {
        let mut faults = Faults::default();
        let reason = faults.read("/reason", line::optional(&self.reason, LONGEST), |error| error.code());
        faults.or(reason.map(|reason| Some(reason).filter(|reason| !reason.is_empty())))
    }
}

/// Why a member is removed.
///
/// # Errors
/// The fault.
pub fn removal(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let wanted = line::wanted(typed, LONGEST, "Dites pourquoi cette personne ne siège plus");
    let reason = faults.read("/reason", wanted, |error| error.code());
    faults.or(reason)
}

/// A seat of a college, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSeat {
    /// Which college.
    pub college: String,
    /// In which quality: employer of the branch, representative of a union.
    pub quality: String,
    /// Who appointed them.
    pub appointed_by: String,
    /// First day.
    pub since: String,
    /// Last day; empty while it runs.
    pub until: String,
}

/// A seat of a college that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSeat {
    /// Which college.
    pub college: College,
    /// In which quality.
    pub quality: String,
    /// Who appointed them.
    pub appointed_by: String,
    /// First day.
    pub since: Date,
    /// Last day, unless it runs.
    pub until: Option<Date>,
}

impl TypedSeat {
    /// The seat, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<NewSeat, Vec<Fault>> {
        let mut faults = Faults::default();
        let college = College::from_word(self.college.trim()).ok_or("Choisissez un collège");
        let college = faults.read("/college", college, |_| "missing");
        let quality = line::wanted(&self.quality, 200, "Indiquez à quel titre cette personne siège");
        let quality = faults.read("/quality", quality, |error| error.code());
        let appointed_by = line::wanted(&self.appointed_by, 200, "Indiquez qui l’a désignée");
        let appointed_by = faults.read("/appointed_by", appointed_by, |error| error.code());
        let since = faults.required_date("/since", &self.since);
        let until = faults.optional_date("/until", &self.until);
        if let (Some(since), Some(Some(until))) = (since, until)
            && until < since
        {
            faults.push("/until", "dates-reversed", BEFORE);
        }
        let seat = (|| {
            Some(NewSeat {
                college: college?,
                quality: quality?,
                appointed_by: appointed_by?,
                since: since?,
                until: until?,
            })
        })();
        faults.or(seat)
    }
}

const BEFORE: &str = "La fin vient avant le début";

/// The last day of a seat.
///
/// # Errors
/// The fault.
pub fn last_day(typed: &str, since: Date) -> Result<Date, Vec<Fault>> {
    let mut faults = Faults::default();
    let until = faults.required_date("/until", typed);
    if until.is_some_and(|until| until < since) {
        faults.push("/until", "dates-reversed", BEFORE);
    }
    faults.or(until)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn every_fault_of_a_seat_is_told_at_once() {
        let wrong = TypedSeat { until: "hier".to_owned(), ..TypedSeat::default() };
        let pointers: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/college", "/quality", "/appointed_by", "/since", "/until"]);
        let typed = TypedSeat {
            college: "employers".to_owned(),
            quality: " Directrice  d’une structure ".to_owned(),
            appointed_by: "Syndicat".to_owned(),
            since: "2025-01-01".to_owned(),
            until: "2024-12-31".to_owned(),
        };
        assert_eq!(typed.read().unwrap_err()[0].code, "dates-reversed");
        let seat = TypedSeat { until: String::new(), ..typed }.read().unwrap();
        assert_eq!((seat.college, seat.until), (College::Employers, None));
        assert_eq!(seat.quality, "Directrice d’une structure");
    }

    #[test]
    fn a_seat_ends_after_it_began() {
        let since = date!(2025 - 01 - 01);
        assert_eq!(last_day("2025-01-01", since), Ok(since));
        assert_eq!(last_day("2024-12-31", since).unwrap_err()[0].code, "dates-reversed");
        assert_eq!(last_day("", since).unwrap_err()[0].pointer, "/until");
    }
}
