//! What a call of the API sends about an enrolment.

use entity::enrolment::{EnrolmentCause, TraineeStatus};
use entity::enrolment_need::{FilledBy, Positioning, Prerequisites};
use entity::training_buyer::BuyerKind;
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::super::input::{
    TypedAdaptation, TypedBuyer, TypedCancellation, TypedContact, TypedContract, TypedGuardian, TypedNeed,
    TypedPerson,
};
use super::words::{BuyerWord, CauseWord, FilledByWord, PositioningWord, PrerequisitesWord, StatusWord};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

fn short(text: Option<&ShortText>) -> String {
    text.map(|text| text.0.clone()).unwrap_or_default()
}

fn long(text: Option<&LongText>) -> String {
    text.map(|text| text.0.clone()).unwrap_or_default()
}

/// The legal representative of a minor.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentGuardianIn {
    /// Name.
    pub name: ShortText,
    /// Address.
    pub email: ShortText,
    /// Telephone.
    pub phone: Option<ShortText>,
}

impl EnrolmentGuardianIn {
    fn typed(guardian: Option<&Self>) -> TypedGuardian {
        guardian.map_or_else(TypedGuardian::default, |one| TypedGuardian {
            name: one.name.0.clone(),
            email: one.email.0.clone(),
            phone: short(one.phone.as_ref()),
        })
    }
}

/// Somebody to enrol.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentPersonIn {
    /// Family name.
    pub family_name: ShortText,
    /// First names.
    pub first_names: ShortText,
    /// `1985-05-12`.
    pub birth_date: ShortText,
    /// Address.
    pub email: ShortText,
    /// Telephone.
    pub phone: Option<ShortText>,
    /// Where they receive letters.
    pub postal_address: Option<ShortText>,
    /// Their job.
    pub job: Option<ShortText>,
    /// Legal representative; needed for a minor.
    pub guardian: Option<EnrolmentGuardianIn>,
    /// Whether an adaptation would help: they are called, and nothing else is asked.
    pub needs_adaptation: bool,
    /// Whether they read the conditions and the rules.
    pub consent: bool,
}

impl EnrolmentPersonIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPerson {
        TypedPerson {
            family_name: self.family_name.0.clone(),
            first_names: self.first_names.0.clone(),
            birth_date: self.birth_date.0.clone(),
            email: self.email.0.clone(),
            phone: short(self.phone.as_ref()),
            postal_address: short(self.postal_address.as_ref()),
            job: short(self.job.as_ref()),
            guardian: EnrolmentGuardianIn::typed(self.guardian.as_ref()),
            needs_adaptation: self.needs_adaptation,
            consent: self.consent,
        }
    }
}

/// Who pays.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentBuyerIn {
    /// The person or their employer.
    pub buyer: BuyerWord,
    /// SIRET of an employer; a structure gives one of its own.
    pub employer_siret: Option<ShortText>,
    /// Name of an employer that the network does not know.
    pub employer_name: Option<ShortText>,
    /// Who follows the enrolment there.
    pub contact_name: Option<ShortText>,
    /// Their address.
    pub contact_email: Option<ShortText>,
    /// Their telephone.
    pub contact_phone: Option<ShortText>,
    /// Where invoices go.
    pub address: Option<ShortText>,
}

impl EnrolmentBuyerIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedBuyer {
        TypedBuyer {
            kind: BuyerKind::from(self.buyer).word(),
            siret: short(self.employer_siret.as_ref()),
            name: short(self.employer_name.as_ref()),
            contact_name: short(self.contact_name.as_ref()),
            email: short(self.contact_email.as_ref()),
            phone: short(self.contact_phone.as_ref()),
            address: short(self.address.as_ref()),
        }
    }
}

/// People to enrol in a session.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolPeopleIn {
    /// Key of the session.
    pub session_id: Uuid,
    /// Who pays.
    pub payer: EnrolmentBuyerIn,
    /// The people, in the order of their coming.
    #[oai(validator(max_items = 200))]
    pub people: Vec<EnrolmentPersonIn>,
    /// How many may have to wait, as `allotment` told: when more would, nothing is done (409 `enrolment-seats-gone`).
    /// Left out, whoever finds no seat waits.
    pub waiting: Option<u32>,
    /// The team looks at them before anybody has a seat or waits.
    pub as_requests: Option<bool>,
}

