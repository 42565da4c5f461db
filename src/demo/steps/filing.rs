//! From the draft to the complete file.

use anyhow::Context;
use entity::ids::AgreementRequestId;
use time::Duration;

use super::{begin, officer, structure};
use crate::demo::data::{Event, Request};
use crate::demo::requests::Story;
use crate::features::agreements::actions::examination::{
    AskedPiece, complete as declare, return_request, review_piece,
};
use crate::features::agreements::actions::filing::{self as desk, NewRequest, PieceInput};
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::pieces::{self, PieceKind, Situation};
use crate::features::agreements::queries::current_pieces;
use entity::agreement_request::RequestKind;

/// Opens the draft and keeps what the file says of it.
pub(super) async fn create(story: &mut Story<'_>, request: &Request) -> anyhow::Result<()> {
    let owner = story.structures.get(&request.structure).with_context(|| request.structure.clone())?;
    let version = story.version(&request.certification)?.id;
    let new = NewRequest { structure: owner.id, version, kind: request.kind, role: request.role };
    let mut tx = story.stage.app.begin(owner.actor.clone()).await?;
    let row = desk::create(&mut tx, new).await?;
    tx.commit().await?;
    let site = |siret: &String| owner.sites.get(siret).map(|site| site.0).with_context(|| siret.clone());
    let form = DraftInput {
        kind: request.kind,
        role: request.role,
        sites: request.sites.iter().map(site).collect::<Result<_, _>>()?,
        contact_name: owner.contact.name.clone(),
        contact_email: owner.contact.email.clone(),
        contact_phone: owner.contact.phone.clone(),
        project: request.project.clone(),
        signatory_name: request.signatory.name.clone(),
        signatory_title: request.signatory.title.clone(),
        commitment_accepted: request.timeline.iter().any(|step| step.event == Event::Submit),
        is_training_body: request.is_training_body,
        has_subcontracting: request.has_subcontracting,
    };
    let mut tx = story.stage.app.begin(owner.actor.clone()).await?;
    desk::edit(&mut tx, row.id, None, form).await?;
    tx.commit().await?;
    story.requests.insert(request.key.clone(), row.id);
    Ok(())
}

/// Adds what is needed, then submits; after a return, what was asked is replaced.
pub(super) async fn submit(story: &Story<'_>, request: &Request, index: usize) -> anyhow::Result<()> {
    let again = request.timeline[..index].iter().any(|step| step.event == Event::Submit);
    let actor = structure(story, request)?;
    let situation = Situation {
        is_training_body: request.is_training_body,
        has_subcontracting: request.has_subcontracting,
        is_renewal: request.kind == RequestKind::Renewal,
        ..Situation::default()
    };
    for kind in pieces::all() {
        let wanted = if again {
            request.returned.iter().any(|piece| piece.code == kind.code)
        } else {
            kind.is_mandatory(situation)
        };
        if wanted {
            let (id, mut tx) = begin(story, request, actor).await?;
            desk::add_piece(&mut tx, id, piece(story, kind).await?).await?;
            tx.commit().await?;
        }
    }
    let (id, mut tx) = begin(story, request, actor).await?;
    desk::submit(&mut tx, id, None).await?;
    Ok(tx.commit().await?)
}

/// The structure brings what the committee waits for: what shows that its team is there.
pub(super) async fn supply(story: &Story<'_>, request: &Request) -> anyhow::Result<()> {
    let kind = pieces::kind("P06").context("no such piece")?;
    let (id, mut tx) = begin(story, request, structure(story, request)?).await?;
    desk::add_piece(&mut tx, id, piece(story, kind).await?).await?;
    Ok(tx.commit().await?)
}

async fn piece(story: &Story<'_>, kind: &PieceKind) -> anyhow::Result<PieceInput> {
    let content = blank_pdf(&kind.code);
    let size = i64::try_from(content.len())?;
    let today = story.stage.app.now().date();
    Ok(PieceInput {
        code: kind.code.clone(),
        file_name: format!("{}.pdf", kind.code.to_lowercase()),
        sha256: story.stage.app.storage.put(content).await?,
        size,
        media_type: "application/pdf",
        proof_on: Some(today.saturating_sub(Duration::days(20))),
        valid_until: Some(today.saturating_add(Duration::days(365))),
    })
}

/// A page that bears the code of the piece: the demonstration holds nobody's papers.
pub(in crate::demo) fn blank_pdf(code: &str) -> Vec<u8> {
    let text = format!("BT /F1 28 Tf 72 720 Td (Parchemin - {code}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj{object}endobj\n", index + 1);
    }
    let start = file.len();
    file += &format!("xref\n0 6\n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

/// Sends the file back.
pub(super) async fn send_back(story: &Story<'_>, request: &Request) -> anyhow::Result<()> {
    let asked: Vec<_> = request
        .returned
        .iter()
        .map(|piece| AskedPiece { code: piece.code.clone(), reason: piece.reason.clone() })
        .collect();
    let (id, mut tx) = begin(story, request, officer(story, request)?).await?;
    return_request(&mut tx, id, None, &asked, "").await?;
    Ok(tx.commit().await?)
}

/// Accepts every piece, then declares the file complete.
pub(super) async fn complete(story: &Story<'_>, request: &Request) -> anyhow::Result<()> {
    let officer = officer(story, request)?;
    let id: AgreementRequestId = *story.requests.get(&request.key).context("not created")?;
    for piece in current_pieces(story.stage.app.db.bookkeeping(), id).await? {
        let mut tx = story.stage.app.begin(officer.clone()).await?;
        review_piece(&mut tx, id, piece.id, None).await?;
        tx.commit().await?;
    }
    let (id, mut tx) = begin(story, request, officer).await?;
    declare(&mut tx, id, None).await?;
    Ok(tx.commit().await?)
}
