//! A validated session with candidates, written row by row: the acts that make them are tested where they are.

use entity::access_route::Way;
use entity::account_role::Role;
use entity::candidate::{self, CandidateState, Contract, IdentityDocument, JuryDecision};
use entity::ids::{CandidateId, JuryPassageId, JurySessionId};
use entity::jury_passage::{self, Presence};
use entity::jury_session::{self, JuryMode, JuryState};
use entity::{certification_version, jury_ruling, structure};
use parchemin::worker::jobs::run_once;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::support::{Answer, Person, TestApp};

/// A session and the people who act on it.
pub struct Bench {
    pub t: TestApp,
    pub manager: Person,
    pub officer: Person,
    pub structure: structure::Model,
    pub version: certification_version::Model,
    pub session: jury_session::Model,
}

impl Bench {
    pub async fn new() -> Self {
        let t = TestApp::new().await;
        let version = t.certification_version("CQP_SP").await;
        let structure = t.structure("Les Jardins de l’Anse").await;
        let session = session(&t, &structure, &version).await;
        let manager = t.person(Role::Manager).await;
        let officer = t.person(Role::Officer).await;
        t.effects().await;
        Self { t, manager, officer, structure, version, session }
    }

    /// Somebody whose jury decided, with a complete civil status.
    pub async fn candidate(&self, name: &str, decision: JuryDecision) -> candidate::Model {
        self.candidate_with(name, decision, |_| {}).await
    }

    /// The same, changed before it is written.
    pub async fn candidate_with(
        &self,
        name: &str,
        decision: JuryDecision,
        change: impl FnOnce(&mut candidate::Model),
    ) -> candidate::Model {
        let mut row = candidate_row(self, name);
        change(&mut row);
        self.insert_candidate(&row).await;
        self.passage(&row, decision).await;
        row
    }

    async fn insert_candidate(&self, row: &candidate::Model) {
        let insert = candidate::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(self.t.app.db.bookkeeping()).await.unwrap();
    }

    async fn passage(&self, candidate: &candidate::Model, decision: JuryDecision) {
        let now = self.t.app.now();
        let row = jury_passage::Model {
            id: JuryPassageId(self.t.app.new_id()),
            session_id: self.session.id,
            candidate_id: candidate.id,
            position: 1,
            live: true,
            attempt: 1,
            starts_at: None,
            presence: Presence::Present,
            presence_reason: None,
            identity_document: IdentityDocument::IdentityCard,
            heard_at: None,
            proposal: Some(decision),
            decision: Some(decision),
            decision_reason: None,
            recommendations: String::new(),
            observations: String::new(),
            decided_at: Some((now - Duration::days(6)).into()),
            version: 1,
        };
        let id = row.id;
        let insert = jury_passage::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(self.t.app.db.bookkeeping()).await.unwrap();
        let ruling = jury_ruling::ActiveModel {
            id: Set(self.t.app.new_id().into()),
            passage_id: Set(id),
            unit: Set("X".to_owned()),
            acquired: Set(true),
            comment: Set(String::new()),
        };
        jury_ruling::Entity::insert(ruling)
            .exec_without_returning(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }

    /// Puts the session in a state.
    pub async fn session_in(&self, state: JuryState) {
        let mut row = self.session.clone();
        row.state = state;
        jury_session::Entity::update(row.into_active_model().reset_all())
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }

    /// Delivers what the session gives.
    pub async fn issue(&self) -> Answer {
        self.t.post(&self.officer, "/certificates", &json!({ "session_id": self.session.id })).await
    }

    /// The key and the number of the only certificate of a session with one candidate.
    pub async fn issued(&self, name: &str) -> (String, String) {
        self.candidate(name, JuryDecision::Total).await;
        let answer = self.issue().await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let one = &answer.body["certificates"][0];
        let text = |field: &str| one[field].as_str().unwrap().to_owned();
        (text("id"), text("number"))
    }

    /// Does the queued work until none is due.
    pub async fn work(&self) {
        while run_once(&self.t.app, &parchemin::features::jobs()).await.unwrap() > 0 {}
    }
}

async fn session(
    t: &TestApp,
    structure: &structure::Model,
    version: &certification_version::Model,
) -> jury_session::Model {
    let now = t.app.now();
    let row = jury_session::Model {
        id: JurySessionId(t.app.new_id()),
        number: "JUR-2025-0012".to_owned(),
        structure_id: structure.id,
        site_id: None,
        certification_version_id: version.id,
        referential_id: None,
        state: JuryState::Validated,
        expected: 4,
        mode: JuryMode::OnSite,
        place: "Nevers (58)".to_owned(),
        room: String::new(),
        department: structure.department.clone(),
        region: structure.region.clone(),
        zone: "Europe/Paris".to_owned(),
        starts_at: Some((now - Duration::days(6)).into()),
        ends_at: Some((now - Duration::days(6) + Duration::hours(4)).into()),
        accessibility: String::new(),
        request_note: String::new(),
        reason: None,
        requested_by: None,
        requested_at: (now - Duration::days(90)).into(),
        confirmed_at: None,
        summoned_at: None,
        files_sent_at: None,
        opened_at: None,
        heard_at: None,
        frozen_at: None,
        signed_at: None,
        checked_by: None,
        validated_by: None,
        delivered_on: Some(t.app.today()),
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

fn candidate_row(bench: &Bench, name: &str) -> candidate::Model {
    let id = CandidateId(bench.t.app.new_id());
    candidate::Model {
        id,
        number: format!("CAN-{}", &id.to_string()[24..]),
        structure_id: bench.structure.id,
        site_id: None,
        certification_version_id: bench.version.id,
        referential_id: None,
        way: Way::Fc,
        state: CandidateState::Total,
        birth_name: name.to_owned(),
        has_no_birth_name: false,
        usual_name: String::new(),
        first_names: "Inès, Anne-Marie".to_owned(),
        other_first_names: String::new(),
        has_no_first_name: false,
        sex: "F".to_owned(),
        birth_date: "1985-05-12".to_owned(),
        birth_country: String::new(),
        birth_commune: "29019".to_owned(),
        birth_locality: String::new(),
        completeness: 100,
        identity_document: IdentityDocument::IdentityCard,
        identity_seen_on: Some(date!(2024 - 09 - 02)),
        identity_seen_by: "Le référent".to_owned(),
        email: format!("{}@candidats.exemple", name.to_lowercase()),
        phone: String::new(),
        postal_address: String::new(),
        detained: false,
        guardian: String::new(),
        contract: Contract::Cddi,
        employer: "Atelier Secret".to_owned(),
        referent: String::new(),
        path_starts_on: None,
        frozen_hash: None,
        file_revision: 0,
        first_enrolled_on: date!(2024 - 09 - 02),
        decision: None,
        decided_on: None,
        notified_at: None,
        attempts: 1,
        leaving: None,
        reason: None,
        asked_again: None,
        external_ref: None,
        created_by: None,
        created_at: bench.t.app.now().into(),
        version: 1,
        search: String::new(),
    }
}
