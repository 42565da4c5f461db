//! A planned session with two candidates, and the people around it. Sessions and candidates are written as rows.

use entity::access_route::Way;
use entity::account_role::Role;
use entity::candidate::{CandidateState, Contract, IdentityDocument};
use entity::candidate_observation::Observed;
use entity::candidate_tie::{CandidateTieKind, CandidateTieSource};
use entity::college_seat::College;
use entity::habilitation::Duty;
use entity::ids::{CandidateId, ExpertId, JuryPassageId, JurySessionId};
use entity::jury_member::{MemberState, Seat};
use entity::jury_passage::Presence;
use entity::jury_session::{JuryMode, JuryState};
use entity::mission::{MissionObject, MissionState};
use entity::referential::ReferentialState;
use entity::{
    candidate, candidate_observation, candidate_tie, certification_version, college_seat, expert,
    jury_member, jury_passage, jury_session, mission, referential, skill, structure,
};
use parchemin::features::missions::wording;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use time::macros::{date, datetime};
use time::{Date, Duration, OffsetDateTime, Time};

use crate::support::{Answer, Person, TestApp};

/// When the session begins: the morning of 20 November, in Nevers.
pub const STARTS: OffsetDateTime = datetime!(2025-11-20 08:30 UTC);

pub struct Desk {
    pub t: TestApp,
    pub officer: Person,
    pub structure: structure::Model,
    pub version: certification_version::Model,
    pub session: jury_session::Model,
    pub candidates: Vec<CandidateId>,
}

impl Desk {
    pub async fn new() -> Self {
        let t = TestApp::new().await;
        let version = t.certification_version("CQP_SP").await;
        let officer = t.person(Role::Officer).await;
        let structure = t.structure("Les Jardins du Morvan").await;
        let session = session(&t, &structure, &version, STARTS).await;
        let mut candidates = Vec::new();
        for rank in 1..=2 {
            candidates.push(candidate(&t, &session, rank).await);
        }
        t.effects().await;
        Self { t, officer, structure, version, session, candidates }
    }

    /// A mandataire, habilitated everywhere, whose interests are declared.
    pub async fn mandataire(&self, name: &str) -> expert::Model {
        let expert = self.t.expert(name).await;
        self.t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
        self.t.declare_year(expert.id).await;
        expert
    }

    /// Somebody who sits for a college, whose interests are declared.
    pub async fn member(&self, name: &str, of: College) -> expert::Model {
        let expert = self.t.expert(name).await;
        self.t.declare_year(expert.id).await;
        college(&self.t, expert.id, of).await;
        expert
    }

    pub fn path(&self) -> String {
        format!("/jury-sessions/{}/panel", self.session.id)
    }

