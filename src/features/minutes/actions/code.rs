//! A one-time code, sent by mail to a member who signs on a device that is not theirs.

use entity::ids::{JuryCodeId, JuryMemberId, JurySessionId};
use entity::jury_code;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use subtle::ConstantTimeEq;
use time::Duration;

use super::super::events::{MinutesEvent, What};
use super::super::load::Book;
use super::super::{MinutesError, queries};
use super::open;
use crate::app::App;
use crate::authz::Permission;
use crate::db::Tx;

/// Minutes for which a code is valid.
pub const CODE_MINUTES: i64 = 15;
/// Wrong codes after which a code is no longer valid.
const MOST_TRIES: i32 = 5;
const CONTEXT: &str = "minutes.code";
/// Characters of the fingerprint that go with a code.
const SHOWN: usize = 8;

/// Sends a code to a member who has not answered yet; the codes sent before are no longer valid.
///
/// # Errors
/// [`MinutesError::NothingToSign`], [`MinutesError::NotSigner`], [`MinutesError::AlreadySigned`], the refusal of the policy,
/// what the database answers.
pub async fn send_code(tx: &mut Tx, id: JurySessionId, member: JuryMemberId) -> Result<String, MinutesError> {
    let opened = open(tx, id, None, Permission::MinutesSign, Book::facts_of_signer).await?;
    let record = opened.book.open()?;
    if !record.signers().any(|signer| signer.id == member.0) {
        return Err(MinutesError::NotSigner);
    }
    if record.signature_of(member).is_some() {
        return Err(MinutesError::AlreadySigned);
    }
    let seated = opened.book.seated(member).ok_or(MinutesError::NotSigner)?;
    let minutes = record.row.id;
    jury_code::Entity::update_many()
        .col_expr(jury_code::Column::UsedAt, Expr::value(Some(tx.instant())))
        .filter(jury_code::Column::MinutesId.eq(minutes))
        .filter(jury_code::Column::MemberId.eq(member))
        .filter(jury_code::Column::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    let figures = u32::from_be_bytes(tx.app().random_bytes::<4>()) % 1_000_000;
    let code = format!("{figures:06}");
    let key: JuryCodeId = tx.new_id();
    let row = jury_code::Model {
        id: key,
        minutes_id: minutes,
        member_id: member,
        code_hash: hash(tx.app(), key, &code)?,
        tries: 0,
        expires_at: (tx.now() + Duration::minutes(CODE_MINUTES)).into(),
        used_at: None,
    };
    let insert = jury_code::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let fingerprint: String = hex::encode(&record.row.content_hash).chars().take(SHOWN).collect();
    let what = What::CodeSent { member: seated, code, fingerprint };
    let event = MinutesEvent::of(tx, &opened.book.whole, what);
    tx.record(&opened.grant, &event).await?;
    Ok(seated.expert.name())
}

fn hash(app: &App, key: JuryCodeId, code: &str) -> Result<Vec<u8>, MinutesError> {
    Ok(app.keyed_hash(CONTEXT, &format!("{key}:{code}"))?)
}

/// Uses the code of a member up.
///
/// # Errors
/// [`MinutesError::NoCode`] when none is valid, [`MinutesError::WrongCode`], what the database answers.
pub(super) async fn use_up(
    tx: &Tx,
    book: &Book,
    member: JuryMemberId,
    code: &str,
) -> Result<(), MinutesError> {
    let record = book.open()?;
    let found = queries::open_code(tx.conn(), record.row.id, member).await?;
    let valid = |row: &jury_code::Model| row.tries < MOST_TRIES && *row.expires_at > tx.now();
    let mut row = found.filter(valid).ok_or(MinutesError::NoCode)?;
    let same: bool = hash(tx.app(), row.id, code)?.ct_eq(row.code_hash.as_slice()).into();
    if !same {
        return Err(MinutesError::WrongCode(row.id));
    }
    row.used_at = Some(tx.instant());
    jury_code::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    Ok(())
}

/// Counts a wrong code, once its transaction is dropped: a refusal leaves nothing else.
///
/// # Errors
/// What the database answers.
pub async fn count_miss(app: &App, error: &MinutesError) -> Result<(), MinutesError> {
    let MinutesError::WrongCode(id) = error else { return Ok(()) };
    jury_code::Entity::update_many()
        .col_expr(jury_code::Column::Tries, Expr::col(jury_code::Column::Tries).add(1))
        .filter(jury_code::Column::Id.eq(*id))
        .exec(app.db.bookkeeping())
        .await?;
    Ok(())
}
