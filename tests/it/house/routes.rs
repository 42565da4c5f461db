//! Every page that is read, for every role and for nobody, on things of other people: what is answered is in one table
//! that a person reads. A page that is not in it fails the test, and so does a fault of ours.

use std::collections::BTreeSet;

use entity::{
    agreement, agreement_request, candidate, certification, committee, jury_session, meeting, mission,
    teaching_support,
};
use sea_orm::EntityTrait;

use super::operations::scene::Scene;
use super::source::sources;

/// One line for each address, one column for each role, the last for nobody signed in.
///
/// `o` the page or the file, `s` sent to sign in, `r` sent to another page, `-` not found: hidden, or not there at all,
/// `f` forbidden: seen, and not for this role, `c` not in this state, `g` gone: a link that was used or never made.
///
/// Nothing of the scene belongs to the people who look: the expert and the structure are strangers to it. It holds no
/// task of that key, no request for an account, no piece or document of an habilitation, no other contact of the structure, no second factor;
/// its mission is proposed, its agreement granted, its jury planned, its referential not begun. The pages of the demonstration are not
/// served.
const TABLE: &str = "\
                                                                          adm man off exp str tra aud nob
/                                                                         r   r   r   r   r   r   r   s
/.well-known/did.json                                                     o   o   o   o   o   o   o   o
/a-faire                                                                  o   o   o   o   o   o   o   s
/a-faire/:kind/:id                                                        -   -   -   -   -   -   -   s
/acces                                                                    o   o   o   -   -   -   -   s
/acces/:number                                                            -   -   -   -   -   -   -   s
/accessibilite                                                            o   o   o   o   o   o   o   o
/accueil                                                                  o   o   o   o   o   o   o   s
/agenda                                                                   -   -   -   o   -   -   -   s
/agenda/:file                                                             -   -   -   -   -   -   -   -
/agrements                                                                o   o   o   o   o   o   o   s
/agrements/:reference                                                     o   o   o   -   -   -   o   s
/agrements/:reference/:verb                                               r   r   r   -   -   -   r   s
/agrements/:reference/brouillon                                           r   r   r   -   -   -   r   s
/agrements/:reference/brouillon/pieces/retirer                            r   r   r   -   -   -   r   s
/agrements/:reference/rapport                                             o   o   o   -   -   -   o   s
/agrements/:reference/visite                                              f   f   f   -   -   -   f   s
/agrements/:reference/visite/confier                                      f   c   c   -   -   -   f   s
/agrements/:reference/visite/date                                         c   c   c   -   -   -   c   s
/agrements/droits                                                         o   o   o   o   o   o   o   s
/agrements/droits/:number                                                 o   o   o   -   -   -   o   s
/agrements/droits/:number/:verb                                           -   -   -   -   -   -   -   s
/agrements/nouveau                                                        -   o   o   -   o   -   -   s
/agrements/partenaires                                                    -   o   o   -   -   -   -   s
/agrements/partenaires/liste.csv                                          -   o   o   -   -   -   -   s
/aide                                                                     o   o   o   o   o   o   o   o
/appuis                                                                   o   o   o   o   o   o   o   s
/appuis/:number                                                           o   o   o   -   -   -   o   s
/appuis/:number/:verb                                                     -   -   -   -   -   -   -   s
/appuis/nouveau                                                           -   o   -   -   o   -   -   s
/badges/etats/:list                                                       -   -   -   -   -   -   -   -
/candidats                                                                o   o   o   o   o   o   o   s
/candidats/:number                                                        o   o   o   -   -   -   o   s
/candidats/:number/abandon                                                f   o   o   -   -   -   f   s
/candidats/:number/adaptations                                            f   o   f   -   -   -   f   s
/candidats/:number/coordonnees                                            f   o   o   -   -   -   f   s
/candidats/:number/documents/:document                                    o   o   o   -   -   -   o   s
/candidats/:number/etat-civil                                             f   o   o   -   -   -   f   s
/candidats/:number/exclusion                                              f   o   f   -   -   -   f   s
/candidats/:number/liens                                                  f   o   o   -   -   -   f   s
/candidats/:number/livret                                                 o   o   o   -   -   -   o   s
/candidats/:number/positionnement                                         f   o   o   -   -   -   f   s
/candidats/:number/recours                                                o   o   o   -   -   -   o   s
/candidats/:number/structure                                              f   o   o   -   -   -   f   s
/candidats/import                                                         f   o   o   -   o   -   f   s
/candidats/nouveau                                                        -   o   o   -   o   -   -   s
/certifications                                                           o   o   o   o   o   o   o   s
/certifications/:code                                                     o   o   o   o   o   o   o   s
/certifications/:code/versions/:version/referentiel                       o   o   o   o   o   o   o   s
/certifications/:code/versions/:version/referentiel/importer              f   c   c   f   f   f   f   s
/certifications/:code/versions/:version/referentiel/modifier/:part        f   c   c   f   f   f   f   s
/certifications/:code/versions/:version/referentiel/modifier/:part/:item  f   c   c   f   f   f   f   s
/certifications/:code/versions/nouvelle                                   f   o   f   f   f   f   f   s
/certifications/nouvelle                                                  f   o   f   f   f   f   f   s
/certificats                                                              o   o   o   o   o   o   o   s
/certificats/:number                                                      -   -   -   -   -   -   -   s
/certificats/:number/:act                                                 -   -   -   -   -   -   -   s
/certificats/:number/fichiers/:id                                         -   -   -   -   -   -   -   s
/certificats/jurys/:session                                               -   -   -   -   -   -   -   s
/certificats/jurys/:session/archive                                       -   -   -   -   -   -   -   s
/commissions                                                              o   o   o   -   -   -   o   s
/commissions/:date                                                        o   o   o   -   -   -   o   s
/controles                                                                o   o   o   o   o   o   o   s
/controles/:number                                                        -   -   -   -   -   -   -   s
/controles/:number/confier                                                -   -   -   -   -   -   -   s
/controles/:number/documents/:id                                          -   -   -   -   -   -   -   s
/controles/:number/ecarts/:criterion                                      -   -   -   -   -   -   -   s
/controles/:number/grille                                                 -   -   -   -   -   -   -   s
/controles/export.csv                                                     o   o   o   -   -   -   -   s
/controles/nouveau                                                        f   o   o   -   -   -   f   s
/controles/propositions                                                   f   o   o   -   -   -   f   s
/controles/tirages                                                        o   o   o   -   -   -   o   s
/controles/tirages/:number                                                -   -   -   -   -   -   -   s
/controles/tirages/:number/proces-verbal                                  -   -   -   -   -   -   -   s
/controles/tirages/nouveau                                                f   o   o   -   -   -   f   s
/compte                                                                   o   o   o   o   o   o   o   s
/compte/collegues                                                         o   o   o   -   -   -   -   s
/compte/collegues/:id/retirer                                             o   o   o   -   -   -   -   s
/compte/notifications                                                     o   o   o   o   o   o   o   s
/compte/securite                                                          o   o   o   o   o   o   o   s
/compte/securite/second-facteur                                           o   o   o   o   o   o   o   s
/compte/securite/second-facteur/retrait                                   r   r   r   r   r   r   r   s
/connexion                                                                r   r   r   r   r   r   r   o
/connexion/lien/:token                                                    g   g   g   g   g   g   g   g
/connexion/second-facteur                                                 r   r   r   r   r   r   r   s
/courriels                                                                o   o   o   -   -   -   o   s
/courriels/:id                                                            o   o   o   -   -   -   o   s
/courriels/:id/html                                                       o   o   o   -   -   -   o   s
/demo                                                                     -   -   -   -   -   -   -   -
/demo/courriels                                                           -   -   -   -   -   -   -   -
/demo/courriels/:id                                                       -   -   -   -   -   -   -   -
/desabonnement/:token                                                     -   -   -   -   -   -   -   -
/devenir-agree                                                            o   o   o   o   o   o   o   o
/devenir-agree/acces                                                      o   o   o   o   o   o   o   o
/devenir-agree/acces/lien/:token                                          g   g   g   g   g   g   g   g
/devenir-agree/demande                                                    r   r   r   r   r   r   r   r
/disponibilites                                                           -   -   -   o   -   -   -   s
/documents-a-refaire                                                      o   o   o   -   -   -   -   s
/documents/:id                                                            o   o   o   -   -   -   o   s
/donnees-personnelles                                                     o   o   o   o   o   o   o   o
/droits                                                                   o   o   o   o   o   -   o   s
/droits/:id/annuler                                                       f   o   f   -   -   -   f   s
/droits/:id/fin                                                           f   o   f   -   -   -   f   s
/droits/certificateur                                                     o   o   o   -   -   -   o   s
/intervenants                                                             o   o   o   o   -   -   o   s
/intervenants/:number                                                     o   o   o   -   -   -   o   s
/intervenants/:number/candidats                                           f   o   o   -   -   -   f   s
/intervenants/:number/colleges                                            o   o   o   -   -   -   o   s
/intervenants/:number/disponibilites                                      o   o   o   -   -   -   o   s
/intervenants/:number/empechement                                         f   o   o   -   -   -   f   s
/intervenants/:number/habilitations/:habilitation                         o   o   o   -   -   -   o   s
/intervenants/:number/habilitations/:habilitation/documents/:id           -   -   -   -   -   -   -   s
/intervenants/:number/independance                                        o   o   o   -   -   -   o   s
/intervenants/:number/modifier                                            f   o   o   -   -   -   f   s
/intervenants/:number/pieces/:piece/fichier                               -   -   -   -   -   -   -   s
/intervenants/dossiers                                                    -   o   o   -   -   -   -   s
/intervenants/export.csv                                                  o   o   o   -   -   -   o   s
/intervenants/import                                                      f   o   o   -   -   -   f   s
/intervenants/nouveau                                                     f   o   o   -   -   -   f   s
/intervenants/reseau                                                      -   o   o   -   -   -   -   s
/intervenants/reseau.csv                                                  -   o   o   -   -   -   -   s
/journal                                                                  o   o   -   -   -   -   o   s
/journal/export                                                           r   r   r   r   r   r   r   r
/journal/hors-ligne                                                       o   o   -   -   -   -   o   s
/journal/verification                                                     r   r   r   r   r   r   r   r
/jurys                                                                    o   o   o   o   o   o   o   s
/jurys.ics                                                                o   o   o   o   o   -   o   s
/jurys/:number                                                            o   o   o   -   -   -   o   s
/jurys/:number/affectation                                                o   o   o   -   -   -   o   s
/jurys/:number/annuler                                                    f   o   o   -   -   -   f   s
/jurys/:number/candidats                                                  f   o   o   -   -   -   f   s
/jurys/:number/convocations                                               o   o   o   -   -   -   o   s
/jurys/:number/deliberation                                               f   c   f   -   -   -   f   s
/jurys/:number/deliberation/:turn                                         f   c   f   -   -   -   f   s
/jurys/:number/documents/:id                                              -   -   -   -   -   -   -   s
/jurys/:number/incidents                                                  f   c   f   -   -   -   f   s
/jurys/:number/membres                                                    o   o   o   -   -   -   o   s
/jurys/:number/ouverture                                                  f   c   f   -   -   -   f   s
/jurys/:number/passages/:turn                                             f   c   f   -   -   -   f   s
/jurys/:number/passages/:turn/abstention                                  f   c   f   -   -   -   f   s
/jurys/:number/passages/:turn/pieces/:piece                               f   c   f   -   -   -   f   s
/jurys/:number/planifier                                                  f   c   c   -   -   -   f   s
/jurys/:number/pv                                                         o   o   o   -   -   -   o   s
/jurys/:number/pv/controle                                                f   c   c   -   -   -   f   s
/jurys/:number/pv/documents/:id                                           -   -   -   -   -   -   -   s
/jurys/:number/pv/rectifier                                               f   f   f   -   -   -   f   s
/jurys/:number/pv/signatures                                              c   c   c   -   -   -   c   s
/jurys/:number/refuser                                                    f   c   c   -   -   -   f   s
/jurys/:number/reporter                                                   f   o   o   -   -   -   f   s
/jurys/:number/resultats                                                  f   c   c   -   -   -   f   s
/jurys/:number/retirer                                                    f   f   f   -   -   -   f   s
/jurys/:number/validation                                                 f   c   f   -   -   -   f   s
/jurys/demander                                                           f   -   -   -   o   -   f   s
/jurys/nouveau                                                            f   o   o   -   -   -   f   s
/jurys/planning                                                           o   o   o   -   -   -   o   s
/jurys/planning.csv                                                       o   o   o   -   -   -   o   s
/ma-fiche                                                                 -   -   -   r   -   -   -   s
/mentions-legales                                                         o   o   o   o   o   o   o   o
/mes-certificats/:token                                                   -   -   -   -   -   -   -   -
/mes-certificats/:token/contenu                                           -   -   -   -   -   -   -   -
/mes-certificats/:token/fichier                                           -   -   -   -   -   -   -   -
/mes-habilitations                                                        r   r   r   o   r   r   r   s
/missions                                                                 o   o   o   o   -   -   o   s
/missions/:number                                                         o   o   o   -   -   -   o   s
/missions/:number/documents/:id                                           -   -   -   -   -   -   -   s
/missions/:number/frais                                                   f   f   f   -   -   -   f   s
/missions/:number/remplacement                                            f   r   r   -   -   -   f   s
/missions/a-payer                                                         f   o   f   -   -   -   f   s
/missions/export.csv                                                      o   o   o   -   -   -   o   s
/missions/import                                                          f   o   o   -   -   -   f   s
/missions/nouvelle                                                        f   o   o   -   -   -   f   s
/missions/reponse/:token                                                  -   -   -   -   -   -   -   -
/notifications                                                            o   o   o   o   o   o   o   s
/notre-agrement                                                           -   -   -   -   o   -   -   s
/notre-structure                                                          -   -   -   -   o   -   -   s
/parametres/calendrier-scolaire                                           o   o   o   -   -   -   o   s
/parametres/calendrier-scolaire/modifier                                  o   o   o   -   -   -   f   s
/parametres/delais                                                        o   o   -   -   -   -   -   s
/parametres/modeles                                                       o   o   -   -   -   -   -   s
/parametres/modeles/:name                                                 o   o   -   -   -   -   -   s
/parametres/modeles/:name/exemple                                         o   o   -   -   -   -   -   s
/parametres/modeles/:name/html                                            o   o   -   -   -   -   -   s
/parametres/utilisateurs                                                  o   o   -   -   -   -   -   s
/parametres/utilisateurs/:id                                              o   o   -   -   -   -   -   s
/parametres/utilisateurs/:id/etat                                         o   o   -   -   -   -   -   s
/parametres/utilisateurs/:id/second-facteur                               r   r   -   -   -   -   -   s
/plan-du-site                                                             o   o   o   o   o   o   o   o
/recherche                                                                o   o   o   o   o   o   o   s
/reunions                                                                 o   o   o   o   o   o   o   s
/reunions/:number                                                         o   o   o   -   -   -   o   s
/reunions/:number/documents/:document                                     o   o   o   -   -   -   o   s
/reunions/nouvelle                                                        f   o   o   -   -   -   f   s
/reunions/reponse/:token                                                  -   -   -   -   -   -   -   -
/reunions/serie                                                           f   o   o   -   -   -   f   s
/statistiques/activite                                                    o   o   o   -   -   -   o   s
/statistiques/activite.csv                                                o   o   o   -   -   -   o   s
/statistiques/activite/import                                             o   o   f   -   -   -   f   s
/statistiques/activite/reprises                                           o   o   o   -   -   -   o   s
/statistiques/jurys                                                       o   o   o   -   -   -   o   s
/statistiques/jurys.csv                                                   o   o   o   -   -   -   o   s
/structures                                                               o   o   o   o   o   o   o   s
/structures/:siren                                                        o   o   o   -   -   -   o   s
/structures/:siren/contacts/:contact                                      -   -   -   -   -   -   f   s
/structures/:siren/contacts/:contact/retirer                              -   -   -   -   -   -   f   s
/structures/:siren/contacts/nouveau                                       o   o   o   -   -   -   f   s
/structures/:siren/convention                                             o   o   o   -   -   -   o   s
/structures/:siren/liens                                                  o   o   o   -   -   -   o   s
/structures/:siren/modifier                                               o   o   o   -   -   -   f   s
/structures/:siren/sites/:site                                            o   o   o   -   -   -   f   s
/structures/:siren/sites/:site/fermer                                     o   o   o   -   -   -   f   s
/structures/:siren/sites/nouveau                                          o   o   o   -   -   -   f   s
/structures/import                                                        o   o   o   -   -   -   f   s
/structures/nouvelle                                                      o   o   o   -   -   -   -   s
/verifier                                                                 o   o   o   o   o   o   o   o
/verifier/:number                                                         -   -   -   -   -   -   -   -
/verifier/:number/preuve                                                  -   -   -   -   -   -   -   -
/verifier/:number/signature                                               -   -   -   -   -   -   -   -
/verifier/un-fichier                                                      o   o   o   o   o   o   o   o
/visites/reponse/:token                                                   -   -   -   -   -   -   -   -
";

