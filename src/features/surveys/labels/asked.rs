//! What surveys ask. A question that changes its meaning takes another key: answers are compared over years.

use entity::survey::SurveyKind;

use crate::features::surveys::questions::{Form, Question};

type Asked = (&'static str, &'static str, Form, bool);

const LAST: [Asked; 2] = [
    ("liked", "Ce que vous avez le plus apprécié", Form::Text, true),
    ("improve", "Ce qui est à améliorer", Form::Text, true),
];

const HOT: [Asked; 7] = [
    ("overall", "Dans l’ensemble, êtes-vous satisfait de cette formation\u{202f}?", Form::Scale, false),
    ("goals", "Les objectifs annoncés sont-ils atteints\u{202f}?", Form::Scale, false),
    ("contents", "Les contenus correspondent-ils à vos besoins\u{202f}?", Form::Scale, false),
    ("teaching", "L’animation vous a-t-elle aidé à apprendre\u{202f}?", Form::Scale, false),
    ("welcome", "L’accueil, le lieu et le matériel convenaient-ils\u{202f}?", Form::Scale, false),
    ("informed", "Aviez-vous reçu toutes les informations avant de venir\u{202f}?", Form::YesNo, false),
    ("recommend", "Recommanderiez-vous cette formation\u{202f}?", Form::YesNo, false),
];

const COLD: [Asked; 4] = [
    ("overall", "Avec le recul, êtes-vous satisfait de cette formation\u{202f}?", Form::Scale, false),
    ("used", "Utilisez-vous dans votre travail ce que vous avez appris\u{202f}?", Form::Scale, false),
    ("progress", "Cette formation a-t-elle fait avancer votre parcours\u{202f}?", Form::Scale, false),
    ("more", "Souhaitez-vous une autre formation\u{202f}?", Form::YesNo, false),
];

const TRAINERS: [Asked; 4] = [
    ("overall", "Dans l’ensemble, êtes-vous satisfait de cette session\u{202f}?", Form::Scale, false),
    ("group", "Le groupe avait-il le niveau et les prérequis attendus\u{202f}?", Form::Scale, false),
    ("means", "La salle, le matériel et les supports convenaient-ils\u{202f}?", Form::Scale, false),
    ("organisation", "L’organisation vous a-t-elle aidé\u{202f}?", Form::Scale, false),
];

const FUNDERS: [Asked; 4] = [
    ("overall", "Dans l’ensemble, êtes-vous satisfait de nos formations\u{202f}?", Form::Scale, false),
    ("files", "Nos dossiers et nos justificatifs sont-ils complets et à temps\u{202f}?", Form::Scale, false),
    ("needs", "Notre offre répond-elle aux besoins que vous financez\u{202f}?", Form::Scale, false),
    ("contact", "Nos réponses à vos questions vous conviennent-elles\u{202f}?", Form::Scale, false),
];

const COMPANIES: [Asked; 4] = [
    ("overall", "Dans l’ensemble, êtes-vous satisfait de nos formations\u{202f}?", Form::Scale, false),
    ("effects", "Voyez-vous leurs effets dans le travail de vos équipes\u{202f}?", Form::Scale, false),
    ("needs", "Avons-nous compris votre besoin\u{202f}?", Form::Scale, false),
    ("recommend", "Nous recommanderiez-vous\u{202f}?", Form::YesNo, false),
];

/// What is asked of somebody.
#[must_use]
pub fn of(kind: SurveyKind) -> Vec<Question> {
    let asked: &[Asked] = match kind {
        SurveyKind::Hot => &HOT,
        SurveyKind::Cold => &COLD,
        SurveyKind::Trainers => &TRAINERS,
        SurveyKind::Funders => &FUNDERS,
        SurveyKind::Companies => &COMPANIES,
    };
    asked
        .iter()
        .chain(&LAST)
        .map(|(key, text, form, optional)| Question {
            key: (*key).to_owned(),
            text: (*text).to_owned(),
            form: *form,
            overall: *key == "overall",
            optional: *optional,
        })
        .collect()
}

/// The answers of a scale, from the worst to the best.
pub const SCALE: [(&str, &str); 5] =
    [("1", "Pas du tout"), ("2", "Plutôt pas"), ("3", "Moyennement"), ("4", "Plutôt"), ("5", "Tout à fait")];

/// Yes and no, the first being worth nothing.
pub const YES_NO: [(&str, &str); 2] = [("non", "Non"), ("oui", "Oui")];
