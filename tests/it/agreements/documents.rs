//! Documents are issued once, whoever reads them may see their request.

use entity::agreement_request::RequestState as S;
use entity::{document, job};
use parchemin::features;
use sea_orm::EntityTrait;

use super::desk::Desk;

#[tokio::test]
async fn every_state_leaves_documents_that_can_be_read() {
    for state in [S::ClosedIdle, S::Granted, S::Adjourned, S::RefusedFinal] {
        let desk = Desk::new().await;
        desk.reach(state).await;
        desk.work().await;
        for job in job::Entity::find().all(desk.t.app.db.read()).await.unwrap() {
            assert_eq!(job.state, job::JobState::Done, "{state}: {} {:?}", job.payload, job.error);
        }
    }
}

#[tokio::test]
async fn work_done_twice_gives_one_document() {
    let desk = Desk::new().await;
    desk.reach(S::Submitted).await;
    desk.work().await;
    let conn = desk.t.app.db.read();
    let all = document::Entity::find().all(conn).await.unwrap();
    let receipt = all.iter().find(|document| document.generated).unwrap();
    desk.t.effects().await;
    let order = job::Entity::find().one(conn).await.unwrap().unwrap();
    (features::jobs()[0].run)(desk.t.app.clone(), order.payload).await.unwrap();
    assert_eq!(document::Entity::find().all(conn).await.unwrap().len(), all.len());
    assert!(desk.t.effects().await.events.is_empty());
    let content = desk.t.client.get(format!("/api/v1/documents/{}/content", receipt.id));
    let content = content.header("authorization", format!("Bearer {}", desk.owner.token)).send().await;
    let content = content.0.into_body().into_bytes().await.unwrap();
    assert!(content.starts_with(b"%PDF"));
    let stranger = desk.t.get(&desk.stranger, &format!("/documents/{}", receipt.id)).await;
    assert_eq!(stranger.status, 404);
}
