//! One execution per idempotency key: the key is written in the transaction that it protects.
//!
//! A repeat finds the row. With its answer, the answer is given again; without (the first call is running, or
//! the process died before it answered an act that did not keep its answer), the caller is told that it was executed. A row of a
//! call that did not commit does not exist, so trying again is safe.

use entity::idempotency_key;
use entity::ids::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Db, Error, Tx};

/// The key of one request, tied to its caller, and the hash of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    id: Uuid,
    request_hash: Vec<u8>,
}

/// What an earlier call under the same key left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing.
    None,
    /// The same request, with its answer.
    Answered(Answer),
    /// The same request, executed or running, without an answer yet.
    Executed,
    /// Another request.
    Different,
}

/// An answer kept to be given again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
    /// `Content-Type`; JSON when there is none.
    pub content_type: Option<String>,
    /// `Content-Disposition`, of a file.
    pub disposition: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
}

impl Answer {
    /// A status and a text, without headers.
    #[must_use]
    pub fn new(status: u16, text: String) -> Self {
        Self { status, body: text.into_bytes(), ..Self::default() }
    }
}

impl Claim {
    /// The claim of a caller (a stable text such as the key of the account) on a key, for a request.
    #[must_use]
    pub fn new(caller: &str, key: &str, request: &[u8]) -> Self {
        let digest = Sha256::digest(format!("{caller}\n{key}").as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Self { id: Uuid::from_bytes(id), request_hash: Sha256::digest(request).to_vec() }
    }

    /// The claim of a person on the forms of a page: its key is that of the page, so the hash of what is sent tells them
    /// apart.
    #[must_use]
    pub fn of_form(account: AccountId, key: &str, sent: &[u8]) -> Self {
        let caller = [b"form\n".as_slice(), account.0.as_bytes(), key.as_bytes(), b"\n", sent].concat();
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(caller)[..16]);
        Self { id: Uuid::from_bytes(id), request_hash: sent.to_vec() }
    }

    /// What an earlier call left.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn earlier(&self, db: &Db) -> Result<Earlier, DbErr> {
        let row = idempotency_key::Entity::find_by_id(self.id).one(db.read()).await?;
        Ok(match row {
            None => Earlier::None,
            Some(row) if row.request_hash != self.request_hash => Earlier::Different,
            Some(row) => match row.status {
                None => Earlier::Executed,
                Some(status) => Earlier::Answered(Answer {
                    status: u16::try_from(status).unwrap_or(500),
                    body: row.body.unwrap_or_default(),
                    content_type: row.content_type,
                    disposition: row.disposition,
                    location: row.location,
                    etag: row.etag,
                }),
            },
        })
    }

    /// Writes the key in the transaction that it protects, with the answer when the act already knows it.
    pub(super) async fn take(&self, tx: &Tx, answer: Option<&Answer>) -> Result<(), Error> {
        let row = self.row(answer, tx.instant());
        match idempotency_key::Entity::insert(row).exec_without_returning(tx.conn()).await {
            Ok(_) => Ok(()),
            Err(error) if super::is_unique_violation(&error) => Err(Error::AlreadyExecuted),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the key before the act, which may be made of several transactions; whether it was free.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn open(&self, db: &Db, now: OffsetDateTime) -> Result<bool, DbErr> {
        let row = self.row(None, now.into());
        match idempotency_key::Entity::insert(row).exec_without_returning(db.bookkeeping()).await {
            Ok(_) => Ok(true),
            Err(error) if super::is_unique_violation(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn row(&self, answer: Option<&Answer>, now: entity::Instant) -> idempotency_key::ActiveModel {
        idempotency_key::ActiveModel {
            id: Set(self.id),
            request_hash: Set(self.request_hash.clone()),
            status: Set(answer.map(|answer| answer.status.into())),
            body: Set(answer.map(|answer| answer.body.clone())),
            content_type: Set(answer.and_then(|answer| answer.content_type.clone())),
            disposition: Set(answer.and_then(|answer| answer.disposition.clone())),
            location: Set(answer.and_then(|answer| answer.location.clone())),
            etag: Set(answer.and_then(|answer| answer.etag.clone())),
            created_at: Set(now),
        }
    }

    /// Gives back a key whose act did not happen, so that it can be tried again.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn free(&self, db: &Db) -> Result<(), DbErr> {
        idempotency_key::Entity::delete_by_id(self.id).exec(db.bookkeeping()).await?;
        Ok(())
    }

    /// Keeps the answer, to be given again.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn answer(&self, db: &Db, answer: &Answer) -> Result<(), DbErr> {
        use idempotency_key::Column;
        idempotency_key::Entity::update_many()
            .col_expr(Column::Status, Expr::value(i32::from(answer.status)))
            .col_expr(Column::Body, Expr::value(answer.body.clone()))
            .col_expr(Column::ContentType, Expr::value(answer.content_type.clone()))
            .col_expr(Column::Disposition, Expr::value(answer.disposition.clone()))
            .col_expr(Column::Location, Expr::value(answer.location.clone()))
            .col_expr(Column::Etag, Expr::value(answer.etag.clone()))
            .filter(Column::Id.eq(self.id))
            .exec(db.bookkeeping())
            .await?;
        Ok(())
    }
}

/// Forgets the keys older than an instant.
///
/// # Errors
/// What the database answers.
pub async fn forget_before(db: &Db, before: OffsetDateTime) -> Result<u64, DbErr> {
    let gone = idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::CreatedAt.lt(entity::Instant::from(before)))
        .exec(db.bookkeeping())
        .await?;
    Ok(gone.rows_affected)
}
