//! Ties learnt once people sit: they stop the confirmation and the summons, and so does a candidate whom too few may judge.

use entity::candidate;
use entity::expert;
use entity::ids::ExpertId;
use entity::jury_member::{MemberState, Seat};
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;

use super::Scene;
use crate::support::Answer;

impl Scene {
    /// The team records that somebody knows a candidate.
    async fn knows(&self, expert: ExpertId, candidate: &candidate::Model, kind: &str) {
        let row = expert::Entity::find_by_id(expert).one(self.t().app.db.read()).await;
        let body =
            json!({ "expert_number": row.unwrap().unwrap().number, "kind": kind, "since": "2025-01-01" });
        let path = format!("/candidates/{}/ties", candidate.id);
        let known = self.t().post(self.officer(), &path, &body).await;
        assert_eq!(known.status, StatusCode::OK, "{known:?}");
    }
}

/// What an act was refused for.
fn blocking(answer: &Answer) -> String {
    assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "jury-lacking"), "{answer:?}");
    answer.body["blocking"].to_string()
}

#[tokio::test]
async fn a_tie_of_the_president_learnt_late_stops_the_confirmation_and_is_listed() {
    let s = Scene::new().await;
    let (amina, basile) = (s.admitted("Diallo", false).await, s.admitted("Basile", false).await);
    let path = s.asked(&[&amina, &basile]).await;
    s.done(&path, "plan", &s.plan(40)).await;
    let president = s.seat(&path, Seat::President, MemberState::Accepted).await;
    s.seat(&path, Seat::Employers, MemberState::Accepted).await;
    s.seat(&path, Seat::Employees, MemberState::Accepted).await;
    let page = s.page(&path).await;
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(text.contains("Aucun lien connu n’écarte une personne du jury."), "{text}");

    s.knows(president, &amina, "family").await;
    let said = blocking(&s.act(&path, "confirm", &json!({})).await);
    assert!(
        said.contains("ne peut pas siéger") && said.contains("Diallo") && said.contains("(J3)"),
        "{said}"
    );
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(text.contains("Lien familial avec Amina Diallo."), "{text}");
    assert!(!text.contains("Aucun lien connu"), "{text}");
    let (_, composer) = s.t().open(s.officer(), &format!("{page}/affectation")).await;
    assert!(composer.contains("Ne peut plus siéger"), "{composer}");
    let (_, own) = s.t().open(&s.desk.owner, &page).await;
    assert!(own.contains("La composition du jury est à revoir."), "{own}");
    assert!(!own.contains("(J3)"), "the structure does not read the ties of members: {own}");
}

#[tokio::test]
async fn a_tie_learnt_once_the_jury_is_confirmed_stops_the_summons() {
    let s = Scene::new().await;
    let amina = s.admitted("Diallo", false).await;
    let path = s.asked(&[&amina]).await;
    s.done(&path, "plan", &s.plan(40)).await;
    s.seat(&path, Seat::President, MemberState::Accepted).await;
    s.seat(&path, Seat::Employers, MemberState::Accepted).await;
    let member = s.seat(&path, Seat::Employees, MemberState::Accepted).await;
    s.done(&path, "confirm", &json!({})).await;
    s.knows(member, &amina, "trained").await;
    let said = blocking(&s.act(&path, "convoke", &json!({})).await);
    assert!(said.contains("ne peut pas siéger") && said.contains("(J2)"), "{said}");
    assert_eq!(s.read(&path).await["session"]["state"], "confirmed");
}

#[tokio::test]
async fn the_quorum_is_to_be_reached_for_each_candidate() {
    let s = Scene::new().await;
    let (amina, basile) = (s.admitted("Diallo", false).await, s.admitted("Basile", false).await);
    let path = s.asked(&[&amina, &basile]).await;
    s.done(&path, "plan", &s.plan(40)).await;
    s.seat(&path, Seat::President, MemberState::Accepted).await;
    s.seat(&path, Seat::Employers, MemberState::Accepted).await;
    let member = s.seat(&path, Seat::Employees, MemberState::Accepted).await;
    s.knows(member, &amina, "trained").await;

    let said = blocking(&s.act(&path, "confirm", &json!({})).await);
    assert!(said.contains("Le quorum ne peut pas être atteint pour Amina Diallo"), "{said}");
    assert!(said.contains("1 personne du collège salariés"), "{said}");
    assert!(!said.contains("Basile") && !said.contains("ne peut pas siéger"), "{said}");
    let page = s.page(&path).await;
    let (_, text) = s.t().open(s.officer(), &page).await;
    assert!(text.contains("Le quorum ne peut pas être atteint pour Amina Diallo"), "{text}");
    assert!(!text.contains("Assez de membres pour atteindre le quorum."), "{text}");
    let (_, composer) = s.t().open(s.officer(), &format!("{page}/affectation")).await;
    assert!(composer.contains("Quorum impossible pour"), "{composer}");

    s.seat(&path, Seat::Employees, MemberState::Accepted).await;
    s.done(&path, "confirm", &json!({})).await;
    s.done(&path, "convoke", &json!({})).await;
}
