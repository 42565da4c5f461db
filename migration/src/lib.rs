//! The history of the schema, as SQL that both databases read, with what only one of them says apart.
//!
//! Imports nothing of ours: a migration keeps its meaning when a table changes. A merged migration is never
//! edited; a change is a new file. See `docs/architecture.md`, "Two databases".

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

mod dialect;
mod m20261101_000001_create_accounts;
mod m20261101_000002_create_structures;
mod m20261101_000003_create_agreements;
mod m20261101_000004_create_journal;
mod m20261101_000005_create_outbox;
mod m20261101_000006_protect_journal;
mod m20261101_000007_forbid_overlapping_periods;
mod m20261128_000020_create_rights;
mod m20261128_000021_move_rights;
mod m20261128_000022_create_habilitation_path;
mod m20261128_000040_create_availability;
mod m20261128_000041_create_meetings;
mod m20261128_000101_index_lists;
mod m20261128_000102_index_lists_of_sqlite;
mod m20261128_000103_mark_removed_pieces;
mod m20261128_000110_create_missions;
mod m20261128_000111_create_agenda_feeds;
mod m20261128_000151_create_ties;
mod m20261128_000152_move_declarations;
mod m20261128_000160_create_notices;
mod m20261128_000170_take_half_days;
mod m20261128_000180_create_expense_claims;
mod m20261129_000020_mark_visited_sites;
mod m20261129_000021_create_access_requests;
mod m20261129_000040_keep_visits_and_proofs;
mod m20261129_000060_ask_for_pieces;
mod m20261129_000070_hear_before_withdrawing;
mod m20261129_000080_give_meeting_actions;
mod m20261129_000100_record_rights;
mod m20261129_000101_guard_versions;
mod m20261129_000110_tell_boards_and_supervision;
mod m20261129_000120_rate_missions;
mod m20261129_000130_record_letters;
mod m20261129_000131_create_structure_contacts;
mod m20261129_000200_create_referentials;
mod m20261129_000310_record_acceptance_of_visits;
mod m20261129_000330_void_interests;
mod m20261129_000331_name_habilitation_juries;
mod m20261129_000332_void_expert_pieces;
mod m20261129_000340_remind_reports;
mod m20261129_000341_name_receipts;
mod m20261129_000360_import_missions;
mod m20261129_000390_follow_tasks;
mod m20261129_000391_index_network;
mod m20261129_000392_keep_files_answered;
mod m20261129_000395_answer_visits_by_link;
mod m20261129_000400_create_candidates;
mod m20261129_000410_create_juries;
mod m20261129_000420_create_certificates;
mod m20261129_000430_name_cpnef_signers;
mod m20261129_000440_name_who_hands_over;
mod m20261129_000441_time_visits_given_back;
mod m20261129_000442_declare_moves;
mod m20261129_000450_part_agreements;
mod m20261129_000451_freeze_conventions;
mod m20261129_000460_rest_steps_on_missions;
mod m20261129_000461_tell_shares_and_family;
mod m20261129_000462_share_missions;
mod m20261129_000463_put_missions_right;
mod m20261129_000464_keep_conventions_once;
mod m20261130_000471_answer_meetings_by_link;
mod m20261130_000500_create_programmes;
mod m20261130_000501_create_training_sessions;
mod m20261130_000502_engage_trainers;
mod m20261130_000503_create_enrolments;
mod m20261130_000504_record_attendance;
mod m20261130_000505_issue_training_papers;
mod m20261130_000506_create_invoices;
mod m20261130_000507_create_surveys;
mod m20261130_000522_follow_half_days;
mod m20261130_000530_freeze_invoices;

