//! A piece is taken back while the file is in the hands of the structure.

use entity::account_role::Role;
use entity::agreement_request::RequestState as S;
use entity::dated_right::{self, RightState};
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::desk::Desk;

/// The key of the last version of a piece; none when it is not in the file.
fn key(body: &Value, code: &str) -> Option<String> {
    let pieces = body["pieces"].as_array().unwrap();
    let piece = pieces.iter().find(|piece| piece["code"] == code)?;
    Some(piece["id"].as_str().unwrap().to_owned())
}

impl Desk {
    /// The address of the last version of a piece.
    async fn piece_path(&self, code: &str) -> String {
        let id = key(&self.read().await, code).unwrap_or_else(|| panic!("no {code}"));
        format!("{}/pieces/{id}", self.path())
    }
}

#[tokio::test]
async fn a_piece_leaves_a_draft_with_its_document_and_can_come_again() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.piece("P15").await;
    let before = desk.read().await["documents"].as_array().unwrap().len();
    let path = desk.piece_path("P15").await;
    desk.t.effects().await;
    let answer = desk.t.delete(&desk.owner, &path).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(key(&answer.body, "P15").is_none() && key(&answer.body, "P02").is_some());
    assert_eq!(answer.body["documents"].as_array().unwrap().len(), before - 1);
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["agreement_request.piece_removed"]);
    assert!(effects.mails.is_empty() && effects.jobs.is_empty());
    assert_eq!(desk.t.delete(&desk.owner, &path).await.status, 404, "it is gone");
    let again = desk.piece("P15").await;
    let pieces = again.body["pieces"].as_array().unwrap();
    let piece = pieces.iter().find(|piece| piece["code"] == "P15").unwrap();
    assert_eq!(piece["revision"], 2, "the number of a version is never given twice");
}

#[tokio::test]
async fn a_mandatory_piece_leaves_a_draft_which_then_lacks_it() {
    let desk = Desk::new().await;
    desk.draft().await;
    let path = desk.piece_path("P05").await;
    assert_eq!(desk.t.delete(&desk.owner, &path).await.status, 200);
    let answer = desk.act(&desk.owner, "submit", &Value::Null).await;
    assert_eq!(answer.pointers(), ["/pieces/P05"]);
}

#[tokio::test]
async fn only_those_who_write_the_file_take_a_piece_back() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.piece("P15").await;
    let path = desk.piece_path("P15").await;
    let auditor = desk.t.person(Role::Auditor).await;
    assert_eq!(desk.t.delete(&auditor, &path).await.status, 403);
    assert_eq!(desk.t.delete(&desk.stranger, &path).await.status, 404);
    assert!(key(&desk.read().await, "P15").is_some());
}

#[tokio::test]
async fn a_version_that_was_replaced_meanwhile_is_not_taken_back() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.piece("P15").await;
    let seen = desk.piece_path("P15").await;
    desk.piece("P15").await;
    let answer = desk.t.delete(&desk.owner, &seen).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (412, "stale"));
    assert!(key(&desk.read().await, "P15").is_some());
}

#[tokio::test]
async fn a_file_in_the_hands_of_the_certifier_keeps_its_pieces() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.piece("P15").await;
    desk.step(Step::Submit).await;
    let path = desk.piece_path("P15").await;
    let answer = desk.t.delete(&desk.owner, &path).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "agreement-request-wrong-state"));
}

#[tokio::test]
async fn a_file_sent_back_keeps_what_it_needs_and_lets_the_rest_go_with_its_right() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.piece("P15").await;
    desk.step(Step::Submit).await;
    desk.accept_pieces().await;
    desk.step(Step::Return).await;
    for code in ["P02", "P05"] {
        let path = desk.piece_path(code).await;
        let answer = desk.t.delete(&desk.owner, &path).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (409, "piece-needed"), "{code}");
        assert!(answer.body["detail"].as_str().unwrap().contains("pas la retirer"), "{answer:?}");
    }
    let id: Uuid = key(&desk.read().await, "P15").unwrap().parse().unwrap();
    let rights = async || {
        let found = dated_right::Entity::find().filter(dated_right::Column::SourceId.eq(id));
        let found = found.all(desk.t.app.db.read()).await.unwrap();
        found.iter().map(|right| right.state).collect::<Vec<_>>()
    };
    assert_eq!(rights().await, [RightState::InForce]);
    let path = desk.piece_path("P15").await;
    assert_eq!(desk.t.delete(&desk.owner, &path).await.status, 200);
    assert_eq!(rights().await, [RightState::Void]);
    assert_eq!(desk.read().await["state"], S::Incomplete.word());
}

#[tokio::test]
async fn the_page_asks_before_it_takes_a_piece_back() {
    let desk = Desk::new().await;
    desk.draft().await;
    desk.piece("P15").await;
    let id = key(&desk.read().await, "P15").unwrap();
    let step = desk.page("/brouillon?etape=pieces").await;
    let html = desk.opens(&desk.owner, &step).await;
    assert!(html.contains(&format!("name=\"piece\" value=\"{id}\"")), "{html}");
    let path = desk.page("/brouillon/pieces/retirer").await;
    let (status, question, _) = desk.t.submit(&desk.owner, &path, &[("piece", &id)]).await;
    assert_eq!((status, question.as_str()), (StatusCode::SEE_OTHER, format!("{path}?piece={id}").as_str()));
    let html = desk.opens(&desk.owner, &question).await;
    assert!(html.contains("name=\"confirme\"") && html.contains("inscrit au journal"), "{html}");
    assert!(key(&desk.read().await, "P15").is_some(), "asking changes nothing");
    let sent = [("piece", id.as_str()), ("confirme", "oui")];
    let (status, next, _) = desk.t.submit(&desk.owner, &path, &sent).await;
    assert_eq!((status, next), (StatusCode::SEE_OTHER, format!("{step}#piece-P15")));
    assert!(!desk.opens(&desk.owner, &step).await.contains(&id));
    assert_eq!(desk.t.open(&desk.owner, &question).await.0, StatusCode::SEE_OTHER, "going back asks nothing");
    assert_eq!(desk.t.open(&desk.stranger, &question).await.0, StatusCode::NOT_FOUND);
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &sent).await;
    assert_eq!(status, StatusCode::CONFLICT, "pressing twice takes it back once");
    assert!(html.contains("La pièce n’est pas retirée"), "{html}");
}

#[tokio::test]
async fn the_page_of_a_file_sent_back_offers_it_for_what_may_leave_only() {
    let desk = Desk::new().await;
    desk.reach(S::Incomplete).await;
    desk.piece("P15").await;
    let body = desk.read().await;
    let html = desk.opens(&desk.owner, &desk.page("/brouillon?etape=pieces").await).await;
    let offered = |code| html.contains(&format!("name=\"piece\" value=\"{}\"", key(&body, code).unwrap()));
    assert!(offered("P15") && !offered("P02") && !offered("P05"), "{html}");
}
