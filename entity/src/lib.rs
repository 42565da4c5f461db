//! The tables of Parchemin as types, one file each.
//!
//! Instants are Unix milliseconds, money is in cents, identifiers are UUID version 7 wrapped in one type
//! per table ([`ids`]), states are text checked by the database. Nothing here knows a rule.
#![expect(missing_docs, reason = "a column or a variant whose name says it all has no comment")]

pub mod ids;

/// An instant, stored as Unix milliseconds so that it sorts alike on both databases.
pub type Instant = sea_orm::prelude::TimeUnixTimestampMillis;

/// Gives an enumeration its stored word, the same in the database, the API and the journal.
macro_rules! word {
    ($name:ident) => {
        impl $name {
            /// The stored word.
            #[must_use]
            pub fn word(self) -> String {
                sea_orm::ActiveEnum::to_value(&self)
            }

            /// The value of a stored word, if there is one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                <Self as sea_orm::ActiveEnum>::try_from_value(&word.to_owned()).ok()
            }

            /// Every value, in the order of the life of the object.
            pub fn all() -> impl Iterator<Item = Self> {
                <Self as sea_orm::Iterable>::iter()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.word())
            }
        }
    };
}
pub(crate) use word;

pub mod absence;
pub mod access_request;
pub mod access_route;
pub mod account;
pub mod account_role;
pub mod agenda_feed;
pub mod agreement;
pub mod agreement_request;
pub mod api_token;
pub mod appeal;
pub mod audit_event;
pub mod audit_key;
pub mod audit_leaf;
pub mod audit_pending;
pub mod audit_personal;
pub mod audit_seal;
pub mod availability;
pub mod availability_day;
pub mod bloc;
pub mod candidate;
pub mod candidate_adaptation;
pub mod candidate_appeal;
pub mod candidate_immersion;
pub mod candidate_observation;
pub mod candidate_piece;
pub mod candidate_positioning;
pub mod candidate_stay;
pub mod candidate_tie;
pub mod certificate;
pub mod certificate_batch;
pub mod certificate_change;
pub mod certificate_revocation;
pub mod certification;
pub mod certification_version;
pub mod claim_correction;
pub mod college_seat;
pub mod committee;
pub mod corrective_action;
pub mod corrective_evidence;
pub mod dated_right;
pub mod decision;
pub mod decision_letter;
pub mod declared_interest;
pub mod document;
pub mod draw;
pub mod draw_pick;
pub mod employment;
pub mod engagement_half_day;
pub mod epreuve;
pub mod epreuve_cover;
pub mod expense_claim;
pub mod expense_line;
pub mod expert;
pub mod expert_piece;
pub mod grid_score;
pub mod habilitation;
pub mod habilitation_step;
pub mod idempotency_key;
pub mod inspection;
pub mod inspection_answer;
pub mod inspection_change;
pub mod inspection_comment;
pub mod inspection_photo;
pub mod interest_declaration;
pub mod job;
pub mod jury_abstention;
pub mod jury_change;
pub mod jury_check;
pub mod jury_code;
pub mod jury_incident;
pub mod jury_kept;
pub mod jury_mark;
pub mod jury_member;
pub mod jury_minutes;
pub mod jury_passage;
pub mod jury_room;
pub mod jury_rules;
pub mod jury_ruling;
pub mod jury_session;
pub mod jury_signature;
pub mod jury_vote;
pub mod jury_wish;
pub mod lease;
pub mod legal_certifier;
pub mod mail;
pub mod mail_delivery;
pub mod meeting;
pub mod meeting_action;
pub mod meeting_decision;
pub mod meeting_guest;
pub mod meeting_link;
pub mod missing_piece;
pub mod mission;
pub mod mission_certification;
pub mod mission_link;
pub mod mission_offer;
pub mod nonconformity;
pub mod notice;
pub mod notice_preference;
pub mod number_series;
pub mod partner_update;
pub mod recovery_code;
pub mod recurring_half_day;
pub mod referential;
pub mod registration;
pub mod request_piece;
pub mod request_site;
pub mod reserve;
pub mod result_rules;
pub mod right_act;
pub mod right_change;
pub mod right_record;
pub mod right_suspension;
pub mod sanction_ground;
pub mod school_holiday;
pub mod setting;
pub mod sign_in_link;
pub mod site;
pub mod skill;
pub mod structure;
pub mod structure_contact;
pub mod structure_group;
pub mod support_nonconformity;
pub mod task_note;
pub mod teaching_support;
pub mod tie_alert;
pub mod visit_link;
pub mod web_session;
pub mod yearly_figure;
