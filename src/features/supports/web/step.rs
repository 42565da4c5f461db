//! The acts that the page of a support offers: who may, in which state, and what each form asks for.

use crate::authz::{Actor, Permission, may};
use crate::features::supports::dossier::Dossier;
use crate::features::supports::state::{Step, TABLE};

/// One act on a support, named in the address of its form: `/appuis/{number}/{verb}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupportAct {
    /// Its budget and its payer are known.
    Accept,
    /// It will not be given.
    Refuse,
    /// It is looked at again.
    Reconsider,
    /// Its date and who gives it.
    Schedule,
    /// Another date.
    Postpone,
    /// It took place.
    Perform,
    /// Its report.
    Report,
    /// How satisfied the structure is.
    Rate,
    /// It is over.
    Close,
    /// It does not take place.
    Cancel,
}

impl SupportAct {
    /// Every act, in the order of a support.
    pub const ALL: [Self; 10] = [
        Self::Accept,
        Self::Refuse,
        Self::Reconsider,
        Self::Schedule,
        Self::Postpone,
        Self::Perform,
        Self::Report,
        Self::Rate,
        Self::Close,
        Self::Cancel,
    ];

    /// The last part of the address of its form.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Accept => "accepter",
            Self::Refuse => "refuser",
            Self::Reconsider => "reprendre",
            Self::Schedule => "planifier",
            Self::Postpone => "deplacer",
            Self::Perform => "realiser",
            Self::Report => "compte-rendu",
            Self::Rate => "avis",
            Self::Close => "clore",
            Self::Cancel => "annuler",
        }
    }

    /// The act of a verb.
    #[must_use]
    pub fn of(verb: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.verb() == verb)
    }

    /// The step that it makes.
    #[must_use]
    pub const fn step(self) -> Step {
        match self {
            Self::Accept => Step::Accept,
            Self::Refuse => Step::Refuse,
            Self::Reconsider => Step::Reconsider,
            Self::Schedule => Step::Schedule,
            Self::Postpone => Step::Postpone,
            Self::Perform => Step::Perform,
            Self::Report => Step::Report,
            Self::Rate => Step::Rate,
            Self::Close => Step::Close,
            Self::Cancel => Step::Cancel,
        }
    }

    const fn permission(self) -> Permission {
        match self {
            Self::Accept | Self::Refuse | Self::Reconsider => Permission::SupportSettle,
            Self::Schedule | Self::Postpone => Permission::SupportSchedule,
            Self::Perform | Self::Report => Permission::SupportPerform,
            Self::Rate => Permission::SupportRate,
            Self::Close => Permission::SupportClose,
            Self::Cancel => Permission::SupportCancel,
        }
    }

    /// Whether its form asks for this.
    #[must_use]
    pub fn asks(&self, field: &str) -> bool {
        let fields: &[&str] = match self {
            Self::Accept => &["budget"],
            Self::Refuse | Self::Reconsider | Self::Cancel => &["reason"],
            Self::Schedule => &["expert", "date"],
            Self::Postpone => &["date", "reason"],
            Self::Perform => &["given"],
            Self::Report => &["report"],
            Self::Rate => &["rating"],
            Self::Close => &[],
        };
        fields.contains(&field)
    }

    /// Whether it takes something away from somebody.
    #[must_use]
    pub const fn is_danger(self) -> bool {
        matches!(self, Self::Refuse | Self::Cancel)
    }
}

/// What this person may do on this support now.
pub(super) fn offered(actor: &Actor, dossier: &Dossier) -> Vec<SupportAct> {
    let facts = dossier.facts();
    let fits = |act: &SupportAct| {
        TABLE.can(dossier.support.state, act.step()) && may(actor, act.permission(), &facts)
    };
    SupportAct::ALL.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_leads_to_its_act() {
        for act in SupportAct::ALL {
            assert_eq!(SupportAct::of(act.verb()), Some(act));
        }
        assert_eq!(SupportAct::of("inconnu"), None);
    }
}
