//! What the product does: one folder per feature, the same file names in each.

pub mod accounts;
