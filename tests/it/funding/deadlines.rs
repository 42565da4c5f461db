//! What waits for the team: an agreement before the session, pieces after it.

use entity::training_session::{self, SessionState};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use time::Duration;

use super::Bench;

#[tokio::test]
async fn an_agreement_that_lacks_and_pieces_that_are_due_are_to_be_done() {
    let b = Bench::new().await;
    let t = b.t();
    let path = b.funding(json!({})).await;
    let (_, text) = t.open(&b.officer, "/a-faire").await;
    assert!(!text.contains("Obtenir l’accord du financeur"), "six weeks before: {text}");
    t.advance(Duration::days(14));
    let (_, text) = t.open(&b.officer, "/a-faire").await;
    assert!(text.contains("Obtenir l’accord du financeur") && text.contains("SES-2025-0001-1-F1"), "{text}");
    t.post(&b.officer, &format!("{path}/agree"), &b.agreement()).await;
    let (_, text) = t.open(&b.officer, "/a-faire").await;
    assert!(!text.contains("Obtenir l’accord du financeur"), "{text}");
    training_session::Entity::update_many()
        .col_expr(training_session::Column::State, Expr::value(SessionState::Ended.word()))
        .filter(training_session::Column::Id.eq(b.course.session))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    let (_, text) = t.open(&b.officer, "/a-faire").await;
    assert!(text.contains("Envoyer les pièces au financeur"), "{text}");
}
