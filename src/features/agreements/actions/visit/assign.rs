//! Gives the visit to a contrôleur whose habilitation and independence are checked from data (row 8).

use entity::ids::{AgreementRequestId, ExpertId};
use entity::{agreement_request, visit_link};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use time::Date;

use crate::authz::{Permission, hash_token};
use crate::db::{Tx, next_number};
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::state::{self, Step};
use crate::features::{settings, ties};
use crate::rules::deadline::add_days;
use crate::rules::delays::AgreementDelays;
use crate::rules::ties::{Duty, Severity};

/// The day by which a visit given on a day is to be made.
#[must_use]
pub fn visit_before(given_on: Date, delays: &AgreementDelays) -> Date {
    add_days(given_on, i32::from(delays.visit_within_days))
}

/// Assigns the contrôleur. A warning of the independence matrix passes with a reason; a blocking tie never does.
///
/// # Errors
/// A contrôleur who is not entitled or has a blocking tie, with the reasons in words; a warning without reason;
/// the refusals of every act.
pub async fn assign(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    controller: ExpertId,
    override_reason: Option<&str>,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestAssign, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::AssignController)?;
    let reason = override_reason.map(str::trim).filter(|reason| !reason.is_empty());
    check(tx, &dossier, controller, reason).await?;
    let today = dossier.today(tx.now());
    let delays = settings::agreement_delays(tx.conn()).await?;
    let mission = next_number(tx, "MIS", tx.now().year()).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::AssignController, |row| {
            row.controller_id = Set(Some(controller));
            row.mission_number = Set(Some(mission));
            row.assigned_at = Set(Some(now));
            row.resumed_at = Set(None);
            row.given_back_at = Set(None);
            row.tie_override = Set(reason.map(str::to_owned));
        })
        .await?;
    let answer_before = add_days(today, i32::from(delays.controller_answer_days));
    let link = make_link(tx, &dossier, controller, answer_before).await?;
    let what = What::Assigned {
        visit_before: visit_before(today, &delays),
        answer_before,
        override_reason: reason,
        link: &link,
    };
    record_step(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.request)
}

/// Makes the link with which the person answers without signing in, until the day asked; only the hash of its token is
/// kept.
async fn make_link(
    tx: &Tx,
    dossier: &Dossier,
    controller: ExpertId,
    until: Date,
) -> Result<String, AgreementError> {
    let token = tx.app().new_token();
    let row = visit_link::ActiveModel {
        id: Set(tx.new_id()),
        request_id: Set(dossier.request.id),
        controller_id: Set(controller),
        token_hash: Set(hash_token(&token)),
        created_at: Set(tx.instant()),
        expires_at: Set(dossier.end_of(until).into()),
    };
    visit_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(tx.app().url(&format!("/visites/reponse/{token}")))
}

async fn check(
    tx: &Tx,
    dossier: &Dossier,
    controller: ExpertId,
    reason: Option<&str>,
) -> Result<(), AgreementError> {
    let on = dossier.today(tx.now());
    let certification = dossier.version.certification_id;
    let candidates =
        ties::candidates_for(tx.conn(), Duty::Controller, &dossier.structure, certification, on).await?;
    let chosen = candidates.into_iter().find(|candidate| candidate.expert.id == controller);
    let Some(chosen) = chosen else {
        return Err(AgreementError::fault(
            "/controller_id",
            "controller-not-entitled",
            "Cette personne n’a pas d’habilitation de contrôle en cours pour cette certification et cette région",
        ));
    };
    if !chosen.eligible {
        let detail = "Cette visite ne peut pas lui être confiée.";
        return Err(AgreementError::blocked("controller-not-independent", detail, chosen.reasons));
    }
    let warned = chosen.findings.iter().any(|finding| finding.severity == Severity::Warning);
    if warned && reason.is_none() {
        let detail =
            "Un lien appelle votre attention\u{202f}: indiquez pourquoi vous confiez tout de même la visite.";
        return Err(AgreementError::blocked("controller-tie-warning", detail, chosen.reasons));
    }
    Ok(())
}
