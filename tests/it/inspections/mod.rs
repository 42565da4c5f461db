//! Inspections in the life of agreements.

mod acts;
mod draws;
mod states;
