//! Documents that the program typesets, each kept once.

use entity::document;
use entity::ids::DocumentId;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::StorageError;
use super::content::FileKind;
use crate::app::App;
use crate::db::Tx;
use crate::events::DocumentRef;
use crate::render::pdf::{PdfError, PdfMeta, Standard, render_blocking};
use crate::rules::fold::fold;

/// The thing that a document is about: name of its table and key.
pub type About = (&'static str, Uuid);

/// A document to typeset.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// What it is, `inspection-report.final`.
    pub kind: &'a str,
    /// The template it comes from.
    pub template: &'static str,
    /// French title.
    pub title: &'a str,
    /// What a person calls the thing that it is about.
    pub reference: &'a str,
    /// Name of the file.
    pub file_name: String,
    /// Its facts.
    pub data: Value,
    /// Its pictures.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// The instant of the act that it records.
    pub at: OffsetDateTime,
}

/// A document typeset and already in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// Its key.
    pub id: DocumentId,
    /// What it is, `inspection-report.final`.
    pub kind: String,
    /// The template it came from.
    pub template: &'static str,
    /// French title.
    pub title: String,
    /// Name of the file; it says the version of the act, so that each version is issued once.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Its size, in bytes.
    pub size: i64,
    /// Its media type.
    pub media_type: &'static str,
    /// It conforms to PDF/A.
    pub archival: bool,
    /// The instant of the act that it records, which dates it however late it is typeset.
    pub at: OffsetDateTime,
}

/// Why a document did not reach the store.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// It cannot be typeset.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Name of the file of a document as it is recorded: it says the version, so that each one is issued once. People
/// download it without, see [`document::Model::download_name`].
#[must_use]
pub fn file_name(title: &str, reference: &str, version: impl std::fmt::Display) -> String {
    let slug: String = fold(title).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{slug}-{reference}-v{version}.pdf")
}

/// Typesets a document and puts its content in the store.
///
/// # Errors
/// What the typesetter or the store answers.
pub async fn typeset(app: &App, draft: Draft<'_>) -> Result<NewDocument, TypesetError> {
    let id: DocumentId = app.new_id().into();
    let meta = meta(&draft, id);
    let rendered = render_blocking(draft.template, draft.data, draft.files, meta, Standard::Archive).await?;
    if !rendered.archival {
        tracing::warn!(document = draft.kind, about = draft.reference, "not an archival PDF");
    }
    let size = i64::try_from(rendered.bytes.len()).unwrap_or(i64::MAX);
    let sha256 = app.storage.put(rendered.bytes).await?;
    Ok(NewDocument {
        id,
        kind: draft.kind.to_owned(),
        template: draft.template,
        title: draft.title.to_owned(),
        file_name: draft.file_name,
        sha256,
        size,
        media_type: FileKind::Pdf.media_type(),
        archival: rendered.archival,
        at: draft.at,
    })
}

/// Media type of an archive.
const ZIP: &str = "application/zip";

/// Puts an archive of documents in the store.
///
/// # Errors
/// What the store answers.
pub async fn keep_archive(
    app: &App,
    (kind, title): (&str, &str),
    file_name: String,
    bytes: Vec<u8>,
    at: OffsetDateTime,
) -> Result<NewDocument, StorageError> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let sha256 = app.storage.put(bytes).await?;
    Ok(NewDocument {
        id: app.new_id().into(),
        kind: kind.to_owned(),
        template: "",
        title: title.to_owned(),
        file_name,
        sha256,
        size,
        media_type: ZIP,
        archival: false,
        at,
    })
}

/// Typesets a document to be read before its act: nothing of it is kept.
///
/// # Errors
/// What the typesetter answers.
pub async fn preview(app: &App, draft: Draft<'_>) -> Result<Vec<u8>, PdfError> {
    let meta = meta(&draft, app.new_id().into());
    let rendered = render_blocking(draft.template, draft.data, draft.files, meta, Standard::Archive).await?;
    Ok(rendered.bytes)
}

fn meta(draft: &Draft<'_>, id: DocumentId) -> PdfMeta {
    PdfMeta {
        title: format!("{} {}", draft.title, draft.reference),
        ident: id.to_string(),
        created_at: draft.at,
    }
}

/// Whether an earlier attempt kept this document.
///
/// # Errors
/// What the database answers.
pub async fn already_issued(
    conn: &impl ConnectionTrait,
    about: About,
    kind: &str,
    file_name: &str,
) -> Result<bool, DbErr> {
    Ok(find(conn, about, kind, file_name).await?.is_some())
}

/// The document of a kind and of a name about a thing, once it was issued.
///
/// # Errors
/// What the database answers.
pub async fn find(
    conn: &impl ConnectionTrait,
    (subject, key): About,
    kind: &str,
    file_name: &str,
) -> Result<Option<document::Model>, DbErr> {
    use document::Column;
    document::Entity::find()
        .filter(Column::SubjectKind.eq(subject))
        .filter(Column::SubjectId.eq(key))
        .filter(Column::Kind.eq(kind))
        .filter(Column::FileName.eq(file_name))
        .one(conn)
        .await
}

/// Keeps the row of the document; none when an earlier attempt did, and nothing is then left to record.
///
/// # Errors
/// What the database answers.
pub async fn keep(tx: &Tx, about: About, new: NewDocument) -> Result<Option<DocumentRef>, DbErr> {
    if already_issued(tx.conn(), about, &new.kind, &new.file_name).await? {
        return Ok(None);
    }
    let reference = DocumentRef { id: new.id, sha256: hex::encode(&new.sha256) };
    let row = document::ActiveModel {
        id: Set(new.id),
        sha256: Set(new.sha256),
        size: Set(new.size),
        media_type: Set(new.media_type.to_owned()),
        file_name: Set(new.file_name),
        kind: Set(new.kind),
        subject_kind: Set(about.0.to_owned()),
        subject_id: Set(about.1),
        title: Set(new.title),
        generated: Set(true),
        template: Set(new.template.to_owned()),
        created_by: Set(None),
        created_at: Set(new.at.into()),
    };
    document::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(Some(reference))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_its_title_its_reference_and_its_version() {
        assert_eq!(
            file_name("Récépissé de dépôt", "AGR-2025-0001", 4),
            "recepisse-de-depot-AGR-2025-0001-v4.pdf"
        );
    }

    #[test]
    fn a_file_is_downloaded_under_its_nature_and_its_number() {
        let day = time::OffsetDateTime::UNIX_EPOCH;
        for (recorded, generated, expected) in [
            (file_name("Décision", "AGR-2026-0042", 7), true, "decision-AGR-2026-0042.pdf"),
            (
                file_name("Dossier de commission", "2026-03-12", "AGR-2026-0042-7"),
                true,
                "dossier-de-commission-2026-03-12.pdf",
            ),
            (file_name("Plan de visite", "BRO-2026-0042", 12), true, "plan-de-visite-BRO-2026-0042.pdf"),
            ("projet-v2.pdf".to_owned(), false, "projet-v2.pdf"),
            ("sans".to_owned(), false, "sans"),
        ] {
            let kept = document::Model {
                id: Uuid::nil().into(),
                sha256: Vec::new(),
                size: 0,
                media_type: String::new(),
                file_name: recorded,
                kind: String::new(),
                subject_kind: String::new(),
                subject_id: Uuid::nil(),
                title: String::new(),
                generated,
                template: String::new(),
                created_by: None,
                created_at: day.into(),
            };
            assert_eq!(kept.download_name(), expected);
        }
    }
}
