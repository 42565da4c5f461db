//! A mission that took place, read from its line. Pure.

use entity::ids::CertificationId;
use entity::mission::{self, MissionObject};
use entity::{expert, site, structure};

use super::super::actions::address;
use super::super::input::{self, Dates, usual_duty};
use super::super::labels as words;
use super::super::standing::Need;
use super::known::Known;
use super::labels;
use crate::import::{Columns, Row};
use crate::rules::engagement::{MOST_DAYS, Slot, taken};
use crate::rules::fold::fold;
use crate::rules::territory::{self, Department, PARIS};
use crate::rules::{deadline, line, typed_date};

/// Longest reference, title and address.
const LONGEST: usize = 200;

/// What is wrong in a line: the column, and the sentence.
pub(super) type Wrong = Vec<(&'static str, String)>;

/// A mission that took place, as a line tells it.
#[derive(Clone, Debug)]
pub struct Past {
    /// Its reference in the registers of the certifier.
    pub reference: String,
    /// What for.
    pub object: MissionObject,
    /// Who went.
    pub expert: expert::Model,
    /// Where, when it was in a structure.
    pub structure: Option<structure::Model>,
    /// Which site.
    pub site: Option<site::Model>,
    /// Which certification.
    pub certification: Option<CertificationId>,
    /// What it was called.
    pub title: String,
    /// Address.
    pub place: String,
    /// INSEE code of the department; may be empty.
    pub department: &'static str,
    /// INSEE code of the region; may be empty.
    pub region: &'static str,
    /// When.
    pub dates: Dates,
    /// What came of it; may be empty.
    pub result: String,
}

impl Past {
    pub(super) fn need(&self) -> Need {
        Need {
            object: self.object,
            duty: usual_duty(self.object),
            structure: self.structure.clone(),
            certification: self.certification,
            also: Vec::new(),
            region: self.region.to_owned(),
            department: self.department.to_owned(),
            dates: self.dates.clone(),
            except: None,
        }
    }

    pub(super) fn slots(&self) -> Vec<Slot> {
        taken(self.dates.starts_at, self.dates.ends_at, &self.dates.zone)
    }

    /// Whether a recorded mission tells the same.
    pub(super) fn is(&self, row: &mission::Model) -> bool {
        row.expert_id == self.expert.id
            && row.object == self.object
            && row.structure_id == self.structure.as_ref().map(|structure| structure.id)
            && *row.starts_at == self.dates.starts_at
            && *row.ends_at == self.dates.ends_at
    }
}

/// The cells of a line, and what is wrong in them.
struct Cells<'a> {
    columns: &'a Columns,
    row: &'a Row,
    known: &'a Known,
    wrong: Wrong,
}

