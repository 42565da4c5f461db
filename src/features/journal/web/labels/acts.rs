//! What an act of the journal is called.

use crate::features::juries;

/// What gives one act its own words.
type Words = fn(&str) -> Option<&'static str>;

/// What has its own words: the beginning of the names of its events.
const OWN: [(&str, Words); 8] = [
    ("agreement.", act_of_right),
    ("candidate.", act_of_candidate),
    ("certificate.", act_of_certificate),
    ("certificate_batch.", act_of_batch),
    ("habilitation.", act_of_habilitation),
    ("referential.", act_of_referential),
    ("task.", act_of_task),
    ("teaching_support.", act_of_support),
];

/// What is taken away as a file: the name of its event and its words.
const TAKEN: [(&str, &str); 6] = [
    ("activity.exported", "copie des chiffres d’activité"),
    ("expert.exported", "copie de la liste des intervenants"),
    ("jury_figures.exported", "copie des chiffres des jurys"),
    ("mission.exported", "copie de la liste des missions"),
    ("network.exported", "copie du réseau des intervenants"),
    ("partner_update.exported", "copie de la liste des partenaires"),
];

/// What an act is called, from the end of the name of its event; the name itself when it is not known.
#[must_use]
pub fn act(name: &str) -> &str {
    let ending = name.rsplit('.').next().unwrap_or(name);
    if let Some((_, words)) = TAKEN.iter().find(|(taken, _)| *taken == name) {
        return words;
    }
    if name.starts_with("jury.") || name.starts_with("jury_session.") {
        return juries::labels::history::happened(name);
    }
    if let Some(own) = OWN.iter().find_map(|&(prefix, words)| name.strip_prefix(prefix).and_then(words)) {
        return own;
    }
    match ending {
        "created" if name.starts_with("token.") => "jeton d’accès créé",
        "created" => "création",
        "changed" | "edited" | "profile_changed" | "renamed" => "modification",
        "imported" => "import",
        "added" => "ajout",
        "closed" => "fermeture",
        "invited" => "invitation",
        "role_granted" => "rôle donné",
        "role_revoked" => "rôle retiré",
        "state_changed" => "compte activé ou désactivé",
        "signed_in" => "connexion",
        "signed_out" => "déconnexion",
        "sign_in_link_sent" => "lien de connexion envoyé",
        "password_changed" => "mot de passe changé",
        "second_factor_enabled" => "second facteur activé",
        "second_factor_disabled" => "second facteur retiré",
        "second_factor_given" => "second facteur présenté",
        "recovery_codes_made" => "codes de secours créés",
        "revoked" if name.starts_with("token.") => "jeton d’accès retiré",
        "revoked" => "sessions fermées",
        "drafted" => "brouillon ouvert",
        "submitted" => "dépôt",
        "resubmitted" => "nouveau dépôt",
        "returned" => "renvoi pour complément",
        "completed" => "dossier déclaré complet",
        "piece_received" => "pièce déposée",
        "piece_removed" => "pièce retirée",
        "piece_reviewed" => "pièce examinée",
        "draft_warned" => "échéance du brouillon annoncée",
        "draft_expired" => "brouillon supprimé",
        "return_reminded" => "relance",
        "closed_idle" => "clôture sans suite",
        "controller_assigned" => "contrôle confié",
        "controller_declined" => "contrôle refusé par l’intervenant",
        "controller_released" => "contrôle retiré à l’intervenant",
        "visit_scheduled" => "visite fixée",
        "visit_moved" => "visite déplacée",
        "visit_recorded" => "visite effectuée",
        "visit_waived" => "dispense de visite",
        "scored" => "grille remplie",
        "report_sent" => "rapport provisoire envoyé",
        "commented" => "observations de la structure",
        "opinion_given" => "avis rendu",
        "put_on_agenda" => "inscription à l’ordre du jour",
        "taken_off_agenda" => "retrait de l’ordre du jour",
        "held" => "réunion tenue",
        "granted" => "agrément accordé",
        "granted_with_reserves" => "agrément accordé avec réserves",
        "adjourned" => "ajournement",
        "resumed" => "reprise",
        "refused" => "refus",
        "refusal_opened" => "refus lu par la structure",
        "letter_recorded" => "lettre recommandée",
        "withdrawn" => "retrait",
        "appealed" => "recours",
        "appeal_settled" => "recours tranché",
        "document_issued" => "document produit",
        "prepared" => "convention préparée",
        "signed" => "signature",
        "activated" => "entrée en vigueur",
        "activated_with_reserves" => "entrée en vigueur avec réserves",
        "proof_received" => "preuve déposée pour une réserve",
        "reserve_closed" => "réserve levée",
        "reserves_lifted" => "toutes réserves levées",
        "reserve_reminded" => "rappel de réserve",
        "expiry_warned" => "échéance annoncée",
        "prolonged" => "prolongation jusqu’à la décision",
        "expired" => "échéance atteinte",
        "replaced" => "remplacement avant le terme",
        "partner_update_due" => "liste des partenaires à mettre à jour",
        "partner_update_done" => "liste des partenaires mise à jour",
        "cancelled" => "annulation",
        "preferences_changed" => "choix des messages",
        "unsubscribed" => "messages désactivés",
        "digest_made" => "récapitulatif envoyé",
        _ => act_of_mission(ending)
            .or_else(|| act_of_people(ending))
            .or_else(|| act_of_reading(ending))
            .unwrap_or(name),
    }
}

