//! Every table as data, in an order where each comes after those it refers to: for backups and for emptiness.

use sea_orm::sea_query::{ColumnType, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};
use serde::{Deserialize, Serialize};

use super::Db;

/// How a column is stored, whatever the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// True or false.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Bigint,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// UUID.
    Uuid,
    /// Civil date.
    Date,
    /// JSON.
    Json,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its key, of one column in every table.
    pub key: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

macro_rules! tables {
    ($($module:ident)+) => {
        /// Every table, each after those it refers to.
        #[must_use]
        pub fn tables() -> Vec<Table> {
            vec![$(table::<entity::$module::Entity>()),+]
        }
    };
}

tables! {
    account account_role sign_in_link web_session api_token recovery_code idempotency_key
    structure structure_contact site access_request certification certification_version registration legal_certifier
    referential bloc skill epreuve epreuve_cover access_route jury_rules result_rules
    expert habilitation expert_piece declared_interest
    employment structure_group interest_declaration tie_alert
    availability availability_day recurring_half_day absence school_holiday
    meeting meeting_guest meeting_link meeting_decision meeting_action
    committee agreement_request visit_link request_site request_piece missing_piece grid_score
    decision decision_letter agreement reserve appeal partner_update right_record dated_right right_suspension
    mission mission_certification habilitation_step engagement_half_day mission_offer mission_link agenda_feed
    expense_claim expense_line claim_correction
    document
    inspection inspection_answer inspection_change inspection_photo inspection_comment
    nonconformity corrective_action corrective_evidence draw draw_pick
    right_act sanction_ground right_change teaching_support support_nonconformity
    candidate candidate_stay candidate_positioning candidate_observation candidate_immersion candidate_piece
    candidate_adaptation candidate_tie
    college_seat jury_session jury_wish jury_room jury_member jury_passage jury_mark jury_ruling jury_vote
    jury_abstention jury_incident jury_change jury_minutes jury_signature jury_code jury_check candidate_appeal
    jury_kept
    certificate_batch certificate certificate_change certificate_revocation
    audit_event audit_pending audit_personal audit_leaf audit_seal audit_key lease
    mail mail_delivery notice_preference notice job setting number_series yearly_figure task_note
}

fn table<E: EntityTrait>() -> Table {
    let columns = E::Column::iter().map(|column| Column {
        name: column.as_str().to_owned(),
        kind: kind(column.def().get_column_type()),
    });
    let key = E::PrimaryKey::iter().next().map(|key| key.into_column().as_str().to_owned());
    Table {
        name: E::default().table_name().to_owned(),
        key: key.unwrap_or_default(),
        columns: columns.collect(),
    }
}

/// Columns that are none of the others are texts: enumerations and their like.
fn kind(column: &ColumnType) -> Kind {
    match column {
        ColumnType::Boolean => Kind::Boolean,
        ColumnType::Integer => Kind::Integer,
        ColumnType::BigInteger => Kind::Bigint,
        ColumnType::Uuid => Kind::Uuid,
        ColumnType::Date => Kind::Date,
        ColumnType::Json | ColumnType::JsonBinary => Kind::Json,
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => Kind::Bytes,
        _ => Kind::Text,
    }
}

/// Whether any table holds a row.
///
/// # Errors
/// What the database answers, also when its schema is not there.
pub async fn holds_rows(db: &Db) -> Result<bool, DbErr> {
    for table in tables() {
        let first = Query::select().column(table.key).from(table.name).limit(1).to_owned();
        if db.read().query_one(&first).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
