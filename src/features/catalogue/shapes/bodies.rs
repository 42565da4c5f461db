//! What whoever enrols sends, and is answered.

use entity::enrolment::{self, EnrolmentState};
use entity::training_buyer::BuyerKind;
use poem_openapi::{Enum, Object};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::features::catalogue::input::Typed;
use crate::features::enrolments::input::{TypedBuyer, TypedGuardian, TypedPerson};
use crate::http::api::ShortText;
use crate::http::api::words::words;

words! {
    /// Who pays.
    BuyerWord as "CatalogueBuyer" for BuyerKind {
        /// The person.
        Individual,
        /// The employer, by itself or by its funder.
        Employer,
    }
}

/// The legal representative of a minor.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CatalogueGuardianIn {
    /// First and family names.
    pub name: ShortText,
    /// Address.
    pub email: ShortText,
    /// Telephone.
    pub phone: Option<ShortText>,
}

/// Somebody who enrols.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CatalogueEnrolmentIn {
    /// Family name.
    pub family_name: ShortText,
    /// First names.
    pub first_names: ShortText,
    /// Date of birth, `1991-03-27`; `1991-03` or `1991` when the rest is not known.
    pub birth_date: ShortText,
    /// Address: the link that confirms goes there.
    pub email: ShortText,
    /// Telephone.
    pub phone: Option<ShortText>,
    /// Who pays.
    pub buyer: BuyerWord,
    /// SIRET of the employer who pays.
    pub employer_siret: Option<ShortText>,
    /// Its name.
    pub employer_name: Option<ShortText>,
    /// Whether an adaptation would help: somebody calls. Never say what it comes from.
    pub needs_adaptation: bool,
    /// Whether the terms and the rules were read.
    pub consent: bool,
    /// Legal representative of a minor.
    pub guardian: Option<CatalogueGuardianIn>,
    /// Whether the address is right although its domain looks like a usual one: asked after the fault `email-unusual`.
    pub email_checked: Option<bool>,
}

fn text(given: Option<ShortText>) -> String {
    given.map(|text| text.0).unwrap_or_default()
}

impl From<CatalogueEnrolmentIn> for Typed {
    fn from(given: CatalogueEnrolmentIn) -> Self {
        let guardian = given.guardian.map_or_else(TypedGuardian::default, |one| TypedGuardian {
            name: one.name.0,
            email: one.email.0,
            phone: text(one.phone),
        });
        Self {
            person: TypedPerson {
                family_name: given.family_name.0,
                first_names: given.first_names.0,
                birth_date: given.birth_date.0,
                email: given.email.0,
                phone: text(given.phone),
                guardian,
                needs_adaptation: given.needs_adaptation,
                consent: given.consent,
                ..TypedPerson::default()
            },
            buyer: TypedBuyer {
                kind: BuyerKind::from(given.buyer).word(),
                siret: text(given.employer_siret),
                name: text(given.employer_name),
                ..TypedBuyer::default()
            },
            email_checked: given.email_checked.unwrap_or_default(),
        }
    }
}

/// What whoever enrols is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CatalogueEnrolmentState", rename_all = "snake_case")]
pub enum GivenWord {
    /// A seat, until the address is confirmed.
    Held,
    /// A place in the waiting list.
    Waitlisted,
}

/// An enrolment that was just asked for.
#[derive(Clone, Debug, Object)]
pub struct CatalogueEnrolmentOut {
    /// Key.
    pub id: Uuid,
    /// What people call it.
    pub reference: String,
    /// What is given.
    pub state: GivenWord,
    /// Rank in the waiting list, from 1.
    pub rank: Option<i32>,
    /// Until when the seat is held if the address is not confirmed.
    pub held_until: Option<OffsetDateTime>,
}

impl CatalogueEnrolmentOut {
    /// What was given in a session.
    #[must_use]
    pub fn of(row: &enrolment::Model, number: &str) -> Self {
        let held = row.state == EnrolmentState::Held;
        Self {
            id: row.id.0,
            reference: format!("{number}-{}", row.seq),
            state: if held { GivenWord::Held } else { GivenWord::Waitlisted },
            rank: row.rank,
            held_until: row.held_until.map(|at| *at),
        }
    }
}
