//! Things of a test, made by the actions of the product, so that test data is always possible data.

use entity::structure;
use parchemin::authz::Actor;
use parchemin::features::structures::actions;
use parchemin::features::structures::input::{TypedContact, TypedIdentity, TypedSite, TypedStructure};
use parchemin::rules::siret::Siret;
use sea_orm::{EntityTrait, PaginatorTrait};

use super::TestApp;

impl TestApp {
    /// A structure of Nevers with one site.
    pub async fn structure(&self, name: &str) -> structure::Model {
        self.structure_at(name, "58000", "Nevers").await
    }

    /// A structure with one site, somewhere.
    pub async fn structure_at(&self, name: &str, postal_code: &str, commune: &str) -> structure::Model {
        let rank = structure::Entity::find().count(self.app.db.read()).await.unwrap();
        let typed = TypedStructure {
            identity: TypedIdentity {
                name: name.to_owned(),
                legal_form: "Association loi 1901".to_owned(),
                idcc: "3016".to_owned(),
                activities: "maraîchage".to_owned(),
                headcount: "24".to_owned(),
                insertion_posts: "14".to_owned(),
                state_agreement_until: "2027-12-31".to_owned(),
                ..TypedIdentity::default()
            },
            contact: TypedContact {
                name: "Maëlys Kerzoncuf-Attoumani".to_owned(),
                title: "Directrice".to_owned(),
                email: format!("contact-{rank}@structure.exemple"),
                phone: "+33639981000".to_owned(),
            },
            seat: TypedSite {
                siret: siret_of(rank, 1).to_string(),
                label: "Siège".to_owned(),
                address: "4 chemin des Palmistes".to_owned(),
                postal_code: postal_code.to_owned(),
                commune: commune.to_owned(),
                department: String::new(),
            },
            others: Vec::new(),
        };
        let new = typed.read().unwrap();
        let mut tx = self.app.begin(Actor::system("tests")).await.unwrap();
        let structure = actions::create(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        structure
    }
}

/// The SIRET of an establishment of the structure of that rank: the series 9999 is never given.
pub fn siret_of(rank: u64, establishment: u16) -> Siret {
    Siret::with_check_digits(99_990_000 + u32::try_from(rank).unwrap(), establishment)
}
