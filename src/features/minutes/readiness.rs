//! What stands before the results are told: what keeps them from it, and the certificates that wait for a civil status while
//! the decisions are told all the same.

use entity::candidate::JuryDecision;
use entity::certificate::CertificateKind;
use entity::ids::JuryPassageId;
use sea_orm::ConnectionTrait;

use super::{MinutesError, labels, queries};
use crate::app::App;
use crate::features::certificates;
use crate::features::juries::Whole;

/// Where a session stands before its results are told, and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// What keeps the results from being told, in words.
    pub blocking: Vec<String>,
    /// The certificates that wait, one line for each candidate with what lacks.
    pub waiting: Vec<String>,
}

/// Where a session stands.
///
/// # Errors
/// What the database answers.
pub async fn readiness(
    conn: &impl ConnectionTrait,
    app: &App,
    whole: &Whole,
) -> Result<Readiness, MinutesError> {
    Ok(Readiness {
        blocking: contradicted(conn, whole).await?,
        waiting: certificates::queries::lacking(conn, app, whole.session.id).await?,
    })
}

/// The certificates that say more than the jury says now: they are revoked first.
///
/// # Errors
/// What the database answers.
pub async fn contradicted(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Vec<String>, MinutesError> {
    let ids: Vec<_> = whole.passages.iter().map(|one| one.row.id).collect();
    let standing = queries::standing_certificates(conn, &ids).await?;
    let decided = |id: Option<JuryPassageId>| {
        whole.passages.iter().find(|one| Some(one.row.id) == id).and_then(|one| one.row.decision)
    };
    let wrong = standing.iter().filter(|one| {
        let decision = decided(one.passage_id);
        match one.kind {
            CertificateKind::Full => decision != Some(JuryDecision::Total),
            CertificateKind::Blocs => !matches!(decision, Some(JuryDecision::Total | JuryDecision::Partial)),
        }
    });
    Ok(wrong.map(|one| labels::lacks::revoke_first(&one.number)).collect())
}
