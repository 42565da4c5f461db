//! Juries: who may sit, when enough people sit, how they decide (domain reference, 1.7).

pub mod impartiality;
pub mod opening;
pub mod quorum;
