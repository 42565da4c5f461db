//! Reads of the outbox.

use std::collections::HashMap;

use entity::ids::{AccountId, AuditEventId, ExpertId, MailId};
use entity::mail::{Column, Entity, MailState};
use entity::{
    Instant, account, agreement, agreement_request, audit_event, certification_version, expert, habilitation,
    mail, mail_delivery, mission, mission_certification, structure,
};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationDef, Select,
};
use uuid::Uuid;

use super::error::MailError;
use crate::authz::{Actor, Facts, Permission, account_names, allows, may, visible};
use crate::db::{Cursor, Db, Page, PageRequest, keyset, shows_words};
use crate::events::Recipient;

/// Kind of the events about accounts.
const ACCOUNT: &str = "account";
/// Most mails shown on the page of a file.
const OF_A_FILE: u64 = 200;

/// A mail without its text.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct MailLine {
    /// Key.
    pub id: MailId,
    /// Event that made it.
    pub event_id: AuditEventId,
    /// Name of its template.
    pub template: String,
    /// Who it is for, as stored.
    pub recipient: Json,
    /// Subject.
    pub subject: String,
    /// Table of what it is about.
    pub subject_kind: String,
    /// Key of what it is about.
    pub subject_id: Uuid,
    /// Where it is.
    pub state: MailState,
    /// How many times it was tried.
    pub attempts: i32,
    /// Next attempt, while it waits.
    pub due_at: Instant,
    /// Last answer of the relay.
    pub answer: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When every address had accepted it.
    pub sent_at: Option<Instant>,
    /// What a person calls what it is about.
    #[sea_orm(skip)]
    pub object: String,
}

/// Which mails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the subject, or of what people call what it is about.
    pub q: String,
    /// In this state.
    pub state: Option<MailState>,
    /// About this kind of thing.
    pub subject_kind: Option<String>,
    /// About this thing.
    pub subject_id: Option<Uuid>,
    /// Sent to this address, or waiting for whoever has it.
    pub address: Option<String>,
}

/// One mail, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailFile {
    /// The mail.
    pub mail: mail::Model,
    /// What a person calls what it is about.
    pub object: String,
    /// One line per address, as the relay answered.
    pub deliveries: Vec<mail_delivery::Model>,
}

