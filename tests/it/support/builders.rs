//! Things of a test, made by the actions of the product, so that test data is always possible data.

use entity::declared_interest::TieKind;
use entity::habilitation::{self, Duty};
use entity::ids::{CertificationId, ExpertId, StructureId};
use entity::{certification_version, expert, structure};
use parchemin::authz::Actor;
use parchemin::features::experts::input::{TypedExpert, TypedHabilitation};
use parchemin::features::structures::actions;
use parchemin::features::structures::input::{TypedContact, TypedIdentity, TypedSite, TypedStructure};
use parchemin::features::ties::input::TypedInterest;
use parchemin::features::{certifications, experts, ties};
use parchemin::rules::siret::Siret;
use parchemin::rules::typed_date::iso;
use sea_orm::{EntityTrait, PaginatorTrait};
use time::{Date, Duration};

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
                legal_form: "Association loi de 1901".to_owned(),
                idcc: "3016".to_owned(),
                activities: "maraîchage".to_owned(),
                headcount: "24".to_owned(),
                insertion_posts: "14".to_owned(),
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

impl TestApp {
    /// The version of a certification that is open today; the certifications that come with the program are
    /// recorded if they are not yet.
    pub async fn certification_version(&self, code: &str) -> certification_version::Model {
        certifications::preload(&self.app).await.unwrap();
        let all = certifications::queries::all(self.app.db.read()).await.unwrap();
        let described = all.iter().find(|described| described.certification.code == code).unwrap();
        described.open_on(self.app.today())[0].version.clone()
    }

    /// A contrôleur habilitated everywhere, on every certification, for three years around today.
    pub async fn controller(&self, family_name: &str) -> expert::Model {
        let expert = self.expert(family_name).await;
        self.habilitate(expert.id, Duty::Controleur, None, &[]).await;
        expert
    }

    /// An expert without any habilitation.
    pub async fn expert(&self, family_name: &str) -> expert::Model {
        let rank = expert::Entity::find().count(self.app.db.read()).await.unwrap();
        let typed = TypedExpert {
            family_name: family_name.to_owned(),
            first_names: "Anne-Lise".to_owned(),
            email: format!("expert-{rank}@intervenants.exemple"),
            phone: "+33639985000".to_owned(),
            status: "independent".to_owned(),
            department: "58".to_owned(),
            ..TypedExpert::default()
        };
        let mut tx = self.app.begin(Actor::system("tests")).await.unwrap();
        let expert = experts::actions::create(&mut tx, &typed.read().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        expert
    }

    /// Grants an habilitation from a year ago to two years from now.
    pub async fn habilitate(
        &self,
        expert: ExpertId,
        duty: Duty,
        certification: Option<CertificationId>,
        regions: &[&str],
    ) -> habilitation::Model {
        let today = self.app.today();
        let typed = TypedHabilitation {
            duty,
            starts_on: iso(today - Duration::days(365)),
            ends_on: iso(today + Duration::days(730)),
            certification,
            regions: regions.iter().map(|code| (*code).to_owned()).collect(),
        };
        let mut tx = self.app.begin(Actor::system("tests")).await.unwrap();
        let row = experts::actions::record(&mut tx, expert, None, &typed).await.unwrap();
        tx.commit().await.unwrap();
        row
    }

    /// Records an interest that the expert declares today.
    pub async fn interest(
        &self,
        expert: ExpertId,
        structure: StructureId,
        tie: TieKind,
        until: Option<Date>,
    ) {
        let typed = TypedInterest {
            structure,
            tie,
            since: "2020-01-01".to_owned(),
            until: until.map(iso).unwrap_or_default(),
            detail: "comptable".to_owned(),
            declared_on: String::new(),
        };
        let mut tx = self.app.begin(Actor::system("tests")).await.unwrap();
        ties::actions::declare_interest(&mut tx, expert, &typed).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Makes the declaration of interests of the year, the list being complete.
    pub async fn declare_year(&self, expert: ExpertId) {
        let mut tx = self.app.begin(Actor::system("tests")).await.unwrap();
        ties::actions::declare_year(&mut tx, expert, false, "").await.unwrap();
        tx.commit().await.unwrap();
    }
}
