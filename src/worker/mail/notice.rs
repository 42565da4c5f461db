//! What a message becomes for each person: decided when it leaves, from what they wish then and the hour where
//! they live.

use std::collections::HashMap;

use entity::ids::{AccountId, MailId};
use entity::notice::{self, NoticeWay};
use entity::{account, account_role, expert, mail, notice_preference, setting};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::app::App;
use crate::db;
use crate::events::class_of;
use crate::rules::notices::{Class, Hours, SETTING, Way, Wish};
use crate::rules::territory::PARIS;
use crate::worker::recipients::Addressee;

/// What one person wishes, completed by what the certifier proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// For messages of work.
    pub work: Wish,
    /// For reminders.
    pub reminder: Wish,
    /// Hours.
    pub hours: Hours,
    /// IANA zone of the person.
    pub zone: String,
}

impl Wishes {
    /// What is wished for a class.
    #[must_use]
    pub const fn of(&self, class: Class) -> Wish {
        match class {
            Class::Work => self.work,
            Class::Reminder => self.reminder,
            Class::Legal | Class::Security | Class::Digest => Wish::AtOnce,
        }
    }
}

/// The hours that the certifier proposes. A stored value that does not fit is logged, and the default applies: a
/// message must leave.
///
/// # Errors
/// What the database answers.
pub async fn proposed(conn: &impl ConnectionTrait) -> Result<Hours, DbErr> {
    let row = setting::Entity::find_by_id(SETTING.to_owned()).one(conn).await?;
    Ok(row.map_or_else(Hours::default, |row| {
        serde_json::from_value(row.value).unwrap_or_else(|error| {
            tracing::error!(%error, setting = SETTING, "does not fit its type");
            Hours::default()
        })
    }))
}

/// What these people wish.
///
/// # Errors
/// What the database answers.
pub async fn wishes(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Wishes>, DbErr> {
    let proposed = proposed(conn).await?;
    let zones = zones(conn, accounts).await?;
    let rows = notice_preference::Entity::find()
        .filter(notice_preference::Column::AccountId.is_in(accounts.iter().copied()))
        .all(conn)
        .await?;
    let rows: HashMap<_, _> = rows.into_iter().map(|row| (row.account_id, row)).collect();
    let whole = |id: &AccountId| {
        let zone = zones.get(id).cloned().unwrap_or_else(|| PARIS.to_owned());
        (*id, completed(rows.get(id), proposed, zone))
    };
    Ok(accounts.iter().map(whole).collect())
}

/// The wishes of a row over what is proposed.
fn completed(row: Option<&notice_preference::Model>, proposed: Hours, zone: String) -> Wishes {
    let Some(row) = row else {
        return Wishes { work: Wish::default(), reminder: Wish::default(), hours: proposed, zone };
    };
    let hour = |own: Option<i32>, other: u8| own.and_then(|hour| u8::try_from(hour).ok()).unwrap_or(other);
    Wishes {
        work: Wish::of(&row.work).unwrap_or_default(),
        reminder: Wish::of(&row.reminder).unwrap_or_default(),
        hours: Hours {
            quiet_from: hour(row.quiet_from, proposed.quiet_from),
            quiet_until: hour(row.quiet_until, proposed.quiet_until),
            work_waits: row.work_waits.unwrap_or(proposed.work_waits),
            weekends: row.weekends.unwrap_or(proposed.weekends),
            digest_at: hour(row.digest_at, proposed.digest_at),
        },
        zone: row.zone.clone().unwrap_or(zone),
    }
}

/// Where these people live: the zone of the expert's file, or else of the structure's.
async fn zones(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, String>, DbErr> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::AccountId.is_in(accounts.iter().copied()))
        .filter(account_role::Column::StructureId.is_not_null())
        .all(conn)
        .await?;
    let places: Vec<_> = held.iter().filter_map(|held| held.structure_id).collect();
    let places = db::zones_of(conn, &places).await?;
    let people = account::Entity::find()
        .filter(account::Column::Id.is_in(accounts.iter().copied()))
        .filter(account::Column::ExpertId.is_not_null())
        .all(conn)
        .await?;
    let experts = expert::Entity::find()
        .filter(expert::Column::Id.is_in(people.iter().filter_map(|person| person.expert_id)))
        .all(conn)
        .await?;
    let mut zones = HashMap::new();
    for held in held {
        if let Some(zone) = held.structure_id.and_then(|id| places.get(&id)) {
            zones.insert(held.account_id, zone.clone());
        }
    }
    for person in people {
        if let Some(file) = experts.iter().find(|file| Some(file.id) == person.expert_id) {
            zones.insert(person.id, file.zone.clone());
        }
    }
    Ok(zones)
}

/// What becomes of a message for each person now. Who has no account wishes nothing: it leaves. Who has it kept
/// already does not get it by mail as well, whatever they wish since.
pub(super) async fn ways(
    app: &App,
    mail: &mail::Model,
    people: Vec<Addressee>,
) -> Result<Vec<(Addressee, Way)>, DbErr> {
    let class = class_of(&mail.template);
    let accounts: Vec<AccountId> = people.iter().filter_map(|to| to.account).collect();
    if accounts.is_empty() || !Class::CHOSEN.contains(&class) {
        return Ok(people.into_iter().map(|to| (to, Way::Now)).collect());
    }
    let kept = kept(app, mail.id).await?;
    let wishes = wishes(app.db.read(), &accounts).await?;
    let way = |to: &Addressee| match to.account {
        Some(account) if kept.contains(&account) => Way::Never,
        Some(account) => wishes
            .get(&account)
            .map_or(Way::Now, |own| own.hours.way(class, own.of(class), &own.zone, app.now())),
        None => Way::Now,
    };
    Ok(people
        .into_iter()
        .map(|to| {
            let way = way(&to);
            (to, way)
        })
        .collect())
}

/// The people for whom a message was already kept out of their mailbox.
async fn kept(app: &App, mail: MailId) -> Result<Vec<AccountId>, DbErr> {
    let rows = notice::Entity::find()
        .filter(notice::Column::MailId.eq(mail))
        .filter(notice::Column::Way.ne(NoticeWay::Mail))
        .all(app.db.read())
        .await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

/// Adds a message to the notifications of a person, once. Those about the safety of an account hold links of their
/// own, and the digest tells what is there already: neither is listed.
pub(super) async fn note(app: &App, mail: &mail::Model, to: &Addressee, way: NoticeWay) -> Result<(), DbErr> {
    use notice::{Column, Entity};
    let Some(account) = to.account else { return Ok(()) };
    if matches!(class_of(&mail.template), Class::Security | Class::Digest) {
        return Ok(());
    }
    let row = notice::ActiveModel {
        id: Set(app.new_id().into()),
        mail_id: Set(mail.id),
        account_id: Set(account),
        way: Set(way),
        at: Set(app.now().into()),
        digested_at: Set(None),
        read_at: Set(None),
    };
    let once = OnConflict::columns([Column::MailId, Column::AccountId]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(app.db.bookkeeping()).await?;
    Ok(())
}
