//! French words of settings.

use crate::http::web::layout::Flash;

/// Title of the page.
pub const DELAYS_TITLE: &str = "Délais de la procédure d’agrément";
/// Above the faults.
pub const NOT_RECORDED: &str = "Les délais ne sont pas encore enregistrés";

/// How a delay is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelayKind {
    /// Civil days.
    Days,
    /// A full hour of the day.
    Hour,
    /// Yes or no.
    YesNo,
    /// Civil months.
    Months,
    /// Years.
    Years,
    /// Several numbers of days.
    DaysList,
    /// Several numbers of days, negative after the date.
    DaysAround,
    /// Several numbers of months.
    MonthsList,
}

impl DelayKind {
    /// Whether it holds several numbers.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::DaysList | Self::DaysAround | Self::MonthsList)
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::Days => "En jours",
            Self::Hour => "Heure pleine, de 0 à 24, là où se trouve la structure",
            Self::YesNo => "Cochez pour oui",
            Self::Months => "En mois",
            Self::Years => "En années",
            Self::DaysList => "En jours, séparés par des virgules",
            Self::DaysAround => {
                "En jours, séparés par des virgules ; un nombre négatif vient après l’échéance"
            }
            Self::MonthsList => "En mois, séparés par des virgules",
        }
    }
}

/// One delay.
#[derive(Clone, Copy, Debug)]
pub struct Delay {
    /// Name of the value.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// How it is counted.
    pub kind: DelayKind,
}

const fn delay(name: &'static str, label: &'static str, kind: DelayKind) -> Delay {
    Delay { name, label, kind }
}

/// Every delay, in groups.
pub const DELAYS: &[(&str, &[Delay])] = &[
    (
        "Dépôt et examen",
        &[
            delay("draft_idle_days", "Abandon d’un brouillon sans changement", DelayKind::Days),
            delay("draft_warning_days", "Rappels d’un brouillon", DelayKind::DaysList),
            delay("return_within_days", "Examen des pièces après le dépôt", DelayKind::Days),
            delay("complement_days", "Réponse de la structure à une demande de pièces", DelayKind::Days),
            delay("return_warning_days", "Rappels d’une demande de pièces", DelayKind::DaysAround),
            delay("complement_grace_days", "Attente avant de classer la demande", DelayKind::Days),
            delay("decision_target_days", "Décision annoncée après le dossier complet", DelayKind::Days),
        ],
    ),
    (
        "Visite et rapport",
        &[
            delay("assign_days", "Choix d’un contrôleur après le dossier complet", DelayKind::Days),
            delay("controller_answer_days", "Réponse du contrôleur à une visite proposée", DelayKind::Days),
            delay("date_chase_days", "Relance du contrôleur sans date de visite", DelayKind::Days),
            delay("visit_within_days", "Visite à faire après avoir été confiée", DelayKind::Days),
            delay("visit_notice_days", "Préavis d’une visite", DelayKind::Days),
            delay("visit_earliest_hour", "Début d’une visite, au plus tôt", DelayKind::Hour),
            delay("visit_latest_hour", "Début d’une visite, au plus tard", DelayKind::Hour),
            delay("visit_on_days_off", "Visites permises le dimanche et les jours fériés", DelayKind::YesNo),
            delay("report_within_days", "Rapport provisoire après la visite", DelayKind::Days),
            delay("comment_days", "Observations de la structure", DelayKind::Days),
            delay(
                "waive_recent_control_months",
                "Contrôle assez récent pour dispenser de visite",
                DelayKind::Months,
            ),
        ],
    ),
    (
        "Décision et recours",
        &[
            delay("agenda_days", "Inscription à une commission après l’avis", DelayKind::Days),
            delay("reserve_months_max", "Durée maximale d’une réserve", DelayKind::Months),
            delay("reserve_warning_days", "Rappels d’une réserve", DelayKind::DaysAround),
            delay("reserve_ahead_days", "Réserve montrée à l’équipe avant son échéance", DelayKind::Days),
            delay("adjourn_months_max", "Durée maximale d’un ajournement", DelayKind::Months),
            delay("appeal_months", "Délai de recours", DelayKind::Months),
        ],
    ),
    (
        "Vie de l’agrément",
        &[
            delay("sign_days", "Signature d’une convention", DelayKind::Days),
            delay("agreement_years", "Durée d’un agrément", DelayKind::Years),
            delay("renewal_from_months", "Ouverture du renouvellement avant la fin", DelayKind::Months),
            delay("renewal_before_months", "Date limite du renouvellement avant la fin", DelayKind::Months),
            delay("expiry_warning_months", "Rappels avant la fin", DelayKind::MonthsList),
            delay(
                "partner_update_months",
                "Déclaration d’un changement à France compétences",
                DelayKind::Months,
            ),
        ],
    ),
];

/// Unit and default of a delay.
#[must_use]
pub fn help(delay: &Delay, default: &str) -> String {
    format!("{}. Valeur proposée\u{202f}: {default}.", delay.kind.unit()).replace(" ;", "\u{202f};")
}

/// Said of a field that is no number, or one that it cannot have; the summary of the faults shows it far from its field.
#[must_use]
pub fn number_wanted(delay: &Delay) -> String {
    let wanted = if delay.kind.is_list() {
        "indiquez des nombres entiers séparés par des virgules"
    } else {
        "indiquez un nombre entier, à partir de 0"
    };
    format!("{}\u{202f}: {wanted}", delay.label)
}

/// Said once recorded.
#[must_use]
pub fn recorded() -> Flash {
    Flash::done("Délais enregistrés.", "Ils valent pour les échéances fixées à partir de maintenant.")
}
