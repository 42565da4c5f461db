//! What a session is entrusted with, as typed (domain reference, 4.7).

use entity::ids::StructureId;
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::identifiers::Nda;
use crate::rules::siret::Siret;
use crate::rules::{line, money};

/// A sub-contract, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSubcontract {
    /// The structure, when it is one of the register.
    pub structure: Option<StructureId>,
    /// Name of the other party.
    pub party: String,
    /// Its SIRET.
    pub siret: String,
    /// Its declaration of activity.
    pub nda: String,
    /// Whom to write to.
    pub contact: String,
    /// What it does.
    pub missions: String,
    /// With which means.
    pub means: String,
    /// How it is followed.
    pub follow_up: String,
    /// Euros.
    pub amount: String,
    /// Until when its Qualiopi certificate holds.
    pub qualiopi_until: String,
    /// The day it was looked at.
    pub checked_on: String,
}

/// A sub-contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSubcontract {
    /// Name of the other party.
    pub party: String,
    /// Its SIRET.
    pub siret: String,
    /// Its declaration of activity; may be empty.
    pub nda: String,
    /// Whom to write to.
    pub contact: String,
    /// What it does.
    pub missions: String,
    /// With which means.
    pub means: String,
    /// How it is followed.
    pub follow_up: String,
    /// Cents.
    pub amount_cents: i64,
    /// Until when its Qualiopi certificate holds.
    pub qualiopi_until: Option<Date>,
    /// The day it was looked at.
    pub checked_on: Option<Date>,
}

impl TypedSubcontract {
    /// The sub-contract, or every fault.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<NewSubcontract, Vec<Fault>> {
        let mut faults = Faults::default();
        let mut wanted = |pointer: &str, typed: &str, sentence: &'static str| {
            faults.read(pointer, line::wanted(typed, 2_000, sentence), |error| error.code())
        };
        let party = wanted("/party", &self.party, "Indiquez le nom de l’autre partie");
        let missions = wanted("/missions", &self.missions, "Indiquez ce qui est confié");
        let means = wanted("/means", &self.means, "Indiquez les moyens mis en œuvre");
        let follow_up = wanted("/follow_up", &self.follow_up, "Indiquez comment l’exécution est suivie");
        let contact = line::optional(&self.contact, 300);
        let contact = faults.read("/contact", contact, |error| error.code());
        let siret = Siret::parse(&self.siret).map(|siret| siret.to_string());
        let siret = faults.read("/siret", siret, |_| "siret");
        let nda = match self.nda.trim() {
            "" => Some(String::new()),
            typed => faults.read("/nda", Nda::parse(typed).map(|_| typed.to_owned()), |_| "nda"),
        };
        let amount = money::parse(&self.amount).ok_or("Indiquez un montant en euros");
        let amount = faults.read("/amount", amount, |_| "amount");
        let qualiopi_until = faults.optional_date("/qualiopi_until", &self.qualiopi_until);
        let checked_on = faults.optional_date("/checked_on", &self.checked_on);
        let contract = (|| {
            Some(NewSubcontract {
                party: party?,
                siret: siret?,
                nda: nda?,
                contact: contact?,
                missions: missions?,
                means: means?,
                follow_up: follow_up?,
                amount_cents: amount?,
                qualiopi_until: qualiopi_until?,
                checked_on: checked_on?,
            })
        })();
        faults.or(contract)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_contract_must_say_is_asked_at_once() {
        let pointers: Vec<_> =
            TypedSubcontract::default().read().unwrap_err().into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/party", "/missions", "/means", "/follow_up", "/siret", "/amount"]);
    }
}
