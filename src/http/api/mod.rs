//! The API: who calls, what each operation accepts, how errors look, how pages are asked, the published document.

pub mod body;
pub mod caller;
pub mod document;
pub mod file;
pub mod import;
pub mod operations;
pub mod problem;
pub mod reply;
pub mod text;
pub(crate) mod words;

pub use caller::Caller;
pub use file::Content;
pub use import::{ImportForm, Imported};
pub use problem::ApiError;
pub use reply::{Created, PageParams, Read, Tag, if_match};
pub use text::{LongText, ShortText};
