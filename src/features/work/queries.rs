//! Reads of the documents that failed.

use entity::ids::{
    AgreementRequestId, CandidateId, CertificateId, HabilitationId, JobId, JurySessionId, MissionId,
};
use entity::job::{self, Column, Entity, JobState};
use entity::{
    Instant, agreement_request, candidate, certificate, certification_version, expert, habilitation,
    jury_session, mission, structure,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde::Deserialize;

use crate::authz::{Actor, Facts, Permission, allows, may};
use crate::db::{self, Cursor, Page, PageRequest, keyset};
use crate::features::{agreements, candidates, certificates, experts, juries, minutes, missions};

/// The kinds of work that typeset a document.
const KINDS: [&str; 7] = [
    agreements::documents::JOB,
    candidates::documents::JOB,
    certificates::documents::JOB,
    experts::documents::JOB,
    juries::documents::JOB,
    minutes::documents::JOB,
    missions::documents::JOB,
];

/// A document that failed.
#[derive(Clone, Debug)]
pub struct FailedDocument {
    /// Key of the work.
    pub id: JobId,
    /// What it is, `deposit-receipt`.
    pub kind: String,
    /// Its French title.
    pub title: &'static str,
    /// Number of the file that it is about; empty when the file is no more.
    pub reference: String,
    /// The page of that file; empty when there is none.
    pub page: String,
    /// How many times it was tried.
    pub attempts: i32,
    /// Why it failed, as the program says it.
    pub error: String,
    /// When the act ordered it.
    pub created_at: Instant,
    /// What the policy looks at.
    pub facts: Facts,
}

/// What every order of a document says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Order {
    document: String,
    request_id: Option<AgreementRequestId>,
    habilitation_id: Option<HabilitationId>,
    mission_id: Option<MissionId>,
    candidate_id: Option<CandidateId>,
    session_id: Option<JurySessionId>,
    certificate_id: Option<CertificateId>,
    duplicate: bool,
}

impl Order {
    /// What it is: what is made of a certificate is not named in its order.
    fn kind(&self) -> &str {
        match self.certificate_id {
            Some(_) if self.duplicate => certificates::documents::DUPLICATE,
            Some(_) => certificates::documents::MAIN,
            None => &self.document,
        }
    }
}

/// The file that a document is about.
#[derive(Debug, Default)]
struct About {
    title: &'static str,
    reference: String,
    page: String,
    facts: Facts,
}