/// The lines of the table: the address, and what each is answered.
fn table() -> Vec<(&'static str, String)> {
    let lines = TABLE.lines().skip(1).map(|line| line.split_once(' ').unwrap());
    lines.map(|(route, cells)| (route, cells.split_whitespace().collect())).collect()
}

#[test]
fn every_page_that_is_read_is_in_the_table_once() {
    let rows = table();
    let told: BTreeSet<String> = rows.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(told.len(), rows.len(), "a page stands twice");
    for (route, cells) in &rows {
        assert_eq!(cells.len(), 8, "{route} says nothing of somebody");
    }
    let served = served();
    assert!(served.len() > 90, "the routes are read: {served:?}");
    let new: Vec<_> = served.difference(&told).collect();
    assert!(new.is_empty(), "say in the table who these pages are for: {new:?}");
    let gone: Vec<_> = told.difference(&served).collect();
    assert!(gone.is_empty(), "these pages are no more: {gone:?}");
}

#[tokio::test]
async fn every_page_answers_each_role_and_nobody_as_the_table_says() {
    let scene = Box::pin(Scene::new()).await;
    let names = Names::of(&scene).await;
    let mut wrong = Vec::new();
    for (route, expected) in table() {
        let path = names.address(&scene, route);
        let mut found = String::new();
        for (_, person) in &scene.people {
            found.push(answer(&scene, &path, Some(&person.cookie)).await);
        }
        found.push(answer(&scene, &path, None).await);
        if found != expected {
            wrong.push(format!("{route} answers {found} and not {expected} ({path})"));
        }
    }
    assert!(wrong.is_empty(), "{} pages are not as the table says:\n{}", wrong.len(), wrong.join("\n"));
}

