//! What a call of the API sends about a candidate.

use entity::access_route::Way;
use entity::candidate::{Contract, IdentityDocument, Leaving};
use entity::candidate_positioning::Positioned;
use entity::ids::{SkillId, StructureId};
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::super::actions::Enrolment;
use super::super::input::{
    TypedCandidate, TypedContact, TypedExclusion, TypedIdentity, TypedPositioning, TypedSeen, TypedTransfer,
    TypedWithdrawal,
};
use super::words::{ContractWord, DocumentWord, LeavingWord, ResultWord, WayWord};
use crate::http::api::{LongText, ShortText};
use crate::rules::civil_status::{FIRST_NAMES, TypedCivilStatus};
use crate::rules::typed_date::iso;

/// A civil status: what is not known is left out.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields)]
pub struct CivilStatusIn {
    /// Name at birth.
    pub birth_name: Option<ShortText>,
    /// The document has no family name.
    pub has_no_birth_name: Option<bool>,
    /// Name used in life, when it is another.
    pub usual_name: Option<ShortText>,
    /// First names, each apart, in the order of the civil status.
    #[oai(validator(max_items = 3))]
    pub first_names: Option<Vec<ShortText>>,
    /// The following first names.
    pub other_first_names: Option<ShortText>,
    /// The document has no first name.
    pub has_no_first_name: Option<bool>,
    /// `M` or `F`.
    pub sex: Option<ShortText>,
    /// `1985-05-12`, `1985-05` or `1985`: what is not known stays so.
    pub birth_date: Option<ShortText>,
    /// INSEE code of the country; left out for France.
    pub birth_country: Option<ShortText>,
    /// INSEE code that the commune had on that day; left out abroad.
    pub birth_commune: Option<ShortText>,
    /// Town abroad.
    pub birth_locality: Option<ShortText>,
}

fn text(typed: Option<&ShortText>) -> String {
    typed.map(|text| text.0.clone()).unwrap_or_default()
}

impl CivilStatusIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedCivilStatus {
        let mut first_names: [String; FIRST_NAMES] = Default::default();
        let given = self.first_names.iter().flatten();
        for (place, name) in first_names.iter_mut().zip(given) {
            place.clone_from(&name.0);
        }
        TypedCivilStatus {
            birth_name: text(self.birth_name.as_ref()),
            has_no_birth_name: self.has_no_birth_name.unwrap_or_default(),
            usual_name: text(self.usual_name.as_ref()),
            first_names,
            other_first_names: text(self.other_first_names.as_ref()),
            has_no_first_name: self.has_no_first_name.unwrap_or_default(),
            sex: text(self.sex.as_ref()),
            birth_date: text(self.birth_date.as_ref()),
            birth_country: text(self.birth_country.as_ref()),
            birth_commune: text(self.birth_commune.as_ref()),
            birth_locality: text(self.birth_locality.as_ref()),
        }
    }
}

/// The document that proves a civil status; no copy of it is kept.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct IdentitySeenIn {
    /// What it is.
    pub document: DocumentWord,
    /// When it was seen.
    pub seen_on: Date,
    /// By whom.
    pub seen_by: Option<ShortText>,
}

fn seen(given: Option<&IdentitySeenIn>) -> TypedSeen {
    given.map_or_else(TypedSeen::default, |seen| TypedSeen {
        document: IdentityDocument::from(seen.document).word(),
        on: iso(seen.seen_on),
        by: text(seen.seen_by.as_ref()),
    })
}

/// A corrected civil status, whole.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct IdentityIn {
    /// The civil status.
    pub civil_status: CivilStatusIn,
    /// What proves it; left out when nobody has seen a document.
    pub identity: Option<IdentitySeenIn>,
}

impl IdentityIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedIdentity {
        TypedIdentity { civil: self.civil_status.typed(), seen: seen(self.identity.as_ref()) }
    }
}

