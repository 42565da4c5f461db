//! Experts from a file.

use parchemin::authz::Actor;
use parchemin::features::experts::import::import;
use parchemin::import::Options;

use crate::support::TestApp;

const FILE: &str = "Nom;Prénom;Courriel;Statut;Département;Fonction;Du;Au
Abel;Anne;anne@intervenants.exemple;indépendante;58;mandataire;01/01/2023;31/12/2025
Abel;Anne;anne@intervenants.exemple;indépendante;58;mandataire;31/12/2025;30/12/2028
Abel;Anne;anne@intervenants.exemple;indépendante;58;contrôle;01/01/2023;31/12/2025
";

#[tokio::test]
async fn two_lines_that_share_a_day_are_refused_with_line_column_and_both_periods() {
    let t = TestApp::new().await;
    let file = FILE.replace("indépendante", "indépendant");
    for dry_run in [true, false] {
        let options = Options { dry_run, ..Options::default() };
        let report =
            import(&t.app, Actor::system("tests"), file.as_bytes(), "experts.csv", options).await.unwrap();
        assert_eq!((report.read, report.written, report.faults.len()), (3, 0, 1), "{report:?}");
        let fault = &report.faults[0];
        assert_eq!((fault.line, fault.column.as_str(), fault.value.as_str()), (3, "Du", "31/12/2025"));
        assert_eq!(
            fault.message,
            "La période du 31 décembre 2025 au 30 décembre 2028 recoupe celle de la ligne 2, \
             du 1er janvier 2023 au 31 décembre 2025, pour la même habilitation"
        );
    }
    let report = import(
        &t.app,
        Actor::system("tests"),
        file.replace("31/12/2025;30/12/2028", "01/01/2026;31/12/2028").as_bytes(),
        "experts.csv",
        Options::default(),
    );
    assert_eq!(report.await.unwrap().written, 3);
}
