//! What a role limited to regions finds of the experts: those who work there.

use entity::account_role::Role;
use entity::expert;
use entity::habilitation::Duty;
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_limited_role_reaches_the_experts_who_work_in_its_regions_and_no_other() {
    let t = TestApp::new().await;
    // both live in region 27, which the first does not name among those where they work
    let (near, far) = (t.expert("Abel").await, t.expert("Bérard").await);
    expert::Entity::update_many()
        .col_expr(expert::Column::Territories, Expr::value("75,53"))
        .filter(expert::Column::Id.eq(near.id))
        .exec(t.app.db.bookkeeping())
        .await
        .unwrap();
    let held = t.habilitate(near.id, Duty::Mandataire, None, &[]).await;
    let other = t.habilitate(far.id, Duty::Mandataire, None, &[]).await;
    let officer = t.limited(Role::Officer, "52,53").await;
    for (list, named, key) in
        [("/experts", "/id", near.id.0), ("/habilitations", "/habilitation/id", held.id.0)]
    {
        let body = t.get(&officer, list).await.body;
        let items = body["items"].as_array().unwrap();
        let told: Vec<_> = items.iter().map(|one| one.pointer(named).cloned().unwrap_or_default()).collect();
        assert_eq!(told, [json!(key)], "{list}");
    }
    for (path, status) in [
        (format!("/experts/{}", near.id), StatusCode::OK),
        (format!("/experts/{}", far.id), StatusCode::NOT_FOUND),
        (format!("/habilitations/{}", held.id), StatusCode::OK),
        (format!("/habilitations/{}", other.id), StatusCode::NOT_FOUND),
        (format!("/experts/{}/pieces", far.id), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(t.get(&officer, &path).await.status, status, "{path}");
    }
    let own = t.of_expert(far.id).await;
    assert_eq!(t.get(&own, &format!("/experts/{}", far.id)).await.status, StatusCode::OK);
    let mut new = json!({
        "family_name": "Faure",
        "first_names": "Zoé",
        "email": "zoe@intervenants.exemple",
        "status": "retired",
        "department": "58",
    });
    assert_eq!(t.post(&officer, "/experts", &new).await.status, StatusCode::NOT_FOUND);
    new["territories"] = json!(["53"]);
    assert_eq!(t.post(&officer, "/experts", &new).await.status, StatusCode::CREATED);
    let file = format!(
        "Nom;Prénom;Courriel;Statut;Département;Fonction;Début;Fin\n\
         Abel;Anne-Lise;{};indépendante;58;contrôle;01/01/2020;31/12/2022\n\
         Bérard;Anne-Lise;{};indépendante;29;contrôle;01/01/2020;31/12/2022\n\
         Noir;Zoé;noir@intervenants.exemple;retraitée;58;;;\n\
         Blanc;Zoé;blanc@intervenants.exemple;retraitée;29;;;\n",
        near.email, far.email,
    );
    let refused = t.upload(&officer, "/experts/import", "experts.csv", file.into_bytes(), &[]).await;
    assert_eq!(refused.code(), "import-refused", "{refused:?}");
    assert_eq!(refused.pointers(), ["/lines/3/Courriel", "/lines/4/Département"]);
}
