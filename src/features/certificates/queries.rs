//! Reads of certificates. Every list starts from what the actor may see; what anybody may verify is in
//! [`super::public`].

mod failed;
mod revocations;

pub use failed::{FailedBatch, failed_batches};
pub use revocations::{OpenRevocation, open_revocations};

use entity::certificate::{self, CertificateKind, CertificateState};
use entity::ids::{AccountId, CertificateBatchId, CertificateId, CertificationId, DocumentId, JurySessionId};
use entity::{
    account, audit_event, audit_key, certificate_batch, certificate_change, certificate_revocation,
    certification, document, jury_session, structure,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::CertificateError;
use super::gather::Source;
use crate::app::App;
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::worker::seal::keys::JournalKey;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number, the name or the session.
    pub q: String,
    /// In this state.
    pub state: Option<CertificateState>,
    /// Of this kind.
    pub kind: Option<CertificateKind>,
    /// Of this certification.
    pub certification: Option<CertificationId>,
    /// Of this session.
    pub session: Option<JurySessionId>,
}

/// The certificates that the actor may see, the latest recorded first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<certificate::Model>, CertificateError> {
    use certificate::Column;
    let mut narrowed = Condition::all().add(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        narrowed = narrowed.add(Column::State.eq(state));
    }
    if let Some(kind) = filter.kind {
        narrowed = narrowed.add(Column::Kind.eq(kind));
    }
    if let Some(certification) = filter.certification {
        narrowed = narrowed.add(Column::CertificationId.eq(certification));
    }
    if let Some(session) = filter.session {
        narrowed = narrowed.add(Column::SessionId.eq(session));
    }
    let select = certificate::Entity::find().filter(visible::certificates(actor)).filter(narrowed);
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// A certificate, if the actor may see it.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CertificateId,
) -> Result<certificate::Model, CertificateError> {
    let which = certificate::Entity::find_by_id(id).filter(visible::certificates(actor));
    which.one(conn).await?.ok_or(CertificateError::NotFound)
}

/// The certificate of a number, if the actor may see it.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<certificate::Model, CertificateError> {
    let which = certificate::Entity::find().filter(certificate::Column::Number.eq(number));
    let found = which.filter(visible::certificates(actor)).one(conn).await?;
    found.ok_or(CertificateError::NotFound)
}

/// A certificate, whoever asks: for the program and for whoever holds its link.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn by_id(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<certificate::Model, CertificateError> {
    certificate::Entity::find_by_id(id).one(conn).await?.ok_or(CertificateError::NotFound)
}

/// What the policy looks at.
///
/// # Errors
/// What the database answers.
pub async fn facts(conn: &impl ConnectionTrait, row: &certificate::Model) -> Result<Facts, db::Error> {
    let region: Option<String> = match row.structure_id {
        Some(id) => {
            structure::Entity::find_by_id(id)
                .select_only()
                .column(structure::Column::Region)
                .into_tuple()
                .one(conn)
                .await?
        }
        None => None,
    };
    Ok(Facts {
        structure: row.structure_id,
        region,
        certification: Some(row.certification_id),
        ..Facts::default()
    })
}

