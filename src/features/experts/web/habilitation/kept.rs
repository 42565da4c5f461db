//! What a renewal takes over: the pieces of the application that are still good on its first day; the next one of each of
//! the others begins with the last.

use entity::expert_piece;

use super::super::super::{ExpertError, labels, queries};
use crate::http::web::component::{Check, CheckMark, Link};
use crate::http::web::{Page, address};

/// The pieces that the application asks for, on the first day of the period that a renewal would give.
pub(super) async fn kept(page: &Page, found: &queries::Path) -> Result<Vec<Check>, ExpertError> {
    let conn = page.app.db.read();
    let (expert, file) = (&found.expert, &found.habilitation.file);
    let on = found.next_period.from();
    let asked = queries::asked_pieces(conn, file.duty, expert, on).await?;
    let known = queries::pieces(conn, expert.id).await?;
    let good = |piece: &&expert_piece::Model| piece.valid_until.is_none_or(|until| until >= on);
    let row = |one: queries::AskedPiece| {
        let own: Vec<_> = known.iter().filter(|piece| piece.code == one.code).collect();
        let piece = own.iter().copied().find(good).or_else(|| own.first().copied());
        let until = piece.and_then(|piece| piece.valid_until);
        let from = piece.map(|piece| piece.id.to_string()).unwrap_or_default();
        let next =
            address::with_query(&format!("/intervenants/{}", expert.number), &[("piece", from.as_str())]);
        Check {
            mark: if one.held { CheckMark::Good } else { CheckMark::Waiting },
            word: labels::path::piece_held(one.held).to_owned(),
            title: labels::piece(one.code).to_owned(),
            note: until.map(labels::fact::good_until).unwrap_or_default(),
            action: (!one.held).then(|| Link::new(labels::path::NEXT_PIECE, format!("{next}#pieces"))),
        }
    };
    Ok(asked.into_iter().map(row).collect())
}
