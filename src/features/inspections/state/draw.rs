//! The life of a draw, as data. Pure; `docs/states/draw.md` is drawn from it. How it draws is in [`crate::rules::draw`].

use entity::draw::DrawState;

use crate::rules::transitions::{Refused, Table, line};

/// What may happen to a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DrawStep {
    /// Its rules are written.
    Prepare,
    /// Its rules and its seed are published, before anything is drawn.
    Publish,
    /// It is drawn.
    Run,
    /// It does not take place.
    Cancel,
}

/// A step that the state does not allow.
pub type InvalidDrawStep = Refused<Option<DrawState>, DrawStep>;

/// The table. What was drawn stays drawn: another draw is another row.
pub const TABLE: Table<Option<DrawState>, DrawStep, DrawState> = {
    use DrawState as S;
    Table(&[
        line(None, DrawStep::Prepare, S::Prepared, "draw.prepared", "DRAW_PREPARED"),
        line(Some(S::Prepared), DrawStep::Publish, S::Published, "draw.published", "DRAW_PUBLISHED"),
        line(Some(S::Published), DrawStep::Run, S::Drawn, "draw.drawn", "DRAW_DONE"),
        line(Some(S::Prepared), DrawStep::Cancel, S::Cancelled, "draw.cancelled", "DRAW_CANCELLED"),
        line(Some(S::Published), DrawStep::Cancel, S::Cancelled, "draw.cancelled", "DRAW_CANCELLED"),
    ])
};
