//! Working meetings of experts.

mod actions;
mod as_of;
mod journey;
mod links;
mod order;
mod pages;
mod rights;
mod series;
mod states;

use entity::account_role::Role;
use entity::habilitation::Duty;
use entity::{expert, mail};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

pub fn planned(day: &str) -> Value {
    json!({
        "kind": "mandataires",
        "place": {
            "day": day, "time": "10:00", "zone": "Europe/Paris", "mode": "video",
            "place": "https://visio.exemple/mandataires", "lasts_minutes": 90,
        },
        "agenda": "Retour sur les jurys\nQuestions",
    })
}

/// A series of meetings on these days.
pub fn quarterly(days: [&str; 4]) -> Value {
    json!({
        "kind": "mandataires",
        "days": days,
        "time": "10:00",
        "zone": "Europe/Paris",
        "mode": "video",
        "place": "https://visio.exemple/mandataires",
        "lasts_minutes": 90,
        "agenda": "Retour sur les jurys\nQuestions",
    })
}

/// A meeting planned for 14 October 2025 by an officer; its path.
pub async fn plan(t: &TestApp) -> (Person, String) {
    let officer = t.person(Role::Officer).await;
    let created = t.post(&officer, "/meetings", &planned("2025-10-14")).await;
    assert_eq!(created.status, 201, "{:?}", created.body);
    let path = format!("/meetings/{}", created.body["meeting"]["id"].as_str().unwrap());
    (officer, path)
}

/// A mandataire whose habilitation is valid, who lives in a department.
pub async fn mandataire(t: &TestApp, name: &str, department: &str) -> expert::Model {
    let expert = t.expert(name).await;
    t.habilitate(expert.id, Duty::Mandataire, None, &[]).await;
    let manager = t.person(Role::Manager).await;
    let moved = t
        .patch(&manager, &format!("/experts/{}", expert.id), Some(2), &json!({ "department": department }))
        .await;
    assert_eq!(moved.status, 200, "{:?}", moved.body);
    expert
}

/// The mails of a template, oldest first.
async fn mails(t: &TestApp, template: &str) -> Vec<mail::Model> {
    mail::Entity::find()
        .filter(mail::Column::Template.eq(template))
        .order_by_asc(mail::Column::Id)
        .all(t.app.db.read())
        .await
        .unwrap()
}
