//! The juries of the past years, as a register taken over: rows, written in lots. They are spread over the structures of the
//! whole country, the working days of the year, those who presided then and those who sat.

use std::collections::HashMap;

use anyhow::Context;
use entity::habilitation::Duty;
use entity::ids::{CandidateId, CertificationVersionId, ExpertId, JurySessionId, StructureId};
use entity::jury_member::Seat;
use entity::{
    candidate, candidate_stay, certification, certification_version, expert, jury_member, jury_passage,
    jury_session, number_series, site, structure,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};
use time::{Date, Duration, Month};

use super::super::data;
use super::super::requests::{Story, local_instant};
use super::rows::{Fate, Known, Past, fate};
use super::{File, Jurors, Names};
use crate::features::certificates::{self, CertificateError};
use crate::rules::territory;
use crate::rules::typed_date;

/// The certification whose juries are told.
const CODE: &str = "CQP_SP";
/// The first year that is told jury by jury.
const FIRST_YEAR: i32 = 2023;
/// Days before today at which the last of them was held: it is closed since.
const LAST: i64 = 60;
/// Days of a year on which juries are spread, from the second week on.
const SPREAD: usize = 335;
/// A jury every so many structures, in the order of their SIREN: prime with their number.
const STRIDE: usize = 7;
/// Rows written at once.
const AT_ONCE: usize = 200;
/// Sessions whose certificates are delivered.
const CERTIFIED: usize = 4;

/// Writes them, and delivers the certificates of the last ones.
pub(super) async fn write(
    story: &Story<'_>,
    file: &File,
    known: &data::Experts,
    jurors: &Jurors,
) -> anyhow::Result<()> {
    let conn = story.stage.app.db.bookkeeping();
    let ground = Ground::read(conn, known).await?;
    let latest = story.stage.day(LAST);
    let mut told =
        Told { story, names: &file.names, ground: &ground, jurors, rows: Rows::default(), people: 0 };
    for year in FIRST_YEAR..=latest.year() {
        let named = file.year.iter().find(|one| one.year == year);
        let count = named.map_or(file.other_years, |one| one.juries);
        let mut sessions = Series::read(conn, "JUR", year).await?;
        let mut people = Series::read(conn, "CAN", year).await?;
        for rank in 0..count {
            let plot = &ground.plots[(rank * STRIDE) % ground.plots.len()];
            let day = day(year, rank, count, plot)?;
            if day <= latest {
                told.jury(plot, day, (&mut sessions, &mut people)).with_context(|| day.to_string())?;
            }
        }
        sessions.write(conn).await?;
        people.write(conn).await?;
    }
    let certified = told.certified();
    told.rows.write(conn).await?;
    certify(story, &certified).await
}

/// The day of the jury of a rank, among those of its year: one on which people work there.
fn day(year: i32, rank: usize, count: usize, plot: &Plot) -> anyhow::Result<Date> {
    let first = Date::from_calendar_date(year, Month::January, 9)?;
    let after = i64::try_from(rank * SPREAD / count.max(1))?;
    let day = first.saturating_add(Duration::days(after));
    Ok(territory::calendar(&plot.site.department).next_working_day(day))
}

/// A structure and its seat.
struct Plot {
    structure: structure::Model,
    site: site::Model,
}

/// Somebody who may preside, where and when.
struct President {
    id: ExpertId,
    regions: Vec<String>,
    from: Date,
    until: Date,
}

/// Where and by whom juries are held.
struct Ground {
    plots: Vec<Plot>,
    presidents: Vec<President>,
    versions: Vec<certification_version::Model>,
}

impl Ground {
    async fn read(conn: &DatabaseConnection, known: &data::Experts) -> anyhow::Result<Self> {
        let seats = site::Entity::find().filter(site::Column::IsSeat.eq(true)).all(conn).await?;
        let mut seats: HashMap<StructureId, site::Model> =
            seats.into_iter().map(|row| (row.structure_id, row)).collect();
        let structures = structure::Entity::find().order_by_asc(structure::Column::Siren).all(conn).await?;
        let plot = |structure: structure::Model| Some(Plot { site: seats.remove(&structure.id)?, structure });
        let plots: Vec<Plot> = structures.into_iter().filter_map(plot).collect();
        anyhow::ensure!(!plots.is_empty(), "no structure");
        let own = certification::Entity::find().filter(certification::Column::Code.eq(CODE));
        let own = own.one(conn).await?.context(CODE)?;
        let versions = certification_version::Entity::find()
            .filter(certification_version::Column::CertificationId.eq(own.id))
            .order_by_asc(certification_version::Column::ValidFrom)
            .all(conn)
            .await?;
        Ok(Self { plots, presidents: presidents(conn, known).await?, versions })
    }

