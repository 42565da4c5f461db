//! Inspections in the life of agreements.

mod acts;
mod corrections;
mod draws;
mod states;
