//! The delays of the agreement procedure and of the right that it gives.
//!
//! Every one is a proposal of the certifier's rules of procedure: the defaults below apply until a setting
//! changes them. Days are civil days, months are civil months.
use serde::{Deserialize, Serialize};

use super::visit_time::VisitHours;

/// The delays in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AgreementDelays {
    /// Days without a change after which a draft is abandoned.
    pub draft_idle_days: u16,
    /// Days without a change at which the structure is warned, in growing order.
    pub draft_warning_days: Vec<u16>,
    /// Days to examine the pieces after the deposit.
    pub return_within_days: u16,
    /// Days the structure has to complete its file.
    pub complement_days: u16,
    /// Days after that before the file is closed.
    pub complement_grace_days: u16,
    /// Days before the end of that delay at which the structure is reminded, in falling order; negative after it.
    pub return_warning_days: Vec<i16>,
    /// Days to give the visit of a complete file to someone.
    pub assign_days: u16,
    /// Days left to the contrôleur to accept a visit by fixing its date, or to decline it.
    pub controller_answer_days: u16,
    /// Days without a date after which the team asks the contrôleur.
    pub date_chase_days: u16,
    /// Days within which a visit that was given should take place.
    pub visit_within_days: u16,
    /// Days between the notice and the visit, at least.
    pub visit_notice_days: u16,
    /// First full hour of the day at which a visit may begin, where it takes place.
    pub visit_earliest_hour: u16,
    /// Last full hour of the day at which it may begin.
    pub visit_latest_hour: u16,
    /// Whether a visit may take place on a Sunday or a public holiday.
    pub visit_on_days_off: bool,
    /// Days between the visit and the provisional report, at most.
    pub report_within_days: u16,
    /// Days the structure has to comment the provisional report.
    pub comment_days: u16,
    /// Days to put an opinion on the agenda of a committee.
    pub agenda_days: u16,
    /// Days to sign a convention.
    pub sign_days: u16,
    /// Days before the end of a reserve from which the team sees it.
    pub reserve_ahead_days: u16,
    /// Days between a complete file and the decision, as announced.
    pub decision_target_days: u16,
    /// Months a reserve may last, at most.
    pub reserve_months_max: u16,
    /// Months an adjournment may last, at most.
    pub adjourn_months_max: u16,
    /// Months to appeal against a refusal.
    pub appeal_months: u16,
    /// Years an agreement lasts.
    pub agreement_years: u16,
    /// Months before the end from which a renewal may be asked.
    pub renewal_from_months: u16,
    /// Months before the end by which a renewal must be asked.
    pub renewal_before_months: u16,
    /// Months before the end at which the structure is warned, in falling order.
    pub expiry_warning_months: Vec<u16>,
    /// Days before the end of a reserve at which the structure is reminded, in falling order; negative after it.
    pub reserve_warning_days: Vec<i16>,
    /// Months to declare a change of the list of partners (labour code, R. 6113-17).
    pub partner_update_months: u16,
    /// A control this recent, in months, may do without a visit at renewal.
    pub waive_recent_control_months: u16,
}

impl Default for AgreementDelays {
    fn default() -> Self {
        Self {
            draft_idle_days: 90,
            draft_warning_days: vec![60, 80],
            return_within_days: 15,
            complement_days: 30,
            complement_grace_days: 15,
            return_warning_days: vec![7, -1],
            assign_days: 7,
            controller_answer_days: 7,
            date_chase_days: 14,
            visit_within_days: 45,
            visit_notice_days: 15,
            visit_earliest_hour: 7,
            visit_latest_hour: 20,
            visit_on_days_off: false,
            report_within_days: 15,
            comment_days: 15,
            agenda_days: 14,
            sign_days: 30,
            reserve_ahead_days: 30,
            decision_target_days: 90,
            reserve_months_max: 6,
            adjourn_months_max: 3,
            appeal_months: 2,
            agreement_years: 3,
            renewal_from_months: 6,
            renewal_before_months: 3,
            expiry_warning_months: vec![9, 6, 4, 1],
            reserve_warning_days: vec![30, 7, -1],
            partner_update_months: 2,
            waive_recent_control_months: 12,
        }
    }
}

