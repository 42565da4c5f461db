//! The pieces of the files of whoever passed before a jury of the last days: what they handed in before being admitted.

use entity::candidate_piece::{self, CandidatePieceKind};
use entity::ids::{CandidateId, DocumentId};
use entity::{Instant, document};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Duration;

use super::super::requests::Story;
use super::super::steps::blank_pdf;
use crate::features::candidates::labels::pieces;

/// What each of them handed in.
const HANDED_IN: [CandidatePieceKind; 3] =
    [CandidatePieceKind::PositioningSheet, CandidatePieceKind::Livret, CandidatePieceKind::JuryFile];
/// How long before they passed.
const BEFORE: Duration = Duration::days(30);

/// Writes them, for people who passed at these instants.
pub(super) async fn write(story: &Story<'_>, people: &[(CandidateId, Instant)]) -> anyhow::Result<()> {
    let app = story.stage.app;
    let conn = app.db.bookkeeping();
    for kind in HANDED_IN {
        let content = blank_pdf(&kind.word());
        let size = i64::try_from(content.len())?;
        let sha256 = app.storage.put(content).await?;
        let file_name = format!("{kind}.pdf");
        let (mut documents, mut rows) = (Vec::new(), Vec::new());
        for (candidate, passed) in people {
            let added = Instant::from(**passed - BEFORE);
            let id: DocumentId = app.new_id().into();
            let document = document::Model {
                id,
                sha256: sha256.clone(),
                size,
                media_type: "application/pdf".to_owned(),
                file_name: file_name.clone(),
                kind: format!("candidate:{kind}"),
                subject_kind: "candidate".to_owned(),
                subject_id: candidate.0,
                title: pieces::piece(kind).to_owned(),
                generated: false,
                template: String::new(),
                created_by: None,
                created_at: added,
            };
            let row = candidate_piece::Model {
                id: app.new_id().into(),
                candidate_id: *candidate,
                kind,
                document_id: id,
                file_name: file_name.clone(),
                added_by: None,
                added_at: added,
                removed_at: None,
            };
            documents.push(document.into_active_model().reset_all());
            rows.push(row.into_active_model().reset_all());
        }
        if !rows.is_empty() {
            document::Entity::insert_many(documents).exec_without_returning(conn).await?;
            candidate_piece::Entity::insert_many(rows).exec_without_returning(conn).await?;
        }
    }
    Ok(())
}