/// Why an enrolment ends.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentCancelIn {
    /// The cause.
    pub cause: CauseWord,
    /// In words; needed for another cause, and when the certifier cancels.
    pub reason: Option<LongText>,
}

impl EnrolmentCancelIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedCancellation {
        TypedCancellation {
            cause: EnrolmentCause::from(self.cause).word(),
            reason: long(self.reason.as_ref()),
        }
    }
}

/// Why a request is refused.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentRefusalIn {
    /// The cause; the person reads it.
    pub cause: CauseWord,
    /// In words.
    pub reason: LongText,
}

impl EnrolmentRefusalIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedCancellation {
        TypedCancellation { cause: EnrolmentCause::from(self.cause).word(), reason: self.reason.0.clone() }
    }
}

/// The signature of a contract or of a convention.
#[derive(Clone, Copy, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentContractIn {
    /// When it was signed.
    pub signed_on: Date,
    /// Whether it was at a distance, or out of the office: fourteen days to withdraw instead of ten.
    pub remote: bool,
}

impl EnrolmentContractIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedContract {
        TypedContract { signed_on: iso(self.signed_on), remote: self.remote }
    }
}

/// The other session.
#[derive(Clone, Copy, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentMoveIn {
    /// Its key.
    pub session_id: Uuid,
}

/// How a person is reached, and what they are: the whole of it.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentContactIn {
    /// Address.
    pub email: ShortText,
    /// Telephone.
    pub phone: Option<ShortText>,
    /// Where they receive letters.
    pub postal_address: Option<ShortText>,
    /// Their job.
    pub job: Option<ShortText>,
    /// What they are.
    pub status: StatusWord,
    /// Legal representative; needed for a minor.
    pub guardian: Option<EnrolmentGuardianIn>,
}

impl EnrolmentContactIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedContact {
        TypedContact {
            email: self.email.0.clone(),
            phone: short(self.phone.as_ref()),
            postal_address: short(self.postal_address.as_ref()),
            job: short(self.job.as_ref()),
            status: TraineeStatus::from(self.status).word(),
            guardian: EnrolmentGuardianIn::typed(self.guardian.as_ref()),
        }
    }
}

/// The need and the positioning of a person.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentNeedIn {
    /// What the person expects.
    pub expectations: LongText,
    /// What the employer expects.
    pub employer_view: Option<LongText>,
    /// What the funder says.
    pub funder_view: Option<LongText>,
    /// What the objectives are based on.
    pub basis: Option<LongText>,
    /// Whether the prerequisites are met.
    pub prerequisites: PrerequisitesWord,
    /// How the person was positioned.
    pub positioning: PositioningWord,
    /// What was found; needed when they were.
    pub positioning_result: Option<LongText>,
    /// Who told the need.
    pub filled_by: FilledByWord,
    /// When it was signed.
    pub signed_on: Option<Date>,
}

impl EnrolmentNeedIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedNeed {
        TypedNeed {
            expectations: self.expectations.0.clone(),
            employer_view: long(self.employer_view.as_ref()),
            funder_view: long(self.funder_view.as_ref()),
            basis: long(self.basis.as_ref()),
            prerequisites: Prerequisites::from(self.prerequisites).word(),
            positioning: Positioning::from(self.positioning).word(),
            positioning_result: long(self.positioning_result.as_ref()),
            filled_by: FilledBy::from(self.filled_by).word(),
            signed_on: self.signed_on.map(iso).unwrap_or_default(),
        }
    }
}

/// A measure to agree on.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct EnrolmentAdaptationIn {
    /// What is done: more time, a reader, a room. Never a diagnosis.
    pub measure: LongText,
    /// When the person said yes.
    pub consented_on: Date,
}

impl EnrolmentAdaptationIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAdaptation {
        TypedAdaptation { measure: self.measure.0.clone(), consented_on: iso(self.consented_on) }
    }
}
