//! Missions of the years before Parchemin, from a file.

use entity::account_role::Role;
use entity::mission;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::bench::Bench;

const API: &str = "/missions/import";

#[tokio::test]
async fn past_missions_are_settled_told_to_nobody_and_loaded_once() {
    let bench = Bench::new().await;
    let t = &bench.t;
    let siren = &bench.structure.siren;
    let file = format!(
        "Référence;Objet;Intervenant;Structure;Jour;Moment;Résultat\n\
         J-2024-7;jury;{0};{siren};14/11/2024;;8 validations sur 9\n\
         J-2025-1;Jury;{1};{siren};2025-02-03;matin;\n",
        bench.expert.number, bench.expert.email,
    );
    let count = async || mission::Entity::find().count(t.app.db.read()).await.unwrap();
    let dry = t.upload(&bench.officer, API, "m.csv", file.clone().into(), &[("dry_run", "true")]).await;
    assert_eq!((&dry.body["ready"], count().await), (&json!(2), 0), "{dry:?}");
    let done = t.upload(&bench.officer, API, "m.csv", file.clone().into(), &[]).await;
    assert_eq!((done.status, &done.body["written"]), (StatusCode::OK, &json!(2)), "{done:?}");
    let effects = t.effects().await;
    assert_eq!(effects.events, ["mission.recorded", "mission.recorded", "missions.imported"]);
    assert!(effects.mails.is_empty() && effects.jobs.is_empty(), "{effects:?}");
    let again = t.upload(&bench.officer, API, "m.csv", file.clone().into(), &[]).await;
    assert_eq!((&again.body["written"], count().await), (&json!(2), 2), "{again:?}");
    assert!(t.effects().await.events.is_empty(), "nothing new");

    let list = t.get(&bench.officer, "/missions?q=J-2024-7").await;
    let one = &list.body["items"][0];
    assert_eq!((&one["state"], &one["number"]), (&json!("settled"), &json!("MIS-2024-0001")), "{list:?}");
    let ties = t.get(&bench.officer, &format!("/experts/{}/ties", bench.expert.id)).await;
    let told = ties.body.to_string();
    assert!(told.contains("jury_president") && told.contains("MIS-2024-0001"), "{told}");

    let wrong = format!(
        "Référence;Objet;Intervenant;Structure;Jour;Moment\n\
         J-2024-7;jury;{0};{siren};15/11/2024;\n\
         J-2025-2;jury;{0};{siren};03/02/2025;matin\n\
         J-2024-1;jury;{0};{siren};05/10/2024;\n\
         J-2025-3;contrôle;{0};{siren};04/02/2025;\n\
         J-2025-4;jury;{0};{siren};05/02/2025;\n\
         J-2025-4;jury;{0};{siren};06/02/2025;\n\
         J-2025-5;jury;{0};{siren};05/02/2025;après-midi\n",
        bench.expert.number,
    );
    let refused = t.upload(&bench.officer, API, "m.csv", wrong.into(), &[]).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "import-refused"));
    let places = [
        "/lines/2/Référence",
        "/lines/3/Jour",
        "/lines/4/Intervenant",
        "/lines/5/Intervenant",
        "/lines/7/Référence",
        "/lines/8/Jour",
    ];
    assert_eq!(refused.pointers(), places, "{refused:?}");
    let said = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains("MIS-2024-0001"), "{said}");
    assert!(t.effects().await.events.is_empty() && count().await == 2, "nothing was kept");

    let path = "/missions/import";
    assert!(t.open(&bench.officer, "/missions").await.1.contains(path));
    let (status, location, _) = t.send_file(&bench.officer, path, "m.csv", file.clone().into(), &[]).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/missions"));
    for (role, status) in [(Role::Auditor, StatusCode::FORBIDDEN), (Role::Structure, StatusCode::NOT_FOUND)] {
        let person = t.person(role).await;
        assert_eq!(t.open(&person, path).await.0, status, "{role}");
        assert_eq!(t.upload(&person, API, "m.csv", file.clone().into(), &[]).await.status, status, "{role}");
    }
}
