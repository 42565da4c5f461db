//! Sign-in, second factor, sessions, tokens, profile.

pub mod web;
