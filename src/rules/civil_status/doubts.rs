//! What may be right, and deserves a look before the accrochage compares it.
use super::completeness::lacks_district;
use super::name;
use super::{CivilStatus, Field};
use crate::rules::person_name::PersonName;
use time::Date;

/// Ages at which a candidate is rare: a wrong year is more likely.
const USUAL_AGES: std::ops::RangeInclusive<i32> = 15..=80;

/// What to look at again; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Longer than the file for the Caisse des Dépôts holds.
    #[error(
        "Ce texte dépasse de {0} caractères la longueur transmise à la Caisse des Dépôts\u{202f}: \
         il est conservé en entier, et coupé dans l’envoi"
    )]
    CutInFlow(usize),
    /// Several words in the field of one first name.
    #[error("Ce champ contient plusieurs mots\u{202f}: s’agit-il d’un seul prénom composé\u{202f}?")]
    SeveralFirstNames,
    /// No family name, which the file for the Caisse des Dépôts asks.
    #[error("Sans nom de naissance, le certificat ne peut pas être transmis tel quel à la Caisse des Dépôts")]
    NoBirthName,
    /// No first name, which the file for the Caisse des Dépôts asks.
    #[error("Sans prénom, le certificat ne peut pas être transmis tel quel à la Caisse des Dépôts")]
    NoFirstName,
    /// The first of January, which often stands for an unknown day.
    #[error(
        "Le 1er janvier remplace souvent un jour inconnu\u{202f}: si le document n’indique que l’année, \
         n’indiquez qu’elle"
    )]
    FirstOfJanuary,
    /// An age that few candidates have.
    #[error("Cette date donne {0} ans\u{202f}: vérifiez l’année de naissance")]
    UnusualAge(i32),
    /// Paris, Lyon or Marseille without the district.
    #[error(
        "Les naissances à Paris, Lyon et Marseille sont enregistrées par arrondissement\u{202f}: choisissez-le"
    )]
    NoDistrict,
}

impl Doubt {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CutInFlow(_) => "cut-when-sent",
            Self::SeveralFirstNames => "several-first-names",
            Self::NoBirthName => "no-birth-name",
            Self::NoFirstName => "no-first-name",
            Self::FirstOfJanuary => "first-of-january",
            Self::UnusualAge(_) => "unusual-age",
            Self::NoDistrict => "no-district",
        }
    }
}

impl CivilStatus {
    /// What deserves a look, in the order of the form.
    #[must_use]
    pub fn doubts(&self, today: Date) -> Vec<(Field, Doubt)> {
        let mut doubts = self.about_names();
        doubts.extend(self.about_birth(today));
        doubts
    }

    fn about_names(&self) -> Vec<(Field, Doubt)> {
        let mut doubts = Vec::new();
        if self.has_no_birth_name {
            doubts.push((Field::BirthName, Doubt::NoBirthName));
        }
        doubts.extend(cut(Field::BirthName, self.birth_name.as_ref()));
        doubts.extend(cut(Field::UsualName, self.usual_name.as_ref()));
        if self.has_no_first_name {
            doubts.push((Field::FirstName(0), Doubt::NoFirstName));
        }
        for (place, name) in self.first_names.in_order.iter().enumerate() {
            let field = Field::FirstName(place);
            doubts.extend(cut(field, Some(name)));
            if name.as_str().contains(' ') {
                doubts.push((field, Doubt::SeveralFirstNames));
            }
        }
        doubts
    }

    fn about_birth(&self, today: Date) -> Vec<(Field, Doubt)> {
        let mut doubts = Vec::new();
        if let Some(date) = self.birth_date {
            if (date.month(), date.day()) == (Some(1), Some(1)) {
                doubts.push((Field::BirthDate, Doubt::FirstOfJanuary));
            }
            let age = date.age_on(today);
            if !USUAL_AGES.contains(&age) {
                doubts.push((Field::BirthDate, Doubt::UnusualAge(age)));
            }
        }
        if let Some(place) = &self.birthplace {
            if lacks_district(place) {
                doubts.push((Field::BirthCommune, Doubt::NoDistrict));
            }
            if place.cut_in_flow() > 0 {
                doubts.push((Field::BirthLocality, Doubt::CutInFlow(place.cut_in_flow())));
            }
        }
        doubts
    }
}

fn cut(field: Field, name: Option<&PersonName>) -> Option<(Field, Doubt)> {
    let beyond = name.map_or(0, |name| name::cut_in_flow(name.as_str()));
    (beyond > 0).then_some((field, Doubt::CutInFlow(beyond)))
}
