//! A request with everything that hangs on it, and the lists that the API gives beside it.

use entity::ids::{
    AgreementRequestId, CommitteeId, DocumentId, JurySessionId, MeetingId, PartnerUpdateId, SiteId,
};
use entity::{
    agreement, agreement_request, audit_event, certification_version, committee, document, expert,
    jury_session, meeting, meeting_guest, partner_update, request_piece, reserve, site, structure,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::actions::download::Paper;
use super::documents::COMMITTEE_FILE;
use super::dossier::{self, Dossier};
use super::error::AgreementError;
use super::papers;
use super::queries::{self, Attachments, Controller};
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::{Cursor, Page, PageRequest, contains_words, keyset, shows_words};

/// A request, its surroundings and what hangs on it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The request, the structure, the sites, the certification.
    pub dossier: Dossier,
    /// What hangs on it.
    pub attachments: Attachments,
    /// The contrôleur in charge.
    pub controller: Option<expert::Model>,
    /// The sites where the visit goes.
    pub visited: Vec<SiteId>,
}

impl Whole {
    /// The sites where the visit goes, the seat first.
    #[must_use]
    pub fn visited_sites(&self) -> Vec<&site::Model> {
        self.dossier.sites.iter().filter(|site| self.visited.contains(&site.id)).collect()
    }
}

/// Templates of what a structure does not read.
const INSIDE: [&str; 4] = [COMMITTEE_FILE, "control-grid", "mission-order", "jury-incident"];
/// Kind of the subject of the file of a committee.
const COMMITTEE: &str = "committee";
/// Kind of the subject of the files of a working meeting.
const MEETING: &str = "meeting";
/// Kind of the subject of the files of a session of a jury.
const JURY: &str = "jury_session";
/// Files of a committee shown at most.
const FILES_SHOWN: u64 = 20;

/// Reads everything around a request.
///
/// # Errors
/// What the database answers.
pub async fn around(
    conn: &impl ConnectionTrait,
    request: agreement_request::Model,
) -> Result<Whole, AgreementError> {
    let dossier = Dossier::around(conn, request).await?;
    let attachments = queries::attachments(conn, &dossier.request).await?;
    let controller = match dossier.request.controller_id {
        Some(id) => expert::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let visited = dossier::visited(conn, dossier.request.id).await?;
    Ok(Whole { dossier, attachments, controller, visited })
}

/// The contrôleurs who could be given the visit, the first to ask first, with what stands in the way of each.
///
/// # Errors
/// When the actor may not choose, or what the database answers.
pub async fn controllers(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AgreementRequestId,
    now: time::OffsetDateTime,
) -> Result<Vec<Controller>, AgreementError> {
    let dossier = queries::request(conn, actor, id).await?;
    let _ = authz::allows(actor, Permission::RequestAssign, &dossier.facts())?;
    queries::controllers(conn, &dossier, now).await
}

/// A page of the events of a request and of the right it gave, oldest first.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn history(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AgreementRequestId,
    page: &PageRequest,
) -> Result<Page<audit_event::Model>, AgreementError> {
    use audit_event::Column;
    queries::request(conn, actor, id).await?;
    let rights = agreement::Entity::find()
        .select_only()
        .column(agreement::Column::Id)
        .filter(agreement::Column::RequestId.eq(id))
        .into_query();
    let of_request =
        Condition::all().add(Column::SubjectKind.eq("agreement_request")).add(Column::SubjectId.eq(id.0));
    let of_right =
        Condition::all().add(Column::SubjectKind.eq("agreement")).add(Column::SubjectId.in_subquery(rights));
    let select = audit_event::Entity::find().filter(Condition::any().add(of_request).add(of_right));
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, false, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// A committee that the actor may see, with the requests on its agenda.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn committee(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CommitteeId,
) -> Result<(committee::Model, Vec<queries::RequestLine>), AgreementError> {
    let _ = authz::allows(actor, Permission::CommitteeView, &Facts::default())?;
    let found = committee::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
    let filter = queries::RequestFilter { committee: Some(id), ..Default::default() };
    let agenda = queries::requests(conn, actor, &filter, &PageRequest::first(200)).await?;
    Ok((found, agenda.items))
}

