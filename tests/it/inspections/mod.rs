//! Inspections in the life of agreements.

mod acts;
mod states;