/// Mails, newest first.
///
/// # Errors
/// The refusal of the policy, or what the database answers.
pub async fn list(
    db: &Db,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<MailLine>, MailError> {
    let _seen = allows(actor, Permission::MailView, &Facts::default())?;
    let mut select = Entity::find().filter(visible::mails(actor));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(kind) = &filter.subject_kind {
        select = select.filter(Column::SubjectKind.eq(kind.as_str()));
    }
    if let Some(id) = filter.subject_id {
        select = select.filter(Column::SubjectId.eq(id));
    }
    if !filter.q.is_empty() {
        let shown = [Column::Subject.as_column_ref(), audit_event::Column::SubjectLabel.as_column_ref()];
        select = select.join(JoinType::InnerJoin, event_of_mail()).filter(shows_words(&shown, &filter.q));
    }
    if let Some(address) = &filter.address {
        select = select.filter(to(db, address).await?);
    }
    let select = keyset(select, None::<Column>, Column::Id, true, page);
    let rows = lines(db, select).await?;
    Ok(Page::cut(rows, page.limit, |line| Cursor { value: String::new(), id: line.id.0 }))
}

/// The mails of an address: those that went or were tried there, and those that wait for the people who have it.
async fn to(db: &Db, address: &str) -> Result<Condition, DbErr> {
    let address = address.trim().to_lowercase();
    let same = |of: SimpleExpr| SimpleExpr::from(Func::lower(of)).eq(address.clone());
    let experts: Vec<ExpertId> = expert::Entity::find()
        .select_only()
        .column(expert::Column::Id)
        .filter(same(Expr::col((expert::Entity, expert::Column::Email))))
        .into_tuple()
        .all(db.read())
        .await?;
    let accounts: Vec<AccountId> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(same(Expr::col((account::Entity, account::Column::Email))))
        .into_tuple()
        .all(db.read())
        .await?;
    let tried = mail_delivery::Entity::find()
        .select_only()
        .column(mail_delivery::Column::MailId)
        .filter(same(Expr::col((mail_delivery::Entity, mail_delivery::Column::Address))))
        .into_query();
    let keys = experts.iter().map(ToString::to_string).chain(accounts.iter().map(ToString::to_string));
    let told = keys.chain([address.clone()]).map(|word| {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let recipient = Expr::col((Entity, Column::Recipient)).cast_as("text");
        let quoted = LikeExpr::new(format!("%\"{escaped}\"%")).escape('\\');
        SimpleExpr::from(Func::lower(recipient)).like(quoted)
    });
    Ok(told.fold(Condition::any().add(Column::Id.in_subquery(tried)), Condition::add))
}

/// The word that stands for whoever has an address in the address of a page, where no address is written: the number of an
/// expert, or the key of an account; none when nobody known has it.
///
/// # Errors
/// The refusal of the policy, or what the database answers.
pub async fn word_of(db: &Db, actor: &Actor, address: &str) -> Result<Option<String>, MailError> {
    let _seen = allows(actor, Permission::MailView, &Facts::default())?;
    let address = address.trim().to_lowercase();
    let same = |of: SimpleExpr| SimpleExpr::from(Func::lower(of)).eq(address.clone());
    let of_expert = same(Expr::col((expert::Entity, expert::Column::Email)));
    if let Some(person) = expert::Entity::find().filter(of_expert).one(db.read()).await? {
        return Ok(Some(person.number));
    }
    let of_account = same(Expr::col((account::Entity, account::Column::Email)));
    let found = account::Entity::find().filter(of_account).one(db.read()).await?;
    Ok(found.map(|account| account.id.to_string()))
}

/// The address of whoever a word stands for, as [`word_of`] gives it; none for any other word.
///
/// # Errors
/// The refusal of the policy, or what the database answers.
pub async fn address_of(db: &Db, actor: &Actor, word: &str) -> Result<Option<String>, MailError> {
    let _seen = allows(actor, Permission::MailView, &Facts::default())?;
    if let Ok(id) = word.parse::<Uuid>() {
        let found = account::Entity::find_by_id(AccountId(id)).one(db.read()).await?;
        return Ok(found.map(|account| account.email));
    }
    let found = expert::Entity::find().filter(expert::Column::Number.eq(word)).one(db.read()).await?;
    Ok(found.map(|person| person.email))
}

/// One mail.
///
/// # Errors
/// [`MailError::NotFound`], or what the database answers.
pub async fn find(db: &Db, actor: &Actor, id: MailId) -> Result<MailFile, MailError> {
    let _seen = allows(actor, Permission::MailView, &Facts::default())?;
    let found = Entity::find_by_id(id).filter(visible::mails(actor)).one(db.read()).await?;
    whole(db, found.ok_or(MailError::NotFound)?).await
}

/// The mails of a file, newest first: all of them for the team, their own for the others.
///
/// # Errors
/// What the database answers.
pub async fn for_subject(db: &Db, actor: &Actor, kind: &str, id: Uuid) -> Result<Vec<MailLine>, DbErr> {
    let of_file = Entity::find().filter(Column::SubjectKind.eq(kind)).filter(Column::SubjectId.eq(id));
    let team = may(actor, Permission::MailView, &Facts::default());
    let select = if team { of_file.filter(visible::mails(actor)) } else { of_file };
    let mut rows = lines(db, select.order_by_desc(Column::Id).limit(OF_A_FILE)).await?;
    rows.retain(|line| team || is_for(actor, &line.recipient));
    Ok(rows)
}

/// How many mails failed and wait for somebody; none for those who do not see them.
///
/// # Errors
/// What the database answers.
pub async fn dead_letters(db: &Db, actor: &Actor) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::State.eq(MailState::Failed))
        .filter(visible::mails(actor))
        .count(db.read())
        .await
}

/// The last mails with the addresses that accepted them, for the demonstration, where everybody plays every role.
///
/// # Errors
/// What the database answers.
pub async fn captured(db: &Db) -> Result<Vec<(MailLine, Vec<String>)>, DbErr> {
    let select =
        Entity::find().filter(Column::State.eq(MailState::Sent)).order_by_desc(Column::Id).limit(OF_A_FILE);
    let rows = lines(db, select).await?;
    let ids = rows.iter().map(|line| line.id);
    let sent =
        mail_delivery::Entity::find().filter(mail_delivery::Column::MailId.is_in(ids)).all(db.read()).await?;
    let mut addresses: HashMap<MailId, Vec<String>> = HashMap::new();
    for delivery in sent {
        addresses.entry(delivery.mail_id).or_default().push(delivery.address);
    }
    Ok(rows
        .into_iter()
        .map(|line| {
            let to = addresses.remove(&line.id).unwrap_or_default();
            (line, to)
        })
        .collect())
}

/// One mail of the demonstration.
///
/// # Errors
/// [`MailError::NotFound`], or what the database answers.
pub async fn captured_one(db: &Db, id: MailId) -> Result<MailFile, MailError> {
    let found = Entity::find_by_id(id).one(db.read()).await?;
    whole(db, found.ok_or(MailError::NotFound)?).await
}

