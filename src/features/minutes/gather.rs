//! What is known of a jury when its minutes are frozen: read whole, in a few queries, and turned into their content.

use std::collections::{BTreeMap, HashMap};

use entity::candidate::JuryDecision;
use entity::college_seat::College;
use entity::dated_right::{HolderKind, RightKind};
use entity::ids::{CandidateId, JuryMemberId, JuryPassageId};
use entity::jury_incident::IncidentKind;
use entity::jury_member::{MemberState, Seat};
use entity::jury_minutes::MinutesKind;
use entity::jury_passage::Presence;
use entity::jury_vote::Vote;
use entity::{
    certification_version, college_seat, jury_abstention, jury_incident, jury_ruling, jury_vote, site,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

use super::content::{
    Absent, Abstention, Candidate, Certified, Content, Corrects, FORMAT, Incident, Member, Quorum, Session,
    Structure, Unit, Votes,
};
use super::{MinutesError, labels};
use crate::features::agreements::documents::texts::texts;
use crate::features::candidates::{adaptations, names};
use crate::features::certificates::gather::Source;
use crate::features::certificates::labels as words_of_certificates;
use crate::features::juries::load::{Passing, Seated};
use crate::features::juries::{Whole, wording};
use crate::features::rights;
use crate::rules::deadline::{day_in_zone, local};
use crate::rules::jury::quorum::{self, Present};
use crate::rules::referential::Document;
use crate::rules::typed_date::iso;

/// What was recorded on the day, besides the session itself.
#[derive(Clone, Debug, Default)]
pub struct Day {
    /// What happened, in order.
    pub incidents: Vec<jury_incident::Model>,
    votes: HashMap<JuryPassageId, Votes>,
    abstentions: HashMap<JuryPassageId, Vec<jury_abstention::Model>>,
    rulings: HashMap<JuryPassageId, BTreeMap<String, bool>>,
}

/// What frames the minutes.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Minutes, or those of a jury without quorum.
    pub kind: MinutesKind,
    /// Their rank.
    pub revision: i32,
    /// When the deliberation ended.
    pub ended: OffsetDateTime,
    /// When they are frozen.
    pub frozen: OffsetDateTime,
    /// What they correct.
    pub corrects: Option<Corrects>,
    /// Name of the certifier of this installation, for a version that names none.
    pub organisation: String,
}

impl Day {
    /// Reads the day of a session.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn load(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Self, MinutesError> {
        let ids: Vec<JuryPassageId> = whole.passages.iter().map(|one| one.row.id).collect();
        let mut day = Self {
            incidents: jury_incident::Entity::find()
                .filter(jury_incident::Column::SessionId.eq(whole.session.id))
                .filter(jury_incident::Column::WithdrawnAt.is_null())
                .order_by_asc(jury_incident::Column::HappenedAt)
                .order_by_asc(jury_incident::Column::Id)
                .all(conn)
                .await?,
            ..Self::default()
        };
        let votes = jury_vote::Entity::find().filter(jury_vote::Column::PassageId.is_in(ids.iter().copied()));
        for row in votes.all(conn).await? {
            let counted = day.votes.entry(row.passage_id).or_insert(Votes { yes: 0, no: 0, blank: 0 });
            match row.vote {
                Vote::Yes => counted.yes += 1,
                Vote::No => counted.no += 1,
                Vote::Blank => counted.blank += 1,
            }
        }
        let abstentions = jury_abstention::Entity::find()
            .filter(jury_abstention::Column::PassageId.is_in(ids.iter().copied()))
            .order_by_asc(jury_abstention::Column::Id);
        for row in abstentions.all(conn).await? {
            day.abstentions.entry(row.passage_id).or_default().push(row);
        }
        let rulings = jury_ruling::Entity::find().filter(jury_ruling::Column::PassageId.is_in(ids));
        for row in rulings.all(conn).await? {
            day.rulings.entry(row.passage_id).or_default().insert(row.unit, row.acquired);
        }
        Ok(day)
    }

    /// Whether those who take part for a candidate make a quorum.
    #[must_use]
    pub fn has_quorum(&self, whole: &Whole, passage: JuryPassageId) -> bool {
        let none = Vec::new();
        let out = self.abstentions.get(&passage).unwrap_or(&none);
        let takes_part = |one: &&Seated| out.iter().all(|row| row.member_id != one.row.id);
        let voters: Vec<Present> = present(whole).into_iter().filter(takes_part).map(voter).collect();
        quorum::of_session(&whole.rules, &voters).is_empty()
    }

    /// What the jury ruled on the units of a candidate.
    #[must_use]
    pub fn ruled(&self, passage: JuryPassageId) -> BTreeMap<String, bool> {
        self.rulings.get(&passage).cloned().unwrap_or_default()
    }
}

