//! What the API answers about a candidate.

use entity::candidate::IdentityDocument;
use entity::{candidate, candidate_piece, document};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::queries::{AcquiredBloc, SkillLine, Stay, Whole};
use super::super::{input, labels, names, pieces};
use super::words::{
    ContractWord, DecisionWord, DocumentWord, LeavingWord, PieceWord, ResultWord, StateWord, WayWord,
};
use crate::rules::civil_status::completeness::completeness;
use crate::rules::civil_status::{Doubt, Field};

/// A candidate of a list.
#[derive(Clone, Debug, Object)]
pub struct CandidateLine {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Name, as in a list.
    pub name: String,
    /// Where the file stands.
    pub state: StateWord,
    /// Key of the structure.
    pub structure_id: Uuid,
    /// Its name.
    pub structure_name: String,
    /// Key of the version of the certification.
    pub certification_version_id: Uuid,
    /// Its title.
    pub certification_title: String,
    /// How complete the civil status is, from 0 to 100.
    pub completeness: i32,
    /// The day of the enrolment.
    pub enrolled_on: Date,
    /// Version, to be given back in `If-Match`.
    pub version: i32,
}

impl From<&Dossier> for CandidateLine {
    fn from(dossier: &Dossier) -> Self {
        let row = &dossier.candidate;
        Self {
            id: row.id.0,
            number: row.number.clone(),
            name: names::in_a_list(row),
            state: row.state.into(),
            structure_id: row.structure_id.0,
            structure_name: dossier.structure.name.clone(),
            certification_version_id: row.certification_version_id.0,
            certification_title: dossier.version.title.clone(),
            completeness: row.completeness,
            enrolled_on: row.first_enrolled_on,
            version: row.version,
        }
    }
}

/// A page of candidates.
#[derive(Clone, Debug, Object)]
pub struct CandidatePage {
    /// The candidates, the last enrolled first.
    pub items: Vec<CandidateLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// How many candidates are in a state.
#[derive(Clone, Copy, Debug, Object)]
pub struct CandidateCount {
    /// The state.
    pub state: StateWord,
    /// How many.
    pub count: i64,
}

/// How many candidates are in each state.
#[derive(Clone, Debug, Object)]
pub struct CandidateCounts {
    /// Those in which there is somebody.
    pub states: Vec<CandidateCount>,
}

/// A civil status, and what is known of it.
#[derive(Clone, Debug, Object)]
pub struct CivilStatusOut {
    /// Name at birth; empty when it is not known.
    pub birth_name: String,
    /// The document has no family name.
    pub has_no_birth_name: bool,
    /// Name used in life; empty when it is the name at birth.
    pub usual_name: String,
    /// First names, in the order of the civil status.
    pub first_names: Vec<String>,
    /// The following first names.
    pub other_first_names: String,
    /// The document has no first name.
    pub has_no_first_name: bool,
    /// `M` or `F`; empty when it is not known.
    pub sex: String,
    /// `1985-05-12`, `1985-05`, `1985`, or nothing.
    pub birth_date: String,
    /// INSEE code of the country; empty for France.
    pub birth_country: String,
    /// INSEE code of the commune; empty abroad.
    pub birth_commune: String,
    /// Name of the commune, or of the town abroad.
    pub birth_locality: String,
    /// What it was read on; none when nobody has seen a document.
    pub document: Option<DocumentWord>,
    /// When.
    pub seen_on: Option<Date>,
    /// By whom.
    pub seen_by: String,
    /// From 0 to 100.
    pub completeness: i32,
    /// What lacks, in French.
    pub missing: Vec<String>,
    /// What may be right and deserves a look.
    pub doubts: Vec<DoubtOut>,
}

/// What deserves a look in a civil status.
#[derive(Clone, Debug, Object)]
pub struct DoubtOut {
    /// Pointer of the value in the civil status.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// French sentence.
    pub message: String,
}

/// The civil status of a row, on a day.
fn civil_status(row: &candidate::Model, today: Date) -> CivilStatusOut {
    let civil = input::civil_of(row, today);
    let known = completeness(&civil, row.identity_document != IdentityDocument::None);
    let doubt = |(field, doubt): (Field, Doubt)| DoubtOut {
        pointer: field.pointer(),
        code: doubt.code().to_owned(),
        message: doubt.to_string(),
    };
    CivilStatusOut {
        birth_name: row.birth_name.clone(),
        has_no_birth_name: row.has_no_birth_name,
        usual_name: row.usual_name.clone(),
        first_names: names::first_names(row).map(str::to_owned).collect(),
        other_first_names: row.other_first_names.clone(),
        has_no_first_name: row.has_no_first_name,
        sex: row.sex.clone(),
        birth_date: row.birth_date.clone(),
        birth_country: row.birth_country.clone(),
        birth_commune: row.birth_commune.clone(),
        birth_locality: row.birth_locality.clone(),
        document: DocumentWord::of(row.identity_document),
        seen_on: row.identity_seen_on,
        seen_by: row.identity_seen_by.clone(),
        completeness: row.completeness,
        missing: known.missing.iter().map(ToString::to_string).collect(),
        doubts: civil.doubts(today).into_iter().map(doubt).collect(),
    }
}

/// A skill, and what the positioning found of it.
#[derive(Clone, Debug, Object)]
pub struct SkillOut {
    /// Key of the skill.
    pub skill_id: Uuid,
    /// Its code.
    pub code: String,
    /// What it says.
    pub wording: String,
    /// What was found; none before the positioning.
    pub result: Option<ResultWord>,
    /// When.
    pub recorded_on: Option<Date>,
}

impl From<&SkillLine> for SkillOut {
    fn from(line: &SkillLine) -> Self {
        Self {
            skill_id: line.skill.id.0,
            code: line.skill.code.clone(),
            wording: line.skill.wording.clone(),
            result: line.result.map(Into::into),
            recorded_on: line.recorded_on,
        }
    }
}

/// A piece of a file.
#[derive(Clone, Debug, Object)]
pub struct CandidatePieceOut {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub kind: PieceWord,
    /// Name of the file.
    pub file_name: String,
    /// Key of the document.
    pub document_id: Uuid,
    /// When it was sent.
    pub added_at: OffsetDateTime,
}

impl From<&candidate_piece::Model> for CandidatePieceOut {
    fn from(row: &candidate_piece::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.into(),
            file_name: row.file_name.clone(),
            document_id: row.document_id.0,
            added_at: *row.added_at,
        }
    }
}

