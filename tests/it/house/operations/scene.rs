//! One of each thing, none of which belongs to the people of the scene.

use entity::account_role::Role;
use entity::college_seat::College;
use entity::habilitation::Duty;
use entity::ids::{AccountId, CertificationId, ExpertId, StructureId};
use entity::{api_token, audit_event, expert, mail, structure, web_session};
use parchemin::authz::Facts;
use parchemin::features::mail::is_personal;
use parchemin::worker::seal::seal_now;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::table::Thing;
use crate::agreements::desk::{Desk, PDF};
use crate::candidates::bench as candidates;
use crate::juries;
use crate::meetings::plan;
use crate::panels;
use crate::support::{Person, TestApp};
use crate::supports;

/// The things and the people.
pub struct Scene {
    desk: Desk,
    expert: expert::Model,
    candidate_document: String,
    /// Where a part of an address leads, by the part before it and its own name.
    places: Vec<(&'static str, &'static str, String)>,
    /// One for each role; those of a structure and of an expert are strangers to everything.
    pub people: Vec<(Role, Person)>,
}

impl Scene {
    pub async fn new() -> Self {
        let desk = Desk::new().await;
        let expert = desk.t.expert("Abel").await;
        let right = desk.t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
        desk.t.declare_year(expert.id).await;
        let mission = mission(&desk, &expert).await;
        let (meeting, paper) = meeting(&desk.t).await;
        let (jury, seat) = panels::jury(&desk.t, &desk.structure, &desk.version, &expert).await;
        let college = panels::college(&desk.t, expert.id, College::Employers).await;
        desk.reach(entity::agreement_request::RequestState::GrantedWithReserves).await;
        let jury_paper = juries::paper(&desk.t, jury.id).await;
        seal_now(&desk.t.app).await.unwrap();
        let mut places = places(&desk).await;
        let candidate = candidates::row(&desk.t, &desk.structure, &desk.version).await;
        let candidate_document = candidates::livret(&desk.t, &desk.owner, &candidate).await;
        let passage = panels::passage(&desk.t, jury.id, candidate.id, 1).await;
        places.extend([
            ("candidates", "id", candidate.id.to_string()),
            ("experts", "id", expert.id.to_string()),
            ("habilitations", "id", right.id.to_string()),
            ("missions", "id", mission),
            ("meetings", "id", meeting),
            ("jury-sessions", "id", jury.id.to_string()),
            ("members", "member_id", seat.id.to_string()),
            ("passages", "passage_id", passage.to_string()),
            ("college-seats", "id", college.id.to_string()),
            ("documents", "document_id", paper),
            ("documents", "paper_id", jury_paper),
            ("rights", "id", certificate(&desk).await),
            ("teaching-supports", "id", supports::asked(&desk.t, &desk.structure).await.id.to_string()),
        ]);
        let people = people(&desk).await;
        Self { desk, expert, candidate_document, places, people }
    }

    pub fn t(&self) -> &TestApp {
        &self.desk.t
    }

    /// The structure that everything is about.
    pub fn structure(&self) -> &structure::Model {
        &self.desk.structure
    }

    /// The expert that everything is about.
    pub fn expert(&self) -> &expert::Model {
        &self.expert
    }

    /// The key of a document of the candidate.
    pub fn candidate_document(&self) -> &str {
        &self.candidate_document
    }

    /// Where a part of an address of the API leads.
    pub fn place(&self, before: &str, name: &str) -> &str {
        let place = self.places.iter().find(|(after, of, _)| (*after, *of) == (before, name));
        place.map_or_else(|| panic!("no {name} after {before}"), |(.., value)| value.as_str())
    }

    /// The address of an operation on the things of the scene, or on things that do not exist.
    pub fn address(&self, path: &str, operation: &Value, absent: bool) -> String {
        let mut before = "";
        let mut parts = Vec::new();
        for part in path.split('/') {
            let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
                before = part;
                parts.push(part.to_owned());
                continue;
            };
            let place = self.places.iter().find(|(after, of, _)| (*after, *of) == (before, name));
            let value = match (name, place) {
                ("key", _) => "agreements.delays".to_owned(),
                ("name", _) => "visit-moved".to_owned(),
                ("tree_size", _) => "1".to_owned(),
                ("document_id", _) if path.starts_with("/candidates/") && !absent => {
                    self.candidate_document.clone()
                }
                (_, Some((_, _, value))) if !absent => value.clone(),
                _ => self.t().app.new_id().to_string(),
            };
            parts.push(value);
        }
        let wanted = operation["parameters"].as_array().into_iter().flatten();
        let wanted = wanted.filter(|one| one["in"] == "query" && one["required"] == true);
        let query: Vec<_> = wanted
            .filter_map(|one| one["name"].as_str())
            .map(|name| match (before, name) {
                ("consistency", _) => format!("{name}=1"),
                _ => format!("{name}=2027-03-02"),
            })
            .collect();
        let path = parts.join("/");
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// The key that a field of a body names.
    pub fn named(&self, field: &str) -> Uuid {
        match field {
            "structure_id" => self.desk.structure.id.0,
            "expert_id" => self.expert.id.0,
            "certification_version_id" => self.desk.version.id.0,
            _ => self.t().app.new_id(),
        }
    }

