//! The day of a session: the members, the candidates, the results, the decisions.

mod changes;
mod closing;
mod files;
mod incidents;
mod measures;
mod pages;
mod presence;
mod quorum;
mod sequences;
mod ties;

use entity::candidate;
use entity::ids::ExpertId;
use entity::jury_member::{MemberState, Seat};
use poem::http::StatusCode;
use serde_json::{Value, json};
use time::Duration;

use super::Scene;
use crate::support::{Answer, Person};

/// Days ahead at which the session is planned.
const AHEAD: i64 = 20;

/// A session whose candidates are called, on the morning of its day.
pub struct Room {
    pub s: Scene,
    pub path: String,
    pub president: Person,
    /// The people on its seats, in their order.
    pub seats: Vec<(Seat, ExpertId)>,
    pub people: Vec<candidate::Model>,
}

/// A referential of two blocs: a mark for the first, a level for the second.
pub fn referential() -> Value {
    let routes: Vec<Value> = ["fc", "contrat_pro", "ca", "fi", "vae", "candidat_libre"]
        .iter()
        .map(|way| json!({ "way": way, "allowed": *way == "fc" }))
        .collect();
    json!({
        "families": ["Savoirs d’essai"],
        "blocs": [
            { "code": "B1", "title": "Premier bloc d’essai" },
            { "code": "B2", "title": "Second bloc d’essai" },
        ],
        "skills": [
            { "code": "C1", "wording": "Faire un essai", "family": "Savoirs d’essai", "criteria": ["Le geste est sûr"], "bloc": "B1" },
            { "code": "C2", "wording": "Refaire un essai", "bloc": "B2" },
        ],
        "epreuves": [
            { "code": "E1", "kind": "entretien", "scale": "numeric", "threshold": 10, "out_of": 20, "minutes": 30, "blocs": ["B1"] },
            { "code": "E2", "kind": "observation_situation", "scale": "four_levels", "threshold": 3, "skills": ["C2"] },
        ],
        "routes": routes,
    })
}

impl Room {
    /// With a president and one member of each college, and these candidates.
    pub async fn new(names: &[&str]) -> Self {
        Self::with(&[Seat::President, Seat::Employers, Seat::Employees], names).await
    }

    /// The same, with these seats.
    pub async fn with(wanted: &[Seat], names: &[&str]) -> Self {
        let s = Scene::new().await;
        let version = &s.desk.version;
        let of = format!("/certifications/{}/versions/{}/referential", version.certification_id, version.id);
        let draft = s.t().put(&s.desk.officer, &format!("{of}/draft"), None, &referential()).await;
        assert_eq!(draft.status, 200, "{draft:?}");
        let at = i32::try_from(draft.body["version"].as_i64().unwrap()).unwrap();
        let published = s.t().post_at(&s.desk.manager, &format!("{of}/publish"), at).await;
        assert_eq!(published.status, 200, "{published:?}");

        let mut people = Vec::new();
        for name in names {
            people.push(s.admitted(name, false).await);
        }
        let path = s.asked(&people.iter().collect::<Vec<_>>()).await;
        s.done(&path, "plan", &s.plan(AHEAD)).await;
        let mut seats = Vec::new();
        for seat in wanted {
            seats.push((*seat, s.seat(&path, *seat, MemberState::Accepted).await));
        }
        s.done(&path, "confirm", &json!({})).await;
        s.done(&path, "convoke", &json!({})).await;
        s.t().advance(Duration::days(AHEAD));
        let president = s.t().of_expert(seats[0].1).await;
        Self { s, path, president, seats, people }
    }

    /// What an act of the president answers.
    pub async fn act(&self, event: &str, body: &Value) -> Answer {
        self.s.t().post(&self.president, &format!("{}/{event}", self.path), body).await
    }

