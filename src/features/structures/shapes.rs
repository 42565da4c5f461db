//! The JSON shapes of structures: what is sent and what is answered.

mod answers;
mod bodies;
mod words;

pub use answers::{ContactOut, SiteOut, StructureContactOut, StructureLine, StructureOut, StructurePage};
pub(super) use bodies::one_line;
pub use bodies::{
    CloseSiteIn, ContactChangeIn, ContactIn, SiteChangeIn, SiteIn, StructureChangeIn,
    StructureContactChangeIn, StructureContactIn, StructureIn,
};
pub use words::{ContactDutyWord, StandingWord};