/// The revocation that is asked and waits for a second person.
///
/// # Errors
/// What the database answers.
pub async fn open_revocation(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Option<certificate_revocation::Model>, db::Error> {
    use certificate_revocation::Column;
    let open = certificate_revocation::Entity::find()
        .filter(Column::CertificateId.eq(id))
        .filter(Column::SettledAt.is_null());
    Ok(open.one(conn).await?)
}

/// The changes of a certificate, the newest first.
///
/// # Errors
/// What the database answers.
pub async fn changes(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Vec<certificate_change::Model>, db::Error> {
    let all = certificate_change::Entity::find().filter(certificate_change::Column::CertificateId.eq(id));
    let ordered = all.order_by_desc(certificate_change::Column::ChangedAt);
    Ok(ordered.order_by_desc(certificate_change::Column::Id).all(conn).await?)
}

/// The duplicates that were asked, the newest first.
///
/// # Errors
/// What the database answers.
pub async fn duplicates(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Vec<audit_event::Model>, db::Error> {
    use audit_event::Column;
    let asked = audit_event::Entity::find()
        .filter(Column::SubjectKind.eq("certificate"))
        .filter(Column::SubjectId.eq(id.0))
        .filter(Column::Name.eq("certificate.duplicate_asked"));
    Ok(asked.order_by_desc(Column::Id).all(conn).await?)
}

/// The name of an account, for the page.
///
/// # Errors
/// What the database answers.
pub async fn name_of(conn: &impl ConnectionTrait, id: Option<AccountId>) -> Result<String, db::Error> {
    let Some(id) = id else { return Ok(String::new()) };
    Ok(account::Entity::find_by_id(id).one(conn).await?.map(|row| row.name).unwrap_or_default())
}

/// The certificate that took the place of this one.
///
/// # Errors
/// What the database answers.
pub async fn successor(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Option<certificate::Model>, db::Error> {
    let which = certificate::Entity::find().filter(certificate::Column::SupersedesId.eq(id));
    Ok(which.one(conn).await?)
}

/// The documents of a certificate, the newest first.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Vec<document::Model>, db::Error> {
    let own = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("certificate"))
        .filter(document::Column::SubjectId.eq(id.0));
    Ok(own.order_by_desc(document::Column::Id).all(conn).await?)
}

/// One document of a certificate.
///
/// # Errors
/// [`CertificateError::NotReady`] when none was typeset, what the database answers.
pub async fn main_document(
    conn: &impl ConnectionTrait,
    row: &certificate::Model,
) -> Result<document::Model, CertificateError> {
    let id: DocumentId = row.document_id.ok_or(CertificateError::NotReady)?;
    document::Entity::find_by_id(id).one(conn).await?.ok_or(CertificateError::NotReady)
}

/// A batch.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn batch(
    conn: &impl ConnectionTrait,
    id: CertificateBatchId,
) -> Result<certificate_batch::Model, CertificateError> {
    certificate_batch::Entity::find_by_id(id).one(conn).await?.ok_or(CertificateError::NotFound)
}

/// A batch and those of its certificates that the actor may see: a batch without any is not found.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn batch_for(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: CertificateBatchId,
) -> Result<(certificate_batch::Model, Vec<certificate::Model>), CertificateError> {
    let batch = batch(conn, id).await?;
    let own = certificate::Entity::find()
        .filter(certificate::Column::BatchId.eq(id))
        .filter(visible::certificates(actor));
    let rows = own.order_by_asc(certificate::Column::Id).all(conn).await?;
    // A part of a batch is not its archive: whoever sees a part has each of them alone.
    let whole = usize::try_from(batch.total).is_ok_and(|total| total == rows.len());
    if whole { Ok((batch, rows)) } else { Err(CertificateError::NotFound) }
}

/// The archive of a batch.
///
/// # Errors
/// [`CertificateError::NotReady`] until it is made, what the database answers.
pub async fn archive(
    conn: &impl ConnectionTrait,
    batch: &certificate_batch::Model,
) -> Result<document::Model, CertificateError> {
    let id = batch.archive_id.ok_or(CertificateError::NotReady)?;
    document::Entity::find_by_id(id).one(conn).await?.ok_or(CertificateError::NotReady)
}

/// The certificates of a batch, by number.
///
/// # Errors
/// What the database answers.
pub async fn of_batch(
    conn: &impl ConnectionTrait,
    id: CertificateBatchId,
) -> Result<Vec<certificate::Model>, CertificateError> {
    let all = certificate::Entity::find().filter(certificate::Column::BatchId.eq(id));
    Ok(all.order_by_asc(certificate::Column::Id).all(conn).await?)
}

/// The main documents of the certificates of a batch.
///
/// # Errors
/// What the database answers.
pub async fn documents_of_batch(
    conn: &impl ConnectionTrait,
    id: CertificateBatchId,
) -> Result<Vec<document::Model>, CertificateError> {
    let own = certificate::Entity::find()
        .select_only()
        .column(certificate::Column::DocumentId)
        .filter(certificate::Column::BatchId.eq(id))
        .filter(certificate::Column::DocumentId.is_not_null())
        .into_query();
    let all = document::Entity::find().filter(document::Column::Id.in_subquery(own));
    Ok(all.order_by_asc(document::Column::FileName).all(conn).await?)
}