/// A document of a file.
#[derive(Clone, Debug, Object)]
pub struct CandidateDocumentOut {
    /// Key.
    pub id: Uuid,
    /// What it is: `candidate-receipt`, `candidate:livret`…
    pub kind: String,
    /// French title.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl From<&document::Model> for CandidateDocumentOut {
    fn from(row: &document::Model) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind.clone(),
            title: row.title.clone(),
            file_name: row.file_name.clone(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
        }
    }
}

/// A structure that followed the candidate.
#[derive(Clone, Debug, Object)]
pub struct CandidateStayOut {
    /// Its name.
    pub structure_name: String,
    /// First day.
    pub since: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

impl From<&Stay> for CandidateStayOut {
    fn from(stay: &Stay) -> Self {
        Self { structure_name: stay.structure.clone(), since: stay.since, until: stay.until }
    }
}

/// A bloc that a jury gave and that was told.
#[derive(Clone, Debug, Object)]
pub struct CandidateBlocOut {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Number of the session of the jury.
    pub session_number: String,
    /// The day of the decision.
    pub decided_on: Option<Date>,
}

impl From<&AcquiredBloc> for CandidateBlocOut {
    fn from(bloc: &AcquiredBloc) -> Self {
        Self {
            code: bloc.code.clone(),
            title: bloc.title.clone(),
            session_number: bloc.session.clone(),
            decided_on: bloc.decided_on,
        }
    }
}

/// A file and all that goes with it.
#[derive(Clone, Debug, Object)]
pub struct CandidateOut {
    /// Key.
    pub id: Uuid,
    /// The candidate.
    pub candidate: CandidateLine,
    /// Key of the site, when it is known.
    pub site_id: Option<Uuid>,
    /// How they come to the certification.
    pub way: WayWord,
    /// Who.
    pub civil_status: CivilStatusOut,
    /// Address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they receive letters; may be empty.
    pub postal_address: String,
    /// In prison.
    pub detained: bool,
    /// Legal representative of a minor.
    pub guardian: String,
    /// The contract.
    pub contract: ContractWord,
    /// Employer, when it is not the structure.
    pub employer: String,
    /// Who follows them in the structure.
    pub referent: String,
    /// The first day of the path.
    pub path_starts_on: Option<Date>,
    /// What the positioning found.
    pub positioning: Vec<SkillOut>,
    /// The pieces that are there.
    pub pieces: Vec<CandidatePieceOut>,
    /// The mandatory pieces that are not.
    pub lacking: Vec<PieceWord>,
    /// Every document, typeset or received.
    pub documents: Vec<CandidateDocumentOut>,
    /// The structures, oldest first.
    pub stays: Vec<CandidateStayOut>,
    /// The blocs that juries gave, once this was told, the oldest decision first.
    pub acquired: Vec<CandidateBlocOut>,
    /// How many times the file was handed in.
    pub file_revision: i32,
    /// SHA-256 of the file as it was handed in last, hexadecimal.
    pub frozen_sha256: Option<String>,
    /// What the certifier asked for.
    pub asked: Option<String>,
    /// What was decided last.
    pub decision: Option<DecisionWord>,
    /// When.
    pub decided_on: Option<Date>,
    /// How many times they sat.
    pub attempts: i32,
    /// Why they gave up.
    pub leaving: Option<LeavingWord>,
    /// What the state is called.
    pub state_label: String,
}

impl CandidateOut {
    /// The file, on a day.
    #[must_use]
    pub fn of(whole: &Whole, today: Date) -> Self {
        let row = &whole.dossier.candidate;
        let lacking = pieces::lacking(whole.situation, &whole.kinds());
        Self {
            id: row.id.0,
            candidate: (&whole.dossier).into(),
            site_id: row.site_id.map(|id| id.0),
            way: row.way.into(),
            civil_status: civil_status(row, today),
            email: row.email.clone(),
            phone: row.phone.clone(),
            postal_address: row.postal_address.clone(),
            detained: row.detained,
            guardian: row.guardian.clone(),
            contract: row.contract.into(),
            employer: row.employer.clone(),
            referent: row.referent.clone(),
            path_starts_on: row.path_starts_on,
            positioning: whole.positioning.iter().map(Into::into).collect(),
            pieces: whole.pieces.iter().map(Into::into).collect(),
            lacking: lacking.into_iter().map(Into::into).collect(),
            documents: whole.documents.iter().map(Into::into).collect(),
            stays: whole.stays.iter().map(Into::into).collect(),
            acquired: whole.acquired.iter().map(Into::into).collect(),
            file_revision: row.file_revision,
            frozen_sha256: row.frozen_hash.as_ref().map(hex::encode),
            asked: row.asked_again.clone(),
            decision: row.decision.map(Into::into),
            decided_on: row.decided_on,
            attempts: row.attempts,
            leaving: row.leaving.map(Into::into),
            state_label: labels::status(row.state).word.to_owned(),
        }
    }
}
