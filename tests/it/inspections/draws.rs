//! A draw is published before it is drawn, and anybody draws the same again from its record.

use entity::account_role::Role;
use entity::agreement_request::RequestState;
use entity::draw::{self, DrawState, DrawSubject};
use entity::draw_pick;
use parchemin::db::Tx;
use parchemin::error::DomainError;
use parchemin::features::inspections::InspectionError;
use parchemin::features::inspections::actions::draw as actions;
use parchemin::features::inspections::input::{DrawInput, DrawRules, PartedBy, SeedInput};
use parchemin::rules::draw::{Draw, Inputs, Stratum};
use sea_orm::EntityTrait;
use time::Duration;

use crate::agreements::desk::Desk;
use crate::support::Person;

async fn begin(desk: &Desk, person: &Person) -> Tx {
    desk.t.app.begin(person.actor.clone()).await.unwrap()
}

fn code<T>(done: &Result<T, InspectionError>) -> Option<&'static str> {
    done.as_ref().err().map(DomainError::code)
}

fn input(desk: &Desk, size: u32) -> DrawInput {
    let mainland = Stratum { name: "mainland".to_owned(), weight: 1, least: 0, most: Some(5) };
    DrawInput {
        subject: DrawSubject::Structures,
        inspection_id: None,
        title: "Contrôles de l’automne".to_owned(),
        size,
        rules: DrawRules { by: PartedBy::Sea, strata: vec![mainland] },
        population_on: desk.today(),
    }
}

async fn prepared(desk: &Desk) -> draw::Model {
    let mut tx = begin(desk, &desk.manager).await;
    let done = actions::prepare(&mut tx, &input(desk, 3)).await;
    tx.conclude(done).await.unwrap()
}

#[tokio::test]
async fn a_draw_is_published_then_drawn_and_drawn_the_same_from_its_record() {
    let desk = Desk::new().await;
    desk.reach(RequestState::Granted).await;
    desk.sign().await;
    let prepared = prepared(&desk).await;
    let mut tx = begin(&desk, &desk.manager).await;
    let early = actions::run(&mut tx, prepared.id, None).await;
    assert_eq!(code(&tx.conclude(early).await), Some("draw-wrong-state"));
    let seed = SeedInput { seed: "7 14 22 31 45 03 2025-10-04".to_owned(), source: "Loterie".to_owned() };
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::publish(&mut tx, prepared.id, None, Some(&seed)).await;
    tx.conclude(done).await.unwrap();
    let mut tx = begin(&desk, &desk.manager).await;
    let now = actions::run(&mut tx, prepared.id, None).await;
    assert_eq!(code(&tx.conclude(now).await), Some("draw-too-soon"));
    desk.t.advance(Duration::hours(1));
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::run(&mut tx, prepared.id, None).await;
    let drawn = tx.conclude(done).await.unwrap();
    assert_eq!(drawn.state, DrawState::Drawn);
    let inputs: Inputs = serde_json::from_str(drawn.inputs.as_deref().unwrap()).unwrap();
    let result: Draw = serde_json::from_str(drawn.result.as_deref().unwrap()).unwrap();
    assert_eq!(parchemin::rules::draw::draw(&inputs), Ok(result.clone()), "anybody draws the same");
    assert_eq!((inputs.things.len(), result.picks.len(), result.unfilled), (1, 1, 2));
    let picks = draw_pick::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    assert_eq!(picks.len(), 1);
    assert_eq!((&picks[0].label, &picks[0].stratum), (&inputs.things[0].key, &"mainland".to_owned()));
}

#[tokio::test]
async fn what_makes_a_draw_impossible_is_told_and_only_the_team_draws() {
    let desk = Desk::new().await;
    let mut tx = begin(&desk, &desk.manager).await;
    let nothing = actions::prepare(&mut tx, &input(&desk, 0)).await;
    assert_eq!(code(&tx.conclude(nothing).await), Some("invalid"));
    let auditor = desk.t.person(Role::Auditor).await;
    for (person, expected) in [(&desk.owner, "not-found"), (&auditor, "forbidden")] {
        let mut tx = begin(&desk, person).await;
        let done = actions::prepare(&mut tx, &input(&desk, 3)).await;
        assert_eq!(code(&tx.conclude(done).await), Some(expected));
    }
    let prepared = prepared(&desk).await;
    let short = SeedInput { seed: "court".to_owned(), source: "Loterie".to_owned() };
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::publish(&mut tx, prepared.id, None, Some(&short)).await;
    assert_eq!(code(&tx.conclude(done).await), Some("invalid"));
    let mut tx = begin(&desk, &desk.manager).await;
    let done = actions::cancel_draw(&mut tx, prepared.id, None, "Reporté").await;
    assert_eq!(tx.conclude(done).await.unwrap().state, DrawState::Cancelled);
}
