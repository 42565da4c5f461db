//! A season of training: sessions and people in every state, presences, papers, opinions.

use std::collections::{HashMap, HashSet};

use entity::attendance::{Presence, Proof};
use entity::enrolment::EnrolmentState;
use entity::survey::{SurveyKind, SurveyState};
use entity::training_document::{PaperKind, PaperState};
use entity::training_handbook::HandbookKind;
use entity::training_session::{Delivery, SessionKind, SessionState};
use entity::training_signature::{Party, SignatureKind};
use entity::{
    attendance, attendance_change, attendance_proof, enrolment, enrolment_adaptation, enrolment_assessment,
    enrolment_need, job, programme, survey, survey_answer, survey_invitation, training_buyer,
    training_document, training_handbook, training_session, training_signature, training_slot,
    training_subcontract, training_tally,
};
use parchemin::app::App;
use parchemin::features::enrolments::state::{has_begun, takes_seat};
use parchemin::features::programmes::queries::results;
use parchemin::features::settings;
use parchemin::rules::territory;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Everything that the season tells.
pub(super) async fn a_season_is_told(app: &App) {
    sessions_are_held_everywhere_in_every_state(app).await;
    people_are_in_every_state_and_never_too_many(app).await;
    needs_measures_and_what_was_learnt_are_known(app).await;
    presences_are_signed_partial_and_corrected(app).await;
    the_body_has_said_what_papers_must_say(app).await;
    papers_are_signed_waiting_and_refused(app).await;
    no_paper_is_typeset_at_the_start(app).await;
    enough_people_answered_but_for_one_programme(app).await;
}

async fn sessions_are_held_everywhere_in_every_state(app: &App) {
    let conn = app.db.read();
    let sessions = training_session::Entity::find().all(conn).await.unwrap();
    assert_eq!(sessions.len(), 60);
    for state in SessionState::all() {
        assert!(sessions.iter().any(|one| one.state == state), "no session is {state}");
    }
    let regions: HashSet<_> = sessions.iter().map(|one| one.region.as_str()).collect();
    assert!(regions.len() >= 13, "{regions:?}");
    let overseas = sessions.iter().filter(|one| territory::is_overseas(&one.department));
    let overseas: HashSet<_> = overseas.map(|one| one.department.as_str()).collect();
    assert!(overseas.len() >= 5, "{overseas:?}");
    for session in sessions.iter().filter(|one| one.kind == SessionKind::Intra) {
        assert!(session.structure_id.is_some() && !session.public, "{}", session.number);
    }
    assert!(sessions.iter().any(|one| one.kind == SessionKind::Intra));
    let contracts = training_subcontract::Entity::find().all(conn).await.unwrap();
    for session in sessions.iter().filter(|one| one.delivery == Delivery::Entrusted) {
        assert!(contracts.iter().any(|one| one.session_id == session.id), "{}", session.number);
    }
    assert!(contracts.iter().any(|one| one.structure_id.is_none()), "a regional association delivers");
    assert!(contracts.iter().any(|one| one.structure_id.is_some()), "a structure delivers");
    let alarm = |state: SessionState| matches!(state, SessionState::Confirmed | SessionState::InProgress);
    assert!(sessions.iter().filter(|one| alarm(one.state)).all(|one| one.deadline_at.is_some()));
}

async fn people_are_in_every_state_and_never_too_many(app: &App) {
    let conn = app.db.read();
    let people = enrolment::Entity::find().all(conn).await.unwrap();
    assert_eq!(people.len(), 600);
    for state in EnrolmentState::all() {
        assert!(people.iter().any(|one| one.state == state), "nobody is {state}");
    }
    let mut full = 0;
    for tally in training_tally::Entity::find().all(conn).await.unwrap() {
        let own = people.iter().filter(|one| one.session_id == tally.session_id);
        let held = own.clone().filter(|one| takes_seat(one.state)).count();
        let mut ranks: Vec<i32> = own.filter_map(|one| one.rank).collect();
        ranks.sort_unstable();
        assert_eq!(usize::try_from(tally.held).unwrap(), held);
        assert_eq!(ranks, (1..=tally.waiting).collect::<Vec<_>>());
        assert!(tally.held <= tally.seats);
        full += usize::from(tally.waiting > 0);
    }
    assert!(full >= 2, "{full} sessions have people who wait");
    let buyers = training_buyer::Entity::find().all(conn).await.unwrap();
    assert!(buyers.iter().all(|one| !one.name.is_empty() && !one.email.is_empty()));
    assert!(buyers.iter().filter(|one| !one.siret.is_empty()).all(|one| !one.address.is_empty()));
}

