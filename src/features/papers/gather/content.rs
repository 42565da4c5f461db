//! What a session says on paper: its action, its dates, its prices.

use std::collections::BTreeSet;

use entity::programme_version::Modality;
use entity::training_document::PaperKind;
use entity::training_handbook::HandbookKind;
use entity::{training_buyer, training_slot};

use super::super::{labels, wording};
use super::Material;
use crate::features::agreements::documents::facts::email;
use crate::features::training::labels as words_of_training;
use crate::render::french;
use crate::rules::phone;
use crate::rules::siret::Siret;
use crate::rules::training::paper::{
    Action, Body, Content, Dates, HalfDay, Handed, Module, Price, Provider, Trainer,
};
use crate::rules::training::vat;

/// Non-empty lines of a text.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Non-empty parts, joined.
fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<_> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

/// A SIRET in groups, or as typed.
pub(super) fn siret(text: &str) -> String {
    Siret::parse(text).map_or_else(|_| text.trim().to_owned(), Siret::grouped)
}

impl Material {
    /// What every paper of the session says, whoever it is about.
    pub(super) fn base(&self, kind: PaperKind) -> Content {
        Content {
            on: french::date(self.today()),
            provider: self.provider(),
            action: self.action(),
            dates: self.dates(),
            handed: self.handed(),
            to_bring: self.session.to_bring.trim().to_owned(),
            contact: self.contact(),
            accessibility: self.accessibility(),
            ..Content::blank(kind)
        }
    }

    fn provider(&self) -> Provider {
        let config = &self.config;
        Provider {
            name: config.organisation.trim().to_owned(),
            legal_form: config.organisation_legal_form.trim().to_owned(),
            address: config.organisation_address.trim().to_owned(),
            siret: siret(&config.organisation_siret),
            nda: self.rules.invoices.nda_mention().unwrap_or_default(),
            representative: config.organisation_representative.trim().to_owned(),
        }
    }

    fn action(&self) -> Action {
        let sheet = &self.sheet;
        let module = |row: &entity::programme_module::Model| Module {
            title: row.title.trim().to_owned(),
            content: row.content.trim().to_owned(),
        };
        Action {
            title: sheet.title.trim().to_owned(),
            nature: wording::NATURE.to_owned(),
            sheet: wording::version(sheet.number, sheet.updated_on),
            objectives: lines(&sheet.objectives),
            modules: self.modules.iter().map(module).collect(),
            prerequisites: sheet.prerequisites.trim().to_owned(),
            audience: sheet.audience.trim().to_owned(),
            means: sheet.methods.trim().to_owned(),
            control: joined(
                &[&sheet.assessment_entry, &sheet.assessment_during, &sheet.assessment_end],
                "\n",
            ),
            sanction: wording::sanction(sheet.sanction).to_owned(),
        }
    }

    fn dates(&self) -> Dates {
        let session = &self.session;
        let zone = session.starts_at.map(|at| wording::zone(*at, &session.zone)).unwrap_or_default();
        Dates {
            number: session.number.clone(),
            period: wording::period(session.starts_on, session.ends_on),
            duration: if session.duration_minutes > 0 {
                wording::hours(session.duration_minutes)
            } else {
                String::new()
            },
            modality: words_of_training::modality(session.modality).to_owned(),
            place: self.place(),
            access: session.access.trim().to_owned(),
            zone,
            timetable: self.slots.iter().map(|slot| self.half_day(slot)).collect(),
            trainers: self.trainers(),
            headcount: wording::headcount(session.seats_min, session.seats_max),
            eu_funded: session.eu_funded,
        }
    }

    /// The room with its address, the place as typed, or how to connect.
    fn place(&self) -> String {
        let session = &self.session;
        if matches!(session.modality, Modality::Remote | Modality::RemoteAsync) {
            return session.remote_url.trim().to_owned();
        }
        match &self.room {
            Some(room) => {
                let town = joined(&[&room.postal_code, &room.commune], " ");
                joined(&[&room.name, &room.address, &town], ", ")
            }
            None => joined(&[&session.place, &session.commune], ", "),
        }
    }

