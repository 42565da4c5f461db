//! The certificate of a candidate was revoked: what they were told no longer stands (table 1.5). Queued by the revocation; a
//! certificate that takes the place of another moves nothing.

use entity::candidate::{CandidateState, JuryDecision};
use entity::certificate::{self, CertificateKind, CertificateState};
use entity::certificate_revocation;
use entity::ids::{CandidateId, CertificateId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::super::CandidateError;
use super::super::dossier::Dossier;
use super::super::state::{Guard, Step};
use super::step::{With, apply};
use crate::authz::Permission;
use crate::db::{self, Tx};

/// Moves the file of the holder; false when there is nothing to move: an attestation of blocs, a decision that is contested,
/// another certificate that counts, a file that was moved already.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn cancel_certificate(tx: &mut Tx, id: CertificateId) -> Result<bool, CandidateError> {
    let row = certificate::Entity::find_by_id(id).one(tx.conn()).await?;
    let revoked = |row: &certificate::Model| {
        row.state == CertificateState::Revoked && row.kind == CertificateKind::Full
    };
    let Some(row) = row.filter(revoked) else { return Ok(false) };
    let Some(holder) = row.candidate_id else { return Ok(false) };
    let dossier = Dossier::locked(tx, holder).await?;
    let grant = tx.authorize(Permission::CandidateCancel, &dossier.facts())?;
    let candidate = &dossier.candidate;
    let stands = candidate.state == CandidateState::Notified
        && candidate.decision == Some(JuryDecision::Total)
        && !has_another(tx.conn(), holder, row.certification_version_id).await?;
    let Some(asked) = agreed(tx.conn(), id).await?.filter(|_| stands) else { return Ok(false) };
    let met = [Guard::WasTotal, Guard::SecondPerson];
    let with = With { session: row.session_id, reason: Some(&asked.reason), met: &met };
    apply(tx, &grant, holder, Step::CancelCertificate, with).await?;
    Ok(true)
}

/// The revocation that a second person agreed to.
async fn agreed(
    conn: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Option<certificate_revocation::Model>, db::Error> {
    let found = certificate_revocation::Entity::find()
        .filter(certificate_revocation::Column::CertificateId.eq(id))
        .filter(certificate_revocation::Column::Agreed.eq(true));
    Ok(found.one(conn).await?)
}

/// Whether somebody holds a certificate of that version that counts, or would again.
async fn has_another(
    conn: &impl ConnectionTrait,
    holder: CandidateId,
    version: entity::ids::CertificationVersionId,
) -> Result<bool, db::Error> {
    let standing = certificate::Entity::find()
        .filter(certificate::Column::CandidateId.eq(holder))
        .filter(certificate::Column::CertificationVersionId.eq(version))
        .filter(certificate::Column::Kind.eq(CertificateKind::Full))
        .filter(certificate::Column::State.is_in([CertificateState::Valid, CertificateState::Suspended]));
    Ok(standing.count(conn).await? > 0)
}
