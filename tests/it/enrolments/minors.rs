//! A minor has a legal representative, who is told the same.

use entity::account_role::Role;
use entity::mail;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Course, enrolling, siret};

#[tokio::test]
async fn the_representative_of_a_minor_is_written_to_without_a_link_that_acts() {
    let course = Course::of(1).await;
    let structure = course.t.structure("Les Ateliers du Port").await;
    let siret = siret(&course.t, &structure).await;
    let owner = course.t.of_structure(structure.id).await;
    let mut body = enrolling(course.session, &siret, 1..=1);
    body["people"][0]["birth_date"] = json!("2009-03-27");
    let refused = course.t.post(&owner, "/enrolments", &body).await;
    assert_eq!(refused.pointers(), ["/people/0/guardian/name", "/people/0/guardian/email"]);
    body["people"][0]["guardian"] =
        json!({ "name": "Awa Traoré", "email": "awa@exemple.org", "phone": "+33639985000" });
    let answer = course.t.post(&owner, "/enrolments", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(course.t.effects().await.mails, ["enrolment-held", "enrolment-guardian"]);
    let told = mail::Entity::find()
        .filter(mail::Column::Template.eq("enrolment-guardian"))
        .one(course.t.app.db.read())
        .await
        .unwrap()
        .unwrap();
    assert!(told.recipient.to_string().contains("awa@exemple.org"));
    assert!(!told.body_text.contains("/inscriptions/"), "{}", told.body_text);
    let id = answer.body["items"][0]["id"].as_str().unwrap().to_owned();
    let officer = course.t.person(Role::Officer).await;
    let file = course.t.get(&officer, &format!("/enrolments/{id}")).await;
    assert_eq!(file.body["guardian_name"], "Awa Traoré");
}