/// The files of a committee, newest first: its agenda with a summary of each request, after each change.
///
/// # Errors
/// When the actor may not see committees, or what the database answers.
pub async fn committee_files(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CommitteeId,
) -> Result<Vec<document::Model>, AgreementError> {
    let _ = authz::allows(actor, Permission::CommitteeView, &Facts::default())?;
    let found = document::Entity::find()
        .filter(document::Column::SubjectKind.eq(COMMITTEE))
        .filter(document::Column::SubjectId.eq(id.0))
        .order_by_desc(document::Column::CreatedAt)
        .order_by_desc(document::Column::Id)
        .limit(FILES_SHOWN)
        .all(conn)
        .await?;
    Ok(found)
}

/// The reserves of an agreement and the structure that holds it.
///
/// # Errors
/// What the database answers.
pub async fn of_agreement(
    conn: &impl ConnectionTrait,
    agreement: &agreement::Model,
) -> Result<(structure::Model, Vec<reserve::Model>), AgreementError> {
    let structure = structure::Entity::find_by_id(agreement.structure_id).one(conn).await?;
    let reserves = reserve::Entity::find()
        .filter(reserve::Column::AgreementId.eq(agreement.id))
        .order_by_asc(reserve::Column::Position)
        .all(conn)
        .await?;
    Ok((structure.ok_or(AgreementError::NotFound)?, reserves))
}

/// A page of the due updates of the list of partners, newest first.
///
/// # Errors
/// When the actor may not see them, or what the database answers.
pub async fn partner_updates(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    only_due: bool,
    q: &str,
    page: &PageRequest,
) -> Result<Page<(partner_update::Model, agreement::Model)>, AgreementError> {
    use partner_update::Column;
    authz::allows_somewhere(actor, Permission::PartnerUpdate, &Facts::default())?;
    let visible = agreement::Entity::find()
        .select_only()
        .column(agreement::Column::Id)
        .filter(authz::visible::agreements(actor))
        .filter(contains_words(agreement::Column::Search, q))
        .into_query();
    let mut select = partner_update::Entity::find().filter(Column::AgreementId.in_subquery(visible));
    if only_due {
        select = select.filter(Column::DoneAt.is_null());
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let ids = page.items.iter().map(|row| row.agreement_id);
    let agreements = agreement::Entity::find().filter(agreement::Column::Id.is_in(ids)).all(conn).await?;
    let items = page.items.into_iter().filter_map(|row| {
        let agreement = agreements.iter().find(|agreement| agreement.id == row.agreement_id)?.clone();
        Some((row, agreement))
    });
    Ok(Page { items: items.collect(), next: page.next })
}

/// One update that the actor may see, with its agreement.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn partner_update(
    conn: &impl ConnectionTrait,
    id: PartnerUpdateId,
) -> Result<(partner_update::Model, agreement::Model), AgreementError> {
    let row = partner_update::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
    let agreement = agreement::Entity::find_by_id(row.agreement_id).one(conn).await?;
    Ok((row, agreement.ok_or(AgreementError::NotFound)?))
}

/// A document whose subject the actor may see; a structure does not see the order given to the contrôleur.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn document(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: DocumentId,
) -> Result<Paper, AgreementError> {
    let found = document::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
    if !opens(actor, &found) {
        return Err(AgreementError::NotFound);
    }
    match found.subject_kind.as_str() {
        "agreement_request" => {
            let dossier = queries::request(conn, actor, found.subject_id.into()).await?;
            Ok(Paper::of_request(found, &dossier))
        }
        COMMITTEE if authz::may(actor, Permission::CommitteeView, &Facts::default()) => {
            Ok(Paper::of_committee(found))
        }
        MEETING => of_meeting(conn, actor, found).await,
        JURY => of_jury(conn, actor, found).await,
        COMMITTEE => Err(AgreementError::NotFound),
        _ => papers::paper(conn, actor, found).await,
    }
}

/// A document of a working meeting that the actor may see; to a guest it is addressed.
async fn of_meeting(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    document: document::Model,
) -> Result<Paper, AgreementError> {
    let id = MeetingId(document.subject_id);
    let seen = meeting::Entity::find_by_id(id).filter(authz::visible::meetings(actor));
    let meeting = seen.one(conn).await?.ok_or(AgreementError::NotFound)?;
    let guest = match actor.expert() {
        Some(own) => {
            use meeting_guest::Column;
            let invited = meeting_guest::Entity::find().filter(Column::MeetingId.eq(id));
            invited.filter(Column::ExpertId.eq(own)).one(conn).await?
        }
        None => None,
    };
    Ok(Paper::of_meeting(document, &meeting, guest.map(|guest| guest.expert_id)))
}

