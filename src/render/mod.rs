//! What people read: formats of dates, numbers and sentences.
pub mod french;