async fn needs_measures_and_what_was_learnt_are_known(app: &App) {
    let conn = app.db.read();
    let people = enrolment::Entity::find().all(conn).await.unwrap();
    let needs = enrolment_need::Entity::find().all(conn).await.unwrap();
    let needs: HashSet<_> = needs.iter().map(|one| one.enrolment_id).collect();
    assert!(people.iter().all(|one| one.positioned_at.is_some() == needs.contains(&one.id)));
    let learnt = enrolment_assessment::Entity::find().all(conn).await.unwrap();
    let learnt: HashSet<_> = learnt.iter().map(|one| one.enrolment_id).collect();
    let completed = people.iter().filter(|one| one.state == EnrolmentState::Completed);
    assert!(completed.clone().count() > 100 && completed.clone().all(|one| learnt.contains(&one.id)));
    let measures = enrolment_adaptation::Entity::find().all(conn).await.unwrap();
    assert!(!measures.is_empty());
    assert!(measures.iter().all(|one| std::str::from_utf8(&one.measure).is_err()), "measures are sealed");
    let asked = people.iter().filter(|one| one.adaptation_asked).count();
    assert!(asked > measures.len(), "somebody waits for an answer");
}

async fn presences_are_signed_partial_and_corrected(app: &App) {
    let conn = app.db.read();
    let lines = attendance::Entity::find().all(conn).await.unwrap();
    for presence in Presence::all() {
        assert!(lines.iter().any(|one| one.presence == presence), "nobody is {presence}");
    }
    for proof in [Proof::Qr, Proof::Pin, Proof::Link, Proof::Remote] {
        assert!(lines.iter().any(|one| one.proof == proof), "nobody signed by {proof}");
    }
    let came = |one: &&attendance::Model| matches!(one.presence, Presence::Present | Presence::Partial);
    assert!(lines.iter().filter(came).all(|one| one.signed_at.is_some() && one.minutes > 0));
    assert!(lines.iter().any(|one| one.countersigned_at.is_some()));
    let proofs = attendance_proof::Entity::find().all(conn).await.unwrap();
    let remote = lines.iter().filter(|one| one.proof == Proof::Remote).count();
    assert_eq!(proofs.len(), remote);
    let changes = attendance_change::Entity::find().all(conn).await.unwrap();
    assert!(changes.iter().any(|one| one.changed_by.is_some()), "one was corrected by the team");
    assert!(changes.iter().all(|one| one.became != one.was && !one.reason.is_empty()));
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::State.eq(SessionState::Closed))
        .all(conn)
        .await
        .unwrap();
    let closed: HashSet<_> = sessions.iter().map(|one| one.id).collect();
    let slots = training_slot::Entity::find().all(conn).await.unwrap();
    let people = enrolment::Entity::find().all(conn).await.unwrap();
    let known: HashSet<_> = lines.iter().map(|one| (one.slot_id, one.enrolment_id)).collect();
    for person in people.iter().filter(|one| closed.contains(&one.session_id) && has_begun(one.state)) {
        let own = slots.iter().filter(|slot| slot.session_id == person.session_id);
        assert!(own.clone().all(|slot| known.contains(&(slot.id, person.id))), "{}", person.id);
    }
}

async fn the_body_has_said_what_papers_must_say(app: &App) {
    let conn = app.db.read();
    let rules = settings::invoice_rules(conn).await.unwrap();
    assert!(rules.nda_mention().is_some() && rules.exempt_from().is_some());
    let given = training_handbook::Entity::find().all(conn).await.unwrap();
    for kind in HandbookKind::all() {
        assert!(given.iter().any(|one| one.kind == kind && one.in_force_on <= app.today()), "no {kind}");
    }
    let sessions = training_session::Entity::find().all(conn).await.unwrap();
    assert!(sessions.iter().all(|one| one.welcome_id.is_some() && one.rules_id.is_some()));
}