/// A delay that cannot be: its field and the sentence for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelayFault {
    /// Name of the field.
    pub field: &'static str,
    /// French sentence.
    pub message: &'static str,
}

/// Longest delay in days that makes sense here: ten years.
const MOST_DAYS: u16 = 3650;
/// Longest delay in months.
const MOST_MONTHS: u16 = 120;
/// Midnight that ends a day.
const LAST_HOUR: u16 = 24;

impl AgreementDelays {
    /// When a visit may begin.
    #[must_use]
    pub const fn visit_hours(&self) -> VisitHours {
        VisitHours {
            earliest: self.visit_earliest_hour,
            latest: self.visit_latest_hour,
            on_days_off: self.visit_on_days_off,
        }
    }

    /// Every value that cannot be, or that contradicts another.
    #[must_use]
    pub fn faults(&self) -> Vec<DelayFault> {
        let mut faults = self.out_of_bounds();
        let mut refuse = |wrong: bool, field, message| {
            if wrong {
                faults.push(DelayFault { field, message });
            }
        };
        refuse(
            !grows(&self.draft_warning_days)
                || self.draft_warning_days.iter().any(|day| *day >= self.draft_idle_days),
            "draft_warning_days",
            "Les rappels d’un brouillon vont du plus tôt au plus tard et précèdent son abandon",
        );
        refuse(
            !falls(&self.return_warning_days),
            "return_warning_days",
            "Les rappels d’une demande de pièces vont du plus éloigné au plus proche de l’échéance, puis après elle",
        );
        refuse(
            self.visit_earliest_hour >= self.visit_latest_hour || self.visit_latest_hour > LAST_HOUR,
            "visit_latest_hour",
            "Les visites commencent entre deux heures pleines, la première avant la dernière, de 0 à 24",
        );
        refuse(
            self.renewal_before_months > self.renewal_from_months,
            "renewal_before_months",
            "La date limite de renouvellement vient après l’ouverture du renouvellement",
        );
        refuse(
            !falls(&self.expiry_warning_months)
                || self.expiry_warning_months.iter().any(|month| *month > MOST_MONTHS),
            "expiry_warning_months",
            "Les rappels de fin d’agrément vont du plus éloigné au plus proche de la fin",
        );
        refuse(
            !falls(&self.reserve_warning_days),
            "reserve_warning_days",
            "Les rappels d’une réserve vont du plus éloigné au plus proche de l’échéance, puis après elle",
        );
        faults
    }