/// How somebody is reached, and what ties them to the structure, whole.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateContactIn {
    /// Address; messages go through the structure without one.
    pub email: Option<ShortText>,
    /// Telephone.
    pub phone: Option<ShortText>,
    /// Where they receive letters.
    pub postal_address: Option<LongText>,
    /// In prison: messages go through the structure, whose name is not told.
    pub detained: Option<bool>,
    /// Legal representative of a minor: name and how to reach them.
    pub guardian: Option<LongText>,
    /// The contract.
    pub contract: ContractWord,
    /// Employer, when it is not the structure.
    pub employer: Option<ShortText>,
    /// Who follows them in the structure.
    pub referent: Option<ShortText>,
}

impl CandidateContactIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedContact {
        let long = |typed: Option<&LongText>| typed.map(|text| text.0.clone()).unwrap_or_default();
        TypedContact {
            email: text(self.email.as_ref()),
            phone: text(self.phone.as_ref()),
            postal_address: long(self.postal_address.as_ref()),
            detained: self.detained.unwrap_or_default(),
            guardian: long(self.guardian.as_ref()),
            contract: Contract::from(self.contract).word(),
            employer: text(self.employer.as_ref()),
            referent: text(self.referent.as_ref()),
        }
    }
}

/// Somebody to enrol.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateIn {
    /// Key of the structure that follows them.
    pub structure_id: Uuid,
    /// Key of one of its sites.
    pub site_id: Option<Uuid>,
    /// Key of the version of the certification.
    pub certification_version_id: Uuid,
    /// How they come to it.
    pub way: WayWord,
    /// Who.
    pub civil_status: CivilStatusIn,
    /// What proves it.
    pub identity: Option<IdentitySeenIn>,
    /// How they are reached.
    pub contact: CandidateContactIn,
    /// Somebody of the same names, born on the same day, is known: this is another enrolment all the same.
    pub confirmed: Option<bool>,
}

impl CandidateIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> Enrolment {
        let identity = TypedIdentity { civil: self.civil_status.typed(), seen: seen(self.identity.as_ref()) };
        Enrolment {
            structure: self.structure_id.into(),
            site: self.site_id.map(Into::into),
            version: self.certification_version_id.into(),
            typed: TypedCandidate {
                way: Way::from(self.way).word(),
                identity,
                contact: self.contact.typed(),
            },
            confirmed: self.confirmed.unwrap_or_default(),
            external_ref: None,
        }
    }
}

/// What the positioning found of a skill.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SkillResultIn {
    /// Key of the skill.
    pub skill_id: Uuid,
    /// What was found.
    pub result: ResultWord,
}

/// What the positioning found.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PositioningIn {
    /// One line for each skill of the published referential.
    #[oai(validator(max_items = 500))]
    pub results: Vec<SkillResultIn>,
}

impl PositioningIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPositioning {
        let line = |one: &SkillResultIn| (SkillId(one.skill_id), Positioned::from(one.result).word());
        TypedPositioning { results: self.results.iter().map(line).collect() }
    }
}

/// The first day of the path.
#[derive(Clone, Copy, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateStartIn {
    /// The day.
    pub starts_on: Date,
}

/// What lacks in a file.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateLackIn {
    /// One thing a line; the structure reads it.
    pub lack: LongText,
}

/// Why somebody gives up.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateWithdrawalIn {
    /// The reason.
    pub leaving: LeavingWord,
    /// More about it; nothing of health is kept.
    pub note: Option<LongText>,
}

impl CandidateWithdrawalIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedWithdrawal {
        TypedWithdrawal {
            leaving: Leaving::from(self.leaving).word(),
            note: self.note.as_ref().map(|note| note.0.clone()).unwrap_or_default(),
        }
    }
}

/// Why somebody is put out.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateExclusionIn {
    /// What they did; they read it.
    pub reason: LongText,
    /// When they were heard, or asked to come.
    pub heard_on: Date,
}

impl CandidateExclusionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedExclusion {
        TypedExclusion { reason: self.reason.0.clone(), heard_on: iso(self.heard_on) }
    }
}

/// Another structure.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateTransferIn {
    /// Key of the structure that follows them from now on.
    pub structure_id: Uuid,
    /// Why.
    pub reason: LongText,
}

impl CandidateTransferIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTransfer {
        TypedTransfer { structure: Some(StructureId(self.structure_id)), reason: self.reason.0.clone() }
    }
}