/// The sign of an answer; a question mark for one that no page should give.
async fn answer(scene: &Scene, path: &str, cookie: Option<&String>) -> char {
    let request = scene.t().client.get(path);
    let request = match cookie {
        Some(cookie) => request.header("cookie", cookie),
        None => request,
    };
    let response = request.send().await.0;
    let leads_to = response.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    match response.status().as_u16() {
        200 => 'o',
        303 if leads_to.starts_with("/connexion") => 's',
        303 => 'r',
        403 => 'f',
        404 => '-',
        409 => 'c',
        410 => 'g',
        _ => '?',
    }
}

/// What pages call the things of the scene.
struct Names {
    reference: String,
    committee: String,
    mission: String,
    meeting: String,
    candidate: String,
    jury: String,
    code: String,
    right: String,
    support: String,
}

impl Names {
    async fn of(scene: &Scene) -> Self {
        let conn = scene.t().app.db.read();
        let request = agreement_request::Entity::find().one(conn).await.unwrap().unwrap();
        let committee = committee::Entity::find().one(conn).await.unwrap().unwrap();
        let id: uuid::Uuid = scene.place("certifications", "id").parse().unwrap();
        let certification = certification::Entity::find_by_id(id).one(conn).await.unwrap().unwrap();
        Self {
            reference: request.number.unwrap(),
            committee: committee.meets_on.to_string(),
            mission: mission::Entity::find().one(conn).await.unwrap().unwrap().number,
            meeting: meeting::Entity::find().one(conn).await.unwrap().unwrap().number,
            candidate: candidate::Entity::find().one(conn).await.unwrap().unwrap().number,
            jury: jury_session::Entity::find().one(conn).await.unwrap().unwrap().number,
            code: certification.code,
            right: agreement::Entity::find().one(conn).await.unwrap().unwrap().number,
            support: teaching_support::Entity::find().one(conn).await.unwrap().unwrap().number,
        }
    }