    fn out_of_bounds(&self) -> Vec<DelayFault> {
        let days = [
            ("draft_idle_days", self.draft_idle_days),
            ("return_within_days", self.return_within_days),
            ("complement_days", self.complement_days),
            ("report_within_days", self.report_within_days),
            ("comment_days", self.comment_days),
            ("assign_days", self.assign_days),
            ("controller_answer_days", self.controller_answer_days),
            ("date_chase_days", self.date_chase_days),
            ("visit_within_days", self.visit_within_days),
            ("agenda_days", self.agenda_days),
            ("sign_days", self.sign_days),
            ("decision_target_days", self.decision_target_days),
        ];
        let months = [
            ("reserve_months_max", self.reserve_months_max),
            ("adjourn_months_max", self.adjourn_months_max),
            ("appeal_months", self.appeal_months),
            ("renewal_from_months", self.renewal_from_months),
            ("partner_update_months", self.partner_update_months),
        ];
        let days = days.into_iter().filter(|(_, value)| !(1..=MOST_DAYS).contains(value));
        let days = days
            .map(|(field, _)| DelayFault { field, message: "Indiquez un nombre de jours entre 1 et 3650" });
        let months = months.into_iter().filter(|(_, value)| !(1..=MOST_MONTHS).contains(value));
        let months = months
            .map(|(field, _)| DelayFault { field, message: "Indiquez un nombre de mois entre 1 et 120" });
        let mut faults: Vec<_> = days.chain(months).collect();
        if !(1..=10).contains(&self.agreement_years) {
            faults.push(DelayFault {
                field: "agreement_years",
                message: "Indiquez un nombre d’années entre 1 et 10",
            });
        }
        for (field, value) in [
            ("complement_grace_days", self.complement_grace_days),
            ("visit_notice_days", self.visit_notice_days),
            ("reserve_ahead_days", self.reserve_ahead_days),
        ] {
            if value > MOST_DAYS {
                faults.push(DelayFault { field, message: "Indiquez un nombre de jours entre 0 et 3650" });
            }
        }
        if self.waive_recent_control_months > MOST_MONTHS {
            faults.push(DelayFault {
                field: "waive_recent_control_months",
                message: "Indiquez un nombre de mois entre 0 et 120",
            });
        }
        faults
    }
}

fn grows(values: &[u16]) -> bool {
    values.is_sorted_by(|one, next| one < next)
}

fn falls<T: PartialOrd>(values: &[T]) -> bool {
    values.is_sorted_by(|one, next| one > next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_is_completed_by_the_defaults() {
        let changed: AgreementDelays = serde_json::from_str(r#"{"complement_days": 45}"#).unwrap();
        assert_eq!(changed, AgreementDelays { complement_days: 45, ..AgreementDelays::default() });
        assert!(serde_json::from_str::<AgreementDelays>(r#"{"complement_dayz": 45}"#).is_err());
    }

    #[test]
    fn delays_that_contradict_each_other_are_all_told() {
        let default = AgreementDelays::default;
        let cases = [
            (default(), vec![]),
            (AgreementDelays { comment_days: 0, ..default() }, vec!["comment_days"]),
            (AgreementDelays { sign_days: 0, reserve_ahead_days: 0, ..default() }, vec!["sign_days"]),
            (AgreementDelays { return_warning_days: vec![-1, 7], ..default() }, vec!["return_warning_days"]),
            (AgreementDelays { visit_notice_days: 0, ..default() }, vec![]),
            (AgreementDelays { visit_notice_days: 3651, ..default() }, vec!["visit_notice_days"]),
            (AgreementDelays { visit_latest_hour: 25, ..default() }, vec!["visit_latest_hour"]),
            (AgreementDelays { visit_earliest_hour: 20, ..default() }, vec!["visit_latest_hour"]),
            (AgreementDelays { visit_earliest_hour: 0, visit_latest_hour: 24, ..default() }, vec![]),
            (AgreementDelays { agreement_years: 11, ..default() }, vec!["agreement_years"]),
            (AgreementDelays { draft_warning_days: vec![80, 60], ..default() }, vec!["draft_warning_days"]),
            (AgreementDelays { draft_warning_days: vec![60, 90], ..default() }, vec!["draft_warning_days"]),
            (AgreementDelays { draft_warning_days: vec![], ..default() }, vec![]),
            (AgreementDelays { renewal_before_months: 7, ..default() }, vec!["renewal_before_months"]),
            (
                AgreementDelays { expiry_warning_months: vec![1, 9], ..default() },
                vec!["expiry_warning_months"],
            ),
            (
                AgreementDelays { reserve_warning_days: vec![-1, 7], appeal_months: 0, ..default() },
                vec!["appeal_months", "reserve_warning_days"],
            ),
        ];
        for (delays, fields) in cases {
            let found: Vec<_> = delays.faults().into_iter().map(|fault| fault.field).collect();
            assert_eq!(found, fields, "{delays:?}");
        }
    }
}