/// The number of a session.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn session_number(
    conn: &impl ConnectionTrait,
    id: JurySessionId,
) -> Result<String, CertificateError> {
    let found = jury_session::Entity::find_by_id(id).one(conn).await?;
    Ok(found.ok_or(CertificateError::NotFound)?.number)
}

/// Key and short title of every certification, for the filter.
///
/// # Errors
/// What the database answers.
pub async fn certifications(conn: &impl ConnectionTrait) -> Result<Vec<certification::Model>, db::Error> {
    Ok(certification::Entity::find().order_by_asc(certification::Column::Code).all(conn).await?)
}

/// The public half of the key of this name; that of this program when the journal has not sealed anything yet.
///
/// # Errors
/// [`CertificateError::NotFound`] for a key that nobody knows, what the database answers.
pub async fn public_key(app: &App, key_id: &str) -> Result<Vec<u8>, CertificateError> {
    if let Some(row) = audit_key::Entity::find_by_id(key_id.to_owned()).one(app.db.read()).await? {
        return Ok(row.public_key);
    }
    let own = JournalKey::of(app).await?;
    if own.id() == key_id {
        return Ok(own.signing().verifying_key().as_bytes().to_vec());
    }
    Err(CertificateError::NotFound)
}

/// Whether each badge still counts, by its place.
///
/// # Errors
/// What the database answers.
pub async fn badge_states(
    conn: &impl ConnectionTrait,
) -> Result<Vec<(i32, CertificateState)>, CertificateError> {
    let rows: Vec<(Option<i32>, CertificateState)> = certificate::Entity::find()
        .select_only()
        .column(certificate::Column::BadgeIndex)
        .column(certificate::Column::State)
        .filter(certificate::Column::BadgeIndex.is_not_null())
        .filter(certificate::Column::State.ne(CertificateState::Valid))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(index, state)| Some((index?, state))).collect())
}

/// The key of the session of a number.
///
/// # Errors
/// [`CertificateError::NotFound`], what the database answers.
pub async fn session_of(
    conn: &impl ConnectionTrait,
    number: &str,
) -> Result<JurySessionId, CertificateError> {
    let which = jury_session::Entity::find().filter(jury_session::Column::Number.eq(number));
    Ok(which.one(conn).await?.ok_or(CertificateError::NotFound)?.id)
}

/// The certificates of a session.
///
/// # Errors
/// What the database answers.
pub async fn of_session(
    conn: &impl ConnectionTrait,
    id: JurySessionId,
) -> Result<Vec<certificate::Model>, CertificateError> {
    let all = certificate::Entity::find().filter(certificate::Column::SessionId.eq(id));
    Ok(all.order_by_desc(certificate::Column::Id).all(conn).await?)
}

/// What lacks to those of a session who are still to be delivered something, one line for each.
///
/// # Errors
/// What the database answers.
pub async fn lacking(
    conn: &impl ConnectionTrait,
    app: &App,
    id: JurySessionId,
) -> Result<Vec<String>, CertificateError> {
    let source = Source::load(conn, id).await?;
    let known = of_session(conn, id).await?;
    let delivered: Vec<_> = known.iter().filter_map(|row| Some((row.passage_id?, row.kind))).collect();
    Ok(source.left(&app.config, &delivered, source.delivery_day(app.today())).lacking)
}

/// The deliveries of a session, the last first.
///
/// # Errors
/// What the database answers.
pub async fn batches(
    conn: &impl ConnectionTrait,
    id: JurySessionId,
) -> Result<Vec<certificate_batch::Model>, CertificateError> {
    let all = certificate_batch::Entity::find().filter(certificate_batch::Column::SessionId.eq(id));
    Ok(all.order_by_desc(certificate_batch::Column::Id).all(conn).await?)
}
