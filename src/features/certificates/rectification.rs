//! Whether what a valid certificate says is being put right: the civil status of its holder was corrected since, or an appeal
//! found an error that the same jury corrects. It counts as long as nobody suspends it. An appeal that waits for its answer
//! puts nothing right yet, and another name in use is no correction.

use entity::candidate;
use entity::candidate_appeal::{self, AppealOutcome};
use entity::certificate::{self, CertificateState};
use entity::ids::{CandidateId, JuryPassageId, JurySessionId};
use entity::jury_session::{self, JuryState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::Date;
use uuid::Uuid;

use super::CertificateError;
use super::content::{Content, Holder};
use super::gather::holder;

/// The states of a session whose decisions are corrected after an appeal.
const CORRECTING: [JuryState; 5] =
    [JuryState::ToRectify, JuryState::ToSign, JuryState::Signed, JuryState::Checked, JuryState::Validated];

/// Whether it is, by the same three queries whatever is asked: for a key that nothing has when there is no certificate.
///
/// # Errors
/// What the database answers.
pub(super) async fn goes_on(
    conn: &impl ConnectionTrait,
    row: Option<&certificate::Model>,
    content: &Content,
    today: Date,
) -> Result<bool, CertificateError> {
    let nobody = Uuid::nil();
    let of = row.and_then(|row| row.candidate_id).unwrap_or(CandidateId(nobody));
    let passage = row.and_then(|row| row.passage_id).unwrap_or(JuryPassageId(nobody));
    let session = row.and_then(|row| row.session_id).unwrap_or(JurySessionId(nobody));
    let person = candidate::Entity::find_by_id(of).one(conn).await?;
    let appeal = candidate_appeal::Entity::find()
        .filter(candidate_appeal::Column::CandidateId.eq(of))
        .filter(candidate_appeal::Column::PassageId.eq(passage))
        .filter(candidate_appeal::Column::Outcome.eq(AppealOutcome::Corrected))
        .one(conn)
        .await?;
    let session = jury_session::Entity::find_by_id(session).one(conn).await?;
    let known = person.and_then(|person| holder(&person, today).ok());
    let renamed = known.is_some_and(|known| differs(&known, &content.holder));
    let corrects = appeal.is_some() && session.is_some_and(|one| CORRECTING.contains(&one.state));
    let valid = row.is_some_and(|row| row.state == CertificateState::Valid);
    Ok(valid && (renamed || corrects))
}

/// Whether the civil status that is known is another than the one that is printed.
fn differs(known: &Holder, printed: &Holder) -> bool {
    known.first_names != printed.first_names
        || known.birth_name != printed.birth_name
        || known.birth_date != printed.birth_date
        || known.birthplace != printed.birthplace
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_use_is_no_correction() {
        let printed = Holder {
            first_names: vec!["Inès".to_owned()],
            birth_name: "Kerdoncuff".to_owned(),
            usual_name: None,
            birth_date: "12 mai 1985".to_owned(),
            birthplace: "Brest (29)".to_owned(),
        };
        let married = Holder { usual_name: Some("Autre".to_owned()), ..printed.clone() };
        assert!(!differs(&married, &printed));
        for corrected in [
            Holder { first_names: vec!["Ines".to_owned()], ..printed.clone() },
            Holder { birth_name: "Kerdoncuf".to_owned(), ..printed.clone() },
            Holder { birth_date: "13 mai 1985".to_owned(), ..printed.clone() },
            Holder { birthplace: "Quimper (29)".to_owned(), ..printed.clone() },
        ] {
            assert!(differs(&corrected, &printed), "{corrected:?}");
        }
    }
}
