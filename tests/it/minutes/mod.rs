//! Minutes of juries and what follows them.

mod appeal;
mod bench;
mod branch;
mod no_quorum;
mod pages;
mod publish;
mod secret;
mod sign;
