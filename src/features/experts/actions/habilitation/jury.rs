//! Presents a file to the jury d’habilitation, and records what it decides.

use entity::expert;
use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use entity::ids::{ExpertId, HabilitationId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use time::macros::format_description;
use time::{Date, Time};

use super::{Opened, habilitates, open};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::experts::events::What;
use crate::features::experts::state::Step;
use crate::features::experts::{ExpertError, actions, input, labels, path, queries};
use crate::features::rights::{self, Holder};
use crate::features::{settings, ties};
use crate::rules::deadline::day_in_zone;
use crate::rules::email_address::EmailAddress;
use crate::rules::fold::fold;
use crate::rules::period::Period;
use crate::rules::territory::PARIS;
use crate::rules::{deadline, line};

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

/// A member of the jury: an expert of the program, or anyone by name. They are invited when there is an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JuryMember {
    /// Name; that of the expert when empty.
    pub name: String,
    /// As what.
    pub quality: Quality,
    /// The expert, when it is one.
    #[serde(default)]
    pub expert: Option<ExpertId>,
    /// Address to which the invitation goes, for somebody else; may be empty.
    #[serde(default)]
    pub email: String,
}

impl JuryMember {
    /// Somebody by their name only.
    #[must_use]
    pub fn named(name: &str, quality: Quality) -> Self {
        Self { name: name.to_owned(), quality, expert: None, email: String::new() }
    }

    fn is_given(&self) -> bool {
        self.expert.is_some() || !self.name.trim().is_empty() || !self.email.trim().is_empty()
    }
}

/// A presentation to the jury, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presentation {
    /// Day on which it sits.
    pub on: String,
    /// Hour, where the certifier is; the usual one when empty.
    pub time: String,
    /// Place, or address of the video; may be empty.
    pub place: String,
    /// Who sits.
    pub members: Vec<JuryMember>,
}

/// Somebody is named in the jury that judges them.
const OWN_JURY: &str = "Cette personne ne siège pas à son propre jury";

/// Hour at which a jury sits unless another is given.
pub(super) const USUAL: Time = time::macros::time!(9:00);

/// Presents the file, once every step is done.
///
/// # Errors
/// What is still missing, in words; a jury that is not complete; the refusals of every act.
pub async fn present(
    tx: &mut Tx,
    id: HabilitationId,
    seen: Option<i32>,
    typed: &Presentation,
) -> Result<habilitation::Model, ExpertError> {
    let mut opened = open(tx, id, seen, Permission::HabilitationManage).await?;
    opened.check(Step::Present)?;
    let lacks = queries::lacks(tx.conn(), &opened.file).await?;
    if !lacks.is_empty() {
        let detail = "Toutes les étapes du parcours ne sont pas terminées.";
        return Err(ExpertError::blocked("habilitation-path-incomplete", detail, lacks));
    }
    let mut faults = Faults::default();
    let jury_on = faults.required_date("/jury_on", &typed.on);
    check_day(tx, id, jury_on, &mut faults).await?;
    let hour = faults.read("/jury_time", hour(&typed.time), |_| "time");
    let place = faults.read("/jury_place", line::optional(&typed.place, 200), |error| error.code());
    let mut named = Vec::new();
    for (position, member) in typed.members.iter().enumerate().filter(|(_, member)| member.is_given()) {
        named.extend(read_member(tx, &opened, position, member, &mut faults).await?);
    }
    let sits = |quality: Quality| named.iter().any(|member| member.quality == quality);
    let complete = match opened.file.duty {
        Duty::Epsp => [Quality::Manager, Quality::Senior, Quality::External].into_iter().all(sits),
        Duty::Mandataire | Duty::Controleur => sits(Quality::Manager) && named.len() >= 2,
    };
    if !complete {
        faults.push("/members", "incomplete", labels::path::jury_wanted(opened.file.duty));
    }
    if sits_twice(&named) {
        faults.push("/members", "twice", "La même personne ne siège pas à deux titres");
    }
    let ((jury_on, hour), place) = faults.or(jury_on.zip(hour).zip(place))?;
    let jury_at = deadline::instant(jury_on, hour, PARIS).ok();
    opened.file.jury_on = Some(jury_on);
    opened.file.jury_at = jury_at.map(Into::into);
    opened.file.jury_place = Some(place).filter(|place| !place.is_empty());
    opened.file.jury = serde_json::to_string(&named).map_err(crate::db::Error::from)?;
    // The version that this step writes.
    opened.file.jury_version = Some(opened.file.version + 1);
    opened.step(tx, Step::Present, What::Presented { jury_on, members: named }).await
}

