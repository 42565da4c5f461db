//! The pages of papers, without a script.

use entity::enrolment::EnrolmentState;
use entity::training_document::PaperKind;
use parchemin::features::papers::gather::About;
use poem::http::StatusCode;

use super::Bench;

const AT: &str = "/sessions/SES-2025-0001/papiers";

#[tokio::test]
async fn a_contract_is_issued_signed_and_taken_back_on_pages() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let (status, text) = b.t.open(&b.officer, AT).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Contrat de formation") && text.contains("Convoquer les stagiaires"), "{text}");
    let (status, text) = b.t.open(&b.officer, &format!("{AT}/etablir?document=contract")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Délai de rétractation") && text.contains("Œuvrard 1"), "{text}");
    let chosen = format!("{AT}/etablir?document=contract&pour={}", person.id);
    let (_, text) = b.t.open(&b.officer, &chosen).await;
    assert!(text.contains("Toutes les mentions obligatoires sont là."), "{text}");
    let nobody = [("document", "contract"), ("about", "")];
    let (status, _, text) = b.t.submit(&b.officer, &format!("{AT}/etablir"), &nobody).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez pour qui établir ce document"), "{text}");
    let id = person.id.to_string();
    let fields = [("document", "contract"), ("about", id.as_str()), ("remote", "oui")];
    let (status, place, text) = b.t.submit(&b.officer, &format!("{AT}/etablir"), &fields).await;
    assert_eq!(
        (status, place.as_str()),
        (StatusCode::SEE_OTHER, "/sessions/SES-2025-0001/papiers/1"),
        "{text}"
    );
    b.t.work().await;
    let (_, text) = b.t.open(&b.manager, &place).await;
    assert!(text.contains("Signer depuis mon compte") && text.contains("0 signature sur 2"), "{text}");
    let (status, _, text) = b.t.submit(&b.manager, &place, &[("way", "plain")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (status, _, text) = b.t.submit(&b.officer, &format!("{place}/retirer"), &[("reason", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    let reason = [("reason", "Erreur de date")];
    let (status, _, text) = b.t.submit(&b.officer, &format!("{place}/retirer"), &reason).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = b.t.open(&b.officer, &place).await;
    assert!(text.contains("Retiré"), "{text}");
}

#[tokio::test]
async fn the_page_of_a_link_shows_and_asks_without_an_account() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let record = b.issue(PaperKind::Contract, About::Enrolment(person.id)).await.unwrap();
    b.t.work().await;
    let path = b.link(&b.record(record.paper.id).await.signatures[1]);
    let response = b.t.client.get(&path).send().await;
    response.assert_status_is_ok();
    let text = response.0.into_body().into_string().await.unwrap();
    assert!(text.contains("Signer sans dessiner") && text.contains("SES-2025-0001-D1"), "{text}");
    b.t.client.get(format!("{path}/fichier")).send().await.assert_status_is_ok();
    b.t.client.get("/signer/inconnu").send().await.assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_dry_run_is_shown_before_anybody_is_called() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    let (status, text) = b.t.open(&b.officer, &format!("{AT}/convocations")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Personne à convoquer"), "{text}");
    b.put_in(person.id, EnrolmentState::Confirmed).await;
    let (_, text) = b.t.open(&b.officer, &format!("{AT}/convocations")).await;
    assert!(text.contains("À convoquer") && text.contains("Convoquer 1 personne"), "{text}");
    let (status, place, text) = b.t.submit(&b.officer, &format!("{AT}/convocations"), &[]).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, AT), "{text}");
}

#[tokio::test]
async fn versions_of_what_everybody_is_given_are_listed_and_recorded() {
    let b = Bench::new().await;
    let (status, text) = b.t.open(&b.manager, "/parametres/livrets").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Règlement intérieur") && text.contains("Enregistrer une version"), "{text}");
    let (status, text) = b.t.open(&b.officer, "/parametres/livrets").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("Enregistrer une version"), "{text}");
}