/// What the policy needs to know of what a mail is about.
pub(super) async fn facts(conn: &impl ConnectionTrait, kind: &str, id: Uuid) -> Result<Facts, DbErr> {
    if kind == "mission" {
        let found = mission::Entity::find_by_id(id).one(conn).await?;
        let others = mission_certification::Entity::find()
            .filter(mission_certification::Column::MissionId.eq(id))
            .all(conn)
            .await?;
        let facts = found.map(|mission| Facts {
            structure: mission.structure_id,
            region: Some(mission.region).filter(|region| !region.is_empty()),
            certification: mission.certification_id,
            certifications: others.iter().map(|row| row.certification_id).collect(),
            ..Facts::default()
        });
        return Ok(facts.unwrap_or_default());
    }
    if let Some(person) = person(conn, kind, id).await? {
        return Ok(Facts::of_expert(&person));
    }
    let (structure, version) = match kind {
        "agreement_request" => {
            let found = agreement_request::Entity::find_by_id(id).one(conn).await?;
            found.map(|request| (Some(request.structure_id), Some(request.certification_version_id)))
        }
        "agreement" => {
            let found = agreement::Entity::find_by_id(id).one(conn).await?;
            found.map(|agreement| (Some(agreement.structure_id), Some(agreement.certification_version_id)))
        }
        "structure" => Some((Some(id.into()), None)),
        _ => None,
    }
    .unwrap_or_default();
    let mut facts = Facts { structure, ..Facts::default() };
    if let Some(id) = structure {
        facts.region = structure::Entity::find_by_id(id).one(conn).await?.map(|file| file.region);
    }
    if let Some(id) = version {
        let version = certification_version::Entity::find_by_id(id).one(conn).await?;
        facts.certification = version.map(|version| version.certification_id);
    }
    Ok(facts)
}

/// The person of the network that a mail is about.
async fn person(conn: &impl ConnectionTrait, kind: &str, id: Uuid) -> Result<Option<expert::Model>, DbErr> {
    let id: Option<ExpertId> = match kind {
        "expert" => Some(id.into()),
        "habilitation" => habilitation::Entity::find_by_id(id).one(conn).await?.map(|file| file.expert_id),
        _ => None,
    };
    match id {
        Some(id) => expert::Entity::find_by_id(id).one(conn).await,
        None => Ok(None),
    }
}

async fn whole(db: &Db, mail: mail::Model) -> Result<MailFile, MailError> {
    let deliveries = mail_delivery::Entity::find()
        .filter(mail_delivery::Column::MailId.eq(mail.id))
        .order_by_asc(mail_delivery::Column::Address)
        .all(db.read())
        .await?;
    let object = labels(db, vec![mail.event_id]).await?.remove(&mail.event_id).unwrap_or_default();
    Ok(MailFile { mail, object, deliveries })
}

async fn lines(db: &Db, select: Select<Entity>) -> Result<Vec<MailLine>, DbErr> {
    let columns = [
        Column::Id,
        Column::EventId,
        Column::Template,
        Column::Recipient,
        Column::Subject,
        Column::SubjectKind,
        Column::SubjectId,
        Column::State,
        Column::Attempts,
        Column::DueAt,
        Column::Answer,
        Column::CreatedAt,
        Column::SentAt,
    ];
    let select = select.select_only().columns(columns);
    let mut rows = select.into_model::<MailLine>().all(db.read()).await?;
    let objects = labels(db, rows.iter().map(|line| line.event_id).collect()).await?;
    for line in &mut rows {
        line.object = objects.get(&line.event_id).cloned().unwrap_or_default();
    }
    Ok(rows)
}

fn event_of_mail() -> RelationDef {
    Entity::belongs_to(audit_event::Entity).from(Column::EventId).to(audit_event::Column::Id).into()
}

/// What people called the things when the mails were made. The journal refers to an account by its key, which nobody
/// calls it by: it has its present name.
async fn labels(db: &Db, events: Vec<AuditEventId>) -> Result<HashMap<AuditEventId, String>, DbErr> {
    let found: Vec<(AuditEventId, String, Uuid, String)> = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Id)
        .column(audit_event::Column::SubjectKind)
        .column(audit_event::Column::SubjectId)
        .column(audit_event::Column::SubjectLabel)
        .filter(audit_event::Column::Id.is_in(events))
        .into_tuple()
        .all(db.read())
        .await?;
    let accounts = found.iter().filter(|(_, kind, ..)| kind == ACCOUNT).map(|(_, _, id, _)| AccountId(*id));
    let names = account_names(db.read(), accounts.collect()).await?;
    let label = |(event, kind, id, label): (AuditEventId, String, Uuid, String)| {
        let label =
            if kind == ACCOUNT { names.get(&AccountId(id)).cloned().unwrap_or_default() } else { label };
        (event, label)
    };
    Ok(found.into_iter().map(label).collect())
}

/// Whether a mail was written to the actor, their structure or their file of expert.
fn is_for(actor: &Actor, recipient: &Json) -> bool {
    match serde_json::from_value(recipient.clone()) {
        Ok(Recipient::Account { id }) => actor.account_id() == Some(id),
        Ok(Recipient::Structure { id }) => actor.structures().any(|own| own == id),
        Ok(Recipient::Expert { id }) => actor.expert() == Some(id),
        _ => false,
    }
}
