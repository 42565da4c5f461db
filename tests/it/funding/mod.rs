//! Fundings: what funders answer, the pieces sent to them, hours done.

mod deadlines;
mod life;
mod pages;
mod states;

use entity::account_role::Role;
use entity::structure;
use serde_json::{Value, json};

use crate::enrolments::{Course, enrolling, siret};
use crate::support::{Person, TestApp};

/// A session, a structure that enrolled two people, and the team.
pub struct Bench {
    pub course: Course,
    pub structure: structure::Model,
    pub owner: Person,
    pub officer: Person,
    pub people: Vec<String>,
}

impl Bench {
    pub async fn new() -> Self {
        let course = Course::of(6).await;
        let t = &course.t;
        let structure = t.structure("Les Ateliers du Port").await;
        let owner = t.of_structure(structure.id).await;
        let body = enrolling(course.session, &siret(t, &structure).await, 1..=2);
        let answer = t.post(&owner, "/enrolments", &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let items = answer.body["items"].as_array().unwrap();
        let people = items.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        let officer = t.person(Role::Officer).await;
        Self { course, structure, owner, officer, people }
    }

    pub fn t(&self) -> &TestApp {
        &self.course.t
    }

    /// What an officer records for the first person; its path.
    pub async fn funding(&self, more: Value) -> String {
        let mut body =
            json!({ "enrolment_id": self.people[0], "scheme": "skills_plan", "funder": "Uniformation" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.t().post(&self.officer, "/fundings", &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        format!("/fundings/{}", answer.body["items"][0]["funding"]["id"].as_str().unwrap())
    }

    /// The day it is.
    pub fn today(&self) -> String {
        self.t().app.today().to_string()
    }

    /// What the funder agreed on.
    pub fn agreement(&self) -> Value {
        json!({
            "agreement_number": "UNI-2025-4512",
            "amount_cents": 42_000,
            "agreed_minutes": 420,
            "agreed_on": self.today(),
        })
    }
}
