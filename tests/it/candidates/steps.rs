//! The steps that juries make, within their own transaction.

use entity::candidate::{CandidateState, JuryDecision};
use entity::ids::CandidateId;
use parchemin::authz::Permission;
use parchemin::features::candidates::actions::step::{With, apply};
use parchemin::features::candidates::state::{Guard, Step};
use parchemin::features::candidates::{CandidateError, Dossier, admitted_of};

use super::bench::Bench;

async fn step(
    b: &Bench,
    id: CandidateId,
    step: Step,
    with: With<'_>,
) -> Result<CandidateState, CandidateError> {
    let mut tx = b.t.app.begin(b.manager.actor.clone()).await?;
    let dossier = Dossier::get(tx.conn(), tx.actor(), id).await?;
    let grant = tx.authorize(Permission::CandidateExamine, &dossier.facts())?;
    let row = apply(&mut tx, &grant, id, step, with).await?;
    tx.commit().await?;
    Ok(row.state)
}

#[tokio::test]
async fn a_jury_summons_hears_and_decides() {
    let b = Bench::new().await;
    let path = b.admitted(&b.somebody()).await;
    let id: uuid::Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    let id = CandidateId(id);
    let waiting = admitted_of(b.t.app.db.read(), b.structure.id, b.version.id).await.unwrap();
    assert_eq!(waiting.len(), 1);

    let lacking = step(&b, id, Step::Summon, With::default()).await.unwrap_err();
    assert!(matches!(lacking, CandidateError::Lacking(_)), "{lacking:?}");
    let confirmed = With { met: &[Guard::SessionConfirmed], ..With::default() };
    assert_eq!(step(&b, id, Step::Summon, confirmed).await.unwrap(), CandidateState::Summoned);
    assert!(admitted_of(b.t.app.db.read(), b.structure.id, b.version.id).await.unwrap().is_empty());

    let cancelled = With { reason: Some("Grève des trains"), ..With::default() };
    assert_eq!(step(&b, id, Step::Release, cancelled).await.unwrap(), CandidateState::Admitted);
    step(&b, id, Step::Summon, confirmed).await.unwrap();
    let checked = With { met: &[Guard::IdentityChecked], ..With::default() };
    step(&b, id, Step::MarkPresent, checked).await.unwrap();
    let decided = With { met: &[Guard::QuorumReached, Guard::RulesRespected], ..With::default() };
    assert_eq!(step(&b, id, Step::DecideTotal, decided).await.unwrap(), CandidateState::Total);
    let conform = With { met: &[Guard::MinutesConform], ..With::default() };
    step(&b, id, Step::Notify, conform).await.unwrap();

    let found = Dossier::get(b.t.app.db.read(), &b.manager.actor, id).await.unwrap().candidate;
    assert_eq!((found.decision, found.attempts), (Some(JuryDecision::Total), 1));
    assert!(found.notified_at.is_some() && found.decided_on.is_some());
    let wrong = step(&b, id, Step::MarkPresent, checked).await.unwrap_err();
    assert!(matches!(wrong, CandidateError::Step(_)), "{wrong:?}");
}