    /// The same, which must succeed.
    pub async fn done(&self, event: &str, body: &Value) -> Value {
        let answer = self.act(event, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{event}: {answer:?}");
        answer.body
    }

    /// The day as the president reads it.
    pub async fn day(&self) -> Value {
        let answer = self.s.t().get(&self.president, &format!("{}/day", self.path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.body
    }

    /// Key of the seat of a rank.
    pub async fn member(&self, rank: usize) -> String {
        let id = json!(self.seats[rank].1);
        let day = self.day().await;
        let members = day["members"].as_array().unwrap().clone();
        let own = members.iter().find(|one| one["expert_id"] == id).unwrap();
        own["id"].as_str().unwrap().to_owned()
    }

    /// The passage of a rank.
    pub async fn passage(&self, rank: usize) -> Value {
        self.day().await["passages"][rank].clone()
    }

    /// Key of the passage of a rank.
    pub async fn turn(&self, rank: usize) -> String {
        self.passage(rank).await["id"].as_str().unwrap().to_owned()
    }

    /// The members of these ranks come in, and sign.
    pub async fn come_in(&self, ranks: &[usize]) {
        for rank in ranks {
            let member = self.member(*rank).await;
            let body = json!({ "identity": true, "impartial": true });
            self.done(&format!("members/{member}/check-in"), &body).await;
        }
    }

    /// Everybody comes in, and the session is open.
    pub async fn open(&self) {
        self.come_in(&(0..self.seats.len()).collect::<Vec<_>>()).await;
        let open = self.done("open", &json!({})).await;
        assert_eq!(open["session"]["state"], "open");
    }

    /// A candidate comes.
    pub async fn comes(&self, rank: usize) {
        let turn = self.turn(rank).await;
        let body = json!({ "presence": "present", "identity_document": "identity_card" });
        self.done(&format!("passages/{turn}/presence"), &body).await;
    }

    /// Sends fields of a candidate, as a tablet does; gives the outcomes.
    pub async fn enter(&self, rank: usize, fields: &[(&str, &str)]) -> Vec<Value> {
        let passage = self.passage(rank).await;
        let changes: Vec<Value> =
            fields.iter().map(|(field, value)| self.change(&passage, field, value)).collect();
        let sent = self.done("changes", &json!({ "changes": changes })).await;
        sent["changes"].as_array().unwrap().clone()
    }

    /// A change, as a tablet writes it.
    pub fn change(&self, passage: &Value, field: &str, value: &str) -> Value {
        json!({
            "id": self.s.t().app.new_id(),
            "passage_id": passage["id"],
            "field": field,
            "value": value,
            "typed_at": "2026-01-01T09:00:00Z",
            "seen": passage["version"],
        })
    }

    /// A candidate comes and is heard, with these results.
    pub async fn hears(&self, rank: usize, first: &str, second: &str) {
        self.comes(rank).await;
        let fields = [("mark:E1", first), ("mark:E2", second), ("heard", "oui")];
        for one in self.enter(rank, &fields).await {
            assert_eq!(one["outcome"], "applied", "{one}");
        }
    }

    /// What a decision on a candidate answers.
    pub async fn decide(&self, rank: usize, decision: &str, reason: Option<&str>) -> Answer {
        let turn = self.turn(rank).await;
        let mut body = json!({ "decision": decision, "unanimous": true });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        self.act(&format!("passages/{turn}/decide"), &body).await
    }

    /// A candidate is suspected of a fraud.
    pub async fn suspects(&self, rank: usize) {
        let turn = self.turn(rank).await;
        let what = "Un téléphone pendant l’entretien";
        let body = json!({ "kind": "fraud", "passage_id": turn, "description": what });
        self.done("record-incident", &body).await;
    }

    /// What an abstention answers.
    pub async fn abstains(&self, member: usize, candidate: usize) -> Answer {
        let (member, passage) = (self.member(member).await, self.turn(candidate).await);
        let body = json!({ "member_id": member, "passage_id": passage, "reason": "Ancienne collègue" });
        self.act("abstain", &body).await
    }
}
