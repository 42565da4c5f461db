//! A member takes no part for a candidate (S12): the quorum is counted again for that candidate.

use entity::candidate::JuryDecision;
use entity::ids::{JuryMemberId, JuryPassageId, JurySessionId};
use entity::jury_abstention;
use entity::jury_passage::Presence;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::day::{self, Day, labels};
use super::super::super::load::Whole;
use super::super::super::state::Event;
use super::super::super::{JuryError, What, input, wording};
use super::super::step;
use super::{Opened, keep};
use crate::authz::Permission;
use crate::db::{self, Tx};
use crate::rules::jury::quorum;

/// What an abstention makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abstained {
    /// Name of the candidate.
    pub name: String,
    /// Whether the candidate has no quorum any more, and is adjourned.
    pub adjourned: bool,
}

/// Records that a member stays apart from a candidate, by themselves or by whoever presides. A candidate who has no quorum
/// any more is adjourned at once.
///
/// # Errors
/// No reason, a member who is not in the room or has no vote, an abstention that is known; the state, the refusal of the
/// policy, what the database answers.
pub async fn abstain(
    tx: &mut Tx,
    id: JurySessionId,
    member: JuryMemberId,
    passage: JuryPassageId,
    why: &str,
) -> Result<Abstained, JuryError> {
    let whole = Whole::locked(tx, id).await?;
    let own = whole.accepted().find(|one| one.row.id == member).map(|one| one.row.expert_id);
    let is_own = own.is_some() && own == tx.actor().expert();
    let permission = if is_own { Permission::JurySit } else { Permission::JuryRun };
    let grant = day::right(tx.actor(), &whole, permission)?;
    whole.passing(passage)?;
    whole.next(Event::Abstain)?;
    let mut opened = Opened { day: Day::around(tx.conn(), whole, tx.now()).await?, grant };
    let seated = opened.day.sitting().find(|one| one.row.id == member && quorum::votes(one.row.seat));
    let seated = seated.map(|one| one.row.clone());
    let seated =
        seated.ok_or_else(|| JuryError::fault("/member_id", "unknown", labels::faults::UNKNOWN_MEMBER))?;
    let reason = input::reason(why)?;
    if opened.day.apart(passage).contains(&member) {
        return Err(already());
    }
    let row = jury_abstention::Model {
        id: tx.new_id(),
        passage_id: passage,
        member_id: member,
        reason,
        declared_at: tx.instant(),
    };
    let insert = jury_abstention::Entity::insert(row.clone().into_active_model().reset_all());
    insert
        .exec_without_returning(tx.conn())
        .await
        .map_err(|error| if db::is_unique_violation(&error) { already() } else { error.into() })?;
    opened.day.abstentions.push(row);
    let adjourned = !opened.day.lacks_for(passage).is_empty();
    let now = tx.instant();
    let one = opened.day.whole.passing_mut(passage)?;
    let name = wording::name(&one.candidate);
    let came = matches!(one.row.presence, Presence::Expected | Presence::Present);
    if adjourned && came {
        one.row.decision = Some(JuryDecision::Adjourned);
        one.row.decision_reason = Some(labels::QUORUM_LOST.to_owned());
        one.row.decided_at = Some(now);
    }
    keep(tx, &mut one.row).await?;
    let line = step(tx, &mut opened.day.whole, Event::Abstain, |_| {}).await?;
    let adjourned = adjourned && came;
    let what = What::Abstained { member: &seated, passage: passage.0, adjourned };
    opened.record(tx, line, what).await?;
    Ok(Abstained { name, adjourned })
}

fn already() -> JuryError {
    JuryError::fault("/member_id", "twice", labels::faults::ALREADY_APART)
}
