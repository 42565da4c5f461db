//! The public form and its link.

use entity::access_request::{self, AccessState};
use entity::account_role::Role;
use parchemin::features::access::jobs::forget_requests;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use time::Duration;

use super::{FORM, LINK_LIFE, typed};
use crate::support::{TestApp, siret_of};

const EMAIL: &str = "eve@paniers.exemple";

#[tokio::test]
async fn a_request_waits_for_the_team_once_its_address_is_confirmed() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    t.effects().await;
    let (status, form) = t.open_alone(FORM).await;
    assert!(status == StatusCode::OK && form.contains("SIRET du siège"), "{form}");
    t.ask(7, EMAIL).await;
    let effects = t.effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["access_request.asked".to_owned()], vec!["access-confirm".to_owned()])
    );
    let (list, todo) = ("/access-requests", "/todo");
    assert_eq!(t.get(&officer, list).await.body["items"], json!([]), "nobody sees it yet");
    let hidden = format!("{list}/{}", t.last_request().await.id);
    assert_eq!(t.get(&officer, &hidden).await.status, StatusCode::NOT_FOUND);

    let link = t.link().await;
    let (status, page) = t.open_alone(&link).await;
    assert!(status == StatusCode::OK && page.contains("Les Paniers du Layon"), "{page}");
    assert_eq!(t.last_request().await.state, AccessState::Unconfirmed, "opening confirms nothing");
    let (status, page) = t.send_alone(&link, &[]).await;
    assert!(status == StatusCode::OK && page.contains("ACC-2025-0001"), "{page}");
    assert_eq!(t.effects().await.events, ["access_request.confirmed"]);
    let (status, again) = t.send_alone(&link, &[]).await;
    assert_eq!(status, StatusCode::GONE, "it serves once: {again}");
    let (status, again) = t.open_alone(&link).await;
    assert!(status == StatusCode::OK && again.contains("ACC-2025-0001"), "{again}");
    assert!(t.effects().await.events.is_empty());

    let waiting = t.get(&officer, list).await;
    assert_eq!(waiting.body["items"][0]["contact_email"], EMAIL, "{waiting:?}");
    let task = t.get(&officer, todo).await.body["items"][0].clone();
    assert_eq!((&task["action"], &task["reference"]), (&json!("settle_access"), &json!("ACC-2025-0001")));
    let (_, tasks) = t.open(&officer, "/a-faire").await;
    assert!(
        tasks.contains("href=\"/acces/ACC-2025-0001\"") && tasks.contains("Les Paniers du Layon"),
        "{tasks}"
    );
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_nothing_is_kept() {
    let t = TestApp::new().await;
    let mut fields = typed("123", "eve@");
    fields.retain(|(name, _)| *name != "commune");
    let (status, html) = t.send_alone(FORM, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for id in ["champ-siret-err", "champ-commune-err", "champ-contact-email-err"] {
        assert!(html.contains(id), "{id}: {html}");
    }
    let place = |id: &str| html.find(&format!("href=\"#{id}\"")).expect(id);
    let links = ["champ-siret", "champ-commune", "champ-contact-email"].map(place);
    assert!(links.is_sorted(), "in the order of the fields: {html}");
    assert!(html.contains("value=\"Ève O’Brien\""), "what was typed comes back: {html}");
    assert_eq!(access_request::Entity::find().count(t.app.db.read()).await.unwrap(), 0);
    assert!(t.effects().await.events.is_empty());
}

#[tokio::test]
async fn each_name_that_lacks_is_told_apart() {
    let t = TestApp::new().await;
    let mut fields = typed("123", EMAIL);
    fields.retain(|(name, _)| !name.ends_with("name"));
    let (_, html) = t.send_alone(FORM, &fields).await;
    for said in ["Indiquez le nom de la structure", "Indiquez le prénom et le nom de la personne"] {
        assert!(html.contains(said), "{said}: {html}");
    }
}

#[tokio::test]
async fn the_answer_is_the_same_whatever_is_known() {
    let t = TestApp::new().await;
    let known = t.structure("Les Jardins du Morvan").await;
    let person = t.of_structure(known.id).await;
    let email = t.email_of(&person).await;
    let answer = async |rank: u64, email: &str| {
        let before = std::time::Instant::now();
        let siret = siret_of(rank, 1).to_string();
        let (status, html) = t.send_alone(FORM, &typed(&siret, email)).await;
        assert!(
            before.elapsed() >= std::time::Duration::from_millis(300),
            "the answer leaves at a fixed time"
        );
        (status, html.replace(email, "…"))
    };
    let unknown = answer(7, EMAIL).await;
    assert_eq!(answer(0, &email).await, unknown, "a known structure and a known person");
    t.effects().await;
    for _ in 0..3 {
        assert_eq!(answer(8, EMAIL).await, unknown);
    }
    assert_eq!(t.effects().await.mails.len(), 2, "three links a day to one address");
    t.advance(Duration::days(1));
    t.ask(8, EMAIL).await;
    assert_eq!(t.effects().await.mails.len(), 1);
    t.send_alone(&t.link().await, &[]).await;
    t.effects().await;
    t.ask(8, EMAIL).await;
    assert!(t.effects().await.mails.is_empty(), "the same request waits already");
}

#[tokio::test]
async fn a_link_ends_and_its_request_is_forgotten() {
    let t = TestApp::new().await;
    t.ask(7, EMAIL).await;
    let link = t.link().await;
    t.advance(LINK_LIFE);
    assert_eq!(t.open_alone(&link).await.0, StatusCode::GONE);
    assert_eq!(t.send_alone(&link, &[]).await.0, StatusCode::GONE);
    t.advance(Duration::seconds(1));
    forget_requests(&t.app).await.unwrap();
    let left = async || access_request::Entity::find().count(t.app.db.read()).await.unwrap();
    assert_eq!(left().await, 0);
    assert_eq!(t.open_alone(&link).await.0, StatusCode::GONE, "an unknown link says the same");

    t.asked(8, EMAIL).await;
    t.advance(Duration::days(400));
    forget_requests(&t.app).await.unwrap();
    assert_eq!(left().await, 1, "what waits for an answer stays");
}
