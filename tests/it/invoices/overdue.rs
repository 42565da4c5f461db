//! Whoever has not paid is reminded; then the team is told, once.

use parchemin::features::invoices::actions::ring;
use time::Duration;

use super::one;
use crate::papers::Bench;

#[tokio::test]
async fn whoever_has_not_paid_is_reminded_then_the_team_is_told_once() {
    let b = Bench::new().await;
    one(&b).await;
    b.t.work().await;
    b.t.effects().await;
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
    b.t.advance(Duration::days(32));
    for expected in [["invoice-overdue"], ["invoice-overdue"], ["invoice-late"]] {
        assert_eq!(ring::run(&b.t.app).await.unwrap(), 1);
        assert_eq!(b.t.effects().await.mails, expected);
        assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
        b.t.advance(Duration::days(16));
    }
    assert_eq!(ring::run(&b.t.app).await.unwrap(), 0);
}
