//! Form, receipt, completeness, closing.

use entity::document;
use serde_json::{Value, json};

use super::Draft;
use super::deposit::Deposit;
use super::facts::{Material, day_in_paris, signatory};
use super::texts::texts;
use super::wording::{self, UNKNOWN, object, reference};
use crate::features::agreements::{pieces, wording as desk};
use crate::render::french;

/// All that was typed: piece P01.
pub(super) fn application_form(material: &Material, deposit: &Deposit) -> Draft {
    let at = deposit.instant();
    let on = day_in_paris(at);
    let number = format!("{}-{}-{}", material.whole.dossier.reference(), pieces::FORM, deposit.submission);
    let data = json!({
        "issuer": material.issuer(on),
        "number": number,
        "version": deposit.submission,
        "catalogue": deposit.catalogue,
        "kind": deposit.kind,
        "structure": deposit.structure,
        "sites": deposit.sites,
        "certification": material.certification(on),
        "roles": deposit.roles,
        "deposited": { "at": deposit.when, "by": deposit.by },
        "form": deposit.form,
        "kept": texts().kept_file,
    });
    Draft { data, files: Vec::new(), at }
}

/// Which pieces came, when, with their fingerprints; the form first.
pub(super) fn deposit_receipt(
    material: &Material,
    deposit: &Deposit,
    form: &document::Model,
) -> Option<Draft> {
    let at = deposit.instant();
    let on = day_in_paris(at);
    let form = json!({
        "code": pieces::FORM,
        "title": pieces::kind(pieces::FORM)?.title,
        "version": deposit.submission,
        "file": form.download_name(),
        "size": french::file_size(u64::try_from(form.size).unwrap_or_default()),
        "sha256": hex::encode(&form.sha256),
        "proof_date": null,
        "deposited_on": material.day(at),
    });
    let pieces: Vec<&Value> = std::iter::once(&form).chain(&deposit.pieces).collect();
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{}-R{}", material.whole.dossier.reference(), deposit.submission),
        "version": deposit.submission,
        "catalogue": deposit.catalogue,
        "kind": deposit.kind,
        "structure": deposit.structure,
        "sites": deposit.sites,
        "certification": material.certification(on),
        "roles": deposit.roles,
        "deposited": { "at": deposit.when, "by": deposit.by },
        "pieces": pieces,
        "reply_within": deposit.reply_within,
        "contact": material.contact(),
        "kept": texts().kept_file,
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// The file is complete, and when the decision is expected.
pub(super) fn completeness_certificate(material: &Material) -> Option<Draft> {
    let request = material.request();
    let at = *request.completed_at?;
    let on = day_in_paris(at);
    let pieces: Vec<Value> = material
        .whole
        .attachments
        .pieces
        .iter()
        .filter_map(|piece| {
            let kind = pieces::kind(&piece.code)?;
            Some(json!({
                "code": piece.code,
                "title": kind.title,
                "version": piece.revision,
                "valid_until": piece.valid_until.map(french::date),
            }))
        })
        .collect();
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{}-C", material.whole.dossier.reference()),
        "request": material.whole.dossier.reference(),
        "place": material.town(),
        "structure": material.structure(),
        "sites": material.sites(),
        "certification": material.certification(on),
        "roles": material.roles(),
        "deposited_on": request.submitted_at.map_or_else(|| UNKNOWN.to_owned(), |at| material.day(*at)),
        "complete_on": material.day(at),
        "expected_decision": request.decision_expected_on.map_or_else(|| UNKNOWN.to_owned(), french::date),
        "pieces": pieces,
        "steps": texts().next_steps,
        "of_certification": desk::of_certification(&material.whole.dossier.version.title),
        "contact": material.contact(),
        "signatory": signatory(&material.name_of(request.officer_id), wording::OFFICER, at),
    });
    Some(Draft { data, files: Vec::new(), at })
}

/// The file stayed incomplete after the delay and the reminders.
pub(super) fn closing_notice(material: &Material) -> Option<Draft> {
    let request = material.request();
    let at = *request.closed_at?;
    let on = day_in_paris(at);
    let number = material.whole.dossier.reference();
    let asked = &material.whole.attachments.asked;
    let missing: Vec<Value> = asked
        .iter()
        .filter_map(|asked| {
            let kind = pieces::kind(&asked.code)?;
            Some(json!({ "code": asked.code, "title": kind.title, "reason": asked.reason }))
        })
        .collect();
    let asked_on = asked.iter().map(|asked| *asked.asked_at).max();
    let closed_on = material.day(at);
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{number}-S"),
        "request": number,
        "letter": material.letter(&closed_on, object::CLOSING, &[(reference::FILE, number)]),
        "structure": material.structure(),
        "certification": material.certification(on),
        "asked_on": asked_on.map_or_else(|| UNKNOWN.to_owned(), |at| material.day(at)),
        "deadline": request.return_due_at.map_or_else(|| UNKNOWN.to_owned(), |at| material.day(*at)),
        "reminders": material.reminded.iter().map(|at| material.day(*at)).collect::<Vec<_>>(),
        "missing": missing,
        "closed_on": closed_on,
        "kept": texts().kept_closed,
        "signatory": signatory(&material.name_of(None), wording::PROGRAM, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}
