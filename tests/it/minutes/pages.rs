//! The pages of minutes, without a script.

use entity::candidate::{CandidateState, JuryDecision};
use entity::jury_session::JuryState;
use poem::http::StatusCode;

use super::bench::{Bench, POINTS};

#[tokio::test]
async fn everything_is_done_on_pages_from_the_closing_to_the_results() {
    let b = Bench::new().await;
    let amina = b.heard("Diallo", JuryDecision::Total).await;
    let at = |verb: &str| format!("/jurys/{}/{verb}", b.base.session.number);
    let president = &b.president.person;
    let (status, text) = b.t().open(president, &at("pv")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Avant de clore la délibération"), "{text}");
    for met in ["Le quorum pour chaque candidat", "Une décision pour chaque candidat présent."] {
        assert!(text.contains(met), "{met}: {text}");
    }
    let (status, place, text) = b.t().submit(president, &at("pv"), &[("remarks", "Salle claire.")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert!(place.starts_with(&at("pv/signatures")), "{place}");

    let (status, text) = b.t().open(president, &place).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Signer depuis mon compte") && text.contains("Empreinte du texte figé"), "{text}");
    for (who, member) in [(president, &b.president), (&b.employer.person, &b.employer)] {
        let id = member.id.to_string();
        let fields = [("member", id.as_str()), ("way", "account")];
        let (status, _, text) = b.t().submit(who, &at("pv/signatures"), &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    }
    let id = b.employee.id.to_string();
    let (status, place, _) = b.t().submit(president, &at("pv/signatures/code"), &[("member", &id)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = b.t().open(president, &place).await;
    assert!(text.contains("Code reçu par courriel"), "{text}");
    let wrong = [("member", id.as_str()), ("way", "code"), ("code", "12")];
    let (status, _, text) = b.t().submit(president, &at("pv/signatures"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Le code compte six chiffres"), "{text}");
    let code = b.code().await;
    let right = [("member", id.as_str()), ("way", "code"), ("code", code.as_str())];
    let (status, _, text) = b.t().submit(president, &at("pv/signatures"), &right).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(b.state().await, JuryState::Signed);

    let officer = &b.base.officer;
    let (status, text) = b.t().open(officer, &at("pv/controle")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains(&amina.number), "{text}");
    let mut fields: Vec<_> = POINTS.iter().map(|point| ("points", *point)).collect();
    fields.push(("suite", "conforme"));
    let (status, _, text) = b.t().submit(officer, &at("pv/controle"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");

    let manager = &b.base.manager;
    let day = b.t().app.today().to_string();
    assert_eq!(b.t().open(manager, &at("validation")).await.0, StatusCode::OK);
    let (status, _, text) = b.t().submit(manager, &at("validation"), &[("delivered_on", &day)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (status, text) = b.t().open(manager, &at("resultats")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("par courriel"), "{text}");
    let (status, _, text) = b.t().submit(manager, &at("resultats"), &[("suite", "annoncer")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(b.state_of(&amina).await, CandidateState::Notified);

    let appeal = format!("/candidats/{}/recours", amina.number);
    let (status, text) = b.t().open(officer, &appeal).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Déposer un recours"), "{text}");
    let (status, _, text) = b.t().submit(officer, &appeal, &[("suite", "lodge"), ("grounds", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Dites ce qui est contesté"), "{text}");
}

#[tokio::test]
async fn the_corrected_text_is_shown_beside_the_first() {
    let b = Bench::new().await;
    b.heard("Diallo", JuryDecision::Refused).await;
    b.signed().await;
    let at = |verb: &str| format!("/jurys/{}/{verb}", b.base.session.number);
    let back = [("suite", "renvoyer"), ("findings", "Une décision est inversée.")];
    let (status, _, text) = b.t().submit(&b.base.officer, &at("pv/controle"), &back).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (status, text) = b.t().open(&b.president.person, &at("pv/rectifier")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Une décision est inversée."), "{text}");
    let fields = [("reason", "Erreur de saisie"), ("rulings/0/decision", "total")];
    let (status, _, text) = b.t().submit(&b.president.person, &at("pv/rectifier"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = b.t().open(&b.base.officer, &at("pv")).await;
    assert!(text.contains("Procès-verbal rectificatif") && text.contains("conservée"), "{text}");
}
