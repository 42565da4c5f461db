//! What people read: pages, letters, mails and documents.

pub mod french;
