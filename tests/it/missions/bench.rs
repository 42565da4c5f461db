//! A team, a structure, mandataires, and what is done with them again and again.

use entity::account_role::Role;
use entity::habilitation::Duty;
use entity::{expert, mail, structure};
use parchemin::features::missions::actions::ring;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Answer, Person, TestApp};

pub struct Bench {
    pub t: TestApp,
    pub officer: Person,
    pub structure: structure::Model,
    pub expert: expert::Model,
    pub own: Person,
}

impl Bench {
    pub async fn new() -> Self {
        Self::on(TestApp::new().await).await
    }

    /// The same, on an application of its own.
    pub async fn on(t: TestApp) -> Self {
        t.certification_version("CQP_SP").await;
        let officer = t.person(Role::Officer).await;
        let structure = t.structure("Les Jardins du Morvan").await;
        let expert = t.expert("Abel").await;
        t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
        t.declare_year(expert.id).await;
        let own = t.of_expert(expert.id).await;
        t.effects().await;
        Self { t, officer, structure, expert, own }
    }

    /// Another mandataire, habilitated everywhere, whose interests are declared.
    pub async fn mandataire(&self, name: &str) -> expert::Model {
        self.holder(name, Duty::Mandataire).await
    }

    /// The same, for any of the three duties.
    pub async fn holder(&self, name: &str, duty: Duty) -> expert::Model {
        let expert = self.t.expert(name).await;
        self.t.habilitate(expert.id, duty, None, &[]).await;
        self.t.declare_year(expert.id).await;
        expert
    }

    /// A jury in the structure on 20 October, from 9:00 to 17:00.
    pub fn jury(&self, expert: &expert::Model) -> Value {
        json!({
            "expert_id": expert.id,
            "object": "jury",
            "title": "Jury du CQP à Nevers",
            "structure_id": self.structure.id,
            "starts_on": "2025-10-20",
            "starts_time": "09:00",
            "ends_time": "17:00",
            "fee_cents": 24_000,
            "expenses_ceiling_cents": 18_000,
        })
    }

    pub async fn try_propose(&self, body: &Value) -> Answer {
        self.t.post(&self.officer, "/missions", body).await
    }

    /// Proposes, and gives the key.
    pub async fn propose(&self, body: &Value) -> String {
        let answer = self.try_propose(body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.body["id"].as_str().unwrap().to_owned()
    }

    pub async fn act(&self, person: &Person, id: &str, verb: &str, body: &Value) -> Answer {
        self.t.post(person, &format!("/missions/{id}/{verb}"), body).await
    }

    pub async fn read(&self, id: &str) -> Value {
        self.t.get(&self.officer, &format!("/missions/{id}")).await.body
    }

    pub async fn state(&self, id: &str) -> String {
        self.read(id).await["state"].as_str().unwrap().to_owned()
    }

    /// A mission that the expert of the bench accepted.
    pub async fn accepted(&self) -> String {
        let id = self.propose(&self.jury(&self.expert)).await;
        let answer = self.act(&self.own, &id, "accept", &Value::Null).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        id
    }

    /// The mails of a template, oldest first.
    pub async fn mails(&self, template: &str) -> Vec<mail::Model> {
        mail::Entity::find()
            .filter(mail::Column::Template.eq(template))
            .order_by_asc(mail::Column::Id)
            .all(self.t.app.db.read())
            .await
            .unwrap()
    }

    /// The path of the link of the last mail of a template.
    pub async fn link(&self, template: &str) -> String {
        let mails = self.mails(template).await;
        let text = &mails.last().unwrap().body_text;
        let (_, rest) = text.split_once("/missions/reponse/").unwrap();
        format!("/missions/reponse/{}", rest.split_whitespace().next().unwrap())
    }

    pub async fn ring(&self) -> usize {
        ring::run(&self.t.app).await.unwrap()
    }

    /// Does all the queued work.
    pub async fn work(&self) {
        self.t.work().await;
    }
}

/// A meeting of the mandataires on 14 October at 10:00 in Paris, for which invitations were sent; its path.
pub async fn invited(bench: &Bench) -> String {
    let meeting = json!({
        "kind": "mandataires",
        "place": {
            "day": "2025-10-14", "time": "10:00", "zone": "Europe/Paris", "mode": "video",
            "place": "https://visio.exemple/mandataires", "lasts_minutes": 90,
        },
        "agenda": "Retour sur les jurys",
    });
    let created = bench.t.post(&bench.officer, "/meetings", &meeting).await;
    assert_eq!(created.status, 201, "{created:?}");
    let path = format!("/meetings/{}", created.body["meeting"]["id"].as_str().unwrap());
    let sent = bench.t.post(&bench.officer, &format!("{path}/invite"), &json!({})).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    path
}

/// The value of a property of a calendar object.
pub fn property<'a>(calendar: &'a str, name: &str) -> Vec<&'a str> {
    let lines = calendar.lines();
    lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).collect()
}
