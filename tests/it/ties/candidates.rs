//! Who may be given a duty in a structure, and why not.

use entity::declared_interest::TieKind;
use entity::habilitation::Duty;
use parchemin::features::ties::candidates_for;
use parchemin::rules::ties::Duty as Wanted;
use time::macros::date;

use crate::support::TestApp;

#[tokio::test]
async fn the_matrix_explains_itself_in_words() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let free = t.controller("Zéphyr").await;
    let board = t.controller("Abel").await;
    t.interest(board.id, structure.id, TieKind::EmployeeBoardOrProvider, None).await;
    let trained = t.controller("Bérard").await;
    t.interest(trained.id, structure.id, TieKind::EpspTrainerOfTeam, Some(date!(2024 - 06 - 30))).await;
    let long_ago = t.controller("Corbin").await;
    t.interest(long_ago.id, structure.id, TieKind::SupportExpert, Some(date!(2022 - 06 - 30))).await;
    let elsewhere = t.expert("Delmas").await;
    t.habilitate(elsewhere.id, Duty::Controleur, None, &["11", "53"]).await;
    let other = t.certification_version("CQP_EPSP").await.certification_id;
    let other_certification = t.expert("Estève").await;
    t.habilitate(other_certification.id, Duty::Controleur, Some(other), &[]).await;
    let president = t.expert("Faure").await;
    t.habilitate(president.id, Duty::Mandataire, None, &[]).await;

    let on = date!(2025 - 11 - 03);
    let conn = t.app.db.read();
    let found =
        candidates_for(conn, Wanted::Controller, &structure, version.certification_id, on).await.unwrap();
    let names: Vec<_> = found.iter().map(|one| (one.expert.family_name.as_str(), one.eligible)).collect();
    assert_eq!(
        names,
        [
            ("Corbin", true),
            ("Zéphyr", true),
            ("Delmas", false),
            ("Estève", false),
            ("Abel", false),
            ("Bérard", false),
        ]
    );
    assert_eq!(found[1].expert.id, free.id);
    let reasons =
        |name: &str| found.iter().find(|one| one.expert.family_name == name).unwrap().reasons.join(" ");
    assert_eq!(reasons("Zéphyr"), "");
    assert_eq!(
        reasons("Delmas"),
        "L’habilitation de cette personne ne couvre pas la région de la structure."
    );
    assert_eq!(reasons("Estève"), "L’habilitation de cette personne ne porte pas sur cette certification.");
    assert_eq!(
        reasons("Abel"),
        "Emploi, mandat ou prestation dans la structure, depuis le 1er janvier 2020, toujours en cours \
         (source\u{202f}: déclaration d’intérêts de 2025). Il faut 24 mois après la fin de ce lien pour confier le \
         contrôle à cette personne."
    );
    assert!(
        reasons("Bérard").contains("Formation EPSP de l’équipe")
            && reasons("Bérard").contains("1er juillet 2026")
    );
    assert!(
        !found.iter().any(|one| one.reasons.join(" ").contains("comptable")),
        "the declaration stays confidential"
    );
}

#[tokio::test]
async fn an_habilitation_counts_on_its_days_and_the_widest_one_is_kept() {
    let t = TestApp::new().await;
    let version = t.certification_version("CQP_SP").await;
    let structure = t.structure("Les Jardins du Morvan").await;
    let expert = t.expert("Abel").await;
    let other = t.certification_version("CQP_EPSP").await.certification_id;
    t.habilitate(expert.id, Duty::Controleur, Some(other), &[]).await;
    let right = t.habilitate(expert.id, Duty::Controleur, Some(version.certification_id), &["27"]).await;
    let conn = t.app.db.read();
    let certification = version.certification_id;
    let on = date!(2025 - 11 - 03);
    let found = candidates_for(conn, Wanted::Controller, &structure, certification, on).await.unwrap();
    assert_eq!((found.len(), found[0].habilitation.id, found[0].eligible), (1, right.id, true));
    let on = date!(2030 - 01 - 01);
    let later = candidates_for(conn, Wanted::Controller, &structure, certification, on).await.unwrap();
    assert!(later.is_empty());
}

#[tokio::test]
async fn each_duty_has_its_right_and_a_president_has_declared() {
    let t = TestApp::new().await;
    let certification = t.certification_version("CQP_SP").await.certification_id;
    let structure = t.structure("Les Jardins du Morvan").await;
    let controller = t.controller("Abel").await;
    let president = t.expert("Bérard").await;
    t.habilitate(president.id, Duty::Mandataire, None, &[]).await;
    let trainer = t.expert("Corbin").await;
    t.habilitate(trainer.id, Duty::Epsp, None, &[]).await;
    let on = date!(2025 - 11 - 03);
    let names = async |duty: Wanted| {
        let conn = t.app.db.read();
        let found = candidates_for(conn, duty, &structure, certification, on).await.unwrap();
        let name = |one: parchemin::features::ties::Candidate| (one.expert.family_name, one.eligible);
        found.into_iter().map(name).collect::<Vec<_>>()
    };
    let named = |list: &[(&str, bool)]| {
        list.iter().map(|(name, eligible)| ((*name).to_owned(), *eligible)).collect::<Vec<_>>()
    };
    assert_eq!(names(Wanted::Controller).await, named(&[("Abel", true)]));
    assert_eq!(names(Wanted::TeamTrainer).await, named(&[("Corbin", true)]));
    assert_eq!(
        names(Wanted::SupportExpert).await,
        named(&[("Abel", true), ("Bérard", true), ("Corbin", true)])
    );
    assert_eq!(names(Wanted::JuryPresident).await, named(&[("Bérard", false)]), "nothing declared yet");
    t.declare_year(president.id).await;
    assert_eq!(names(Wanted::JuryPresident).await, named(&[("Bérard", true)]));
    t.interest(controller.id, structure.id, TieKind::SupportExpert, Some(date!(2025 - 06 - 30))).await;
    assert_eq!(names(Wanted::Controller).await, named(&[("Abel", false)]));
    assert_eq!(names(Wanted::SupportExpert).await.len(), 3, "support does not stop support");
}
