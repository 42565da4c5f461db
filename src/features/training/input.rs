//! What a person types about a session, its half-days, a room, a sub-contract; every fault at once.

mod room;
mod slots;
mod subcontract;

pub use room::{NewRoom, TypedRoom};
pub use slots::{MOST_SLOTS, NewSlot, TypedSlot, read_slots, series, slots_of};
pub use subcontract::{NewSubcontract, TypedSubcontract};

use entity::ids::{ExpertId, ProgrammeId, StructureId, TrainingRoomId, TrainingSessionId, TrainingSlotId};
use entity::programme_version::Modality;
use entity::training_session::{Delivery, SessionCause, SessionKind};
use entity::training_trainer::TrainerStanding;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::{line, money, territory};

/// Longest note.
const LONGEST: usize = 2_000;
/// Most seats of a session.
const MOST_SEATS: i32 = 500;

/// What a session says, as typed. What is left empty follows the programme, or the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSession {
    /// Its programme; asked when it is created.
    pub programme: Option<ProgrammeId>,
    /// The session that it takes the place of.
    pub replaces: Option<TrainingSessionId>,
    /// Word of the kind.
    pub kind: String,
    /// Word of who delivers it.
    pub delivery: String,
    /// For whom it is held.
    pub structure: Option<StructureId>,
    /// Word of the modality.
    pub modality: String,
    /// Its room.
    pub room: Option<TrainingRoomId>,
    /// Address, when it is in no room of the list.
    pub place: String,
    /// Commune of the address.
    pub commune: String,
    /// Department of the address.
    pub department: String,
    /// How to get there.
    pub access: String,
    /// Whether everybody gets in.
    pub accessibility: String,
    /// The address of the remote room.
    pub remote_url: String,
    /// What to bring.
    pub to_bring: String,
    /// Last day to enrol.
    pub enrol_until: String,
    /// Fewest people.
    pub seats_min: String,
    /// Most people.
    pub seats_max: String,
    /// Euros for one person.
    pub price: String,
    /// About the price.
    pub price_note: String,
    /// About its funding.
    pub funding_note: String,
    /// Who answers questions.
    pub contact: String,
    /// Whether Europe pays for a part.
    pub eu_funded: bool,
    /// Whether the catalogue shows it.
    pub public: bool,
}

/// Where a session is, when it is in no room of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub place: String,
    /// Commune.
    pub commune: String,
    /// Department; none for a session at a distance.
    pub department: Option<&'static territory::Department>,
}

/// What a session says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// For whom.
    pub kind: SessionKind,
    /// By whom.
    pub delivery: Delivery,
    /// How it is followed; none as its programme.
    pub modality: Option<Modality>,
    /// Where.
    pub address: Address,
    /// How to get there.
    pub access: String,
    /// Whether everybody gets in.
    pub accessibility: String,
    /// The address of the remote room.
    pub remote_url: String,
    /// What to bring.
    pub to_bring: String,
    /// Last day to enrol.
    pub enrol_until: Option<Date>,
    /// Fewest people; none as its programme.
    pub seats_min: Option<i32>,
    /// Most people; none as its programme.
    pub seats_max: Option<i32>,
    /// Cents for one person; none as its programme.
    pub price_cents: Option<i64>,
    /// About the price.
    pub price_note: String,
    /// About its funding.
    pub funding_note: String,
    /// Who answers questions.
    pub contact: String,
}

