//! Validating for the joint body of the branch, where the rules ask for it.

use entity::account_role::Role;
use entity::candidate::JuryDecision;
use entity::jury_session::JuryState;
use entity::{account, jury_session, referential};
use poem::http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::bench::Bench;
use crate::juries::day::referential as body_of;

/// A jury whose rules ask for the joint body, and name who validates for it.
async fn bench(signer: Option<&str>) -> Bench {
    let b = Box::pin(Bench::new()).await;
    let version = &b.base.version;
    let of = format!("/certifications/{}/versions/{}/referential", version.certification_id, version.id);
    let mut body = body_of();
    body["jury"] = json!({
        "president": "mandataire",
        "employers_min": 1,
        "employees_min": 1,
        "others_max": 1,
        "quorum_employers": 1,
        "quorum_employees": 1,
        "quorum_total": 3,
        "majority": "absolute",
        "casting_vote": true,
        "abstention_counts": true,
        "max_per_half_day": 6,
        "minutes_per_candidate": 30,
        "rotation_limit": 3,
        "president_days": 30,
        "members_days": 21,
        "candidates_days": 15,
        "files_days": 7,
        "remote_allowed": true,
        "remote_in_quorum": true,
        "cpnef_validation": true,
    });
    if let Some(signer) = signer {
        body["jury"]["cpnef_signer"] = json!(signer);
    }
    let draft = b.t().put(&b.base.officer, &format!("{of}/draft"), None, &body).await;
    assert_eq!(draft.status, StatusCode::OK, "{draft:?}");
    let at = i32::try_from(draft.body["version"].as_i64().unwrap()).unwrap();
    let published = b.t().post_at(&b.base.manager, &format!("{of}/publish"), at).await;
    assert_eq!(published.status, StatusCode::OK, "{published:?}");
    let row = referential::Entity::find().one(b.t().app.db.read()).await.unwrap().unwrap();
    jury_session::Entity::update_many()
        .col_expr(jury_session::Column::ReferentialId, Expr::value(row.id))
        .filter(jury_session::Column::Id.eq(b.id()))
        .exec(b.t().app.db.bookkeeping())
        .await
        .unwrap();
    b.heard("Diallo", JuryDecision::Refused).await;
    b.checked().await;
    b
}

#[tokio::test]
async fn the_list_that_was_validated_is_named() {
    let b = bench(None).await;
    let day = b.t().app.today().to_string();
    let short = b.act(&b.base.manager, "validate", &json!({ "delivered_on": day })).await;
    assert_eq!(short.pointers(), ["/validated_on", "/list"], "{short:?}");
    let whole = json!({ "delivered_on": day, "validated_on": day, "list": "Liste 12" });
    assert_eq!(b.done(&b.base.manager, "validate", &whole).await["state"], "validated", "nobody is named");
}

#[tokio::test]
async fn nobody_but_the_account_that_the_rules_name_validates() {
    let b = bench(Some("cpnef@branche.exemple")).await;
    let day = b.t().app.today().to_string();
    let body = json!({ "delivered_on": day, "validated_on": day, "list": "Liste 12" });
    let refused = b.act(&b.base.manager, "validate", &body).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "minutes-not-for-branch"),
        "{refused:?}"
    );
    assert_eq!(b.state().await, JuryState::Checked);
    let page = format!("/jurys/{}", b.base.session.number);
    assert_eq!(b.t().open(&b.base.manager, &format!("{page}/validation")).await.0, StatusCode::FORBIDDEN);
    let (_, text) = b.t().open(&b.base.manager, &format!("{page}/pv")).await;
    assert!(!text.contains(&format!("{page}/validation")), "nothing is offered: {text}");

    let named = b.t().person(Role::Manager).await;
    account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value("CPNEF@branche.exemple"))
        .filter(account::Column::Id.eq(named.id))
        .exec(b.t().app.db.bookkeeping())
        .await
        .unwrap();
    assert_eq!(b.done(&named, "validate", &body).await["state"], "validated");
}
