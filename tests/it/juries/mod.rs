//! Sessions of juries.

mod acts;
pub mod day;
mod deadlines;
mod journey;
mod pages;
mod states;
mod ties;
mod withdraw;

use entity::access_route::Way;
use entity::agreement_request::RequestState;
use entity::candidate::{self, CandidateState, Contract, IdentityDocument};
use entity::document;
use entity::ids::{ExpertId, JurySessionId};
use entity::jury_member::{self, MemberState, Seat};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use crate::agreements::desk::{Desk, PDF};
use crate::support::{Answer, Person, TestApp};

/// A structure that may organise an assessment, and the people around it.
pub struct Scene {
    pub desk: Desk,
}

impl Scene {
    pub async fn new() -> Self {
        let desk = Box::pin(Desk::new()).await;
        Box::pin(desk.reach(RequestState::Granted)).await;
        Box::pin(desk.sign()).await;
        desk.t.advance(Duration::days(10));
        Box::pin(desk.work()).await;
        Self { desk }
    }

    pub fn t(&self) -> &TestApp {
        &self.desk.t
    }

    /// A day to come, so many days ahead.
    pub fn day(&self, ahead: i64) -> String {
        (self.desk.today() + Duration::days(ahead)).to_string()
    }

    /// Somebody admitted, with an address unless they are detained.
    pub async fn admitted(&self, name: &str, detained: bool) -> candidate::Model {
        let t = self.t();
        let row = candidate::Model {
            id: t.app.new_id().into(),
            number: format!("CAN-2026-{name}"),
            structure_id: self.desk.structure.id,
            site_id: None,
            certification_version_id: self.desk.version.id,
            referential_id: None,
            way: Way::Fc,
            state: CandidateState::Admitted,
            birth_name: name.to_owned(),
            has_no_birth_name: false,
            usual_name: String::new(),
            first_names: "Amina".to_owned(),
            other_first_names: String::new(),
            has_no_first_name: false,
            sex: "F".to_owned(),
            birth_date: "1990-05-03".to_owned(),
            birth_country: "99100".to_owned(),
            birth_commune: "58194".to_owned(),
            birth_locality: String::new(),
            completeness: 100,
            identity_document: IdentityDocument::None,
            identity_seen_on: None,
            identity_seen_by: String::new(),
            email: if detained {
                String::new()
            } else {
                format!("{}@candidats.exemple", name.to_lowercase())
            },
            phone: String::new(),
            postal_address: String::new(),
            detained,
            guardian: String::new(),
            contract: Contract::Cddi,
            employer: String::new(),
            referent: String::new(),
            path_starts_on: None,
            frozen_hash: None,
            file_revision: 1,
            first_enrolled_on: self.desk.today(),
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
            search: name.to_lowercase(),
        };
        let insert = candidate::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
        row
    }

    /// A request of the structure, as the API takes it.
    pub fn request(&self, candidates: &[&candidate::Model]) -> Value {
        json!({
            "structure_id": self.desk.structure.id,
            "certification_version_id": self.desk.version.id,
            "expected": candidates.len().max(4),
            "wishes": [{ "day": self.day(40), "half": "morning" }],
            "mode": "on_site",
            "room": "Salle des Glycines",
            "candidates": candidates.iter().map(|one| one.id).collect::<Vec<_>>(),
        })
    }

    /// A jury asked for by the structure; its path.
    pub async fn asked(&self, candidates: &[&candidate::Model]) -> String {
        let answer = self.t().post(&self.desk.owner, "/jury-sessions", &self.request(candidates)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        format!("/jury-sessions/{}", answer.body["session"]["id"].as_str().unwrap())
    }

    pub fn plan(&self, ahead: i64) -> Value {
        json!({
            "day": self.day(ahead),
            "starts_time": "09:00",
            "mode": "on_site",
            "room": "Salle des Glycines",
        })
    }

    /// What an act of the team answers.
    pub async fn act(&self, path: &str, event: &str, body: &Value) -> Answer {
        self.t().post(&self.desk.officer, &format!("{path}/{event}"), body).await
    }

    /// The same, which must succeed.
    pub async fn done(&self, path: &str, event: &str, body: &Value) -> Value {
        let answer = self.act(path, event, body).await;
        assert_eq!(answer.status, 200, "{event}: {answer:?}");
        answer.body
    }

    /// Puts somebody on a seat, as whoever assigns does; they are entitled to it.
    pub async fn seat(&self, path: &str, seat: Seat, state: MemberState) -> ExpertId {
        use entity::college_seat::College;
        use entity::habilitation::Duty;
        let t = self.t();
        let expert = t.expert(&format!("Membre-{seat}")).await;
        t.declare_year(expert.id).await;
        let of = match seat {
            Seat::Employers => Some(College::Employers),
            Seat::Employees => Some(College::Employees),
            Seat::Other => Some(College::Other),
            Seat::President | Seat::Observer => None,
        };
        match of {
            Some(of) => drop(crate::panels::college(t, expert.id, of).await),
            None => drop(t.habilitate(expert.id, Duty::Mandataire, None, &[]).await),
        }
        let row = jury_member::Model {
            id: t.app.new_id().into(),
            session_id: key(path),
            expert_id: expert.id,
            seat,
            state,
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
        let insert = jury_member::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
        expert.id
    }

    /// A jury planned so many days ahead, whose seats are taken; its path.
    pub async fn composed(&self, ahead: i64, candidates: &[&candidate::Model]) -> String {
        let path = self.asked(candidates).await;
        self.done(&path, "plan", &self.plan(ahead)).await;
        for seat in [Seat::President, Seat::Employers, Seat::Employees] {
            self.seat(&path, seat, MemberState::Accepted).await;
        }
        path
    }

    /// A jury confirmed so many days ahead; its path.
    pub async fn confirmed(&self, ahead: i64, candidates: &[&candidate::Model]) -> String {
        let path = self.composed(ahead, candidates).await;
        self.done(&path, "confirm", &json!({})).await;
        path
    }

    /// The session as the team reads it.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.t().get(&self.desk.officer, path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    /// Where the page of a session is.
    pub async fn page(&self, path: &str) -> String {
        let body = self.read(path).await;
        format!("/jurys/{}", body["session"]["number"].as_str().unwrap())
    }

    pub fn officer(&self) -> &Person {
        &self.desk.officer
    }
}

/// The key at the end of a path.
pub fn key(path: &str) -> JurySessionId {
    path.rsplit('/').next().unwrap().parse::<Uuid>().unwrap().into()
}

/// A document of a session; its key.
pub async fn paper(t: &TestApp, session: JurySessionId) -> String {
    let row = document::Model {
        id: t.app.new_id().into(),
        sha256: t.app.storage.put(PDF.to_vec()).await.unwrap(),
        size: i64::try_from(PDF.len()).unwrap(),
        media_type: "application/pdf".to_owned(),
        file_name: "recepisse.pdf".to_owned(),
        kind: "jury-request-receipt".to_owned(),
        subject_kind: "jury_session".to_owned(),
        subject_id: session.0,
        title: "Récépissé".to_owned(),
        generated: true,
        template: "jury-request-receipt".to_owned(),
        created_by: None,
        created_at: t.app.now().into(),
    };
    let key = row.id.to_string();
    let insert = document::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    key
}
