//! The juries of the past years, as a register taken over: rows, written in lots. They are spread over the structures of the
//! whole country, the working days of the year, those who presided then and those who sat.

use std::collections::{HashMap, HashSet};

use anyhow::Context;
use entity::ids::{CandidateId, ExpertId, JurySessionId, StructureId};
use entity::jury_member::Seat;
use entity::{
    candidate, candidate_stay, certificate, jury_member, jury_passage, jury_ruling, jury_session,
    number_series,
};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use time::{Date, Duration, Month, Time};

use super::super::data;
use super::super::labels::JURY_REASON;
use super::super::requests::{Story, local_instant};
use super::blocs;
use super::ground::{Ground, Plot, entitled};
use super::rows::{FATES, Fate, Known, Past, enrolled_on, fate, not_closed_yet, not_told_yet};
use super::{File, Jurors, Names, pieces};
use crate::features::certificates::{self, CertificateError};
use crate::rules::{territory, typed_date};

/// The first year that is told jury by jury.
const FIRST_YEAR: i32 = 2023;
/// Days before today at which the last of them was held: it is closed since.
const LAST: i64 = 60;
/// Days of a year on which juries are spread, from that one of January on: somebody may preside by then, the first year too.
const SPREAD: usize = 320;
const FIRST_DAY: u8 = 23;
/// A jury every so many structures, in the order of their SIREN: prime with their number.
const STRIDE: usize = 7;
/// When certificates were made on the day of their delivery, in UTC.
const MADE_AT: Time = time::macros::time!(10:00);
/// Rows written at once.
const AT_ONCE: usize = 200;
/// The last sessions of which what the jury decided is delivered here; the register of before delivered the others.
const CERTIFIED: usize = 14;
/// Where the people of the juries of the last days are numbered from, in lots of [`FATES`]: those of before do not reach it.
const RECENT: usize = 400;
/// The last sessions in which somebody acquired a part, which are delivered whenever they were held.
const ATTESTED: usize = 6;
/// Times running after which it is somebody else's turn to preside in a structure (J6).
const TURNS: usize = 3;

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
    let mut told = Told {
        story,
        names: &file.names,
        ground: &ground,
        jurors,
        rows: Rows::default(),
        people: 0,
        engaged: HashSet::new(),
        running: HashMap::new(),
    };
    for year in FIRST_YEAR..=latest.year() {
        let named = file.year.iter().find(|one| one.year == year);
        let count = named.map_or(file.other_years, |one| one.juries);
        let mut sessions = Series::read(conn, "JUR", year).await?;
        let mut people = Series::read(conn, "CAN", year).await?;
        for rank in 0..count {
            let first = &ground.plots[(rank * STRIDE) % ground.plots.len()];
            if day(year, rank, count, first)? <= latest {
                let held = told.held((year, rank, count))?;
                told.jury(&held, (&mut sessions, &mut people)).with_context(|| held.day.to_string())?;
            }
        }
        sessions.write(conn).await?;
        people.write(conn).await?;
    }
    let certified = told.certified();
    told.rows.write(conn).await?;
    certify(story, &certified).await
}

/// Writes juries of these days, each so many days ago, that somebody presides over and that deliberate; none on a day on which
/// they may preside nowhere.
pub(super) async fn deliberating(
    story: &Story<'_>,
    (file, known, jurors): (&File, &data::Experts, &Jurors),
    president: ExpertId,
    days_ago: &[i64],
) -> anyhow::Result<Vec<JurySessionId>> {
    let conn = story.stage.app.db.bookkeeping();
    let ground = Ground::read(conn, known).await?;
    let (engaged, running) = (HashSet::new(), HashMap::new());
    let rows = Rows::default();
    let mut told =
        Told { story, names: &file.names, ground: &ground, jurors, rows, people: 0, engaged, running };
    for (turn, ago) in days_ago.iter().enumerate() {
        let day = story.stage.working_day(*ago);
        let able: Vec<&Plot> =
            ground.plots.iter().filter(|plot| ground.able(plot, day).contains(&president)).collect();
        let able = entitled(&able, &able, |plot| ground.agreed(plot, day));
        let Some(plot) = able.get(turn % able.len().max(1)).copied() else { continue };
        // People of whom nobody is told elsewhere, with the fates that need no result: all, nothing yet, not there.
        told.people = FATES * (RECENT + turn) + if turn.is_multiple_of(2) { 12 } else { 43 };
        let mut sessions = Series::read(conn, "JUR", day.year()).await?;
        let mut people = Series::read(conn, "CAN", day.year()).await?;
        let held = Held { plot, day, president, again: false };
        told.jury(&held, (&mut sessions, &mut people))?;
        sessions.write(conn).await?;
        people.write(conn).await?;
    }
    told.rows.sessions.iter_mut().for_each(not_closed_yet);
    told.rows.candidates.iter_mut().for_each(not_told_yet);
    told.rows.passages.iter_mut().for_each(|row| row.live = true);
    let written = told.rows.sessions.iter().map(|row| row.id).collect();
    let passed: Vec<_> =
        told.rows.passages.iter().filter_map(|row| Some((row.candidate_id, row.starts_at?))).collect();
    told.rows.write(conn).await?;
    pieces::write(story, &passed).await?;
    Ok(written)
}