/// Refuses a jury that would sit before the last step of the path it judges.
pub(super) async fn check_day(
    tx: &Tx,
    id: HabilitationId,
    jury_on: Option<Date>,
    faults: &mut Faults,
) -> Result<(), ExpertError> {
    let steps = habilitation_step::Entity::find().filter(habilitation_step::Column::HabilitationId.eq(id));
    let last = steps.order_by_desc(habilitation_step::Column::DoneOn).one(tx.conn()).await?;
    if jury_on.zip(last).is_some_and(|(day, last)| day < last.done_on) {
        faults.push("/jury_on", "before-path", "Le jury ne siège pas avant la dernière étape du parcours");
    }
    Ok(())
}

/// Whether somebody is named twice.
fn sits_twice(named: &[JuryMember]) -> bool {
    let same = |one: &JuryMember, other: &JuryMember| one.name.to_lowercase() == other.name.to_lowercase();
    named.iter().enumerate().any(|(rank, one)| named.iter().skip(rank + 1).any(|other| same(one, other)))
}

pub(super) fn hour(typed: &str) -> Result<Time, &'static str> {
    let typed: String = typed.replace(['h', 'H'], ":").split_whitespace().collect();
    if typed.is_empty() {
        return Ok(USUAL);
    }
    let typed = if typed.ends_with(':') { format!("{typed}00") } else { typed };
    Time::parse(&typed, format_description!("[hour padding:none]:[minute]"))
        .map_err(|_| "Indiquez une heure, par exemple 9\u{202f}h\u{202f}30")
}

/// Whether the name typed beside an expert is that of somebody else, who would be left out without a word.
fn names_another(typed: &str, chosen: &expert::Model) -> bool {
    let typed = fold(typed);
    let (family, first) = (&chosen.family_name, &chosen.first_names);
    !typed.is_empty() && typed != fold(&chosen.name()) && typed != fold(&format!("{family} {first}"))
}

