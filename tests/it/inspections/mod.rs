//! Inspections in the life of agreements.

mod states;