    /// The version in force on a day.
    fn version(&self, day: Date) -> anyhow::Result<CertificationVersionId> {
        let begun = self.versions.iter().rev().find(|one| one.valid_from <= day);
        Ok(begun.or(self.versions.first()).context("no version")?.id)
    }

    /// Who presides in a region on a day: one of those who may there, in turn; of all, where nobody is.
    fn president(&self, region: &str, day: Date, turn: usize) -> anyhow::Result<ExpertId> {
        let active = |one: &&President| one.from <= day && day <= one.until;
        let here = |one: &&President| one.regions.is_empty() || one.regions.iter().any(|own| own == region);
        let mut able: Vec<_> = self.presidents.iter().filter(active).filter(here).collect();
        if able.is_empty() {
            able = self.presidents.iter().filter(active).collect();
        }
        if able.is_empty() {
            able = self.presidents.iter().collect();
        }
        anyhow::ensure!(!able.is_empty(), "nobody presides");
        Ok(able[turn % able.len()].id)
    }
}

async fn presidents(conn: &DatabaseConnection, known: &data::Experts) -> anyhow::Result<Vec<President>> {
    let rows = expert::Entity::find().all(conn).await?;
    let keys: HashMap<_, _> = rows.into_iter().map(|row| (row.number, row.id)).collect();
    let mut found = Vec::new();
    for one in &known.expert {
        let Some(id) = keys.get(&one.number) else { continue };
        for held in one.habilitation.iter().filter(|held| held.duty == Duty::Mandataire) {
            let read = |typed: &toml::value::Datetime| typed_date::parse(&typed.to_string());
            let from = read(&held.starts_on).context("starts_on")?;
            let until = read(&held.ends_on).context("ends_on")?;
            found.push(President { id: *id, regions: held.regions.clone(), from, until });
        }
    }
    Ok(found)
}

/// A series of numbers of a year, continued from the last one given.
struct Series {
    id: String,
    last: i32,
}

impl Series {
    async fn read(conn: &impl ConnectionTrait, kind: &str, year: i32) -> anyhow::Result<Self> {
        let id = format!("{kind}-{year}");
        let known = number_series::Entity::find_by_id(id.clone()).one(conn).await?;
        Ok(Self { id, last: known.map_or(0, |row| row.last) })
    }

    fn next(&mut self) -> String {
        self.last += 1;
        format!("{}-{:04}", self.id, self.last)
    }

    async fn write(self, conn: &impl ConnectionTrait) -> anyhow::Result<()> {
        if self.last == 0 {
            return Ok(());
        }
        let row = number_series::ActiveModel { id: Set(self.id), last: Set(self.last) };
        let again = OnConflict::column(number_series::Column::Id)
            .update_column(number_series::Column::Last)
            .to_owned();
        number_series::Entity::insert(row).on_conflict(again).exec_without_returning(conn).await?;
        Ok(())
    }
}

/// The rows to write.
#[derive(Default)]
struct Rows {
    candidates: Vec<candidate::Model>,
    stays: Vec<candidate_stay::Model>,
    sessions: Vec<jury_session::Model>,
    members: Vec<jury_member::Model>,
    passages: Vec<jury_passage::Model>,
}

/// Writes rows of a table in lots.
macro_rules! in_lots {
    ($conn:expr, $table:ident, $rows:expr) => {
        for lot in $rows.chunks(AT_ONCE) {
            let lot = lot.iter().map(|row| row.clone().into_active_model().reset_all());
            $table::Entity::insert_many(lot).exec_without_returning($conn).await?;
        }
    };
}

impl Rows {
    async fn write(self, conn: &DatabaseConnection) -> anyhow::Result<()> {
        in_lots!(conn, candidate, self.candidates);
        in_lots!(conn, candidate_stay, self.stays);
        in_lots!(conn, jury_session, self.sessions);
        in_lots!(conn, jury_member, self.members);
        in_lots!(conn, jury_passage, self.passages);
        Ok(())
    }
}

/// The juries being told.
struct Told<'a> {
    story: &'a Story<'a>,
    names: &'a Names,
    ground: &'a Ground,
    jurors: &'a Jurors,
    rows: Rows,
    /// How many people were told already.
    people: usize,
}