const fn voter(one: &Seated) -> Present {
    Present { member: one.row.id, seat: one.row.seat, remote: one.row.remote }
}

/// The voting members whose identity was checked on the day; those who had accepted, when nobody's was.
#[must_use]
pub fn present(whole: &Whole) -> Vec<&Seated> {
    let accepted = |one: &&Seated| one.row.state == MemberState::Accepted && one.row.seat != Seat::Observer;
    let came: Vec<&Seated> =
        whole.sitting().filter(accepted).filter(|one| one.row.identity_checked_at.is_some()).collect();
    if came.is_empty() { whole.sitting().filter(accepted).collect() } else { came }
}

/// Those who sign: who was there; of a jury without quorum, its president when nobody's identity was checked.
fn signers(whole: &Whole, kind: MinutesKind) -> Vec<&Seated> {
    let came = present(whole);
    let checked = came.iter().any(|one| one.row.identity_checked_at.is_some());
    if kind == MinutesKind::NoQuorum && !checked { whole.president().into_iter().collect() } else { came }
}

/// What the minutes of a session say.
///
/// # Errors
/// What the database answers.
pub async fn content(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    day: &Day,
    frame: Frame,
) -> Result<Content, MinutesError> {
    let session = &whole.session;
    let source = Source::load(conn, session.id).await?;
    let began = session.opened_at.or(session.starts_at).map_or(frame.ended, |at| *at);
    // What is closed another day had ended at the hour that was planned.
    let is_later = day_in_zone(frame.ended, &session.zone) != day_in_zone(began, &session.zone);
    let ended = session.ends_at.filter(|_| is_later).map_or(frame.ended, |at| *at);
    let on = day_in_zone(began, &session.zone);
    let qualities = qualities(conn, whole).await?;
    let signers = signers(whole, frame.kind);
    let sat = |one: &Seated| signers.iter().any(|signer| signer.row.id == one.row.id);
    let people: Vec<CandidateId> = whole.passages.iter().map(|one| one.candidate.id).collect();
    let adapted = adaptations::adapted(conn, &people).await?;
    let candidates = whole.passages.iter().map(|one| Candidate {
        adapted: adapted.contains(&one.candidate.id),
        ..candidate(whole, day, &source.referential, one)
    });
    let candidates: Vec<_> = candidates.collect();
    let certifier = source.version.certifier_on(on);
    Ok(Content {
        format: FORMAT.to_owned(),
        kind: frame.kind,
        revision: frame.revision,
        session: Session {
            number: session.number.clone(),
            day: iso(on),
            starts: hour(began, &session.zone),
            ends: hour(ended, &session.zone),
            zone: session.zone.clone(),
            place: wording::place(session),
            mode: session.mode,
        },
        certification: certified(&source, on),
        certifier: certifier.map_or(frame.organisation, |row| row.name.clone()),
        branch: texts().branch.clone(),
        structure: Structure {
            name: whole.structure.name.clone(),
            agreement: agreement(conn, whole, on).await?,
        },
        members: signers.iter().map(|one| member(one, &qualities)).collect(),
        absent: absent(whole, sat),
        observers: observers(whole),
        quorum: quorum(whole, frame.kind, signers.len()),
        counts: Content::counted(&candidates),
        candidates,
        incidents: day.incidents.iter().map(|row| incident(whole, row)).collect(),
        remarks: session.remarks.clone(),
        lacked: match frame.kind {
            MinutesKind::NoQuorum => session.reason.clone().unwrap_or_default(),
            MinutesKind::Minutes => String::new(),
        },
        secret: true,
        corrects: frame.corrects,
        frozen_at: frame.frozen.format(&Rfc3339).unwrap_or_default(),
    })
}

fn hour(at: OffsetDateTime, zone: &str) -> String {
    let here = local(at, zone).ok();
    here.map(|here| format!("{:02}:{:02}", here.hour(), here.minute())).unwrap_or_default()
}