/// The same, for missions.
fn act_of_mission(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "proposed" => "proposition",
        "offered" => "proposition à une autre personne",
        "rated" => "satisfaction notée",
        "reminded" => "rappel",
        "accepted" => "acceptation",
        "declined" => "mission déclinée",
        "dropped_out" => "désistement",
        "moved" => "changement de date",
        "started" => "début",
        "done" => "fin",
        "report_received" => "compte rendu reçu",
        "receipt_received" => "justificatif de frais reçu",
        "receipt_withdrawn" => "justificatif de frais retiré",
        "report_reminded" => "rappel d’un compte rendu en retard",
        "report_file_received" => "fichier du compte rendu reçu",
        "expenses_claimed" => "frais déposés",
        "expenses_returned" => "frais renvoyés à corriger",
        "service_done" => "service fait attesté",
        "reopened" => "réalisation reprise\u{202f}: mission de nouveau acceptée",
        "claim_corrected" => "paiement corrigé",
        "settled" => "mission soldée",
        "payable_exported" => "copie de la liste à payer",
        _ => return None,
    };
    Some(word)
}

/// What happens to a right in its life has its own words: what is withdrawn or suspended there is no habilitation.
fn act_of_right(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "notice_served" => "mise en demeure",
        "notice_answered" => "observations sur une mise en demeure",
        "suspended" => "suspension",
        "reinstated" => "rétablissement",
        "withdrawal_asked" => "retrait demandé",
        "withdrawn" => "retrait",
        "renounced" => "renonciation",
        "act_dropped" => "procédure abandonnée",
        "act_undone" => "acte annulé",
        "letter_recorded" => "lettre recommandée",
        "change_declared" => "changement déclaré",
        "change_reviewed" => "changement examiné",
        _ => return None,
    };
    Some(word)
}

/// What happens to a teaching support has its own words.
fn act_of_support(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "requested" => "demande d’appui",
        "accepted" => "appui accepté",
        "refused" => "appui refusé",
        "reconsidered" => "demande reprise",
        "scheduled" => "appui planifié",
        "moved" => "appui déplacé",
        "released" => "appui à confier à une autre personne",
        "reassigned" => "personne ou date changée",
        "performed" => "appui réalisé",
        "report_late" => "relance du compte rendu",
        "reported" => "compte rendu remis",
        "rated" => "avis de la structure",
        "closed" => "appui clos",
        "cancelled" => "appui annulé",
        _ => return None,
    };
    Some(word)
}

