//! The JSON shapes of structures: what is sent, what is answered, the report of an import.

mod answers;
mod bodies;
mod report;
mod words;

pub use answers::{ContactOut, SiteOut, StructureLine, StructureOut, StructurePage};
pub(super) use bodies::one_line;
pub use bodies::{
    CloseSiteIn, ContactChangeIn, ContactIn, SiteChangeIn, SiteIn, StructureChangeIn, StructureIn,
};
pub use report::{ImportOut, LineFaultOut};
pub use words::StandingWord;