/// A document of a session of a jury that the actor may see.
async fn of_jury(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    document: document::Model,
) -> Result<Paper, AgreementError> {
    let which = jury_session::Entity::find_by_id(JurySessionId(document.subject_id));
    let session = which.filter(authz::visible::jury_sessions(actor)).one(conn).await?;
    let session = session.ok_or(AgreementError::NotFound)?;
    let structure = structure::Entity::find_by_id(session.structure_id).one(conn).await?;
    let version =
        certification_version::Entity::find_by_id(session.certification_version_id).one(conn).await?;
    let facts = Facts {
        structure: Some(session.structure_id),
        region: structure.map(|one| one.region).filter(|region| !region.is_empty()),
        certification: version.map(|one| one.certification_id),
        // Whoever sees it as an expert sits in it.
        expert: actor.expert(),
        ..Facts::default()
    };
    Ok(Paper::of_jury(document, &session, facts))
}

/// What a list of documents is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Words of the title or of the name of the file.
    pub q: String,
    /// What they are: `decision`, `piece:P02`…
    pub kind: Option<String>,
    /// Key of what they belong to.
    pub subject: Option<Uuid>,
    /// Made by the program, or received.
    pub generated: Option<bool>,
}

/// The documents that the actor may see, newest first: those of the requests, of the committees, of the working meetings, of
/// the juries, of the missions and of the experts that they see, without the pieces taken back.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &DocumentFilter,
    page: &PageRequest,
) -> Result<Page<document::Model>, AgreementError> {
    use document::Column;
    let requests = agreement_request::Entity::find()
        .select_only()
        .column(agreement_request::Column::Id)
        .filter(authz::visible::agreement_requests(actor))
        .into_query();
    let of_requests = Condition::all()
        .add(Column::SubjectKind.eq("agreement_request"))
        .add(Column::SubjectId.in_subquery(requests));
    let meetings = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::Id)
        .filter(authz::visible::meetings(actor))
        .into_query();
    let of_meetings =
        Condition::all().add(Column::SubjectKind.eq(MEETING)).add(Column::SubjectId.in_subquery(meetings));
    let juries = jury_session::Entity::find()
        .select_only()
        .column(jury_session::Column::Id)
        .filter(authz::visible::jury_sessions(actor))
        .into_query();
    let of_juries =
        Condition::all().add(Column::SubjectKind.eq(JURY)).add(Column::SubjectId.in_subquery(juries));
    let mut seen = Condition::any().add(of_requests).add(of_meetings).add(of_juries).add(papers::seen(actor));
    if authz::may(actor, Permission::CommitteeView, &Facts::default()) {
        seen = seen.add(Column::SubjectKind.eq(COMMITTEE));
    }
    let taken_back = request_piece::Entity::find()
        .select_only()
        .column(request_piece::Column::DocumentId)
        .filter(request_piece::Column::RemovedAt.is_not_null())
        .into_query();
    let mut select = document::Entity::find()
        .filter(seen)
        .filter(Column::Id.not_in_subquery(taken_back))
        .filter(shows_words(&[Column::Title.as_column_ref(), Column::FileName.as_column_ref()], &filter.q));
    if !is_internal(actor) {
        select = select.filter(Column::Template.is_not_in(INSIDE));
    }
    if let Some(kind) = &filter.kind {
        select = select.filter(Column::Kind.eq(kind.as_str()));
    }
    if let Some(subject) = filter.subject {
        select = select.filter(Column::SubjectId.eq(subject));
    }
    if let Some(generated) = filter.generated {
        select = select.filter(Column::Generated.eq(generated));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// Whether a document of a visible request is shown to the actor.
#[must_use]
pub fn opens(actor: &Actor, document: &document::Model) -> bool {
    is_internal(actor) || !stays_inside(document)
}

/// Whether a document is between the certifier and the contrôleur.
#[must_use]
pub fn stays_inside(document: &document::Model) -> bool {
    INSIDE.contains(&document.template.as_str())
}

/// Whether the actor works for the certifier: member of the team, auditor, expert.
#[must_use]
pub fn is_internal(actor: &Actor) -> bool {
    use entity::account_role::Role;
    actor.held.iter().any(|held| !matches!(held.role, Role::Structure | Role::Trainee))
}
