//! Presents a file to the jury d’habilitation, and records what it decides.

use entity::habilitation::{self, Duty};
use entity::habilitation_step::StepKind;
use entity::ids::HabilitationId;
use serde::{Deserialize, Serialize};
use time::Date;

use super::apply::missing;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::experts::{ExpertError, actions, input, labels, path, queries};
use crate::features::{settings, ties};
use crate::rules::line;
use crate::rules::period::Period;

/// As what someone sits in the jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Responsible for the certification.
    Manager,
    /// Experienced in the same duty.
    Senior,
    /// From outside.
    External,
}

/// A member of the jury.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JuryMember {
    /// Name.
    pub name: String,
    /// As what.
    pub quality: Quality,
}

/// Presents the file, once every step is done.
///
/// # Errors
/// What is still missing, in words; a jury that is not complete; the refusals of every act.
pub async fn present(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    jury_on: &str,
    members: &[JuryMember],
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Present)?;
    let lacks = queries::lacks(tx.conn(), &opened.file).await?;
    if !lacks.is_empty() {
        let detail = "Toutes les étapes du parcours ne sont pas terminées.";
        return Err(ExpertError::blocked("habilitation-path-incomplete", detail, lacks));
    }
    let mut faults = Faults::default();
    let jury_on = faults.required_date("/jury_on", jury_on);
    let mut named = Vec::new();
    for (position, member) in members.iter().enumerate().filter(|(_, member)| !member.name.trim().is_empty())
    {
        let name =
            faults
                .read(&format!("/members/{position}/name"), line::required(&member.name, 200), |e| e.code());
        named.extend(name.map(|name| JuryMember { name, quality: member.quality }));
    }
    let sits = |quality: Quality| named.iter().any(|member| member.quality == quality);
    let complete = match opened.file.duty {
        Duty::Epsp => [Quality::Manager, Quality::Senior, Quality::External].into_iter().all(sits),
        Duty::Mandataire | Duty::Controleur => sits(Quality::Manager) && named.len() >= 2,
    };
    if !complete {
        faults.push("/members", "incomplete", labels::jury_wanted(opened.file.duty));
    }
    let jury_on = faults.or(jury_on)?;
    opened.file.jury_on = Some(jury_on);
    opened.file.jury = serde_json::to_string(&named).map_err(crate::db::Error::from)?;
    opened.step(tx, Step::Present, What::Presented { jury_on }).await
}

/// What the jury decides, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Granted, with conditions or without.
    Grant {
        /// First day.
        starts_on: String,
        /// Last day; empty for the usual length.
        ends_on: String,
        /// Conditions; may be empty.
        conditions: String,
    },
    /// Something must be done again.
    Defer {
        /// Which steps.
        redo: Vec<StepKind>,
        /// What exactly.
        reasons: String,
    },
    /// Refused.
    Refuse {
        /// Why.
        reasons: String,
    },
}

/// Records the decision of the jury.
///
/// # Errors
/// A charter or a declaration of interests that is missing; every fault; [`ExpertError::Overlap`]; the refusals of
/// every act.
pub async fn decide(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    verdict: &Verdict,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.file.decided_at = Some(tx.instant());
    match verdict {
        Verdict::Grant { starts_on, ends_on, conditions } => {
            opened.check(Step::Grant)?;
            let declared = ties::queries::declared_until(tx.conn(), opened.expert.id, opened.today).await?;
            let lacks = labels::grant_lacks(opened.file.charter_signed_at.is_some(), declared.is_some());
            if !lacks.is_empty() {
                let detail = "L’habilitation ne peut pas encore être délivrée.";
                return Err(ExpertError::blocked("habilitation-not-signed", detail, lacks));
            }
            let years = settings::renewal_rules(tx.conn()).await?.years;
            let (period, conditions) = granted(starts_on, ends_on, conditions, years)?;
            actions::hold(tx, &opened.grant, &opened.expert, &opened.file, period).await?;
            opened.file.decision_text.clone_from(&conditions);
            opened.file.redo.clear();
            opened.step(tx, Step::Grant, What::Granted { period, conditions }).await
        }
        Verdict::Defer { redo, reasons } => {
            opened.check(Step::Defer)?;
            let reasons = super::reason(reasons, "Dites ce qui est à refaire")?;
            let known = |kind: &StepKind| path::steps(opened.file.duty).iter().any(|step| step.kind == *kind);
            let redo: Vec<_> = redo.iter().copied().filter(known).collect();
            if redo.is_empty() {
                let message = "Choisissez au moins une étape à refaire";
                return Err(vec![missing("/redo", message)].into());
            }
            opened.file.redo = path::joined(&redo);
            opened.file.deferred_at = Some(tx.instant());
            opened.file.decision_text.clone_from(&reasons);
            opened.step(tx, Step::Defer, What::Deferred { redo, reasons }).await
        }
        Verdict::Refuse { reasons } => {
            opened.check(Step::Refuse)?;
            let reasons = super::reason(reasons, "Dites pourquoi l’habilitation est refusée")?;
            opened.file.decision_text.clone_from(&reasons);
            opened.step(tx, Step::Refuse, What::Refused { reasons }).await
        }
    }
}

fn granted(
    starts_on: &str,
    ends_on: &str,
    conditions: &str,
    years: u16,
) -> Result<(Period, String), Vec<Fault>> {
    let mut faults = Faults::default();
    let period = period(starts_on, ends_on, years, &mut faults);
    let conditions = input::text("/conditions", conditions, 2000, &mut faults);
    faults.or(period.zip(conditions))
}

/// The period typed; the usual length when no end is given.
pub(super) fn period(starts_on: &str, ends_on: &str, years: u16, faults: &mut Faults) -> Option<Period> {
    let from: Date = faults.required_date("/starts_on", starts_on)?;
    match faults.optional_date("/ends_on", ends_on)? {
        None => Some(Period::months(from, years.saturating_mul(12))),
        Some(until) => faults.read("/ends_on", Period::new(from, until), |_| "dates-reversed"),
    }
}
