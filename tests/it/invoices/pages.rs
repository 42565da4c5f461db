//! The pages of invoices, without a script.

use parchemin::features::invoices::link;
use poem::http::StatusCode;

use super::{confirmed, one};
use crate::papers::Bench;

#[tokio::test]
async fn a_session_is_invoiced_issued_paid_and_credited_on_pages() {
    let b = Bench::new().await;
    let person = b.employed(1).await;
    confirmed(&b, person.id).await;
    let (status, text) = b.t.open(&b.officer, "/factures/nouvelle?session=SES-2025-0001").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Les Ateliers du Parc") && text.contains("420,00"), "{text}");
    let (status, text) = b.t.open(&b.officer, "/factures/nouvelle?session=SES-2025-9999").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Aucune session ne porte ce numéro"), "{text}");
    let key = person.buyer_id.to_string();
    let fields = [("session", "SES-2025-0001"), ("targets", key.as_str())];
    let (status, draft, text) = b.t.submit(&b.officer, "/factures/nouvelle", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = b.t.open(&b.officer, &format!("{draft}/emettre")).await;
    assert!(text.contains("seul un avoir l’annule"), "{text}");
    let (status, place, text) = b.t.submit(&b.officer, &format!("{draft}/emettre"), &[]).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/factures/FAC-2025-0001"), "{text}");
    let wrong = [("amount", "beaucoup"), ("received_on", ""), ("way", "")];
    let (status, _, text) = b.t.submit(&b.officer, &format!("{place}/paiement"), &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("beaucoup") && text.contains("Choisissez un moyen de paiement"), "{text}");
    let today = b.t.app.today().to_string();
    let paid = [("amount", "504"), ("received_on", today.as_str()), ("way", "transfer")];
    let (status, _, text) = b.t.submit(&b.officer, &format!("{place}/paiement"), &paid).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let (_, text) = b.t.open(&b.manager, &place).await;
    assert!(text.contains("Soldée") && text.contains("Annuler par un avoir"), "{text}");
    let (_, text) = b.t.open(&b.manager, &format!("{place}/avoir")).await;
    assert!(text.contains("sont à rembourser"), "{text}");
    let reason = [("reason", "Erreur de prix")];
    let (status, note, text) = b.t.submit(&b.manager, &format!("{place}/avoir"), &reason).await;
    assert_eq!((status, note.as_str()), (StatusCode::SEE_OTHER, "/factures/AVO-2025-0001"), "{text}");
    let (_, text) = b.t.open(&b.officer, "/factures").await;
    assert!(text.contains("AVO-2025-0001") && text.contains("FAC-2025-0001"), "{text}");
}

#[tokio::test]
async fn whoever_has_no_account_reads_their_invoice_by_its_link() {
    let b = Bench::new().await;
    let record = one(&b).await;
    b.t.work().await;
    let path = link::path(&b.t.app, record.invoice.id).unwrap();
    let response = b.t.client.get(&path).send().await;
    response.assert_status_is_ok();
    let text = response.0.into_body().into_string().await.unwrap();
    assert!(text.contains("FAC-2025-0001"), "{text}");
    b.t.client.get(format!("{path}/fichier")).send().await.assert_status_is_ok();
    b.t.client.get("/factures-recues/inconnu").send().await.assert_status(StatusCode::NOT_FOUND);
}