    /// What the policy looks at.
    pub fn facts(&self, thing: Thing) -> Facts {
        let structure = || Facts {
            structure: Some(self.desk.structure.id),
            region: Some(self.desk.structure.region.clone()),
            ..Facts::default()
        };
        match thing {
            Thing::Candidate => {
                Facts { certification: Some(self.desk.version.certification_id), ..structure() }
            }
            Thing::Request => Facts {
                certification: Some(self.desk.version.certification_id),
                expert: Some(self.desk.controller.id),
                inspected_by: Some(self.desk.controller.id),
                ..structure()
            },
            Thing::Agreement | Thing::Structure | Thing::Support => structure(),
            Thing::Expert => Facts { expert: Some(self.expert.id), ..Facts::default() },
            Thing::Mission => Facts { expert: Some(self.expert.id), ..structure() },
            Thing::Account => Facts { account: Some(self.desk.owner.id), ..Facts::default() },
            Thing::Jury => Facts { certification: Some(self.desk.version.certification_id), ..structure() },
            Thing::Meeting | Thing::House => Facts::default(),
        }
    }

    /// A key of the scene that a list told to somebody who may see nothing of it.
    pub fn leaks_to<'a>(&'a self, person: &Person, body: &str) -> Option<&'a str> {
        let outside = [Role::Structure, Role::Expert, Role::Trainee];
        if !person.actor.held.iter().all(|held| outside.contains(&held.role)) {
            return None;
        }
        let places = self.places.iter().filter(|(before, ..)| *before != "certifications");
        let mut keys = places.filter(|(before, ..)| *before != "versions").map(|(.., key)| key.as_str());
        keys.find(|key| body.contains(key))
    }
}

/// A mission proposed to the expert in the structure of the desk; its key.
async fn mission(desk: &Desk, expert: &expert::Model) -> String {
    let body = json!({
        "expert_id": expert.id,
        "object": "jury",
        "title": "Jury du CQP à Nevers",
        "structure_id": desk.structure.id,
        "starts_on": "2025-10-20",
        "starts_time": "09:00",
        "ends_time": "17:00",
    });
    let answer = desk.t.post(&desk.officer, "/missions", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["id"].as_str().unwrap().to_owned()
}

/// The Qualiopi certificate of the certifying body; its key.
async fn certificate(desk: &Desk) -> String {
    let body = json!({
        "kind": "qualiopi",
        "number": "2025-OF-0142",
        "issuer": "Certificateur d’essai",
        "starts_on": "2025-01-01",
        "ends_on": "2027-12-31",
    });
    let answer = desk.t.post(&desk.manager, "/rights/certifier", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["id"].as_str().unwrap().to_owned()
}

/// A meeting without guests, and a file of it.
async fn meeting(t: &TestApp) -> (String, String) {
    let (officer, path) = plan(t).await;
    let sent = t.upload(&officer, &format!("{path}/documents"), "ordre.pdf", PDF.to_vec(), &[]).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    let paper = sent.body["documents"][0]["id"].as_str().unwrap().to_owned();
    (path.rsplit('/').next().unwrap().to_owned(), paper)
}

async fn places(desk: &Desk) -> Vec<(&'static str, &'static str, String)> {
    let whole = desk.read().await;
    let key = |pointer: &str| whole.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let conn = desk.t.app.db.read();
    let token = api_token::Entity::find().filter(api_token::Column::AccountId.eq(desk.owner.id));
    let token = token.one(conn).await.unwrap().unwrap().id;
    let session = web_session::Entity::find().filter(web_session::Column::AccountId.eq(desk.owner.id));
    let session = session.one(conn).await.unwrap().unwrap().id;
    let event = audit_event::Entity::find().one(conn).await.unwrap().unwrap().id;
    let mails = mail::Entity::find().all(conn).await.unwrap();
    let mail = mails.iter().find(|mail| !is_personal(&mail.template)).unwrap().id;
    let structure = format!("/structures/{}", desk.structure.id);
    let site = desk.t.get(&desk.manager, &structure).await.body["sites"][0]["id"].clone();
    let certification: CertificationId = desk.version.certification_id;
    let (structure, account): (StructureId, AccountId) = (desk.structure.id, desk.owner.id);
    vec![
        ("agreement-requests", "id", desk.id()),
        ("pieces", "piece_id", key("/pieces/0/id")),
        ("agreements", "id", key("/agreement/id")),
        ("reserves", "reserve_id", key("/reserves/0/id")),
        ("committees", "id", key("/committee/id")),
        ("documents", "id", key("/documents/0/id")),
        ("certifications", "id", certification.to_string()),
        ("versions", "version_id", desk.version.id.to_string()),
        ("structures", "id", structure.to_string()),
        ("sites", "site_id", site.as_str().unwrap().to_owned()),
        ("users", "id", account.to_string()),
        ("tokens", "id", token.to_string()),
        ("sessions", "id", session.to_string()),
        ("events", "id", event.to_string()),
        ("mails", "id", mail.to_string()),
    ]
}

async fn people(desk: &Desk) -> Vec<(Role, Person)> {
    let t = &desk.t;
    let stranger: ExpertId = t.expert("Faure").await.id;
    vec![
        (Role::Admin, t.person(Role::Admin).await),
        (Role::Manager, t.person(Role::Manager).await),
        (Role::Officer, t.person(Role::Officer).await),
        (Role::Expert, t.of_expert(stranger).await),
        (Role::Structure, desk.stranger.clone()),
        (Role::Trainee, t.person(Role::Trainee).await),
        (Role::Auditor, t.person(Role::Auditor).await),
    ]
}
