//! The web application: what every page shares.
//!
//! A page is an askama template with a typed context. Its context holds a [`layout::Shell`] (who is looking, from
//! which space, with which navigation), its own data, and a [`form::FormState`] when it has a form. Pages always
//! answer whole; a script takes the part it needs.
//!
//! French words are in `templates/web` and in [`labels`].

pub mod address;
pub mod asked;
pub mod assets;
pub mod by_link;
pub mod component;
pub mod counts;
pub mod download;
pub mod error_layer;
pub mod error_page;
#[expect(missing_docs, reason = "each filter becomes a struct with methods that its macro writes")]
pub mod filters;
pub mod flash;
pub mod form;
pub mod import_page;
pub mod labels;
pub mod layout;
pub mod once;
pub mod page;
pub mod pages;
pub mod sent;
pub mod session;

pub use page::{Page, WebError};
pub use sent::FormData;
pub use session::{Session, SignedIn};
