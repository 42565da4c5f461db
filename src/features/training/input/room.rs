//! A room, as typed.

use entity::ids::{SiteId, StructureId};

use crate::error::{Fault, Faults};
use crate::rules::{line, territory};

/// A room, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedRoom {
    /// Whose it is.
    pub structure: Option<StructureId>,
    /// On which of its sites.
    pub site: Option<SiteId>,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// Department; empty as the postal code says.
    pub department: String,
    /// How many people.
    pub capacity: String,
    /// How to get there.
    pub access: String,
    /// Whether everybody gets in.
    pub accessibility: String,
    /// What is there.
    pub equipment: String,
}

/// A room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRoom {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// Department, which gives the region and the zone.
    pub department: &'static territory::Department,
    /// How many people.
    pub capacity: i32,
    /// How to get there.
    pub access: String,
    /// Whether everybody gets in.
    pub accessibility: String,
    /// What is there.
    pub equipment: String,
}

impl TypedRoom {
    /// The department that is typed, or that of the postal code.
    #[must_use]
    pub fn department(&self) -> Option<&'static territory::Department> {
        match self.department.trim() {
            "" => territory::department_of_postal_code(&self.postal_code),
            code => territory::department(code),
        }
    }

    /// The room, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<NewRoom, Vec<Fault>> {
        let mut faults = Faults::default();
        let name = line::wanted(&self.name, 200, "Indiquez le nom de la salle");
        let name = faults.read("/name", name, |error| error.code());
        let address = line::wanted(&self.address, 300, "Indiquez l’adresse");
        let address = faults.read("/address", address, |error| error.code());
        let compact: String = self.postal_code.chars().filter(|c| !c.is_whitespace()).collect();
        let sound = compact.len() == 5 && compact.bytes().all(|c| c.is_ascii_digit());
        let postal_code = if sound { Ok(compact) } else { Err("Indiquez un code postal à cinq chiffres") };
        let postal_code = faults.read("/postal_code", postal_code, |_| "postal-code");
        let commune = line::wanted(&self.commune, 100, "Indiquez la commune");
        let commune = faults.read("/commune", commune, |error| error.code());
        let department = self.department().ok_or("Indiquez le département");
        let department = faults.read("/department", department, |_| "unknown");
        let capacity = self.capacity.trim().parse::<i32>().ok().filter(|number| (1..=2_000).contains(number));
        let capacity = capacity.ok_or("Indiquez combien de personnes la salle accueille");
        let capacity = faults.read("/capacity", capacity, |_| "out-of-bounds");
        let mut text = |pointer: &str, typed: &str| {
            faults.read(pointer, line::optional(typed, 2_000), |error| error.code())
        };
        let access = text("/access", &self.access);
        let accessibility = text("/accessibility", &self.accessibility);
        let equipment = text("/equipment", &self.equipment);
        let room = (|| {
            Some(NewRoom {
                name: name?,
                address: address?,
                postal_code: postal_code?,
                commune: commune?,
                department: department?,
                capacity: capacity?,
                access: access?,
                accessibility: accessibility?,
                equipment: equipment?,
            })
        })();
        faults.or(room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_department_follows_the_postal_code() {
        let typed = TypedRoom {
            name: "Salle des Palmistes".to_owned(),
            address: "4 rue du Port".to_owned(),
            postal_code: "97 600".to_owned(),
            commune: "Mamoudzou".to_owned(),
            capacity: "14".to_owned(),
            ..TypedRoom::default()
        };
        let room = typed.read().unwrap();
        assert_eq!((room.department.zone, room.postal_code.as_str()), ("Indian/Mayotte", "97600"));
        assert_eq!(TypedRoom::default().read().unwrap_err().len(), 6);
    }
}
