//! A session with everything that its day is made of, in a fixed number of queries.

use std::collections::HashMap;

use entity::candidate::JuryDecision;
use entity::ids::{CandidateId, EpreuveId, JuryPassageId, JurySessionId};
use entity::jury_session::JuryState;
use entity::{
    epreuve, jury_abstention, jury_incident, jury_mark, jury_passage, jury_ruling, jury_session, jury_vote,
    referential,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{OffsetDateTime, Time};

use super::super::JuryError;
use super::super::load::Whole;
use super::super::queries::held;
use crate::features::certifications::queries::referential as referentials;
use crate::features::settings;
use crate::rules::deadline::{add_months, day_in_zone, instant};
use crate::rules::referential::Document;

/// A session on its day.
#[derive(Clone, Debug)]
pub struct Day {
    /// The session.
    pub whole: Whole,
    /// Its referential; an empty one where it has none.
    pub document: Document,
    /// Keys of the épreuves, by code.
    pub keys: HashMap<String, EpreuveId>,
    /// Results.
    pub marks: Vec<jury_mark::Model>,
    /// What the jury ruled above them.
    pub rulings: Vec<jury_ruling::Model>,
    /// Votes.
    pub votes: Vec<jury_vote::Model>,
    /// Who stays apart from whom.
    pub abstentions: Vec<jury_abstention::Model>,
    /// What happened, in order.
    pub incidents: Vec<jury_incident::Model>,
    /// Units acquired before and still valid, by candidate.
    pub kept: HashMap<CandidateId, Vec<String>>,
    /// From when it may be opened; none unless its candidates are called.
    pub opens_at: Option<OffsetDateTime>,
}

impl Day {
    /// What the day of a session is made of.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn around(
        conn: &impl ConnectionTrait,
        whole: Whole,
        now: OffsetDateTime,
    ) -> Result<Self, JuryError> {
        let (document, keys) = referential_of(conn, &whole).await?;
        let ids: Vec<JuryPassageId> = whole.passages.iter().map(|one| one.row.id).collect();
        let marks = jury_mark::Entity::find()
            .filter(jury_mark::Column::PassageId.is_in(ids.iter().copied()))
            .all(conn)
            .await?;
        let rulings = jury_ruling::Entity::find()
            .filter(jury_ruling::Column::PassageId.is_in(ids.iter().copied()))
            .all(conn)
            .await?;
        let votes = jury_vote::Entity::find()
            .filter(jury_vote::Column::PassageId.is_in(ids.iter().copied()))
            .all(conn)
            .await?;
        let abstentions = jury_abstention::Entity::find()
            .filter(jury_abstention::Column::PassageId.is_in(ids))
            .order_by_asc(jury_abstention::Column::Id)
            .all(conn)
            .await?;
        let incidents = jury_incident::Entity::find()
            .filter(jury_incident::Column::SessionId.eq(whole.session.id))
            .order_by_asc(jury_incident::Column::HappenedAt)
            .order_by_asc(jury_incident::Column::Id)
            .all(conn)
            .await?;
        let kept = kept(conn, &whole, &document, now).await?;
        let opens_at = opens_at(conn, &whole).await?;
        Ok(Self { whole, document, keys, marks, rulings, votes, abstentions, incidents, kept, opens_at })
    }

    /// Refuses what opens the session before it may be.
    ///
    /// # Errors
    /// [`JuryError::OpensLater`].
    pub fn may_open_at(&self, now: OffsetDateTime) -> Result<(), JuryError> {
        match self.opens_at {
            Some(from) if now < from => {
                Err(JuryError::OpensLater { from, zone: self.whole.session.zone.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// From when a session whose candidates are called may be opened.
async fn opens_at(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Option<OffsetDateTime>, JuryError> {
    let starts_at = whole.session.starts_at.filter(|_| whole.session.state == JuryState::Summoned);
    let Some(starts_at) = starts_at else { return Ok(None) };
    let zone = &whole.session.zone;
    let begins = instant(day_in_zone(*starts_at, zone), Time::MIDNIGHT, zone).unwrap_or(*starts_at);
    Ok(Some(settings::jury_opening(conn).await?.opens_at(*starts_at, begins)))
}

async fn referential_of(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<(Document, HashMap<String, EpreuveId>), JuryError> {
    let Some(id) = whole.session.referential_id else { return Ok((Document::default(), HashMap::new())) };
    let Some(row) = referential::Entity::find_by_id(id).one(conn).await? else {
        return Ok((Document::default(), HashMap::new()));
    };
    let epreuves = epreuve::Entity::find().filter(epreuve::Column::ReferentialId.eq(id)).all(conn).await?;
    let keys = epreuves.into_iter().map(|row| (row.code, row.id)).collect();
    Ok((referentials::document(conn, &row).await?, keys))
}

/// The units that candidates acquired in sessions that are validated, for as long as the referential says.
async fn kept(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    document: &Document,
    now: OffsetDateTime,
) -> Result<HashMap<CandidateId, Vec<String>>, JuryError> {
    let people: Vec<CandidateId> = whole.passages.iter().map(|one| one.candidate.id).collect();
    let before = jury_passage::Entity::find()
        .filter(jury_passage::Column::CandidateId.is_in(people))
        .filter(jury_passage::Column::SessionId.ne(whole.session.id))
        .filter(jury_passage::Column::Decision.eq(JuryDecision::Partial))
        .all(conn)
        .await?;
    if before.is_empty() {
        return Ok(HashMap::new());
    }
    let told = jury_session::Entity::find()
        .filter(jury_session::Column::Id.is_in(before.iter().map(|row| row.session_id)))
        .filter(jury_session::Column::CertificationVersionId.eq(whole.session.certification_version_id))
        .filter(held())
        .all(conn)
        .await?;
    let told: Vec<JurySessionId> = told.into_iter().map(|row| row.id).collect();
    let years = document.results.bloc_validity_years;
    let today = day_in_zone(now, &whole.session.zone);
    let counts = |row: &jury_passage::Model| {
        let decided = row.decided_at.map(|at| day_in_zone(*at, &whole.session.zone));
        years == 0 || decided.is_some_and(|day| add_months(day, years * 12) >= today)
    };
    let valid: HashMap<JuryPassageId, CandidateId> = before
        .iter()
        .filter(|row| told.contains(&row.session_id) && counts(row))
        .map(|row| (row.id, row.candidate_id))
        .collect();
    let rulings = jury_ruling::Entity::find()
        .filter(jury_ruling::Column::PassageId.is_in(valid.keys().copied()))
        .filter(jury_ruling::Column::Acquired.eq(true))
        .all(conn)
        .await?;
    let mut kept: HashMap<CandidateId, Vec<String>> = HashMap::new();
    for ruling in rulings {
        if let Some(candidate) = valid.get(&ruling.passage_id) {
            kept.entry(*candidate).or_default().push(ruling.unit);
        }
    }
    Ok(kept)
}
