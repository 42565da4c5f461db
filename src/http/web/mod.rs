//! Pages: sessions, forms, flash messages, errors, layout, assets.

pub mod assets;
pub mod error_page;
pub mod flash;
pub mod form;
pub mod session;

pub use form::FormData;
pub use session::{Session, SignedIn};
