//! Before the examination: the draft, its pieces, the submission, the withdrawal.

use entity::agreement_request::RequestState;
use sea_orm::ActiveValue::Set;

use crate::db::Tx;
use crate::features::agreements::deadlines;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::settings;

mod add_piece;
mod carry_over;
mod create;
mod edit;
mod redate_piece;
mod remove_piece;
mod submit;
mod withdraw;

pub use add_piece::{Dates, PieceInput, add_piece};
pub(crate) use carry_over::Carried;
pub use create::{NewRequest, create};
pub use edit::edit;
pub use redate_piece::redate_piece;
pub use remove_piece::remove_piece;
pub use submit::submit;
pub use withdraw::withdraw;

/// Notes that the pieces of the file changed: its version grows, its next deadline is planned again.
async fn touch(tx: &Tx, dossier: &mut Dossier) -> Result<(), AgreementError> {
    let touched = tx.instant();
    // The days without a change of a draft start again; those of a file sent back do not.
    let idle = dossier.request.state == RequestState::Draft;
    let warned = if idle { 0 } else { dossier.request.warned };
    dossier
        .change(tx, |row| {
            row.touched_at = Set(touched);
            row.warned = Set(warned);
        })
        .await?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    dossier.request = deadlines::plan(tx, dossier, &delays).await?;
    Ok(())
}