/// Whether a kind of work typesets a document.
pub(super) fn is_document(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// The documents that failed, newest first. A page may hold less than asked: those of files that the person does not
/// follow are left out.
///
/// # Errors
/// The refusal of the policy, or what the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<FailedDocument>, db::Error> {
    let _seen = allows(actor, Permission::DocumentRedo, &Facts::default())?;
    let failed = Entity::find().filter(Column::State.eq(JobState::Failed)).filter(Column::Kind.is_in(KINDS));
    let rows = keyset(failed, None::<Column>, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let mut items = Vec::with_capacity(cut.items.len());
    for row in &cut.items {
        let document = describe(conn, row).await?;
        if may(actor, Permission::DocumentRedo, &document.facts) {
            items.push(document);
        }
    }
    Ok(Page { items, next: cut.next })
}

/// One document, whatever became of it.
///
/// # Errors
/// What the database answers.
pub async fn find(conn: &impl ConnectionTrait, id: JobId) -> Result<Option<FailedDocument>, db::Error> {
    match Entity::find_by_id(id).one(conn).await? {
        Some(row) if is_document(&row.kind) => Ok(Some(describe(conn, &row).await?)),
        _ => Ok(None),
    }
}

/// What a piece of work was to typeset, and for which file.
pub(super) async fn describe(conn: &impl ConnectionTrait, row: &job::Model) -> Result<FailedDocument, DbErr> {
    let order: Order = serde_json::from_value(row.payload.clone()).unwrap_or_default();
    let About { title, reference, page, facts } = about(conn, &order).await?;
    Ok(FailedDocument {
        id: row.id,
        kind: order.kind().to_owned(),
        title,
        reference,
        page,
        attempts: row.attempts,
        error: row.error.clone().unwrap_or_default(),
        created_at: row.created_at,
        facts,
    })
}

async fn about(conn: &impl ConnectionTrait, order: &Order) -> Result<About, DbErr> {
    let kind = order.document.as_str();
    if let Some(id) = order.request_id {
        let title = agreements::documents::wording::title(kind);
        return Ok(About { title, ..of_request(conn, id).await? });
    }
    if let Some(id) = order.habilitation_id {
        let title = experts::wording::document(kind);
        return Ok(About { title, ..of_habilitation(conn, id).await? });
    }
    if let Some(id) = order.candidate_id {
        let title = minutes::labels::document(kind).unwrap_or_else(|| candidates::wording::document(kind));
        return Ok(About { title, ..of_candidate(conn, id).await? });
    }
    if let Some(id) = order.session_id {
        let title = minutes::labels::document(kind).unwrap_or_else(|| juries::labels::document(kind));
        return Ok(About { title, ..of_jury(conn, id).await? });
    }
    if let Some(id) = order.certificate_id {
        return of_certificate(conn, id, order.duplicate).await;
    }
    let title = missions::wording::document(kind);
    match order.mission_id {
        Some(id) => Ok(About { title, ..of_mission(conn, id).await? }),
        None => Ok(About { title, ..About::default() }),
    }
}

async fn of_candidate(conn: &impl ConnectionTrait, id: CandidateId) -> Result<About, DbErr> {
    let Some(found) = candidate::Entity::find_by_id(id).one(conn).await? else {
        return Ok(About::default());
    };
    let structure = structure::Entity::find_by_id(found.structure_id).one(conn).await?;
    let version = certification_version::Entity::find_by_id(found.certification_version_id).one(conn).await?;
    let facts =
        structure.zip(version).map(|(structure, version)| candidates::dossier::facts(&structure, &version));
    Ok(About {
        title: "",
        page: format!("/candidats/{}", found.number),
        reference: found.number,
        facts: facts.unwrap_or_default(),
    })
}

async fn of_jury(conn: &impl ConnectionTrait, id: JurySessionId) -> Result<About, DbErr> {
    let Some(found) = jury_session::Entity::find_by_id(id).one(conn).await? else {
        return Ok(About::default());
    };
    let version = certification_version::Entity::find_by_id(found.certification_version_id).one(conn).await?;
    let facts = Facts {
        structure: Some(found.structure_id),
        region: Some(found.region.clone()),
        certification: version.map(|version| version.certification_id),
        ..Facts::default()
    };
    Ok(About { title: "", page: format!("/jurys/{}", found.number), reference: found.number, facts })
}

async fn of_certificate(
    conn: &impl ConnectionTrait,
    id: CertificateId,
    duplicate: bool,
) -> Result<About, DbErr> {
    let Some(found) = certificate::Entity::find_by_id(id).one(conn).await? else {
        return Ok(About::default());
    };
    let structure = match found.structure_id {
        Some(id) => structure::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let title =
        if duplicate { certificates::labels::DUPLICATE } else { certificates::labels::document(found.kind) };
    Ok(About {
        title,
        page: format!("/certificats/{}", found.number),
        reference: found.number,
        facts: Facts {
            structure: found.structure_id,
            region: structure.map(|structure| structure.region),
            certification: Some(found.certification_id),
            ..Facts::default()
        },
    })
}

async fn of_request(conn: &impl ConnectionTrait, id: AgreementRequestId) -> Result<About, DbErr> {
    let Some(request) = agreement_request::Entity::find_by_id(id).one(conn).await? else {
        return Ok(About::default());
    };
    let structure = structure::Entity::find_by_id(request.structure_id).one(conn).await?;
    let version =
        certification_version::Entity::find_by_id(request.certification_version_id).one(conn).await?;
    let reference = request.number.unwrap_or(request.draft_number);
    Ok(About {
        title: "",
        page: format!("/agrements/{reference}"),
        reference,
        facts: Facts {
            structure: Some(request.structure_id),
            region: structure.map(|structure| structure.region),
            certification: version.map(|version| version.certification_id),
            ..Facts::default()
        },
    })
}

async fn of_habilitation(conn: &impl ConnectionTrait, id: HabilitationId) -> Result<About, DbErr> {
    let Some(found) = habilitation::Entity::find_by_id(id).one(conn).await? else {
        return Ok(About::default());
    };
    let person = expert::Entity::find_by_id(found.expert_id).one(conn).await?;
    let reference = person.map(|person| person.number).unwrap_or_default();
    let facts = Facts { expert: Some(found.expert_id), ..Facts::default() };
    Ok(About { title: "", page: format!("/intervenants/{reference}"), reference, facts })
}

async fn of_mission(conn: &impl ConnectionTrait, id: MissionId) -> Result<About, DbErr> {
    let Some(found) = mission::Entity::find_by_id(id).one(conn).await? else {
        return Ok(About::default());
    };
    let facts = missions::dossier::facts(conn, &found).await?;
    Ok(About { title: "", page: format!("/missions/{}", found.number), reference: found.number, facts })
}
