//! Reads of the home page, the figures and the search.

mod alone;
mod counts;
mod engagements;
mod figures;
mod follow;
mod markers;
mod network;
mod search;
mod tasks;
mod visits;
mod waiting;

pub use counts::{missions_to_do, requests_to_do};
pub use engagements::engagements;
pub use figures::{activity, imported_figures, limited};
pub(super) use follow::COUNTS;
pub use follow::{colleagues, read_note, team_task};
pub use markers::{Heads, Markers, heads, markers};
pub use search::{Hit, Hits, MOST, search};
pub use tasks::{name, task_page};
pub use waiting::{WAITING, todo};
