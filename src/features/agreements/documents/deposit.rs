//! What a structure deposited, frozen by the act: its receipt and its form say it, whenever they are typeset.
//!
//! A return, another version of a piece or a correction of the structure changes nothing of it.

use entity::{document, request_piece};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};

use super::facts;
use super::wording::{self, or_unknown};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::pieces;
use crate::features::agreements::wording as desk;
use crate::features::rights;
use crate::render::french;
use crate::rules::phone;

/// One deposit of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// When, in Unix milliseconds.
    pub at: i64,
    /// The same, where the structure is, in French.
    pub when: String,
    /// Who submitted.
    pub by: String,
    /// Which deposit of the file; the first is 1.
    pub submission: i32,
    /// Version of the catalogue of the pieces.
    pub catalogue: String,
    /// Delay of the answer, in French.
    pub reply_within: String,
    /// First request or renewal, in French.
    pub kind: String,
    /// Services asked for, in French.
    pub roles: Vec<String>,
    /// The structure, as documents show it.
    pub structure: Value,
    /// Its sites, as documents show them.
    pub sites: Vec<Value>,
    /// What was typed, as the form shows it.
    pub form: Value,
    /// The pieces, with their fingerprints.
    pub pieces: Vec<Value>,
}

/// The piece that holds the State convention.
const CONVENTION_PIECE: &str = "P02";

impl Deposit {
    /// What a request holds when it is submitted: at the instant of its last change by the structure.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn of(
        conn: &impl ConnectionTrait,
        dossier: &Dossier,
        received: &[request_piece::Model],
        by: &str,
        reply_days: u16,
    ) -> Result<Self, AgreementError> {
        let request = &dossier.request;
        let at: OffsetDateTime = *request.touched_at;
        // The right says it, or the piece of this deposit that goes beyond it.
        let held = rights::queries::convention_until(conn, request.structure_id).await?;
        let conventions = received.iter().filter(|piece| piece.code == CONVENTION_PIECE);
        let sent = conventions.filter_map(|piece| piece.valid_until).max();
        let ids = received.iter().map(|piece| piece.document_id);
        let documents = document::Entity::find().filter(document::Column::Id.is_in(ids)).all(conn).await?;
        let pieces = received.iter().filter_map(|piece| {
            let document = documents.iter().find(|document| document.id == piece.document_id)?;
            Some(piece_of(dossier, piece, document))
        });
        Ok(Self {
            at: i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or_default(),
            when: desk::instant(at, &dossier.structure.zone),
            by: or_unknown(by).to_owned(),
            submission: request.submission_count,
            catalogue: pieces::version().to_owned(),
            reply_within: wording::days(reply_days),
            kind: wording::kind(request.kind).to_owned(),
            roles: wording::roles(request.role).into_iter().map(str::to_owned).collect(),
            structure: facts::structure_of(dossier),
            sites: facts::sites_of(dossier),
            form: form_of(dossier, held.max(sent)),
            pieces: pieces.collect(),
        })
    }

    /// The instant of the deposit.
    #[must_use]
    pub fn instant(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.at) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

fn piece_of(dossier: &Dossier, piece: &request_piece::Model, document: &document::Model) -> Value {
    json!({
        "code": piece.code,
        "title": document.title,
        "version": piece.revision,
        "file": or_unknown(&document.file_name),
        "size": french::file_size(u64::try_from(document.size).unwrap_or_default()),
        "sha256": hex::encode(&document.sha256),
        "proof_date": piece.proof_on.map(french::date),
        "deposited_on": desk::day(*piece.created_at, &dossier.structure.zone),
    })
}

/// What the structure typed, in the order of the form; what nobody entered says so.
fn form_of(dossier: &Dossier, convention_until: Option<Date>) -> Value {
    let (request, structure) = (&dossier.request, &dossier.structure);
    let given = |text: &Option<String>| or_unknown(text.as_deref().unwrap_or_default()).to_owned();
    let count = |number: Option<i32>| {
        number.map_or_else(|| wording::UNKNOWN.to_owned(), |number| french::integer(number.into()))
    };
    json!({
        "siren": structure.siren,
        "rna": given(&structure.rna),
        "idcc": given(&structure.idcc),
        "nda": given(&structure.nda),
        "state_agreement_until": convention_until.map_or_else(|| wording::UNKNOWN.to_owned(), french::date),
        "activities": or_unknown(&structure.activities),
        "headcount": count(structure.headcount),
        "insertion_posts": count(structure.insertion_posts),
        "training_body": wording::yes_no(request.is_training_body),
        "subcontracting": wording::yes_no(request.has_subcontracting),
        "contact": {
            "name": or_unknown(&request.contact_name),
            "email": or_unknown(&request.contact_email),
            "phone": or_unknown(&request.contact_phone.as_deref().map(phone::grouped).unwrap_or_default()),
        },
        "project": or_unknown(&request.project),
        "signatory": {
            "name": or_unknown(&request.signatory_name),
            "title": or_unknown(&request.signatory_title),
            "committed": wording::yes_no(request.commitment_accepted),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_deposit_comes_back_whole_from_the_work_that_it_waits_in() {
        let deposit = Deposit {
            at: 1_741_003_200_123,
            when: "lundi 3 mars 2025 à 13 h".into(),
            by: "Maëlys Kerzoncuf-Attoumani".into(),
            submission: 2,
            catalogue: "2025-1".into(),
            reply_within: "15 jours".into(),
            kind: "Première demande d’agrément".into(),
            roles: vec!["organiser l’évaluation".into()],
            structure: json!({ "name": "Les Jardins" }),
            sites: vec![json!({ "name": "Siège" })],
            form: json!({ "siren": "000000000" }),
            pieces: vec![json!({ "code": "P02", "version": 1 })],
        };
        let stored = serde_json::to_value(&deposit).unwrap();
        assert_eq!(serde_json::from_value::<Deposit>(stored).unwrap(), deposit);
        assert_eq!(deposit.instant(), datetime!(2025-03-03 12:00:00.123 UTC));
    }
}