/// The day of the jury of a rank, among those of its year: one on which people work there.
fn day(year: i32, rank: usize, count: usize, plot: &Plot) -> anyhow::Result<Date> {
    let first = Date::from_calendar_date(year, Month::January, FIRST_DAY)?;
    let after = i64::try_from(rank * SPREAD / count.max(1))?;
    let day = first.saturating_add(Duration::days(after));
    Ok(territory::calendar(&plot.site.department).next_working_day(day))
}

/// A jury to be told.
struct Held<'a> {
    plot: &'a Plot,
    day: Date,
    president: ExpertId,
    /// It would have been somebody else's turn, and nobody else may.
    again: bool,
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
    rulings: Vec<jury_ruling::Model>,
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
        in_lots!(conn, jury_ruling, self.rulings);
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
    /// Who presides, on which day: over one jury a day.
    engaged: HashSet<(ExpertId, Date)>,
    /// Who presided last in a structure, and how many times running.
    running: HashMap<StructureId, (ExpertId, usize)>,
}

impl<'a> Told<'a> {
    /// The jury of a rank of a year, among so many: near the structure of its rank, or near the first one after it where
    /// somebody may preside that day.
    fn held(&self, (year, rank, count): (i32, usize, usize)) -> anyhow::Result<Held<'a>> {
        let plots: &'a [Plot] = &self.ground.plots;
        for step in 0..plots.len() {
            let near = &plots[(rank * STRIDE + step) % plots.len()];
            for (plot, day) in self.places(near, (year, rank, count))? {
                let mut able = self.ground.able(plot, day);
                able.retain(|id| !self.engaged.contains(&(*id, day)));
                let last = self.running.get(&plot.structure.id).filter(|(_, times)| *times >= TURNS);
                let others: Vec<ExpertId> =
                    able.iter().copied().filter(|id| last.is_none_or(|(last, _)| last != id)).collect();
                let again = others.is_empty();
                let able = if again { able } else { others };
                if !able.is_empty() {
                    let president = able[self.rows.sessions.len() % able.len()];
                    return Ok(Held { plot, day, president, again });
                }
            }
        }
        anyhow::bail!("nobody may preside over jury {rank} of {year}")
    }

    /// Where the jury of a rank is held, with the day there: in the structures of the region that hold an agreement on that
    /// day, in turn; in the one it is near when none of them does.
    fn places(
        &self,
        near: &'a Plot,
        (year, rank, count): (i32, usize, usize),
    ) -> anyhow::Result<Vec<(&'a Plot, Date)>> {
        let ground: &'a Ground = self.ground;
        let mut region = Vec::new();
        for plot in ground.around(near) {
            region.push((plot, day(year, rank, count, plot)?));
        }
        let first = [(near, day(year, rank, count, near)?)];
        let mut places = entitled(&region, &first, |(plot, day)| ground.agreed(plot, day));
        let turn = rank % places.len().max(1);
        places.rotate_left(turn);
        Ok(places)
    }

    /// One jury, with who sat and who passed.
    fn jury(
        &mut self,
        held: &Held<'_>,
        (sessions, people): (&mut Series, &mut Series),
    ) -> anyhow::Result<()> {
        let (plot, day) = (held.plot, held.day);
        self.engaged.insert((held.president, day));
        let times = self.running.get(&plot.structure.id).filter(|(last, _)| *last == held.president);
        let times = times.map_or(1, |(_, times)| times + 1);
        self.running.insert(plot.structure.id, (held.president, times));
        let app = self.story.stage.app;
        let turn = self.rows.sessions.len();
        let (hour, minute) = if turn.is_multiple_of(3) { (13, 30) } else { (9, 0) };
        let spread = i64::try_from(turn)?;
        let waits = (50 + spread * 11 % 45, 12 + spread * 5 % 23);
        let ground: &'a Ground = self.ground;
        let version = ground.version(enrolled_on(day, waits.0))?;
        let blocs = ground.blocs(version);
        let past = Past {
            id: app.new_id().into(),
            number: sessions.next(),
            structure: &plot.structure,
            site: &plot.site,
            version,
            referential: blocs.map(|known| known.referential),
            manager: self.story.people.manager.account_id(),
            day,
            starts_at: local_instant(day, hour, minute, &plot.site.zone)?,
            waits,
            candidates: 3 + (turn * 5 + turn / 3) % 4,
        };
        // Not always the same two together, and never the same one in two juries of a day.
        let other = turn + turn / self.jurors.employees.len().max(1);
        let members = [
            (Seat::President, held.president),
            (Seat::Employers, one_of(&self.jurors.employers, turn)?),
            (Seat::Employees, one_of(&self.jurors.employees, other)?),
        ];
        for ((seat, expert), position) in members.into_iter().zip(1..) {
            let mut member = past.member(app.new_id().into(), expert, seat, position);
            let again = held.again && seat == Seat::President;
            member.override_reason = again.then(|| JURY_REASON.to_owned());
            self.rows.members.push(member);
        }
        for position in 1..=i32::try_from(past.candidates)? {
            let (known, became) = (self.person(people.next(), day), blocs::under(fate(self.people), blocs));
            let passage = past.passage(app.new_id().into(), known.id, position, became);
            if let Some(blocs) = blocs {
                self.rows.rulings.extend(blocs.rulings(app, passage.id, became, self.people));
            }
            self.people += 1;
            self.rows.passages.push(passage);
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

    /// The last sessions in which somebody acquired something, and the last ones in which it was a part, when the civil status
    /// of each of them is whole: each certificate has its file, made in the minutes that follow the start.
    fn certified(&self) -> Vec<JurySessionId> {
        let today = self.story.stage.today;
        let people: HashMap<CandidateId, &candidate::Model> =
            self.rows.candidates.iter().map(|row| (row.id, row)).collect();
        let whole = |id: CandidateId| {
            people.get(&id).is_some_and(|row| certificates::gather::holder(row, today).is_ok())
        };
        let mut given: HashMap<JurySessionId, Vec<CandidateId>> = HashMap::new();
        let (total, part) = (Some(Fate::Total.decision()), Some(Fate::Partial.decision()));
        for one in self.rows.passages.iter().filter(|one| one.decision == total || one.decision == part) {
            given.entry(one.session_id).or_default().push(one.candidate_id);
        }
        let parts: HashSet<JurySessionId> =
            self.rows.passages.iter().filter(|one| one.decision == part).map(|one| one.session_id).collect();
        let sessions = self.rows.sessions.iter().rev().map(|row| row.id);
        let attested: HashSet<JurySessionId> =
            sessions.filter(|id| parts.contains(id)).take(ATTESTED).collect();
        let sound = |row: &&jury_session::Model| {
            given.get(&row.id).is_some_and(|people| people.iter().copied().all(whole))
        };
        let last = self.rows.sessions.iter().rev().filter(sound).take(CERTIFIED);
        let last: HashSet<JurySessionId> = last.map(|row| row.id).collect();
        let wanted = |row: &&jury_session::Model| attested.contains(&row.id) || last.contains(&row.id);
        self.rows.sessions.iter().filter(wanted).filter(sound).map(|row| row.id).collect()
    }
}

fn one_of(people: &[ExpertId], turn: usize) -> anyhow::Result<ExpertId> {
    people.get(turn % people.len().max(1)).copied().context("nobody sits for a college")
}

/// Dates certificates as the register of before does: made on the day of their delivery.
async fn made_then(story: &Story<'_>, issued: &certificates::actions::Issued) -> anyhow::Result<()> {
    let Some(day) = issued.certificates.first().map(|one| one.delivered_on) else { return Ok(()) };
    let at = entity::Instant::from(day.with_time(MADE_AT).assume_utc());
    certificate::Entity::update_many()
        .col_expr(certificate::Column::CreatedAt, Expr::value(at))
        .filter(certificate::Column::BatchId.eq(issued.batch.id))
        .exec(story.stage.app.db.bookkeeping())
        .await?;
    Ok(())
}

/// Delivers the certificates of these sessions.
async fn certify(story: &Story<'_>, sessions: &[JurySessionId]) -> anyhow::Result<()> {
    let app = story.stage.app;
    let key = certificates::actions::signing_key(app).await.context("the key that signs")?;
    for id in sessions {
        let mut tx = app.begin(story.people.manager.clone()).await?;
        match Box::pin(certificates::actions::issue(&mut tx, &key, *id)).await {
            Ok(issued) => {
                tx.commit().await?;
                made_then(story, &issued).await?;
            }
            // What the day of the jury asks beside the civil status lacks: this session has none.
            Err(CertificateError::Incomplete(lacking)) => tracing::warn!(?lacking, "no certificate"),
            Err(error) => return Err(anyhow::Error::new(error).context("certificates")),
        }
    }
    Ok(())
}