/// What happens to a candidate has its own words: what is withdrawn or appealed there is no request.
fn act_of_candidate(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "admitted" => "admission au jury",
        "appealed" | "appeal_lodged" => "recours",
        "appeal_acknowledged" => "accusé de réception d’un recours",
        "appeal_answered" => "réponse à un recours",
        "contact_changed" => "coordonnées modifiées",
        "decided" => "décision du jury",
        "enrolled" => "inscription",
        "positioned" => "positionnement enregistré",
        "path_started" => "début du parcours",
        "file_submitted" => "dossier déposé",
        "file_incomplete" => "compléments demandés",
        "summoned" => "convocation au jury",
        "released" => "session annulée, nouvelle date à trouver",
        "present" => "présence au jury",
        "absent" => "absence au jury",
        "absence_excused" => "absence excusée au jury",
        "presence_retracted" => "présence au jury corrigée",
        "decided_again" => "nouvelle décision du jury",
        "notified" => "décision notifiée",
        "sent_back" => "décision renvoyée au jury",
        "resit_planned" => "nouveau passage prévu",
        "excluded" => "exclusion pour fraude",
        "certificate_cancelled" => "certificat annulé",
        "civil_status_corrected" => "état civil corrigé",
        "transferred" => "changement de structure",
        "withdrawn" => "abandon",
        "piece_added" => "pièce ajoutée",
        "piece_removed" => "pièce retirée",
        "observed" => "observation ajoutée au livret",
        "observation_voided" => "observation retirée du livret",
        "immersion_added" => "immersion ajoutée au livret",
        "immersion_voided" => "immersion retirée du livret",
        "adaptation_agreed" => "adaptation convenue",
        "adaptation_ended" => "fin d’une adaptation",
        "tie_declared" => "lien déclaré avec un intervenant",
        "tie_voided" => "lien retiré",
        _ => return None,
    };
    Some(word)
}

/// The same, for what is read or taken away, and for the journal itself.
fn act_of_reading(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "viewed" => "consultation",
        "read" => "lecture des intérêts déclarés",
        "adaptations_read" => "lecture des adaptations",
        "downloaded" => "document téléchargé",
        "copied" => "sauvegarde",
        "infected" => "fichier infecté refusé",
        "opened" => "adresse ouverte",
        "exported" => "copie du journal",
        "verified" => "vérification du journal",
        "head_sent" => "tête du journal envoyée",
        "personal_erased" => "données personnelles effacées",
        "key_rotated" => "changement de clé",
        _ => return None,
    };
    Some(word)
}

/// The same, for meetings, availabilities, ties and rights.
fn act_of_people(ending: &str) -> Option<&'static str> {
    let word = match ending {
        "piece_added" => "pièce enregistrée",
        "piece_corrected" => "échéance d’une pièce corrigée",
        "piece_voided" => "pièce annulée",
        "piece_filed" => "fichier d’une pièce déposé",
        "asked" => "disponibilités demandées",
        "rhythm_added" => "rythme ajouté",
        "rhythm_ended" => "fin d’un rythme",
        "planned" => "date fixée",
        "answered" => "réponse à l’invitation",
        "held" => "réunion tenue",
        "decided" => "décision de la réunion",
        "action_added" => "action à mener ajoutée",
        "action_done" => "action menée",
        "action_reminded" => "rappel d’une action à mener",
        "document_added" => "document ajouté",
        "minutes_published" => "compte rendu publié",
        "declared" => "déclaration",
        "year_declared" => "déclaration de l’année",
        "recorded" => "enregistrement",
        "grouped" => "groupe de structures",
        "president_designated" => "présidence du jury désignée",
        "member_added" => "membre du jury sollicité",
        "member_removed" => "membre du jury retiré",
        "contact_added" => "contact ajouté",
        "contact_changed" => "contact modifié",
        "contact_removed" => "contact retiré",
        "alert_raised" => "lien à examiner",
        "alert_kept" => "mission maintenue malgré un lien",
        "alert_gone" => "lien à examiner sans objet",
        "ended" => "fin",
        "cut_short" => "fin avancée",
        "taken_back" | "voided" => "enregistrement annulé",
        "ending_soon" => "fin prochaine annoncée",
        "retried" => "nouvel envoi",
        "redone" => "nouvel essai",
        _ => return None,
    };
    Some(word)
}

/// What happens to an habilitation has its own words: what is granted there is no agreement.
fn act_of_habilitation(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "applied" => "candidature à une habilitation",
        "rejected" => "candidature non retenue",
        "admitted" => "admission en formation",
        "step_logged" => "étape enregistrée",
        "charter_signed" => "charte d’impartialité signée",
        "presented" => "présentation au jury",
        "jury_moved" => "jury d’habilitation déplacé",
        "jury_cancelled" => "jury d’habilitation annulé",
        "granted" => "habilitation accordée",
        "deferred" => "décision différée",
        "refused" => "habilitation refusée",
        "suspended" => "habilitation suspendue",
        "reinstated" => "habilitation rétablie",
        "senior_changed" => "changement d’accompagnement",
        "withdrawal_asked" => "retrait demandé",
        "withdrawal_answered" => "réponse au retrait demandé",
        "withdrawal_dropped" => "abandon du retrait demandé",
        "withdrawn" => "habilitation retirée",
        "resigned" => "démission",
        "renewed" => "habilitation renouvelée",
        _ => return None,
    })
}

