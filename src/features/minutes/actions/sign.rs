//! A member signs the frozen text, or refuses with a reason (S16). Each in turn, in any order.

use entity::ids::JurySessionId;
use entity::jury_minutes::{self, MinutesKind, MinutesState};
use entity::jury_signature::{self, SignatureKind};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::input::{TypedSignature, Way};
use super::super::load::Book;
use super::super::{MinutesError, documents, labels};
use super::code::use_up;
use super::{Opened, keep, open, record, save, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::juries::state::{Event, told};
use crate::features::juries::{JuryEvent, What};

/// What a signature did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// It is a refusal.
    pub refused: bool,
    /// Everybody has answered.
    pub last: bool,
}

/// Keeps the answer of a member. On the account of somebody else of the jury, the one-time code says who it is.
///
/// # Errors
/// The faults, [`MinutesError::NothingToSign`], [`MinutesError::NotSigner`], [`MinutesError::AlreadySigned`],
/// [`MinutesError::WrongCode`], [`MinutesError::OtherText`], the refusal of the policy, what the database answers.
pub async fn sign(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedSignature,
) -> Result<Signed, MinutesError> {
    let opened = open(tx, id, seen, Permission::MinutesSign, Book::facts_of_signer).await?;
    let (way, code) = typed.read()?;
    let frozen = opened.book.open()?;
    let shown = hex::encode(&frozen.row.content_hash);
    if !typed.seen.trim().is_empty() && typed.seen.trim() != shown {
        return Err(MinutesError::OtherText);
    }
    if !frozen.signers().any(|signer| signer.id == typed.member.0) {
        return Err(MinutesError::NotSigner);
    }
    if frozen.signature_of(typed.member).is_some() {
        return Err(MinutesError::AlreadySigned);
    }
    let own = tx.actor().expert().and_then(|expert| opened.book.seat_of(expert)) == Some(typed.member);
    match code.filter(|_| way != Way::Account) {
        Some(code) => use_up(tx, &opened.book, typed.member, &code).await?,
        None if own && way != Way::Code => {}
        None => return Err(MinutesError::fault("/code", "missing", labels::lacks::CODE_NEEDED)),
    }
    let row = signature(tx, frozen.row.clone(), typed, way);
    let insert = jury_signature::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let last = frozen.signatures.len() + 1 == frozen.signers().count();
    let minutes = frozen.row.clone();
    Box::pin(finish(tx, opened, minutes, &row, last)).await?;
    Ok(Signed { refused: row.kind == SignatureKind::Refused, last })
}

fn signature(
    tx: &Tx,
    minutes: jury_minutes::Model,
    typed: &TypedSignature,
    way: Way,
) -> jury_signature::Model {
    let (kind, drawing, reason) = match way {
        Way::Drawn(path) => (SignatureKind::Drawn, path, None),
        Way::Code => (SignatureKind::Code, String::new(), None),
        Way::Account => (SignatureKind::Account, String::new(), None),
        Way::Refused(reason) => (SignatureKind::Refused, String::new(), Some(reason)),
    };
    jury_signature::Model {
        id: tx.new_id(),
        minutes_id: minutes.id,
        member_id: typed.member,
        kind,
        drawing,
        reason,
        content_hash: minutes.content_hash,
        account_id: tx.actor().account_id(),
        signed_at: tx.instant(),
    }
}

/// Records the answer and, when it is the last one, that everybody answered.
async fn finish(
    tx: &mut Tx,
    opened: Opened,
    minutes: jury_minutes::Model,
    row: &jury_signature::Model,
    last: bool,
) -> Result<(), MinutesError> {
    let (mut whole, grant) = (opened.book.whole, opened.grant);
    let given = What::SignatureGiven { signature: row };
    let name = ("jury.signature_given", "JUR_SIGNATURE");
    if !last {
        save(tx, &mut whole, |_| {}).await?;
        let event = JuryEvent::of_act(tx, &whole, name, given);
        tx.record(&grant, &event).await?;
        return Ok(());
    }
    let event = JuryEvent::of_act(tx, &whole, name, given);
    tx.record(&grant, &event).await?;
    let minutes = keep(tx, &minutes, |row| row.state = MinutesState::Signed).await?;
    let what = What::MinutesSigned { minutes: &minutes };
    let now = tx.instant();
    if minutes.kind == MinutesKind::Minutes {
        let line = step(tx, &mut whole, Event::Sign, |session| session.signed_at = Some(now)).await?;
        let jobs = vec![documents::text(&whole.session, &minutes, true)];
        return record(tx, &grant, &whole, line, what, jobs).await;
    }
    // A jury without quorum is over: only its minutes are signed.
    save(tx, &mut whole, |session| session.signed_at = Some(now)).await?;
    let jobs = vec![documents::text(&whole.session, &minutes, true)];
    let event = JuryEvent::of_act(tx, &whole, told(Event::Sign), what).doing(jobs);
    tx.record(&grant, &event).await?;
    Ok(())
}
