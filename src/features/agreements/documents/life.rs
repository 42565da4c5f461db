//! Letters on the life of a right: notice, suspension, reinstatement, withdrawal.

use entity::ids::RightActId;
use entity::right_act::{self, ActKind};
use entity::sanction_ground;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use time::OffsetDateTime;

use super::Draft;
use super::facts::{Material, day_in_paris, signatory};
use super::wording::{self, or_unknown, reference};
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::labels;
use crate::features::agreements::queries::{acts, history};
use crate::features::agreements::wording as desk;
use crate::render::french;

/// Kind of a notice.
const NOTICE: &str = "right-letter.notice";

/// An act with its findings and who signs it.
#[derive(Clone, Debug)]
pub struct ActFacts {
    act: right_act::Model,
    grounds: Vec<sanction_ground::Model>,
    by: String,
}

impl ActFacts {
    /// Reads an act.
    ///
    /// # Errors
    /// [`AgreementError::NotFound`], or what the database answers.
    pub async fn read(conn: &impl ConnectionTrait, id: RightActId) -> Result<Self, AgreementError> {
        let act = right_act::Entity::find_by_id(id).one(conn).await?.ok_or(AgreementError::NotFound)?;
        let grounds = acts::grounds(conn, id).await?;
        let by = history::account_name(conn, Some(act.confirmed_by.unwrap_or(act.asked_by))).await?;
        Ok(Self { act, grounds, by: by.unwrap_or_default() })
    }

    /// The instant that a document of it tells.
    #[must_use]
    pub fn at(&self, kind: &str) -> OffsetDateTime {
        match self.act.done_at.filter(|_| kind != NOTICE) {
            Some(at) => *at,
            None => *self.act.asked_at,
        }
    }
}

/// The variant of the template, and the object of the letter.
fn variant(kind: &str, act: ActKind) -> (&'static str, &'static str) {
    match (kind, act) {
        (NOTICE, ActKind::Withdrawal) => ("notice-withdrawal", wording::object::NOTICE),
        (NOTICE, _) => ("notice-suspension", wording::object::NOTICE),
        (_, ActKind::Reinstatement) => ("reinstated", wording::object::REINSTATED),
        (_, ActKind::Withdrawal) => ("withdrawn", wording::object::WITHDRAWN),
        (_, ActKind::Suspension | ActKind::Renouncement) => ("suspended", wording::object::SUSPENDED),
    }
}

/// The letter of an act; none while the request has no right.
pub(super) fn letter(material: &Material, facts: &ActFacts, kind: &str) -> Option<Draft> {
    let right = material.whole.attachments.agreement.as_ref()?;
    let act = &facts.act;
    let at = facts.at(kind);
    let on = day_in_paris(at);
    let is_notice = kind == NOTICE;
    let (variant, object) = variant(kind, act.kind);
    let zone = material.whole.dossier.structure.zone.as_str();
    let references = [(reference::AGREEMENT, right.number.as_str())];
    let against = !is_notice && matches!(act.kind, ActKind::Suspension | ActKind::Withdrawal);
    let grounds: Vec<String> = facts
        .grounds
        .iter()
        .map(|one| format!("{}\u{202f}: {}", labels::act::ground(one.kind), one.words))
        .collect();
    let until = act.comments_due_at.filter(|_| is_notice);
    let name = or_unknown(&facts.by);
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{}-A{}", right.number, act.number),
        "variant": variant,
        "agreement": right.number,
        "letter": material.letter(&material.day(at), object, &references),
        "structure": material.structure(),
        "sites": material.sites(),
        "certification": material.certification(on),
        "roles": material.roles(),
        "period": {
            "from": french::date(right.starts_on),
            "until": french::date(right.ends_on),
        },
        "cause": labels::act::cause(act.cause),
        "grounds": grounds,
        "reasons": or_unknown(&act.reasons),
        "on": material.day(at),
        "comments_until": until.map(|until| desk::instant(*until, zone)),
        "urgency": act.urgency_reason,
        "plan": act.plan,
        "appeal_delay": against.then(|| wording::months(material.delays.appeal_months)),
        "signatory": signatory(name, wording::MANAGER, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}