pub(crate) use dialect::schema_step;

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_create_accounts::Migration),
            Box::new(m20261101_000002_create_structures::Migration),
            Box::new(m20261101_000003_create_agreements::Migration),
            Box::new(m20261101_000004_create_journal::Migration),
            Box::new(m20261101_000005_create_outbox::Migration),
            Box::new(m20261101_000006_protect_journal::Migration),
            Box::new(m20261101_000007_forbid_overlapping_periods::Migration),
            Box::new(m20261128_000020_create_rights::Migration),
            Box::new(m20261128_000021_move_rights::Migration),
            Box::new(m20261128_000022_create_habilitation_path::Migration),
            Box::new(m20261128_000040_create_availability::Migration),
            Box::new(m20261128_000041_create_meetings::Migration),
            Box::new(m20261128_000101_index_lists::Migration),
            Box::new(m20261128_000102_index_lists_of_sqlite::Migration),
            Box::new(m20261128_000103_mark_removed_pieces::Migration),
            Box::new(m20261128_000110_create_missions::Migration),
            Box::new(m20261128_000111_create_agenda_feeds::Migration),
            Box::new(m20261128_000151_create_ties::Migration),
            Box::new(m20261128_000152_move_declarations::Migration),
            Box::new(m20261128_000160_create_notices::Migration),
            Box::new(m20261128_000170_take_half_days::Migration),
            Box::new(m20261128_000180_create_expense_claims::Migration),
            Box::new(m20261129_000020_mark_visited_sites::Migration),
            Box::new(m20261129_000021_create_access_requests::Migration),
            Box::new(m20261129_000040_keep_visits_and_proofs::Migration),
            Box::new(m20261129_000060_ask_for_pieces::Migration),
            Box::new(m20261129_000070_hear_before_withdrawing::Migration),
            Box::new(m20261129_000080_give_meeting_actions::Migration),
            Box::new(m20261129_000110_tell_boards_and_supervision::Migration),
            Box::new(m20261129_000130_record_letters::Migration),
            Box::new(m20261129_000131_create_structure_contacts::Migration),
            Box::new(m20261129_000100_record_rights::Migration),
            Box::new(m20261129_000101_guard_versions::Migration),
            Box::new(m20261129_000120_rate_missions::Migration),
            Box::new(m20261129_000200_create_referentials::Migration),
            Box::new(m20261129_000310_record_acceptance_of_visits::Migration),
            Box::new(m20261129_000330_void_interests::Migration),
            Box::new(m20261129_000331_name_habilitation_juries::Migration),
            Box::new(m20261129_000332_void_expert_pieces::Migration),
            Box::new(m20261129_000340_remind_reports::Migration),
            Box::new(m20261129_000341_name_receipts::Migration),
            Box::new(m20261129_000360_import_missions::Migration),
            Box::new(m20261129_000390_follow_tasks::Migration),
            Box::new(m20261129_000391_index_network::Migration),
            Box::new(m20261129_000392_keep_files_answered::Migration),
            Box::new(m20261129_000395_answer_visits_by_link::Migration),
            Box::new(m20261129_000400_create_candidates::Migration),
            Box::new(m20261129_000410_create_juries::Migration),
            Box::new(m20261129_000420_create_certificates::Migration),
            Box::new(m20261129_000430_name_cpnef_signers::Migration),
            Box::new(m20261129_000440_name_who_hands_over::Migration),
            Box::new(m20261129_000441_time_visits_given_back::Migration),
            Box::new(m20261129_000442_declare_moves::Migration),
            Box::new(m20261129_000450_part_agreements::Migration),
            Box::new(m20261129_000451_freeze_conventions::Migration),
            Box::new(m20261129_000460_rest_steps_on_missions::Migration),
            Box::new(m20261129_000461_tell_shares_and_family::Migration),
            Box::new(m20261129_000462_share_missions::Migration),
            Box::new(m20261129_000463_put_missions_right::Migration),
            Box::new(m20261129_000464_keep_conventions_once::Migration),
            Box::new(m20261130_000471_answer_meetings_by_link::Migration),
            Box::new(m20261130_000500_create_programmes::Migration),
            Box::new(m20261130_000501_create_training_sessions::Migration),
            Box::new(m20261130_000502_engage_trainers::Migration),
            Box::new(m20261130_000503_create_enrolments::Migration),
            Box::new(m20261130_000504_record_attendance::Migration),
            Box::new(m20261130_000505_issue_training_papers::Migration),
            Box::new(m20261130_000506_create_invoices::Migration),
            Box::new(m20261130_000507_create_surveys::Migration),
            Box::new(m20261130_000522_follow_half_days::Migration),
            Box::new(m20261130_000530_freeze_invoices::Migration),
        ]
    }
}