    /// A half-day.
    pub(super) fn half_day(&self, slot: &training_slot::Model) -> HalfDay {
        let ids = self.trainers.get(&slot.id).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<_> =
            ids.iter().filter_map(|id| self.experts.get(id)).map(entity::expert::Model::name).collect();
        HalfDay {
            day: french::long_date(slot.day),
            hours: wording::half_day_hours(*slot.starts_at, *slot.ends_at, &slot.zone),
            subject: slot.subject.trim().to_owned(),
            trainers: french::list(&names),
        }
    }

    /// Who teaches, once each; the sheet says what is asked of them, which stands for their titles.
    fn trainers(&self) -> Vec<Trainer> {
        let mut seen = BTreeSet::new();
        let ids = self.slots.iter().filter_map(|slot| self.trainers.get(&slot.id)).flatten();
        let people = ids.filter(|id| seen.insert(**id)).filter_map(|id| self.experts.get(id));
        let title = self.sheet.trainer_profile.trim();
        people.map(|one| Trainer { name: one.name(), title: title.to_owned() }).collect()
    }

    fn handed(&self) -> Vec<Handed> {
        let told = |kind: HandbookKind| {
            let row = self.handbook(kind)?;
            let version = wording::in_force(row.number, row.in_force_on);
            Some(Handed { title: labels::handbook(kind).to_owned(), version })
        };
        HandbookKind::all().filter_map(told).collect()
    }

    /// Whom to write to: that of the session, else of the sheet, else the body.
    fn contact(&self) -> String {
        let told = [&self.session.contact, &self.sheet.contact].map(|text| text.trim());
        if let Some(told) = told.into_iter().find(|text| !text.is_empty()) {
            return told.to_owned();
        }
        let number = phone::grouped(&self.config.organisation_phone);
        joined(&[&self.config.organisation, &email(&self.config), &number], ", ")
    }

    fn accessibility(&self) -> String {
        let room = self.room.as_ref().map(|room| room.accessibility.as_str()).unwrap_or_default();
        let own = self.session.accessibility.as_str();
        let place = if own.trim().is_empty() { room } else { own };
        joined(&[place, &self.sheet.accessibility, &self.sheet.disability_contact], "\n")
    }

    /// The price of some people; none while the session has none.
    pub(super) fn price(&self, people: &[i64], own: bool) -> Option<Price> {
        let unit = people.first().copied().or(self.session.price_cents)?;
        let total: i64 = people.iter().sum();
        let tax = vat::tax(
            entity::invoice_line::LineKind::Training,
            self.sheet.vat,
            self.today(),
            self.rules.invoices.exempt_from(),
        );
        let same = people.iter().all(|price| *price == unit);
        Some(Price {
            unit: if same { wording::amount(unit) } else { labels::SEVERAL_PRICES.to_owned() },
            total: wording::amount(total),
            vat: tax.mention.unwrap_or(wording::TAXED).to_owned(),
            terms: if own {
                wording::own_terms(total, &self.rules.withdrawal)
            } else {
                wording::terms(&self.rules.invoices)
            },
            early_end: wording::early_end(&self.rules.cancellation),
        })
    }

    /// Who pays, as a party.
    pub(super) fn body(buyer: &training_buyer::Model) -> Body {
        let of_law = !buyer.siret.trim().is_empty();
        Body {
            name: buyer.name.trim().to_owned(),
            siret: siret(&buyer.siret),
            address: joined(&buyer.address.lines().collect::<Vec<_>>(), ", "),
            representative: if of_law { buyer.contact_name.trim().to_owned() } else { String::new() },
        }
    }

    /// The name and the address of the body itself.
    pub(super) fn own_signatory(&self) -> (String, String) {
        (self.config.organisation_representative.trim().to_owned(), email(&self.config))
    }
}
