//! The entries of a period are balanced, and taking them is recorded.

use std::collections::BTreeMap;

use poem::http::StatusCode;
use serde_json::json;

use super::one;
use crate::papers::Bench;

fn cents(text: &str) -> i64 {
    text.replace(',', "").parse().unwrap()
}

#[tokio::test]
async fn every_piece_is_balanced_and_the_journal_keeps_who_took_them() {
    let b = Bench::new().await;
    let record = one(&b).await;
    let today = b.t.app.today().to_string();
    let sum =
        json!({ "amount_cents": 50_400, "received_on": today, "way": "transfer", "reference": "VIR 12" });
    let paid = b.t.post(&b.officer, &format!("/invoices/{}/payments", record.invoice.id), &sum).await;
    assert_eq!(paid.status, 200, "{paid:?}");
    b.t.effects().await;
    let fields = [("from", today.as_str()), ("until", today.as_str())];
    let (status, _, text) = b.t.submit(&b.manager, "/factures/ecritures", &fields).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert_eq!(b.t.effects().await.events, ["invoices.exported"]);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(&reader.headers().unwrap()[0], "JournalCode");
    assert_eq!(reader.headers().unwrap().len(), 18);
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut accounts = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        *sums.entry(row[2].to_owned()).or_default() += cents(&row[11]) - cents(&row[12]);
        accounts.push(row[4].to_owned());
        assert_eq!(&row[8], "FAC-2025-0001");
    }
    assert_eq!(sums.len(), 2);
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
    assert_eq!(accounts, ["411000", "706000", "445710", "512000", "411000"]);
    let (status, _, text) =
        b.t.submit(&b.manager, "/factures/ecritures", &[("from", ""), ("until", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    let (status, _, _) = b.t.submit(&b.officer, "/factures/ecritures", &fields).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}