impl Told<'_> {
    /// One jury, with who sat and who passed.
    fn jury(
        &mut self,
        plot: &Plot,
        day: Date,
        (sessions, people): (&mut Series, &mut Series),
    ) -> anyhow::Result<()> {
        let app = self.story.stage.app;
        let turn = self.rows.sessions.len();
        let (hour, minute) = if turn.is_multiple_of(3) { (13, 30) } else { (9, 0) };
        let spread = i64::try_from(turn)?;
        let past = Past {
            id: app.new_id().into(),
            number: sessions.next(),
            structure: &plot.structure,
            site: &plot.site,
            version: self.ground.version(day)?,
            manager: self.story.people.manager.account_id(),
            day,
            starts_at: local_instant(day, hour, minute, &plot.site.zone)?,
            waits: (50 + spread * 11 % 45, 12 + spread * 5 % 23),
            candidates: 3 + (turn * 5 + turn / 3) % 4,
        };
        let members = [
            (Seat::President, self.ground.president(&plot.site.region, day, turn)?),
            (Seat::Employers, one_of(&self.jurors.employers, turn)?),
            (Seat::Employees, one_of(&self.jurors.employees, turn / 2)?),
        ];
        for ((seat, expert), position) in members.into_iter().zip(1..) {
            self.rows.members.push(past.member(app.new_id().into(), expert, seat, position));
        }
        for position in 1..=i32::try_from(past.candidates)? {
            let (known, became) = (self.person(people.next(), day), fate(self.people));
            self.people += 1;
            self.rows.passages.push(past.passage(app.new_id().into(), known.id, position, became));
            let candidate = past.candidate(known, became);
            self.rows.stays.push(candidate_stay::Model {
                id: app.new_id().into(),
                candidate_id: candidate.id,
                structure_id: candidate.structure_id,
                since: candidate.first_enrolled_on,
                until: None,
            });
            self.rows.candidates.push(candidate);
        }
        self.rows.sessions.push(past.session());
        Ok(())
    }

    /// Somebody who was not told yet.
    fn person(&self, number: String, day: Date) -> Known {
        let rank = self.people;
        let pick = |names: &[String]| names.get(rank % names.len().max(1)).cloned().unwrap_or_default();
        let woman = rank % 5 < 2;
        // Between twenty and fifty-five years old that day.
        let age = 20 + i64::try_from(rank * 13 % 36).unwrap_or_default();
        let days = age * 365 + i64::try_from(rank * 101 % 360).unwrap_or_default();
        Known {
            id: self.story.stage.app.new_id().into(),
            number,
            birth_name: pick(&self.names.family),
            first_name: pick(if woman { &self.names.women } else { &self.names.men }),
            sex: if woman { "F" } else { "M" },
            birth_date: typed_date::iso(day.saturating_sub(Duration::days(days))),
            birth_commune: pick(&self.names.communes),
        }
    }

    /// The last sessions in which everybody who acquired something acquired it all, with a whole civil status: nothing lacks
    /// for their certificates.
    fn certified(&self) -> Vec<JurySessionId> {
        let today = self.story.stage.app.today();
        let whole = |id: CandidateId| {
            let known = self.rows.candidates.iter().find(|row| row.id == id);
            known.is_some_and(|row| certificates::gather::holder(row, today).is_ok())
        };
        let of = |id: JurySessionId| self.rows.passages.iter().filter(move |row| row.session_id == id);
        let sound = |row: &&jury_session::Model| {
            let decided = |wanted: Fate| of(row.id).any(|one| one.decision == Some(wanted.decision()));
            let gives = of(row.id).filter(|one| one.decision == Some(Fate::Total.decision()));
            decided(Fate::Total) && !decided(Fate::Partial) && gives.map(|one| one.candidate_id).all(whole)
        };
        self.rows.sessions.iter().rev().filter(sound).take(CERTIFIED).map(|row| row.id).collect()
    }
}

fn one_of(people: &[ExpertId], turn: usize) -> anyhow::Result<ExpertId> {
    people.get(turn % people.len().max(1)).copied().context("nobody sits for a college")
}

/// Delivers the certificates of these sessions.
async fn certify(story: &Story<'_>, sessions: &[JurySessionId]) -> anyhow::Result<()> {
    let app = story.stage.app;
    let key = certificates::actions::signing_key(app).await.context("the key that signs")?;
    for id in sessions {
        let mut tx = app.begin(story.people.manager.clone()).await?;
        match Box::pin(certificates::actions::issue(&mut tx, &key, *id)).await {
            Ok(_) => tx.commit().await?,
            // What the day of the jury asks beside the civil status lacks: this session has none.
            Err(CertificateError::Incomplete(lacking)) => tracing::warn!(?lacking, "no certificate"),
            Err(error) => return Err(anyhow::Error::new(error).context("certificates")),
        }
    }
    Ok(())
}
