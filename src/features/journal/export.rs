//! Writing the exported file, piece by piece, so that a long journal is never held whole.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use entity::audit_key;
use futures_util::stream::{self, Stream};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::file::{EventAt, FORMAT, Header, KeyAt, Line, SealAt, VERSION};
use super::walk::{self, Seals, signed};
use crate::app::App;
use crate::db;
use crate::events::{EventLine, Seal, unix_millis};

/// An export under way: up to the seal that was the newest when it began.
pub struct Export {
    app: Arc<App>,
    header: Header,
    written: u64,
    seals: Seals,
    pieces: VecDeque<Bytes>,
}

impl Export {
    /// Begins.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn begin(app: Arc<App>) -> Result<Self, db::Error> {
        let header = header(&app).await?;
        let first = text(&Line::Header(header.clone()))?;
        let seals = Seals::new(0, header.tree_size);
        Ok(Self { app, header, written: 0, seals, pieces: VecDeque::from([Bytes::from(first)]) })
    }

    /// What the file says of itself.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next piece, whole lines; none at the end.
    ///
    /// # Errors
    /// What the database answers, or a row that makes no sense: an altered journal is verified, not exported.
    pub async fn next(&mut self) -> Result<Option<Bytes>, db::Error> {
        if let Some(piece) = self.pieces.pop_front() {
            return Ok(Some(piece));
        }
        if self.written == self.header.tree_size {
            return Ok(None);
        }
        let conn = self.app.db.read();
        let leaves = walk::leaves(conn, self.written, self.header.tree_size).await?;
        let mut out = Vec::new();
        for leaf in &leaves {
            let row = leaf.event.as_ref().filter(|_| leaf.seq == self.written);
            let row = row.ok_or_else(|| inconsistent("audit_leaf", leaf.seq, "no event, or out of order"))?;
            let event = EventLine::from_row(row)?;
            let at = EventAt { seq: leaf.seq, hash: hex::encode(&leaf.hash), event };
            out.extend(text(&Line::Event(Box::new(at)))?);
            self.written += 1;
            while let Some(seal) = self.seals.peek(conn).await? {
                if seal.tree_size > signed(self.written) {
                    break;
                }
                let seal = Seal::from_row(seal)
                    .ok_or_else(|| inconsistent("audit_seal", self.written, "no seal"))?;
                out.extend(text(&Line::Seal(SealAt::from(&seal)))?);
                self.seals.take();
            }
        }
        if leaves.is_empty() {
            return Err(inconsistent("audit_leaf", self.written, "missing"));
        }
        Ok(Some(Bytes::from(out)))
    }

    /// The file as a stream, for the body of an answer. It breaks off, and is then refused by the verification, when
    /// the database fails on the way.
    pub fn stream(self) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
        stream::try_unfold(self, |mut export| async move {
            let piece = export.next().await.map_err(std::io::Error::other)?;
            Ok(piece.map(|piece| (piece, export)))
        })
    }
}

fn inconsistent(table: &'static str, place: u64, what: &'static str) -> db::Error {
    db::Error::Inconsistent { table, id: place.to_string(), what }
}

fn text(line: &Line) -> Result<Vec<u8>, db::Error> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    Ok(text)
}

async fn header(app: &App) -> Result<Header, db::Error> {
    let conn = app.db.read();
    let head = walk::newest_seal(conn).await?;
    let tree_size = head.as_ref().map_or(0, |seal| seal.tree_size);
    let seals = entity::audit_seal::Entity::find()
        .filter(entity::audit_seal::Column::TreeSize.lte(signed(tree_size)))
        .count(conn)
        .await?;
    let key = |row: &audit_key::Model| KeyAt {
        key_id: row.key_id.clone(),
        public_key: hex::encode(&row.public_key),
        created_at: unix_millis(row.created_at),
        retired_at: row.retired_at.map(unix_millis),
    };
    Ok(Header {
        format: FORMAT.to_owned(),
        version: VERSION,
        exported_at: unix_millis(app.now().into()),
        organisation: app.config.organisation.clone(),
        tree_size,
        seals,
        root: head.map(|seal| hex::encode(seal.root)).unwrap_or_default(),
        keys: walk::keys(conn).await?.iter().map(key).collect(),
    })
}
