//! Notifications: what each person wishes of messages, what each message became for them, the digest of the day.
//!
//! Which class a message has stands in `events::CLASSES`; when it may leave, in `rules::notices`; the decision is
//! made by `worker::mail` at sending. This feature holds the wishes of people, gathers the digests and lists what
//! concerned a person lately. Legal messages and those about the safety of an account cannot be turned off.
//!
//! Permissions: `account:self`, `notice:digest`, `notice:unsubscribe`. Events: `notices.preferences_changed`,
//! `notices.unsubscribed`, `notices.digest_made`. Screens: `/notifications`, `/compte/notifications`,
//! `/desabonnement/{token}`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod queries;
pub mod shapes;
pub mod web;

pub use api::NoticesApi;
pub use error::NoticeError;
pub use events::NoticeEvent;
