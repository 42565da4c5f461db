//! Juries of the last days: rows up to the deliberation, as those of the past years, then the acts on their minutes, so that
//! one waits for each person in turn.

use std::collections::HashSet;

use anyhow::Context;
use entity::ids::{JuryMemberId, JurySessionId, MailId};
use entity::jury_member::{self, Seat};
use entity::mail;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::data;
use super::super::labels::{JURY_FINDINGS, JURY_REMARKS};
use super::super::requests::Story;
use super::{File, HOST, Jurors, history};
use crate::authz::Actor;
use crate::features::minutes::actions;
use crate::features::minutes::input::{Point, TypedCheck, TypedSignature, TypedValidation};
use crate::rules::typed_date::iso;

/// What a signature looks like.
const DRAWING: &str = "M18 52L26 30L34 54L44 34L52 50L66 40L74 52L92 38L104 50L140 44M30 64L150 58";
/// Figures of a code.
const FIGURES: usize = 6;

/// How far minutes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    Deliberated,
    ToSign,
    Signed,
    Checked,
    SentBack,
    Validated,
}

/// How far each is brought, and how many days ago it was held.
const HELD: [(Reached, i64); 6] = [
    (Reached::Validated, 24),
    (Reached::SentBack, 20),
    (Reached::Checked, 16),
    (Reached::Signed, 12),
    (Reached::ToSign, 8),
    (Reached::Deliberated, 4),
];

/// Writes them, and does what was done since.
pub(super) async fn load(
    story: &Story<'_>,
    file: &File,
    known: &data::Experts,
    jurors: &Jurors,
) -> anyhow::Result<()> {
    let (host, own) = story.controllers.get(HOST).context(HOST)?;
    story.stage.set(0, 7 * 60);
    let days = HELD.map(|(_, days_ago)| days_ago);
    let sessions = history::deliberating(story, (file, known, jurors), *host, &days).await?;
    for ((reached, days_ago), id) in HELD.into_iter().zip(sessions) {
        let told = || format!("jury of {days_ago} days ago");
        Box::pin(bring(story, own, id, reached)).await.with_context(told)?;
    }
    Ok(())
}

/// Brings the minutes of a session as far as asked.
async fn bring(story: &Story<'_>, host: &Actor, id: JurySessionId, reached: Reached) -> anyhow::Result<()> {
    if reached == Reached::Deliberated {
        return Ok(());
    }
    let (app, manager) = (story.stage.app, &story.people.manager);
    let mut tx = app.begin(host.clone()).await?;
    Box::pin(actions::close(&mut tx, id, None, JURY_REMARKS)).await.context("the deliberation")?;
    tx.commit().await?;
    let members = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.eq(id))
        .order_by_asc(jury_member::Column::Position)
        .all(app.db.bookkeeping())
        .await?;
    for member in members {
        // Whoever presides and one member are still to sign.
        if reached != Reached::ToSign || member.seat == Seat::Employers {
            Box::pin(sign(story, host, id, &member)).await.with_context(|| member.seat.word())?;
        }
    }
    if matches!(reached, Reached::Checked | Reached::SentBack | Reached::Validated) {
        let conform = reached != Reached::SentBack;
        let kept = Point::ALL.into_iter().filter(|point| conform || *point != Point::Decisions);
        let typed = TypedCheck {
            points: kept.map(|point| point.word().to_owned()).collect(),
            findings: if conform { String::new() } else { JURY_FINDINGS.to_owned() },
        };
        let mut tx = app.begin(manager.clone()).await?;
        if conform {
            Box::pin(actions::control_ok(&mut tx, id, None, &typed)).await.context("the control")?;
        } else {
            Box::pin(actions::control_ko(&mut tx, id, None, &typed)).await.context("the control")?;
        }
        tx.commit().await?;
    }
    if reached == Reached::Validated {
        let typed = TypedValidation { delivered_on: iso(story.stage.today), ..TypedValidation::default() };
        let mut tx = app.begin(manager.clone()).await?;
        Box::pin(actions::validate(&mut tx, id, None, &typed)).await.context("the validation")?;
        tx.commit().await?;
    }
    Ok(())
}

/// A member signs on the tablet of whoever presides, with the code of their mail.
async fn sign(
    story: &Story<'_>,
    host: &Actor,
    id: JurySessionId,
    member: &jury_member::Model,
) -> anyhow::Result<()> {
    let code = if member.seat == Seat::President {
        String::new()
    } else {
        code(story, host, id, member.id).await.context("the code")?
    };
    let typed = TypedSignature {
        member: member.id,
        way: "drawn".to_owned(),
        code,
        drawing: DRAWING.to_owned(),
        reason: String::new(),
        seen: String::new(),
    };
    let mut tx = story.stage.app.begin(host.clone()).await?;
    Box::pin(actions::sign(&mut tx, id, None, &typed)).await?;
    Ok(tx.commit().await?)
}

/// Has a code sent, and reads it in its mail.
async fn code(
    story: &Story<'_>,
    host: &Actor,
    id: JurySessionId,
    member: JuryMemberId,
) -> anyhow::Result<String> {
    let app = story.stage.app;
    let sent = || mail::Entity::find().filter(mail::Column::Template.eq("jury-code"));
    let before = sent().all(app.db.bookkeeping()).await?;
    let before: HashSet<MailId> = before.into_iter().map(|row| row.id).collect();
    let mut tx = app.begin(host.clone()).await?;
    actions::send_code(&mut tx, id, member).await?;
    tx.commit().await?;
    let after = sent().all(app.db.bookkeeping()).await?;
    let new = after.into_iter().find(|row| !before.contains(&row.id)).context("no mail")?;
    let figures = |line: &&str| line.len() == FIGURES && line.bytes().all(|byte| byte.is_ascii_digit());
    Ok(new.body_text.lines().map(str::trim).find(figures).context("no figures")?.to_owned())
}