async fn papers_are_signed_waiting_and_refused(app: &App) {
    let conn = app.db.read();
    let papers = training_document::Entity::find().all(conn).await.unwrap();
    let signatures = training_signature::Entity::find().all(conn).await.unwrap();
    let mut by_paper: HashMap<_, Vec<_>> = HashMap::new();
    for one in &signatures {
        by_paper.entry(one.training_document_id).or_default().push(one);
    }
    let own = |paper: &training_document::Model| by_paper.get(&paper.id).cloned().unwrap_or_default();
    let of = |kind: PaperKind, state: PaperState| {
        papers.iter().filter(move |one| one.kind == kind && one.state == state)
    };
    let signed: Vec<_> = of(PaperKind::Convention, PaperState::Issued).collect();
    assert!(signed.len() >= 3, "{}", signed.len());
    assert!(signed.iter().all(|paper| own(paper).iter().all(|one| one.signed_at.is_some())));
    let waiting: Vec<_> = of(PaperKind::Convention, PaperState::ToSign).map(own).collect();
    let answered = |all: &[&training_signature::Model]| all.iter().filter(|one| one.kind.is_some()).count();
    assert!(waiting.iter().any(|all| answered(all) == 0), "nobody signed one");
    assert!(waiting.iter().any(|all| {
        all.iter().any(|one| one.party == Party::Provider && one.signed_at.is_some()) && answered(all) == 1
    }));
    let refused = signatures.iter().filter(|one| one.kind == Some(SignatureKind::Refused));
    assert_eq!(refused.filter(|one| !one.reason.is_empty()).count(), 1);
    for kind in [PaperKind::Contract, PaperKind::Subcontract] {
        assert_eq!(of(kind, PaperState::ToSign).count(), 1, "{kind}");
    }
    for kind in [PaperKind::Summons, PaperKind::CompletionCertificate] {
        assert!(of(kind, PaperState::ToTypeset).count() >= 3, "{kind}");
    }
    assert_eq!(of(PaperKind::EndAttestation, PaperState::ToTypeset).count(), 1);
    for kind in [PaperKind::WelcomeBooklet, PaperKind::HouseRules] {
        assert!(of(kind, PaperState::Issued).all(|one| one.handbook_id.is_some() && one.sent_at.is_some()));
        assert!(of(kind, PaperState::Issued).count() >= 3, "{kind}");
    }
}

/// A handful of works typeset papers after the start.
async fn no_paper_is_typeset_at_the_start(app: &App) {
    let conn = app.db.read();
    let papers = training_document::Entity::find().all(conn).await.unwrap();
    assert!(papers.iter().all(|one| one.signed_document_id.is_none()));
    let works = job::Entity::find().filter(job::Column::Kind.eq("papers.typeset")).all(conn).await.unwrap();
    assert!((10..=60).contains(&works.len()), "{}", works.len());
}

async fn enough_people_answered_but_for_one_programme(app: &App) {
    let conn = app.db.read();
    let surveys = survey::Entity::find().all(conn).await.unwrap();
    for state in SurveyState::all() {
        assert!(surveys.iter().any(|one| one.state == state), "no survey is {state}");
    }
    for kind in SurveyKind::all().filter(|kind| *kind != SurveyKind::Funders) {
        assert!(surveys.iter().any(|one| one.kind == kind), "no survey of {kind}");
    }
    let answers = survey_answer::Entity::find().all(conn).await.unwrap();
    let invitations = survey_invitation::Entity::find().all(conn).await.unwrap();
    for one in &surveys {
        let own = answers.iter().filter(|answer| answer.survey_id == one.id).count();
        let asked: Vec<_> = invitations.iter().filter(|known| known.survey_id == one.id).collect();
        let used = asked.iter().filter(|known| known.answered).count();
        assert_eq!(usize::try_from(one.answered).unwrap(), own);
        assert_eq!((usize::try_from(one.invited).unwrap(), own), (asked.len(), used));
    }
    let smallest = settings::survey_rules(conn).await.unwrap().smallest;
    let closed = surveys.iter().filter(|one| one.kind == SurveyKind::Hot && one.answered > 0);
    assert!(closed.clone().any(|one| one.answered < i32::from(smallest)), "one is not shown");
    assert!(closed.clone().any(|one| one.answered >= i32::from(smallest)), "one is shown");
    let (mut shown, mut hidden) = (0, 0);
    for programme in programme::Entity::find().all(conn).await.unwrap() {
        let found = results(conn, &programme, app.today()).await.unwrap();
        shown += usize::from(found.satisfaction().is_some());
        hidden += usize::from(found.satisfaction().is_none() && found.counted.answered > 0);
    }
    assert!(shown >= 8, "{shown} programmes tell what people think");
    assert!(hidden >= 1, "no programme has too few answers");
}
