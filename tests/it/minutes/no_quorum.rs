//! The minutes of a jury that members lacked.

use entity::candidate::JuryDecision;
use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::jury_session::JuryState;
use parchemin::authz::Actor;
use parchemin::features::minutes::actions::write_no_quorum;
use parchemin::features::minutes::content::Content;

use super::bench::Bench;

#[tokio::test]
async fn they_are_written_once_and_signed_by_those_who_came() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Adjourned).await;
    b.base.session_in(JuryState::NoQuorum).await;
    for expected in [true, false] {
        let mut tx = b.t().app.begin(Actor::system("minutes.no_quorum")).await.unwrap();
        let written = write_no_quorum(&mut tx, b.id()).await.unwrap();
        assert_eq!(written, expected);
        if written {
            tx.commit().await.unwrap();
        }
    }
    let minutes = b.minutes().await;
    assert_eq!((minutes.len(), minutes[0].kind), (1, MinutesKind::NoQuorum));
    assert!(!Content::read(&minutes[0].content).unwrap().quorum.reached);
    b.all_sign().await;
    let minutes = b.minutes().await;
    assert_eq!((minutes[0].state, b.state().await), (MinutesState::Signed, JuryState::NoQuorum));
    b.base.work().await;
    let signed = b.minutes().await[0].signed_document_id.unwrap();
    let page = format!("/jurys/{}/pv", b.base.session.number);
    let (_, text) = b.t().open(&b.president.person, &page).await;
    assert!(text.contains("Imprimer ce constat"), "{text}");
    assert!(text.contains(&format!("{page}/documents/{signed}")), "the signed one: {text}");
}
