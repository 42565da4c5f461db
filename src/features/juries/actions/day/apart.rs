//! What data tells of the people in the room when they sit: those who may not sit (J1, J7) are not counted on, those who
//! know a candidate stay apart from that candidate (J2, J3).

use entity::candidate::JuryDecision;
use entity::ids::JuryMemberId;
use entity::jury_abstention;
use entity::jury_passage::Presence;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::super::day::{known, labels};
use super::super::super::load::Whole;
use super::super::super::state::{Event, told};
use super::super::super::{JuryError, JuryEvent, What};
use super::decide::forget_votes;
use super::{Opened, keep};
use crate::db::Tx;
use crate::features::panels::labels as words_of_panels;
use crate::features::panels::{Panel, queries};
use crate::rules::jury::impartiality::{Finding, Reason, Severity};

/// Writes the abstention of each member in the room who knows a candidate: the quorum is counted again for that candidate,
/// who is adjourned at once when it is lost. A decision that was taken with them falls.
///
/// # Errors
/// What the database answers.
pub(super) async fn set_apart(tx: &mut Tx, opened: &mut Opened) -> Result<(), JuryError> {
    for (member, passage) in known::unsaid(tx.conn(), &opened.day.whole).await? {
        if !matches!(opened.day.whole.passing(passage)?.row.presence, Presence::Expected | Presence::Present)
        {
            continue;
        }
        let row = jury_abstention::Model {
            id: tx.new_id(),
            passage_id: passage,
            member_id: member,
            reason: labels::KNOWN_TIE.to_owned(),
            declared_at: tx.instant(),
        };
        let insert = jury_abstention::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        opened.day.abstentions.push(row);
        let adjourned = !opened.day.lacks_for(passage).is_empty();
        forget_votes(tx, passage).await?;
        let now = tx.instant();
        let one = opened.day.whole.passing_mut(passage)?;
        one.row.decision = adjourned.then_some(JuryDecision::Adjourned);
        one.row.decision_reason = adjourned.then(|| labels::QUORUM_LOST.to_owned());
        one.row.decided_at = adjourned.then_some(now);
        keep(tx, &mut one.row).await?;
        let found = opened.day.whole.members.iter().find(|one| one.row.id == member);
        let seated = found.ok_or(JuryError::NotFound)?.row.clone();
        let what = What::Abstained { member: &seated, passage: passage.0, adjourned };
        let event = JuryEvent::of_act(tx, &opened.day.whole, told(Event::Abstain), what);
        tx.record(&opened.grant, &event).await?;
    }
    Ok(())
}

/// Why people in the room, or one of them, may not sit that day, each in words: no right to the seat, a tie with the structure
/// that refuses.
///
/// # Errors
/// What the database answers.
pub(super) async fn not_entitled(
    tx: &Tx,
    whole: &Whole,
    only: Option<JuryMemberId>,
) -> Result<Vec<String>, JuryError> {
    let panel = Box::pin(Panel::around(tx.conn(), whole.session.clone())).await?;
    let seated = Box::pin(queries::seated(tx.conn(), &panel, tx.now())).await?;
    // What takes the right to the seat away is already told in words; the yearly declaration was looked at when the seat was
    // given, and that of the session is asked besides.
    let refuses = |one: &&Finding| {
        one.severity == Severity::Blocking
            && !matches!(one.reason, Reason::NotHabilitated | Reason::NotDeclared)
    };
    let mut said = Vec::new();
    let here = seated.iter().filter(|one| one.member.row.identity_checked_at.is_some());
    for one in here.filter(|one| only.is_none_or(|only| only == one.member.row.id)) {
        let name = one.member.expert.name();
        said.extend(one.outside.iter().map(|why| labels::lacks::may_not_sit(&name, why)));
        let found = one.findings.iter().filter(refuses);
        said.extend(
            found.map(|found| labels::lacks::may_not_sit(&name, &words_of_panels::finding(&panel, found))),
        );
    }
    Ok(said)
}
