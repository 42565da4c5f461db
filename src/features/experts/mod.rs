//! stand-in
use crate::rules::ties::Finding;
use entity::{expert, ids::CertificationId, structure};
use sea_orm::ConnectionTrait;
/// stand-in
#[derive(Debug)]
pub struct Candidate {
    /// e
    pub expert: expert::Model,
    /// f
    pub findings: Vec<Finding>,
    /// e
    pub eligible: bool,
    /// r
    pub reasons: Vec<String>,
}
/// stand-in
pub async fn controllers_for(
    _conn: &impl ConnectionTrait,
    _structure: &structure::Model,
    _c: CertificationId,
    _on: time::Date,
) -> Result<Vec<Candidate>, crate::db::Error> {
    Ok(Vec::new())
}