    /// Who could have a seat, one person: verdict and codes of the checks.
    pub async fn choice(&self, seat: &str, expert: &expert::Model) -> (String, Vec<String>) {
        let path = format!("{}/choices?seat={seat}&limit=200", self.path());
        let answer = self.t.get(&self.officer, &path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let id = json!(expert.id);
        let all = answer.body["items"].as_array().unwrap();
        let own = all.iter().find(|one| one["expert_id"] == id).unwrap_or_else(|| panic!("{answer:?}"));
        let checks = own["findings"].as_array().unwrap();
        let checks = checks.iter().map(|one| one["check"].as_str().unwrap().to_owned());
        (own["verdict"].as_str().unwrap().to_owned(), checks.collect())
    }

    pub async fn ask(&self, seat: &str, expert: &expert::Model, reason: Option<&str>) -> Answer {
        let mut body = json!({ "seat": seat, "expert_id": expert.id });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        self.t.post(&self.officer, &format!("{}/members", self.path()), &body).await
    }

    /// Asks somebody who may sit, and gives the member.
    pub async fn seat(&self, seat: &str, expert: &expert::Model) -> Value {
        let answer = self.ask(seat, expert, None).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        self.of(expert).await
    }

    /// The member that somebody is.
    pub async fn of(&self, expert: &expert::Model) -> Value {
        let panel = self.t.get(&self.officer, &self.path()).await;
        let members = panel.body["members"].as_array().unwrap();
        let id = json!(expert.id);
        members.iter().find(|one| one["expert_id"] == id).cloned().unwrap_or_default()
    }

    /// The session is confirmed, as the table has it.
    pub async fn confirmed(&self) {
        let mut row = self.session.clone();
        row.state = JuryState::Confirmed;
        let update = jury_session::Entity::update(row.into_active_model().reset_all());
        update.exec(self.t.app.db.bookkeeping()).await.unwrap();
    }

    /// A tie of a person with one of the candidates.
    pub async fn knows(&self, expert: ExpertId, rank: usize, kind: CandidateTieKind) {
        let row = candidate_tie::Model {
            id: self.t.app.new_id().into(),
            candidate_id: self.candidates[rank],
            expert_id: expert,
            kind,
            since: date!(2025 - 01 - 01),
            until: None,
            source: CandidateTieSource::Recorded,
            source_id: None,
            recorded_by: None,
            recorded_at: self.t.app.now().into(),
            voided_at: None,
            void_reason: None,
        };
        let insert = candidate_tie::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(self.t.app.db.bookkeeping()).await.unwrap();
    }

    /// An observation of the first candidate by a person.
    pub async fn observed(&self, expert: ExpertId) {
        let db = self.t.app.db.bookkeeping();
        let referential = referential::Model {
            id: self.t.app.new_id().into(),
            certification_version_id: self.version.id,
            revision: 1,
            state: ReferentialState::Draft,
            families: String::new(),
            created_at: self.t.app.now().into(),
            published_at: None,
            version: 1,
        };
        let skill = skill::Model {
            id: self.t.app.new_id().into(),
            referential_id: referential.id,
            position: 1,
            code: "C1".to_owned(),
            wording: "Préparer son poste".to_owned(),
            family: String::new(),
            criteria: String::new(),
            bloc_id: None,
        };
        let row = candidate_observation::Model {
            id: self.t.app.new_id().into(),
            candidate_id: self.candidates[0],
            skill_id: skill.id,
            observed_on: date!(2025 - 09 - 01),
            situation: "Chantier".to_owned(),
            assessor: "Une personne".to_owned(),
            assessor_expert_id: Some(expert),
            result: Observed::Acquired,
            comment: String::new(),
            candidate_comment: String::new(),
            recorded_by: None,
            recorded_at: self.t.app.now().into(),
            voided_at: None,
            void_reason: None,
        };
        let insert = referential::Entity::insert(referential.into_active_model().reset_all());
        insert.exec_without_returning(db).await.unwrap();
        let insert = skill::Entity::insert(skill.into_active_model().reset_all());
        insert.exec_without_returning(db).await.unwrap();
        let insert = candidate_observation::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(db).await.unwrap();
    }

    /// A mission that a person did in the structure.
    pub async fn did(&self, expert: &expert::Model, object: MissionObject, day: Date) {
        let starts_at = day.with_time(Time::from_hms(8, 0, 0).unwrap()).assume_utc();
        let duty = match object {
            MissionObject::Inspection => Duty::Controleur,
            _ => Duty::Mandataire,
        };
        let number = format!("MIS-{}-{}", day, expert.number);
        let row = mission::Model {
            id: self.t.app.new_id().into(),
            search: wording::search(&number, "Essai", "Nevers", &expert.name()),
            number,
            object,
            title: "Essai".to_owned(),
            expert_id: expert.id,
            duty: Some(duty),
            structure_id: Some(self.structure.id),
            site_id: None,
            certification_id: None,
            place: "Nevers".to_owned(),
            department: "58".to_owned(),
            region: "27".to_owned(),
            zone: "Europe/Paris".to_owned(),
            starts_at: starts_at.into(),
            ends_at: (starts_at + Duration::hours(3)).into(),
            persons: String::new(),
            instructions: String::new(),
            fee_cents: 0,
            expenses_ceiling_cents: 0,
            state: MissionState::Settled,
            tie_override: None,
            reason: None,
            report: None,
            created_by: None,
            created_at: starts_at.into(),
            accepted_at: Some(starts_at.into()),
            done_at: Some((starts_at + Duration::hours(3)).into()),
            reported_at: Some((starts_at + Duration::hours(4)).into()),
            sequence: 0,
            deadline_at: None,
            satisfaction: None,
            report_reminded: 0,
            external_ref: None,
            resumes_id: None,
            quiet: false,
            version: 1,
        };
        let insert = mission::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(self.t.app.db.bookkeeping()).await.unwrap();
    }
}

/// A planned session of three hours.
pub async fn session(
    t: &TestApp,
    structure: &structure::Model,
    version: &certification_version::Model,
    at: OffsetDateTime,
) -> jury_session::Model {
    let row = jury_session::Model {
        id: t.app.new_id().into(),
        number: format!("JUR-2025-{:04}", at.unix_timestamp() % 10_000),
        structure_id: structure.id,
        site_id: None,
        certification_version_id: version.id,
        referential_id: None,
        state: JuryState::Planned,
        expected: 2,
        mode: JuryMode::OnSite,
        place: "4 chemin des Palmistes, 58000 Nevers".to_owned(),
        room: "Salle Verlaine".to_owned(),
        department: structure.department.clone(),
        region: structure.region.clone(),
        zone: structure.zone.clone(),
        starts_at: Some(at.into()),
        ends_at: Some((at + Duration::hours(3)).into()),
        accessibility: String::new(),
        request_note: String::new(),
        reason: None,
        requested_by: None,
        requested_at: t.app.now().into(),
        confirmed_at: None,
        summoned_at: None,
        files_sent_at: None,
        opened_at: None,
        heard_at: None,
        frozen_at: None,
        signed_at: None,
        checked_by: None,
        validated_by: None,
        delivered_on: None,
        closed_at: None,
        remarks: String::new(),
        sequence: 0,
        deadline_at: None,
        external_ref: None,
        version: 1,
        search: String::new(),
    };
    let insert = jury_session::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    row
}

/// A candidate who is to be heard in a session.
pub async fn candidate(t: &TestApp, session: &jury_session::Model, rank: i32) -> CandidateId {
    let db = t.app.db.bookkeeping();
    let row = candidate::Model {
        id: t.app.new_id().into(),
        number: format!("CAN-2025-{rank:04}"),
        structure_id: session.structure_id,
        site_id: None,
        certification_version_id: session.certification_version_id,
        referential_id: None,
        way: Way::Fc,
        state: CandidateState::Admitted,
        birth_name: format!("Essai{rank}"),
        has_no_birth_name: false,
        usual_name: String::new(),
        first_names: "Fatoumata".to_owned(),
        other_first_names: String::new(),
        has_no_first_name: false,
        sex: String::new(),
        birth_date: String::new(),
        birth_country: String::new(),
        birth_commune: String::new(),
        birth_locality: String::new(),
        completeness: 0,
        identity_document: IdentityDocument::None,
        identity_seen_on: None,
        identity_seen_by: String::new(),
        email: String::new(),
        phone: String::new(),
        postal_address: String::new(),
        detained: false,
        guardian: String::new(),
        contract: Contract::Cddi,
        employer: String::new(),
        referent: String::new(),
        path_starts_on: None,
        frozen_hash: None,
        file_revision: 0,
        first_enrolled_on: date!(2025 - 01 - 06),
        decision: None,
        decided_on: None,
        notified_at: None,
        attempts: 0,
        leaving: None,
        reason: None,
        asked_again: None,
        external_ref: None,
        created_by: None,
        created_at: t.app.now().into(),
        version: 1,
        search: String::new(),
    };
    let id = row.id;
    candidate::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await.unwrap();
    passage(t, session.id, id, rank).await;
    id
}

/// A candidate expected in a session.
pub async fn passage(
    t: &TestApp,
    session: JurySessionId,
    candidate: CandidateId,
    rank: i32,
) -> JuryPassageId {
    let row = jury_passage::Model {
        id: t.app.new_id().into(),
        session_id: session,
        candidate_id: candidate,
        position: rank,
        live: true,
        attempt: 1,
        starts_at: None,
        presence: Presence::Expected,
        presence_reason: None,
        identity_document: IdentityDocument::None,
        heard_at: None,
        proposal: None,
        decision: None,
        decision_reason: None,
        recommendations: String::new(),
        observations: String::new(),
        decided_at: None,
        version: 1,
    };
    let id = row.id;
    let insert = jury_passage::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    id
}

/// A planned session over which a person presides without having been asked by a mission.
pub async fn jury(
    t: &TestApp,
    structure: &structure::Model,
    version: &certification_version::Model,
    expert: &expert::Model,
) -> (jury_session::Model, jury_member::Model) {
    let session = session(t, structure, version, STARTS).await;
    let seat = jury_member::Model {
        id: t.app.new_id().into(),
        session_id: session.id,
        expert_id: expert.id,
        seat: Seat::President,
        state: MemberState::Accepted,
        mission_id: None,
        override_reason: None,
        reason: None,
        remote: false,
        identity_checked_at: None,
        impartial_at: None,
        position: 1,
        added_by: None,
        added_at: t.app.now().into(),
    };
    let insert = jury_member::Entity::insert(seat.clone().into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    (session, seat)
}

/// A college that a person sits for since January.
pub async fn college(t: &TestApp, expert: ExpertId, of: College) -> college_seat::Model {
    let row = college_seat::Model {
        id: t.app.new_id().into(),
        expert_id: expert,
        college: of,
        quality: "Directrice d’une structure".to_owned(),
        appointed_by: "Syndicat".to_owned(),
        since: date!(2025 - 01 - 01),
        until: None,
        recorded_by: None,
        recorded_at: t.app.now().into(),
        version: 1,
    };
    let insert = college_seat::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    row
}