impl<'a> Cells<'a> {
    fn get(&self, key: &str) -> &'a str {
        self.columns.cell(self.row, key)
    }

    fn read<T, E: ToString>(&mut self, key: &'static str, found: Result<T, E>) -> Option<T> {
        match found {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong.push((key, error.to_string()));
                None
            }
        }
    }

    fn line(&mut self, key: &'static str) -> Option<String> {
        self.read(key, line::optional(self.get(key), LONGEST))
    }

    fn reference(&mut self) -> Option<String> {
        let reference = line::wanted(self.get("reference"), LONGEST, labels::REFERENCE_WANTED);
        self.read("reference", reference)
    }

    fn object(&mut self) -> Option<MissionObject> {
        let written = fold(self.get("object"));
        let named =
            |object: &MissionObject| labels::object_words(*object).iter().any(|word| fold(word) == written);
        self.read("object", MissionObject::all().find(named).ok_or(labels::UNKNOWN_OBJECT))
    }

    fn expert(&mut self) -> Option<expert::Model> {
        let found = self.known.people.get(&self.get("expert").to_lowercase()).cloned();
        self.read("expert", found.ok_or(labels::UNKNOWN_PERSON))
    }

    /// The structure and the site, when the cell names some.
    fn structure(&mut self) -> Option<(Option<structure::Model>, Option<site::Model>)> {
        let digits: String = self.get("structure").chars().filter(|c| !c.is_whitespace()).collect();
        if digits.is_empty() {
            return Some((None, None));
        }
        let site = self.known.sites.get(&digits).cloned();
        let siren = site.as_ref().map_or(digits.as_str(), |site| site.siret.get(..9).unwrap_or_default());
        let structure = self.known.structures.get(siren).cloned();
        let found = structure.map(|structure| (Some(structure), site));
        self.read("structure", found.ok_or(labels::UNKNOWN_PLACE))
    }

    fn certification(&mut self) -> Option<Option<CertificationId>> {
        let named = fold(self.get("certification"));
        if named.is_empty() {
            return Some(None);
        }
        let found = self.known.certifications.get(&named).copied();
        self.read("certification", found.ok_or(words::faults::UNKNOWN_CERTIFICATION)).map(Some)
    }

    /// The department written, or that of the site or of the structure; none at a distance.
    fn department(
        &mut self,
        structure: Option<&structure::Model>,
        site: Option<&site::Model>,
    ) -> Option<Option<&'static Department>> {
        match self.get("department") {
            "" => {
                let there = site.map(|site| site.department.as_str());
                let there = there.or_else(|| structure.map(|one| one.department.as_str()));
                Some(there.and_then(territory::department))
            }
            code => {
                let found = territory::department(code).ok_or(labels::UNKNOWN_DEPARTMENT);
                self.read("department", found).map(Some)
            }
        }
    }

    /// The hours of the days told, where it took place.
    fn dates(&mut self, zone: &str) -> Option<Dates> {
        let first = self.read("starts_on", typed_date::read(self.get("starts_on")));
        let last = match self.get("ends_on") {
            "" => first,
            typed => self.read("ends_on", typed_date::read(typed)),
        };
        let hours = labels::hours(&fold(self.get("part"))).ok_or(labels::UNKNOWN_PART);
        let hours = self.read("part", hours);
        let ((first, last), (from, until)) = first.zip(last).zip(hours)?;
        if last < first {
            self.wrong.push(("ends_on", labels::REVERSED.to_owned()));
            return None;
        }
        if (last - first).whole_days() >= MOST_DAYS {
            self.wrong.push(("ends_on", labels::TOO_LONG.to_owned()));
            return None;
        }
        let starts_at = deadline::instant(first, from, zone).ok()?;
        let ends_at = deadline::instant(last, until, zone).ok()?;
        if ends_at > self.known.now {
            self.wrong.push(("starts_on", labels::NOT_OVER.to_owned()));
            return None;
        }
        Some(Dates { starts_at, ends_at, zone: zone.to_owned() })
    }
}

/// The mission of a line, or everything wrong in it.
pub(super) fn read(columns: &Columns, row: &Row, known: &Known) -> Result<Past, Wrong> {
    let mut cells = Cells { columns, row, known, wrong: Vec::new() };
    let (reference, object, expert) = (cells.reference(), cells.object(), cells.expert());
    let at = cells.structure();
    let (structure, site) = at.clone().unwrap_or_default();
    let department = cells.department(structure.as_ref(), site.as_ref());
    let certification = cells.certification();
    let dates = cells.dates(department.flatten().map_or(PARIS, |found| found.zone));
    let (title, place) = (cells.line("title"), cells.line("place"));
    let result = cells.read("result", input::text(cells.get("result")));
    let place = place.map(|typed| match typed.as_str() {
        "" => address(structure.as_ref(), site.as_ref()),
        _ => typed,
    });
    if at.is_some() && place.as_deref() == Some("") {
        cells.wrong.push(("structure", words::faults::PLACE_WANTED.to_owned()));
    }
    let past = (|| {
        let (object, department) = (object?, department?);
        let named = labels::title(object, structure.as_ref().map(|one| one.name.as_str()));
        Some(Past {
            reference: reference?,
            object,
            expert: expert?,
            title: title.map(|title| if title.is_empty() { named } else { title })?,
            certification: certification?,
            place: place?,
            department: department.map_or("", |found| found.code),
            region: department.and_then(|found| found.region).unwrap_or_default(),
            dates: dates?,
            result: result?,
            structure,
            site,
        })
    })();
    past.filter(|_| cells.wrong.is_empty()).ok_or(cells.wrong)
}