    /// The address of a page on the things of the scene; what the scene does not hold is named all the same.
    fn address(&self, scene: &Scene, route: &str) -> String {
        let mut before = "";
        let mut parts = Vec::new();
        for part in route.split('/') {
            if let Some(name) = part.strip_prefix(':') {
                parts.push(self.named(scene, before, name, route));
            } else {
                before = part;
                parts.push(part.to_owned());
            }
        }
        let path = parts.join("/");
        match route {
            "/compte/collegues" | "/compte/collegues/:id/retirer" => {
                format!("{path}?structure={}", scene.structure().id)
            }
            "/missions/nouvelle" => format!("{path}?intervenant={}", scene.expert().number),
            _ => path,
        }
    }

    fn named(&self, scene: &Scene, before: &str, name: &str, route: &str) -> String {
        match (before, name) {
            ("agrements", "reference") => self.reference.clone(),
            ("commissions", "date") => self.committee.clone(),
            ("missions", "number") => self.mission.clone(),
            ("reunions", "number") => self.meeting.clone(),
            ("jurys", "number") => self.jury.clone(),
            ("certifications", "code") => self.code.clone(),
            ("versions", "version") => scene.place("versions", "version_id").to_owned(),
            ("structures", "siren") => scene.structure().siren.clone(),
            ("sites", "site") => scene.place("sites", "site_id").to_owned(),
            ("intervenants", "number") => scene.expert().number.clone(),
            ("habilitations", "habilitation") => scene.place("habilitations", "id").to_owned(),
            ("documents", "id") if route == "/documents/:id" => scene.place("documents", "id").to_owned(),
            ("candidats", "number") => self.candidate.clone(),
            ("documents", "document") if route.starts_with("/candidats/") => {
                scene.candidate_document().to_owned()
            }
            ("documents", "document") => scene.place("documents", "document_id").to_owned(),
            ("utilisateurs" | "collegues", "id") => scene.place("users", "id").to_owned(),
            ("droits", "number") => self.right.clone(),
            ("appuis", "number") => self.support.clone(),
            ("droits", "id") => scene.place("rights", "id").to_owned(),
            ("courriels", "id") => scene.place("mails", "id").to_owned(),
            ("modeles", "name") if route.ends_with("/exemple") => "visit-plan".to_owned(),
            ("modeles", "name") => "visit-moved".to_owned(),
            (_, "part") => "blocs".to_owned(),
            (_, "id" | "piece" | "contact") => scene.t().app.new_id().to_string(),
            _ => "inconnu".to_owned(),
        }
    }
}

/// The addresses that answer `GET`, read in the sources: each is written whole where it is added, or begins with a
/// constant of its file.
fn served() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources(&["src/features"]) {
        if !source.path.ends_with("/web.rs") && !source.path.contains("/web/") {
            continue;
        }
        let start = constant(&source.text);
        for added in source.text.split(".at(").skip(1) {
            let (address, rest) = added.split_once(',').unwrap_or((added, ""));
            let handlers = rest.split(';').next().unwrap_or_default().split("\n}").next().unwrap_or_default();
            if !handlers.contains("get(") {
                continue;
            }
            let address = address.trim().trim_start_matches("format!(").trim_end_matches(')');
            let address = match (address, &start) {
                ("AT", Some(start)) => start.clone(),
                (written, start) => {
                    let written = written.strip_prefix('"').and_then(|written| written.strip_suffix('"'));
                    let written = written.unwrap_or_else(|| panic!("{}: {address} is not read", source.path));
                    written.replace("{AT}", start.as_deref().unwrap_or_default())
                }
            };
            found.insert(address);
        }
    }
    found
}

/// What the constant `AT` of a file holds.
fn constant(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("const AT: &str = \"")?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}
