//! Drafts of requests with everything that a submission asks for.

use entity::agreement_request::{AgreementRole, RequestKind};
use entity::ids::{AgreementRequestId, CertificationVersionId};
use entity::site;
use parchemin::features::agreements::actions::filing::{self, NewRequest, PieceInput};
use parchemin::features::agreements::input::DraftInput;
use parchemin::features::agreements::pieces::{self, PieceKind};
use parchemin::features::agreements::queries::{form, situation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::{Date, Duration};

use crate::support::TestApp;

/// A draft ready to be submitted, and who may submit it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: AgreementRequestId,
    pub token: String,
}

impl Draft {
    pub fn submit_path(&self) -> String {
        format!("/api/v1/agreement-requests/{}/submit", self.id)
    }
}

/// That many drafts, one per structure.
pub async fn drafts(t: &TestApp, count: usize) -> Vec<Draft> {
    let version = t.certification_version("CQP_SP").await.id;
    let mut drafts = Vec::new();
    for rank in 0..count {
        drafts.push(draft(t, version, rank).await);
    }
    drafts
}

async fn draft(t: &TestApp, version: CertificationVersionId, rank: usize) -> Draft {
    let structure = t.structure(&format!("Jardins {rank}")).await;
    let person = t.of_structure(structure.id).await;
    let mut tx = t.app.begin(person.actor.clone()).await.unwrap();
    let new = NewRequest {
        structure: structure.id,
        version,
        kind: RequestKind::First,
        role: AgreementRole::TrainAndOrganise,
    };
    let request = filing::create(&mut tx, new).await.unwrap();
    let sites =
        site::Entity::find().filter(site::Column::StructureId.eq(structure.id)).all(tx.conn()).await.unwrap();
    let input = DraftInput {
        project: "Un chantier de maraîchage où chaque tâche devient une situation d’apprentissage."
            .to_owned(),
        signatory_name: "Maëlys Kerzoncuf-Attoumani".to_owned(),
        signatory_title: "Directrice".to_owned(),
        commitment_accepted: true,
        ..form(&request, &sites)
    };
    let request = filing::edit(&mut tx, request.id, None, input).await.unwrap();
    let today = t.app.today();
    for kind in pieces::all().iter().filter(|kind| kind.is_mandatory(situation(&request))) {
        if kind.code != pieces::FORM {
            filing::add_piece(&mut tx, request.id, piece(kind, today)).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    Draft { id: request.id, token: person.token }
}

fn piece(kind: &PieceKind, today: Date) -> PieceInput {
    PieceInput {
        code: kind.code.clone(),
        file_name: format!("{}.pdf", kind.code),
        sha256: vec![7; 32],
        size: 12,
        media_type: "application/pdf",
        proof_on: Some(today - Duration::days(10)),
        valid_until: kind.needs_end_date.then(|| today + Duration::days(300)),
    }
}
