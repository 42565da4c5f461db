//! The pages of fundings, without a script.

use poem::http::StatusCode;
use serde_json::json;

use super::Bench;

const AT: &str = "/financements/SES-2025-0001-1-F1";

#[tokio::test]
async fn a_funding_is_recorded_agreed_and_its_pieces_noted_on_pages() {
    let b = Bench::new().await;
    let t = b.t();
    let today = b.today();
    let (_, folder) = t.open(&b.officer, "/inscriptions/dossiers/SES-2025-0001-1").await;
    assert!(folder.contains("/financements?q=SES-2025-0001-1"), "{folder}");
    let (status, text) = t.open(&b.officer, "/financements/nouveau?inscription=SES-2025-0001-1").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("value=\"SES-2025-0001-1\""), "{text}");
    let wrong = [("enrolment_id", "SES-2025-0001-1"), ("scheme", ""), ("funder", "Uniformation")];
    let (status, _, text) = t.submit(&b.officer, "/financements/nouveau", &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez un dispositif") && text.contains("Uniformation"), "kept: {text}");
    let right = [("enrolment_id", "SES-2025-0001-1"), ("scheme", "skills_plan"), ("funder", "Uniformation")];
    let (status, place, text) = t.submit(&b.officer, "/financements/nouveau", &right).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, AT), "{text}");
    let missing = [("agreement_number", ""), ("amount_cents", "420"), ("agreed_on", today.as_str())];
    let (status, _, text) = t.submit(&b.officer, &format!("{AT}/accord"), &missing).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Indiquez le numéro d’accord"), "{text}");
    let agreed = [
        ("agreement_number", "UNI-4512"),
        ("amount_cents", "420,50"),
        ("agreed_minutes", "7"),
        ("agreed_on", today.as_str()),
    ];
    let (status, place, text) = t.submit(&b.officer, &format!("{AT}/accord"), &agreed).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, AT), "{text}");
    let (_, text) = t.open(&b.officer, AT).await;
    assert!(text.contains("UNI-4512") && text.contains("Certificat de réalisation"), "{text}");
    let (status, _, text) = t.submit(&b.officer, &format!("{AT}/solde"), &[]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("Des pièces attendues par le financeur"), "{text}");
    let piece = [("kind", "completion_certificate"), ("sent_on", today.as_str())];
    let (status, ..) = t.submit(&b.officer, &format!("{AT}/piece"), &piece).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, ..) = t.submit(&b.officer, &format!("{AT}/solde"), &[("paid_cents", "420,50")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, list) = t.open(&b.officer, "/financements?etat=settled").await;
    assert!(list.contains("SES-2025-0001-1-F1") && list.contains("Soldé"), "{list}");
}

#[tokio::test]
async fn a_structure_reads_what_funds_its_people_and_changes_nothing() {
    let b = Bench::new().await;
    b.funding(json!({})).await;
    let (status, text) = b.t().open(&b.owner, AT).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("/accord\""), "{text}");
    let (status, ..) =
        b.t().submit(&b.owner, &format!("{AT}/demande"), &[("requested_on", "2025-01-01")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}