/// A member with their name: that of the expert, or the one typed, with an address that can be. Nobody sits in their own
/// jury, and who sits as experienced holds the duty.
async fn read_member(
    tx: &Tx,
    opened: &Opened,
    position: usize,
    member: &JuryMember,
    faults: &mut Faults,
) -> Result<Option<JuryMember>, ExpertError> {
    let at = |field: &str| format!("/members/{position}/{field}");
    if let Some(id) = member.expert {
        let found = expert::Entity::find_by_id(id).one(tx.conn()).await?;
        let held = rights::queries::of_holder(tx.conn(), Holder::expert(id)).await?;
        let experienced = held.iter().any(|held| habilitates(held, opened.file.duty, opened.today));
        if found.is_none() {
            faults.push(at("expert_id"), "unknown", labels::faults::UNKNOWN_MEMBER);
        } else if id == opened.expert.id {
            faults.push(at("expert_id"), "own-jury", OWN_JURY);
        } else if member.quality == Quality::Senior && !experienced {
            faults.push(at("expert_id"), "not-habilitated", labels::faults::SENIOR_NOT_HABILITATED);
        }
        if let Some(found) = found.as_ref().filter(|found| names_another(&member.name, found)) {
            faults.push(at("name"), "two-people", labels::faults::two_people(&found.name()));
        }
        let known = |expert: expert::Model| JuryMember { name: expert.name(), ..member.clone() };
        return Ok(found.map(known));
    }
    let name = faults.read(&at("name"), line::required(&member.name, 200), |error| error.code());
    if name.as_ref().is_some_and(|name| name.to_lowercase() == opened.expert.name().to_lowercase()) {
        faults.push(at("name"), "own-jury", OWN_JURY);
    }
    let email = match member.email.trim() {
        "" => Some(String::new()),
        typed => faults
            .read(&at("email"), EmailAddress::parse(typed), |_| "email")
            .map(|address| address.as_str().to_owned()),
    };
    let read = name.zip(email);
    Ok(read.map(|(name, email)| JuryMember { name, email, quality: member.quality, expert: None }))
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
            sat(tx, &opened)?;
            let declared = ties::queries::declared_until(tx.conn(), opened.expert.id, opened.today).await?;
            let lacks =
                labels::path::grant_lacks(opened.file.charter_signed_at.is_some(), declared.is_some());
            if !lacks.is_empty() {
                let detail = "L’habilitation ne peut pas encore être délivrée.";
                return Err(ExpertError::blocked("habilitation-not-signed", detail, lacks));
            }
            let years = settings::renewal_rules(tx.conn()).await?.years;
            let (period, conditions) = granted(&opened.file, starts_on, ends_on, conditions, years)?;
            actions::hold(tx, &opened.grant, &opened.expert, &opened.file, period).await?;
            opened.file.decision_text.clone_from(&conditions);
            opened.file.redo.clear();
            opened.step(tx, Step::Grant, What::Granted { period, conditions }).await
        }
        Verdict::Defer { redo, reasons } => {
            opened.check(Step::Defer)?;
            sat(tx, &opened)?;
            let mut faults = Faults::default();
            if reasons.trim().is_empty() {
                faults.push("/reason", "missing", "Dites ce qui est à refaire");
            }
            let reasons = input::text("/reason", reasons, 2000, &mut faults);
            let steps = settings::path_rules(tx.conn()).await?.steps(opened.file.duty);
            let known = |kind: &StepKind| steps.iter().any(|(step, _)| step == kind);
            let redo: Vec<_> = redo.iter().copied().filter(known).collect();
            if redo.is_empty() {
                faults.push("/redo", "missing", "Choisissez au moins une étape à refaire");
            }
            let reasons = faults.or(reasons)?;
            opened.file.redo = path::joined(&redo);
            opened.file.deferred_at = Some(tx.instant());
            opened.file.decision_text.clone_from(&reasons);
            opened.step(tx, Step::Defer, What::Deferred { redo, reasons }).await
        }
        Verdict::Refuse { reasons } => {
            opened.check(Step::Refuse)?;
            sat(tx, &opened)?;
            let reasons = super::reason(reasons, "Dites pourquoi l’habilitation est refusée")?;
            opened.file.decision_text.clone_from(&reasons);
            opened.step(tx, Step::Refuse, What::Refused { reasons }).await
        }
    }
}

/// Refuses a decision on a day when the jury has not sat yet.
fn sat(tx: &Tx, opened: &Opened) -> Result<(), ExpertError> {
    let today = day_in_zone(tx.now(), PARIS).max(opened.today);
    if let Some(day) = opened.file.jury_on.filter(|day| *day > today) {
        let detail = "Le jury ne s’est pas encore réuni. Déplacez-le s’il se tient plus tôt.";
        return Err(ExpertError::blocked(
            "habilitation-jury-to-come",
            detail,
            vec![labels::path::jury_day(day)],
        ));
    }
    Ok(())
}

fn granted(
    file: &habilitation::Model,
    starts_on: &str,
    ends_on: &str,
    conditions: &str,
    years: u16,
) -> Result<(Period, String), Vec<Fault>> {
    let mut faults = Faults::default();
    let period = period(starts_on, ends_on, years, &mut faults);
    if period.zip(file.jury_on).is_some_and(|(period, jury_on)| period.from() < jury_on) {
        faults.push(
            "/starts_on",
            "before-jury",
            "L’habilitation ne commence pas avant le jury qui l’accorde",
        );
    }
    if let Some(period) = period {
        longest(period, years, &mut faults);
    }
    let conditions = input::text("/conditions", conditions, 2000, &mut faults);
    faults.or(period.zip(conditions))
}

/// Refuses a period longer than the settings say.
pub(super) fn longest(period: Period, years: u16, faults: &mut Faults) {
    let last = Period::months(period.from(), years.saturating_mul(12)).until();
    if period.until() > last {
        faults.push("/ends_on", "too-long", labels::path::longest(last));
    }
}

/// The period typed; the usual length when no end is given.
pub(super) fn period(starts_on: &str, ends_on: &str, years: u16, faults: &mut Faults) -> Option<Period> {
    let from: Date = faults.required_date("/starts_on", starts_on)?;
    match faults.optional_date("/ends_on", ends_on)? {
        None => Some(Period::months(from, years.saturating_mul(12))),
        Some(until) => faults.read("/ends_on", Period::new(from, until), |_| "dates-reversed"),
    }
}