impl TypedSession {
    /// What the session says, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<NewSession, Vec<Fault>> {
        let mut faults = Faults::default();
        let kind = SessionKind::from_word(self.kind.trim()).ok_or("Choisissez pour qui la session est tenue");
        let kind = faults.read("/kind", kind, |_| "missing");
        let delivery = Delivery::from_word(self.delivery.trim()).ok_or("Choisissez qui assure la session");
        let delivery = faults.read("/delivery", delivery, |_| "missing");
        if kind.is_some_and(|kind| kind != SessionKind::Inter) && self.structure.is_none() {
            faults.push("/structure_id", "missing", "Indiquez la structure pour qui la session est tenue");
        }
        let modality = match self.modality.trim() {
            "" => Some(None),
            word => {
                let known = Modality::from_word(word).ok_or("Choisissez une modalité de la liste");
                faults.read("/modality", known, |_| "unknown").map(Some)
            }
        };
        let address = self.address(&mut faults);
        let mut text = |pointer: &str, typed: &str, longest: usize| {
            faults.read(pointer, line::optional(typed, longest), |error| error.code())
        };
        let access = text("/access", &self.access, LONGEST);
        let accessibility = text("/accessibility", &self.accessibility, LONGEST);
        let remote_url = text("/remote_url", &self.remote_url, 300);
        let to_bring = text("/to_bring", &self.to_bring, LONGEST);
        let price_note = text("/price_note", &self.price_note, 300);
        let funding_note = text("/funding_note", &self.funding_note, LONGEST);
        let contact = text("/contact", &self.contact, 300);
        if remote_url.as_ref().is_some_and(|url| !url.is_empty() && !url.starts_with("https://")) {
            faults.push("/remote_url", "not-a-link", "Indiquez un lien qui commence par https://");
        }
        let enrol_until = faults.optional_date("/enrol_until", &self.enrol_until);
        let (seats_min, seats_max) = self.seats(&mut faults);
        let price_cents = self.price(&mut faults);
        let session = (|| {
            Some(NewSession {
                kind: kind?,
                delivery: delivery?,
                modality: modality?,
                address: address?,
                access: access?,
                accessibility: accessibility?,
                remote_url: remote_url?,
                to_bring: to_bring?,
                enrol_until: enrol_until?,
                seats_min: seats_min?,
                seats_max: seats_max?,
                price_cents: price_cents?,
                price_note: price_note?,
                funding_note: funding_note?,
                contact: contact?,
            })
        })();
        faults.or(session)
    }

    /// The department that is typed: its region says who may act.
    #[must_use]
    pub fn typed_department(&self) -> Option<&'static territory::Department> {
        territory::department(self.department.trim())
    }

    fn address(&self, faults: &mut Faults) -> Option<Address> {
        let place = faults.read("/place", line::optional(&self.place, 300), |error| error.code());
        let commune = faults.read("/commune", line::optional(&self.commune, 100), |error| error.code());
        let typed = self.department.trim();
        let department = self.typed_department();
        if !typed.is_empty() && department.is_none() {
            faults.push("/department", "unknown", "Ce département n’est pas reconnu");
            return None;
        }
        if self.room.is_none() && department.is_none() && !self.place.trim().is_empty() {
            faults.push("/department", "missing", "Indiquez le département de cette adresse");
        }
        Some(Address { place: place?, commune: commune?, department })
    }

    fn seats(&self, faults: &mut Faults) -> (Option<Option<i32>>, Option<Option<i32>>) {
        let mut read = |pointer: &str, typed: &str| match typed.trim() {
            "" => Some(None),
            typed => {
                let number = typed.parse::<i32>().ok().filter(|number| (1..=MOST_SEATS).contains(number));
                let number = number.ok_or("Indiquez un nombre de personnes entre 1 et 500");
                faults.read(pointer, number, |_| "out-of-bounds").map(Some)
            }
        };
        (read("/seats_min", &self.seats_min), read("/seats_max", &self.seats_max))
    }

    fn price(&self, faults: &mut Faults) -> Option<Option<i64>> {
        match self.price.trim() {
            "" => Some(None),
            typed => {
                let cents = money::parse(typed).ok_or("Indiquez un prix en euros, par exemple 240 ou 240,50");
                faults.read("/price", cents, |_| "amount").map(Some)
            }
        }
    }
}

/// Who teaches, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedTeaching {
    /// Who.
    pub expert: ExpertId,
    /// Word of their standing.
    pub standing: String,
    /// The half-days; all of the session when none is told.
    pub slots: Vec<TrainingSlotId>,
}

impl TypedTeaching {
    /// The standing.
    ///
    /// # Errors
    /// The fault.
    pub fn standing(&self) -> Result<TrainerStanding, Vec<Fault>> {
        let known = TrainerStanding::from_word(self.standing.trim());
        known.ok_or_else(|| {
            vec![Fault::new("/standing", "missing", "Indiquez si la personne est salariée ou extérieure")]
        })
    }
}

/// Why a session is postponed or cancelled, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedEnd {
    /// Word of the cause.
    pub cause: String,
    /// In words, read by the people who are told.
    pub reason: String,
}

impl TypedEnd {
    /// The cause and its words, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<(SessionCause, String), Vec<Fault>> {
        let mut faults = Faults::default();
        let cause = SessionCause::from_word(self.cause.trim()).ok_or("Choisissez une raison");
        let cause = faults.read("/cause", cause, |_| "missing");
        let reason = faults.read("/reason", reason(&self.reason), |error| error.code());
        faults.or(cause.zip(reason))
    }
}

/// A reason, needed.
///
/// # Errors
/// Nothing typed, too much.
pub fn reason(text: &str) -> Result<String, line::LineError> {
    line::wanted(text, 500, "Indiquez le motif")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedSession {
        TypedSession {
            kind: "inter".to_owned(),
            delivery: "own".to_owned(),
            place: "Maison des associations".to_owned(),
            commune: "Cayenne".to_owned(),
            department: "973".to_owned(),
            price: "210,50 €".to_owned(),
            ..TypedSession::default()
        }
    }

    #[test]
    fn what_is_left_empty_follows_the_programme() {
        let read = typed().read().unwrap();
        assert_eq!((read.modality, read.seats_min, read.seats_max), (None, None, None));
        assert_eq!(read.price_cents, Some(21_050));
        assert_eq!(read.address.department.map(|one| one.zone), Some("America/Cayenne"));
    }

    #[test]
    fn every_fault_is_told() {
        let wrong = TypedSession {
            kind: "on_site".to_owned(),
            delivery: "x".to_owned(),
            modality: "x".to_owned(),
            department: "99".to_owned(),
            remote_url: "visio".to_owned(),
            enrol_until: "x".to_owned(),
            seats_min: "0".to_owned(),
            seats_max: "x".to_owned(),
            price: "cher".to_owned(),
            ..typed()
        };
        let pointers: Vec<_> = wrong.read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        let expected = [
            "/delivery",
            "/structure_id",
            "/modality",
            "/department",
            "/remote_url",
            "/enrol_until",
            "/seats_min",
            "/seats_max",
            "/price",
        ];
        assert_eq!(pointers, expected);
    }

    #[test]
    fn an_end_has_its_cause_and_its_words() {
        assert_eq!(TypedEnd::default().read().unwrap_err().len(), 2);
        let told = TypedEnd { cause: "too_few".to_owned(), reason: " Trois inscrits ".to_owned() };
        assert_eq!(told.read().unwrap(), (SessionCause::TooFew, "Trois inscrits".to_owned()));
    }
}
