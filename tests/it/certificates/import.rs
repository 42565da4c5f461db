//! Registers of the past.

use entity::certificate;
use parchemin::features::import::{Kind, run};
use sea_orm::EntityTrait;

use super::bench::Bench;

const FILE: &str = "numéro;certification;nom de naissance;prénoms;date de naissance;lieu de naissance;date de décision;date de délivrance
CQP 2014/12;CQP_SP;Kerdoncuff;Inès;12/05/1985;Brest (29);16/01/2014;22/01/2014
";

#[tokio::test]
async fn a_register_of_the_past_is_recorded_once_and_not_shown_to_whoever_guesses() {
    let bench = Bench::new().await;
    let import = || run(&bench.t.app, Kind::Certificates, FILE.as_bytes(), "registre.csv", false, false);
    let report = import().await.unwrap();
    assert_eq!((report.written, report.faults.len()), (1, 0), "{report:?}");
    assert_eq!(bench.t.effects().await.events, ["certificates.imported"]);
    let row = certificate::Entity::find().one(bench.t.app.db.read()).await.unwrap().unwrap();
    assert_eq!((row.number.as_str(), row.public), ("CQP-2014-12", false));
    let again = import().await.unwrap();
    assert_eq!((again.written, again.faults.len()), (0, 1), "{again:?}");
    let page = bench.t.client.get("/verifier/CQP-2014-12").send().await;
    assert_eq!(page.0.status(), poem::http::StatusCode::NOT_FOUND);
    let (_, text) = bench.t.open(&bench.manager, "/certificats/CQP-2014-12").await;
    assert!(text.contains("son fichier n’y est pas") && !text.contains("En préparation"), "{text}");
}
