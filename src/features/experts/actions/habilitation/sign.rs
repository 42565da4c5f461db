//! Signs the charter of impartiality.

use entity::habilitation;
use entity::ids::HabilitationId;

use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::experts::ExpertError;
use crate::features::experts::events::What;
use crate::features::experts::state;

/// Signs the charter, or records a signature on paper.
///
/// # Errors
/// A charter already signed, a file that is over; the refusals of every act.
pub async fn sign_charter(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationSign).await?;
    if !state::takes_charter(opened.file.state) || opened.file.charter_signed_at.is_some() {
        let detail = "La charte est déjà signée, ou ce dossier n’attend pas de signature.";
        return Err(ExpertError::blocked("habilitation-charter", detail, Vec::new()));
    }
    opened.file.charter_signed_at = Some(tx.instant());
    opened.record(tx, ("habilitation.charter_signed", "HAB_CHARTER_SIGNED"), What::CharterSigned).await
}
