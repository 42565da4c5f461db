//! What time does to rights.

use entity::account_role::Role;
use entity::dated_right::{self, RightState};
use entity::mail;
use parchemin::features::rights::jobs;
use parchemin::mailer::Mailer;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::support::TestApp;

async fn later(t: &TestApp, days: i64) -> (usize, Vec<String>) {
    t.advance(Duration::days(days));
    let done = jobs::run(&t.app).await.unwrap();
    (done, t.effects().await.mails)
}

#[tokio::test]
async fn the_holder_is_told_at_each_distance_then_at_the_end_once() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let days = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    let right = t.raw_right(structure.id.0, "*", days, RightState::InForce).await.unwrap();
    t.effects().await;
    assert_eq!(later(&t, 0).await, (0, vec![]));
    assert_eq!(later(&t, 27).await, (1, vec!["right-ending".to_owned()]), "2 November, 60 days before");
    assert_eq!(later(&t, 1).await, (0, vec![]));
    assert_eq!(later(&t, 44).await, (1, vec!["right-ending".to_owned()]), "17 December, 15 days before");
    let last =
        mail::Entity::find().order_by_desc(mail::Column::Id).one(t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(last.subject, "Assurance\u{202f}: fin le 31 décembre 2025");
    assert!(last.body_text.contains("dans 14 jours") && last.body_text.contains("Les Jardins du Morvan"));
    assert_eq!(later(&t, 14).await, (0, vec![]), "the last day still counts");
    assert_eq!(later(&t, 1).await, (1, vec!["right-ended".to_owned()]));
    assert_eq!(later(&t, 30).await, (0, vec![]));
    let row = dated_right::Entity::find_by_id(right.id).one(t.app.db.read()).await.unwrap().unwrap();
    assert_eq!(row.state, RightState::Ended);
}

#[tokio::test]
async fn a_right_already_replaced_disturbs_nobody() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let year = (date!(2025 - 01 - 01), Some(date!(2025 - 12 - 31)));
    let next = (date!(2026 - 01 - 01), Some(date!(2026 - 12 - 31)));
    t.raw_right(structure.id.0, "*", year, RightState::InForce).await.unwrap();
    t.raw_right(structure.id.0, "*", next, RightState::InForce).await.unwrap();
    t.effects().await;
    assert_eq!(later(&t, 80).await, (0, vec![]));
    t.advance(Duration::days(7));
    assert_eq!(jobs::run(&t.app).await.unwrap(), 1);
    let effects = t.effects().await;
    assert_eq!((effects.events, effects.mails), (vec!["right.ended".to_owned()], vec![]));
}

/// Refuses every change of the rights of one scope.
const BREAK_SQLITE: &str = "CREATE TRIGGER broken_row BEFORE UPDATE ON dated_right WHEN OLD.scope = 'broken' \
     BEGIN SELECT RAISE(ABORT, 'broken row'); END";
const BREAK_POSTGRES: &str = "CREATE FUNCTION broken_row() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'broken row'; END $$; \
     CREATE TRIGGER broken_row BEFORE UPDATE ON dated_right FOR EACH ROW \
     WHEN (OLD.scope = 'broken') EXECUTE FUNCTION broken_row()";

#[tokio::test]
async fn a_right_that_fails_keeps_none_of_the_later_ones_waiting() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let (first, second) = (Some(date!(2025 - 10 - 02)), Some(date!(2025 - 10 - 03)));
    let start = date!(2025 - 01 - 01);
    let broken = t.raw_right(structure.id.0, "broken", (start, first), RightState::InForce).await.unwrap();
    let sound = t.raw_right(structure.id.0, "*", (start, second), RightState::InForce).await.unwrap();
    let conn = t.app.db.bookkeeping();
    let refuse = if t.app.db.is_sqlite() { BREAK_SQLITE } else { BREAK_POSTGRES };
    conn.execute_unprepared(refuse).await.unwrap();
    t.effects().await;
    t.advance(Duration::days(7));
    assert!(jobs::run(&t.app).await.is_err(), "the failure is told at the end");
    assert_eq!(t.effects().await.events, ["right.ended"]);
    let states = async || {
        let mut states = Vec::new();
        for id in [broken.id, sound.id] {
            let row = dated_right::Entity::find_by_id(id).one(t.app.db.read()).await.unwrap().unwrap();
            states.push(row.state);
        }
        states
    };
    assert_eq!(states().await, [RightState::InForce, RightState::Ended]);
    let mend = if t.app.db.is_sqlite() { "" } else { " ON dated_right" };
    conn.execute_unprepared(&format!("DROP TRIGGER broken_row{mend}")).await.unwrap();
    assert_eq!(jobs::run(&t.app).await.unwrap(), 1, "what failed is tried again");
    assert_eq!(states().await, [RightState::Ended; 2]);
}

#[tokio::test]
async fn two_processes_tell_once() {
    let t = TestApp::new().await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let days = (date!(2025 - 01 - 01), Some(date!(2025 - 10 - 05)));
    t.raw_right(structure.id.0, "*", days, RightState::InForce).await.unwrap();
    t.effects().await;
    let other = t.another_process(Mailer::memory());
    // identifiers of two processes follow each other from one millisecond to the next
    t.advance(Duration::seconds(1));
    let (one, two) = tokio::join!(jobs::run(&t.app), jobs::run(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(t.effects().await.events, ["right.ended"]);
}

#[tokio::test]
async fn a_piece_is_told_by_its_own_name() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let expert = t.expert("Abel").await;
    let path = format!("/experts/{}/pieces", expert.id);
    for (code, note) in [("insurance", "Contrat 12"), ("other", "Extrait de casier judiciaire"), ("cv", "")] {
        let body = json!({ "code": code, "note": note, "valid_until": "2025-10-31" });
        let answer = t.post(&manager, &path, &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    let (_, page) = t.open(&manager, "/droits").await;
    for name in ["Assurance professionnelle", "Extrait de casier judiciaire", "CV"] {
        assert!(page.contains(&format!("data-t=\"Droit\">{name}<")), "{name}: {page}");
    }
    later(&t, 26).await;
    let mails = mail::Entity::find().all(t.app.db.read()).await.unwrap();
    let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    for (name, ended) in [
        ("Assurance professionnelle", "terminée"),
        ("Extrait de casier judiciaire", "échéance passée"),
        ("CV", "échéance passée"),
    ] {
        let told = format!("{name}\u{202f}: {ended} depuis le 31 octobre 2025");
        assert!(subjects.contains(&told.as_str()), "{told}: {subjects:?}");
    }
}

#[tokio::test]
async fn each_piece_is_told_at_the_distances_of_its_kind() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let distances = json!({ "value": { "insurance": [40], "piece": [20] } });
    let changed = t.patch(&manager, "/settings/rights.alerts", Some(0), &distances).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let expert = t.expert("Abel").await;
    for code in ["insurance", "vigilance"] {
        let body = json!({ "code": code, "note": "", "valid_until": "2025-11-30" });
        let answer = t.post(&manager, &format!("/experts/{}/pieces", expert.id), &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    t.effects().await;
    assert_eq!(later(&t, 14).await, (0, vec![]), "41 days before");
    for (days, name) in [(1, "Assurance professionnelle"), (20, "Attestation de vigilance")] {
        let (done, mails) = later(&t, days).await;
        assert_eq!((done, mails.len()), (1, 2), "{name}: the holder and the team");
        let last = mail::Entity::find().order_by_desc(mail::Column::Id).one(t.app.db.read()).await.unwrap();
        assert_eq!(last.unwrap().subject, format!("{name}\u{202f}: fin le 30 novembre 2025"));
    }
}
