//! Transport: how requests become calls and results become answers.

pub mod web;