/// The same, for a certificate: what is revoked there is no session.
fn act_of_certificate(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "issued" => "certificat délivré",
        "suspended" => "certificat suspendu",
        "reinstated" => "certificat rétabli",
        "superseded" => "certificat remplacé",
        "revocation_asked" => "révocation demandée",
        "revocation_dismissed" => "révocation écartée",
        "revoked" => "certificat révoqué",
        "shown" => "page publique ouverte",
        "hidden" => "page publique fermée",
        "duplicate_asked" => "duplicata demandé",
        "badge_issued" => "badge délivré",
        _ => return None,
    })
}

/// The same, for the certificates of a session.
fn act_of_batch(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "issued" => "certificats délivrés",
        "advanced" => "fichiers produits en partie",
        "finished" => "tous les fichiers produits",
        "failed" => "échec de la production des fichiers",
        "retried" => "nouvelle production des fichiers",
        _ => return None,
    })
}

/// The same, for a referential: a draft is opened, then published or thrown away.
fn act_of_referential(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "opened" => "brouillon de référentiel ouvert",
        "changed" => "brouillon de référentiel modifié",
        "published" => "référentiel publié",
        "discarded" => "brouillon de référentiel abandonné",
        _ => return None,
    })
}

/// The same, for what waits for the team.
fn act_of_task(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "taken" => "action prise",
        "released" => "action rendue à l’équipe",
        "handed_over" => "action confiée",
        "postponed" => "action reportée",
        "brought_back" => "action remise dans la liste",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::experts::state::TABLE;
    use crate::rules::transitions::Row;

    #[test]
    fn an_act_has_a_french_name_whatever_it_is_about() {
        for (name, expected) in [
            ("account.created", "création"),
            ("token.created", "jeton d’accès créé"),
            ("token.revoked", "jeton d’accès retiré"),
            ("session.revoked", "sessions fermées"),
            ("account.signed_in", "connexion"),
            ("agreement_request.granted", "agrément accordé"),
            ("habilitation.granted", "habilitation accordée"),
            ("habilitation.charter_signed", "charte d’impartialité signée"),
            ("habilitation.senior_changed", "changement d’accompagnement"),
            ("habilitation.deferred", "décision différée"),
            ("referential.published", "référentiel publié"),
            ("referential.changed", "brouillon de référentiel modifié"),
            ("meeting.minutes_published", "compte rendu publié"),
            ("task.postponed", "action reportée"),
            ("candidate.admitted", "admission au jury"),
            ("candidate.decided", "décision du jury"),
            ("candidate.document_issued", "document produit"),
            ("meeting.decided", "décision de la réunion"),
            ("certificate.revoked", "certificat révoqué"),
            ("certificate.document_issued", "document produit"),
            ("certificate_batch.retried", "nouvelle production des fichiers"),
            ("certificates.imported", "import"),
            ("college_seat.ended", "fin"),
            ("expert.piece_filed", "fichier d’une pièce déposé"),
            ("journal.jamais_vu", "journal.jamais_vu"),
        ] {
            assert_eq!(act(name), expected, "{name}");
        }
    }

    #[test]
    fn every_step_of_a_candidate_and_of_a_jury_has_its_own_words() {
        let candidates = crate::features::candidates::state::TABLE.iter().map(Row::name);
        let juries = juries::state::TABLE.iter().map(Row::name);
        for name in candidates.chain(juries) {
            let said = act(name);
            assert!(!said.contains('.') && !said.contains("agrément"), "{name}: {said}");
        }
    }

    #[test]
    fn every_step_of_an_habilitation_has_its_own_words() {
        for line in TABLE.iter() {
            let said = act(line.name());
            assert!(!said.contains('.') && !said.contains("agrément"), "{}: {said}", line.name());
        }
    }
}