fn certified(source: &Source, on: Date) -> Certified {
    let version = &source.version.version;
    let registration = source.version.registration_on(on).and_then(|entry| {
        let register = words_of_certificates::register(entry.register);
        let number = entry.number.as_deref().filter(|number| !number.is_empty())?;
        (!register.is_empty()).then(|| format!("{register}, {number}"))
    });
    Certified {
        code: source.certification.code.clone(),
        title: version.title.clone(),
        version: version.label.clone(),
        registration,
    }
}

fn member(one: &Seated, qualities: &HashMap<JuryMemberId, String>) -> Member {
    let quality = qualities.get(&one.row.id).filter(|quality| !quality.is_empty()).cloned();
    Member {
        id: one.row.id.0,
        name: one.expert.name(),
        quality: quality.unwrap_or_else(|| labels::text::quality(one.row.seat).to_owned()),
        seat: one.row.seat,
        remote: one.row.remote,
        impartial: one.row.impartial_at.is_some(),
    }
}

fn absent(whole: &Whole, sat: impl Fn(&Seated) -> bool) -> Vec<Absent> {
    let missing = whole.sitting().filter(|one| one.row.seat != Seat::Observer && !sat(one));
    let absent = |one: &Seated| Absent {
        name: one.expert.name(),
        seat: one.row.seat,
        reason: one.row.reason.clone().unwrap_or_default(),
    };
    missing.map(absent).collect()
}

fn observers(whole: &Whole) -> Vec<String> {
    let there = whole
        .sitting()
        .filter(|one| one.row.seat == Seat::Observer && one.row.state == MemberState::Accepted);
    there.map(|one| one.expert.name()).collect()
}

fn quorum(whole: &Whole, kind: MinutesKind, present_count: usize) -> Quorum {
    let rules = &whole.rules;
    let voters: Vec<Present> = present(whole).into_iter().map(voter).collect();
    Quorum {
        employers: rules.quorum_employers,
        employees: rules.quorum_employees,
        total: rules.quorum_total,
        present: present_count,
        reached: kind == MinutesKind::Minutes && quorum::of_session(rules, &voters).is_empty(),
    }
}

fn candidate(whole: &Whole, day: &Day, referential: &Document, one: &Passing) -> Candidate {
    let (row, person) = (&one.row, &one.candidate);
    let abstentions = day.abstentions.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let abstention = |out: &jury_abstention::Model| {
        let seated = whole.members.iter().find(|seated| seated.row.id == out.member_id);
        Abstention {
            member: seated.map(|seated| seated.expert.name()).unwrap_or_default(),
            reason: out.reason.clone(),
        }
    };
    let birth_name = if person.birth_name.is_empty() { &person.usual_name } else { &person.birth_name };
    Candidate {
        number: person.number.clone(),
        birth_name: birth_name.clone(),
        first_names: names::first_names(person).collect::<Vec<_>>().join(" "),
        birth_date: person.birth_date.clone(),
        presence: row.presence,
        presence_reason: row.presence_reason.clone(),
        quorum: day.has_quorum(whole, row.id),
        decision: row.decision.or(match row.presence {
            Presence::Absent => Some(JuryDecision::Absent),
            Presence::AbsentExcused => Some(JuryDecision::AbsentExcused),
            Presence::Expected | Presence::Present => None,
        }),
        reason: row.decision_reason.clone().filter(|reason| !reason.is_empty()),
        units: units(referential, row.decision, &day.ruled(row.id)),
        votes: day.votes.get(&row.id).copied(),
        abstentions: abstentions.iter().map(abstention).collect(),
        recommendations: row.recommendations.clone(),
        observations: row.observations.clone(),
        // Read for all of them at once, by the caller.
        adapted: false,
    }
}

/// The units of the referential, and what the jury says of each: what it ruled, or everything mandatory when everything is
/// acquired.
#[must_use]
pub fn units(
    referential: &Document,
    decision: Option<JuryDecision>,
    ruled: &BTreeMap<String, bool>,
) -> Vec<Unit> {
    let total = decision == Some(JuryDecision::Total);
    let looked_at =
        matches!(decision, Some(JuryDecision::Total | JuryDecision::Partial | JuryDecision::Refused));
    let unit = |code: &str, title: &str, optional: bool| {
        let known = ruled.get(code).copied();
        let otherwise = (looked_at && !optional).then_some(total);
        Unit { code: code.to_owned(), title: title.to_owned(), acquired: known.or(otherwise) }
    };
    if referential.blocs.is_empty() {
        return referential.skills.iter().map(|skill| unit(&skill.code, &skill.wording, false)).collect();
    }
    referential.blocs.iter().map(|bloc| unit(&bloc.code, &bloc.title, bloc.optional)).collect()
}

fn incident(whole: &Whole, row: &jury_incident::Model) -> Incident {
    let about = row.passage_id.and_then(|id| whole.passages.iter().find(|one| one.row.id == id));
    Incident {
        at: hour(*row.happened_at, &whole.session.zone),
        kind: row.kind,
        candidate: about.map(|one| one.candidate.number.clone()),
        description: Some(row.description.clone())
            .filter(|words| row.kind != IncidentKind::Health && !words.is_empty()),
    }
}

/// In which quality each member sits, from the seats of their college.
async fn qualities(
    conn: &impl ConnectionTrait,
    whole: &Whole,
) -> Result<HashMap<JuryMemberId, String>, MinutesError> {
    let rows = college_seat::Entity::find()
        .filter(college_seat::Column::ExpertId.is_in(whole.members.iter().map(|one| one.row.expert_id)))
        .order_by_asc(college_seat::Column::Since)
        .all(conn)
        .await?;
    let quality = |one: &Seated| {
        let college = match one.row.seat {
            Seat::Employers => College::Employers,
            Seat::Employees => College::Employees,
            Seat::Other => College::Other,
            Seat::President | Seat::Observer => return None,
        };
        let mut own = rows.iter().filter(|row| row.expert_id == one.row.expert_id && row.college == college);
        own.next_back().map(|row| (one.row.id, row.quality.clone()))
    };
    Ok(whole.members.iter().filter_map(quality).collect())
}

/// Number of the agreement of the structure for the certification on a day, the one of the site when there is one.
async fn agreement(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    day: Date,
) -> Result<Option<String>, MinutesError> {
    let sites =
        site::Entity::find().filter(site::Column::StructureId.eq(whole.structure.id)).all(conn).await?;
    let ids: Vec<_> = sites.iter().map(|site| site.id.0).collect();
    let versions: Vec<entity::ids::CertificationVersionId> = certification_version::Entity::find()
        .filter(certification_version::Column::CertificationId.eq(whole.certification.id))
        .select_only()
        .column(certification_version::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let versions: Vec<String> = versions.iter().map(ToString::to_string).collect();
    let held = rights::queries::of_holders(conn, HolderKind::Site, &ids).await?;
    let own = whole.session.site_id.map(|id| id.0);
    let counts = |held: &&rights::Held| {
        held.right.kind == RightKind::Agreement
            && held.scope().next().is_some_and(|version| versions.iter().any(|known| known == version))
            && held.valid_on(day)
    };
    let mut found: Vec<_> = held.values().flatten().filter(counts).collect();
    found.sort_by_key(|held| (Some(held.right.holder_id) != own, held.right.starts_on));
    Ok(found.first().map(|held| held.right.reference.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::referential::Bloc;

    fn bloc(code: &str, optional: bool) -> Bloc {
        Bloc { code: code.to_owned(), title: code.to_owned(), optional }
    }

    #[test]
    fn what_is_acquired_follows_the_rulings_then_the_decision() {
        use JuryDecision as D;
        let referential = Document {
            blocs: vec![bloc("1", false), bloc("2", false), bloc("3", true)],
            ..Document::default()
        };
        let ruled = BTreeMap::from([("2".to_owned(), true)]);
        for (decision, ruled, expected) in [
            (Some(D::Total), BTreeMap::new(), [Some(true), Some(true), None]),
            (Some(D::Partial), ruled.clone(), [Some(false), Some(true), None]),
            (Some(D::Refused), BTreeMap::new(), [Some(false), Some(false), None]),
            (Some(D::Adjourned), BTreeMap::new(), [None, None, None]),
            (None, BTreeMap::new(), [None, None, None]),
        ] {
            let found: Vec<_> =
                units(&referential, decision, &ruled).into_iter().map(|unit| unit.acquired).collect();
            assert_eq!(found, expected, "{decision:?}");
        }
    }
}
