// The pages that the browser tests visit: every page of the product, for the roles that see it differently.
//
// `role`: the demonstration account that looks; none for public pages.
// `path`: where the page is, or where the search for it starts. `follow` is then the selector of the link to take
// there, or several to take one after the other, and `then` what is added to the address of the last one: numbers of
// the demonstration change, lists do not. `instead` keeps only the last part of that address, after this one.
// `name`: how the entry is called in reports and in files, when its path does not say it.
// `open`: a control to press before looking: a menu, a dialog, a disclosure.
// `press`: the button of a form to press, which changes nothing: a question before an act, or a form that comes back.
// `status`: what the server answers, 200 unless said.
// `main`: a page of every day: looked at in both themes at both widths, and walked through with the keyboard.
// `width`: the width in which it is mostly used, added to the others.
// `picture`: the name of its picture in docs/screenshots.

const FIRST = ".corps tbody th a";
const SITE = "a[href*='/sites/']:not([href$='/nouveau'])";
const CONTACT = "a[href*='/contacts/']:not([href$='/nouveau'])";
const HABILITATION = "a[href*='/habilitations/']";
const REFERENTIAL = ".corps a[href$='/referentiel']";
/** The jury of today, where the demonstration account of an expert presides. */
const OPEN_JURY = "/jurys?etat=open";
const one = (state) => `/agrements?statut=${state}`;

const PUBLIC = [
  { path: "/connexion", main: true, picture: "connexion" },
  { path: "/connexion/lien/un-lien-qui-a-servi", status: 410 },
  { path: "/desabonnement/un-lien-inconnu", status: 404 },
  { path: "/demo", main: true },
  { path: "/demo/courriels" },
  { path: "/demo/courriels", follow: FIRST, name: "courriel de la démonstration" },
  { path: "/devenir-agree", main: true, picture: "devenir-agree" },
  { path: "/devenir-agree/acces" },
  { path: "/devenir-agree/acces/lien/un-lien-inconnu", status: 410 },
  { path: "/verifier", picture: "verifier" },
  { path: "/verifier?lang=en", name: "verifier in English" },
  { path: "/verifier/CQPSP-2000-000001-22222220", status: 404, name: "certificat inconnu" },
  { path: "/verifier/CQPSP-2000-000001-22222220?lang=en", status: 404, name: "certificat inconnu in English" },
  { path: "/verifier/un-fichier" },
  { path: "/verifier/un-fichier?lang=en", name: "un fichier in English" },
  { path: "/accessibilite" },
  { path: "/donnees-personnelles" },
  { path: "/mentions-legales" },
  { path: "/aide" },
  { path: "/agrements/AGT-2000-0001", status: 404, name: "agrément inconnu" },
  { path: "/plan-du-site" },
  { path: "/une-page-qui-n-existe-pas", status: 404, picture: "page-introuvable" },
  { path: "/agrements", name: "agréments sans compte" },
];

// The space of certification, as an officer and a manager see it.
const CERTIFICATION = [
  { path: "/accueil", role: "officer", main: true, picture: "accueil" },
  { path: "/accueil", role: "officer", open: "[popovertarget=compte]", name: "menu du compte" },
  { path: "/accueil", role: "admin" },
  { path: "/accueil", role: "manager" },
  { path: "/a-faire", role: "officer", picture: "a-faire" },
  { path: "/a-faire?etat=reportees", role: "officer", name: "actions reportées" },
  { path: "/a-faire", follow: '.corps a[href^="/a-faire/"]', role: "manager", name: "action à partager" },
  { path: "/notifications", role: "officer" },
  { path: "/compte/notifications", role: "officer" },
  { path: "/compte/notifications", role: "expert" },
  { path: "/recherche", role: "officer" },
  { path: "/recherche?q=a", role: "officer" },
  { path: "/recherche?q=zzzz", role: "officer" },
  { path: "/statistiques/activite", role: "officer", picture: "activite" },
  { path: "/statistiques/activite/import", role: "manager" },
  { path: "/statistiques/activite/reprises", role: "officer" },
  { path: "/statistiques/jurys", role: "manager", main: true },
  { path: "/statistiques/jurys?par=region&annee=2023", role: "officer", picture: "chiffres-jurys" },
  { path: "/certificats", role: "officer", picture: "certificats" },
  { path: "/certificats?q=zzzz", role: "officer", name: "certificats sans résultat" },
  { path: "/agrements", role: "officer", main: true, picture: "agrements" },
  { path: "/agrements?q=zzzz", role: "officer", name: "agrements sans résultat" },
  { path: "/agrements/nouveau", role: "officer" },
  { path: "/agrements/droits", role: "manager" },
  { path: "/agrements/partenaires", role: "manager" },
  { path: "/agrements/droits", follow: "a[href^='/agrements/droits/AGT-']", role: "manager", name: "vie d’un agrément" },
  { path: "/appuis", role: "manager" },
  { path: "/appuis/nouveau", role: "manager" },
  { path: "/commissions", role: "manager", main: true, picture: "commissions" },
  { path: "/commissions", follow: FIRST, role: "manager", main: true, name: "commission", picture: "commission" },
  { path: "/structures", role: "officer", picture: "structures" },
  { path: "/structures?q=zzzz", role: "officer" },
  { path: "/structures", follow: FIRST, role: "officer", name: "structure", main: true, picture: "structure" },
  { path: "/structures", follow: FIRST, then: "/modifier", role: "officer", name: "structure, modifier" },
  { path: "/structures", follow: FIRST, then: "/sites/nouveau", role: "officer", name: "structure, site nouveau" },
  { path: "/structures", follow: [FIRST, SITE], role: "officer", name: "structure, site" },
  { path: "/structures", follow: [FIRST, SITE], then: "/fermer", role: "officer", name: "structure, site fermer" },
  { path: "/structures", follow: FIRST, then: "/convention", role: "officer", name: "structure, convention" },
  { path: "/structures/nouvelle", role: "officer" },
  { path: "/structures/nouvelle", press: ".corps form button[type=submit]", role: "officer", status: 422, name: "structure nouvelle, fautes" },
  { path: "/acces", role: "officer" },
  { path: "/structures/import", role: "officer" },
  { path: "/structures?au=2023-12-31", role: "officer" },
  { path: "/intervenants", role: "officer", picture: "intervenants" },
  { path: "/intervenants/reseau", role: "manager", main: true, picture: "reseau" },
  { path: "/intervenants", follow: FIRST, role: "manager", main: true, name: "intervenant", picture: "intervenant" },
  { path: "/intervenants", follow: FIRST, then: "/modifier", role: "manager", name: "intervenant, modifier" },
  { path: "/intervenants", follow: [FIRST, HABILITATION], role: "manager", name: "habilitation", main: true, picture: "habilitation" },
  { path: "/intervenants/INT-0001", follow: HABILITATION, role: "expert", name: "habilitation" },
  { path: "/mes-habilitations", role: "expert" },
  { path: "/intervenants/nouveau", role: "manager" },
  { path: "/intervenants/import", role: "manager", main: true },
  { path: "/intervenants/dossiers", role: "manager" },
  { path: "/missions/import", role: "manager" },
  { path: "/controles", role: "manager" },
  { path: "/controles/nouveau", role: "manager" },
  { path: "/controles/propositions", role: "manager" },
  { path: "/controles/tirages", role: "manager" },
  { path: "/controles/tirages/nouveau", role: "manager" },
  { path: "/intervenants?au=2023-12-31", role: "manager", main: true },
  { path: "/intervenants/INT-0001/independance", role: "manager", main: true, picture: "independance" },
  { path: "/structures", follow: FIRST, then: "/liens", role: "officer", name: "structure, liens" },
  { path: "/certifications", role: "manager", picture: "certifications" },
  { path: "/certifications/nouvelle", role: "manager" },
  { path: "/certifications", follow: FIRST, role: "manager", name: "certification" },
  { path: "/certifications/CQP_EPSP/versions/nouvelle", role: "manager", name: "version nouvelle" },
  { path: "/certifications/CQP_SP", follow: REFERENTIAL, role: "manager", name: "référentiel en brouillon", main: true },
  ...["familles", "blocs", "competences", "epreuves", "voies", "jury", "resultats"].map((part) => (
    { path: "/certifications/CQP_SP", follow: REFERENTIAL, then: `/modifier/${part}`, role: "manager", name: `référentiel, ${part}` })),
  { path: "/certifications/CQP_SP", follow: REFERENTIAL, then: "/importer", role: "manager", name: "référentiel, importer" },
  { path: "/certifications/CQP_EPSP", follow: REFERENTIAL, role: "manager", name: "référentiel publié" },
  { path: "/courriels", role: "manager", picture: "courriels" },
  { path: "/documents-a-refaire", role: "manager" },
  { path: "/courriels?etat=failed", role: "manager" },
  { path: "/courriels", follow: FIRST, role: "manager", name: "courriel", picture: "courriel" },
  { path: "/journal", role: "manager", main: true, picture: "journal" },
  { path: "/journal", follow: "table.journal tbody td a[href*='acte']", role: "manager", name: "acte du journal" },
  { path: "/journal/hors-ligne", role: "manager" },
  { path: "/parametres/delais", role: "manager", picture: "parametres-delais" },
  { path: "/parametres/modeles", role: "manager", picture: "parametres-modeles" },
  { path: "/parametres/modeles", follow: FIRST, role: "admin", name: "modèle de courriel" },
  { path: "/parametres/utilisateurs", role: "admin" },
  { path: "/parametres/utilisateurs", follow: FIRST, role: "admin", name: "utilisateur" },
  { path: "/parametres/utilisateurs", follow: FIRST, then: "/etat", role: "admin", name: "utilisateur, question" },
  { path: "/compte", role: "officer", picture: "compte" },
  { path: "/compte/securite", role: "officer" },
  { path: "/compte/securite/second-facteur", role: "officer" },
];

// A request in each of its states, as the manager sees it.
const STATES = ["draft", "submitted", "incomplete", "complete", "visit_to_schedule", "visit_scheduled", "visit_done",
  "adversarial", "opinion_given", "in_committee", "granted", "granted_with_reserves", "adjourned", "refused", "appeal",
  "withdrawn", "abandoned", "closed_idle", "refused_final"];
const PICTURES = { granted: "demande-accordee" };
const FILES = STATES.map((state) => (
  { path: one(state), follow: FIRST, role: "manager", name: `demande ${state}`, picture: PICTURES[state] }));

const DESK = [
  { path: one("submitted"), follow: FIRST, role: "officer", name: "demande à examiner", main: true, picture: "demande-deposee" },
  { path: one("in_committee"), follow: FIRST, role: "manager", name: "demande en commission", main: true, picture: "demande-en-commission" },
  { path: one("complete"), follow: FIRST, then: "/visite/confier", role: "officer", name: "confier la visite", main: true, picture: "confier-la-visite" },
  { path: one("visit_scheduled"), follow: FIRST, then: "/visite/date", role: "expert", name: "déplacer la visite" },
  { path: one("visit_to_schedule"), follow: FIRST, then: "/visite/date", role: "expert", name: "fixer la visite" },
  { path: one("visit_done"), follow: FIRST, then: "/rapport", role: "expert", name: "rapport de visite" },
  { path: one("visit_done"), follow: FIRST, then: "/envoyer-rapport", role: "expert", name: "question avant l’envoi du rapport" },
  { path: "/commissions", follow: FIRST, press: "form[action$='/inscrire'] button", role: "manager", name: "question avant l’inscription à une commission" },
];

const STRUCTURE = [
  { path: "/accueil", role: "structure", main: true, picture: "accueil-structure" },
  { path: "/agrements", role: "structure" },
  { path: "/agrements/nouveau", role: "structure", picture: "demande-nouvelle" },
  { path: one("draft"), follow: FIRST, role: "structure", name: "demande en brouillon" },
  ...["coordonnees", "projet", "relecture"].map((step) => (
    { path: one("draft"), follow: FIRST, then: `/brouillon?etape=${step}`, role: "structure", name: `brouillon, ${step}`, picture: `brouillon-${step}` })),
  { path: one("draft"), follow: FIRST, then: "/brouillon?etape=pieces", role: "structure", name: "brouillon, pieces", main: true, picture: "brouillon-pieces" },
  { path: one("draft"), follow: FIRST, then: "/brouillon?etape=relecture", press: "button[formaction$='/deposer']", role: "structure", status: 422, name: "brouillon, dépôt refusé" },
  { path: one("incomplete"), follow: FIRST, role: "structure", name: "demande à compléter" },
  { path: "/notre-agrement", role: "structure", main: true, picture: "notre-agrement" },
  { path: "/appuis", role: "structure" },
  { path: "/appuis/nouveau", role: "structure" },
  { path: "/notre-agrement", follow: "a[href^='/agrements/AGT-']", role: "structure", name: "vérification d’un agrément" },
  { path: "/notre-structure", role: "structure" },
  { path: "/notre-structure", follow: "a[href$='/contacts/nouveau']", role: "structure", name: "structure, contact nouveau" },
  { path: "/notre-structure", follow: CONTACT, role: "structure", name: "structure, contact" },
  { path: "/notre-structure", follow: CONTACT, then: "/retirer", role: "structure", name: "structure, contact retirer" },
  { path: "/notre-structure", follow: "a[href$='/convention']", role: "structure", name: "conventions de notre structure" },
  { path: "/compte/collegues", role: "structure" },
  { path: "/compte/collegues", press: "form[action$='/retirer'] button", role: "structure", name: "question avant de retirer une personne" },
];

const EXPERT = [
  { path: "/accueil", role: "expert", main: true, width: 390, picture: "accueil-intervenant" },
  { path: "/agrements", role: "expert" },
  { path: one("visit_scheduled"), follow: FIRST, role: "expert", name: "demande à visiter" },
  { path: one("visit_scheduled"), follow: FIRST, then: "/visite", role: "expert", name: "grille de visite", main: true, width: 834, picture: "grille-de-visite" },
  { path: one("visit_scheduled"), follow: FIRST, then: "/visite?domaine=fin", role: "expert", name: "fin de la visite", width: 834 },
];

const NETWORK = [
  { path: "/jurys", role: "manager", main: true, picture: "jurys" },
  { path: "/jurys?q=zzzz", role: "manager", name: "jurys sans résultat" },
  { path: "/jurys?etat=closed", follow: FIRST, role: "manager", name: "jury clos" },
  { path: "/jurys?etat=confirmed", follow: FIRST, role: "manager", name: "jury à convoquer", main: true, picture: "jury" },
  ...["planifier", "candidats", "refuser"].map((act) => (
    { path: "/jurys?etat=requested", follow: FIRST, then: `/${act}`, role: "manager", name: `jury, ${act}` })),
  ...["reporter", "annuler"].map((act) => (
    { path: "/jurys?etat=confirmed", follow: FIRST, then: `/${act}`, role: "manager", name: `jury, ${act}` })),
  { path: "/jurys?etat=requested", follow: FIRST, then: "/retirer", role: "structure", name: "jury, retirer" },
  { path: "/jurys?etat=summoned", follow: FIRST, then: "/convocations", role: "manager", name: "jury, convocations" },
  { path: "/jurys?etat=planned", follow: FIRST, then: "/affectation", role: "manager", name: "jury, siège à pourvoir", main: true, picture: "jury-affectation" },
  { path: "/jurys?etat=planned", follow: FIRST, then: "/affectation?siege=employers", role: "manager", name: "jury, siège d’un collège" },
  { path: "/jurys?etat=confirmed", follow: FIRST, then: "/membres", role: "manager", name: "jury, membres" },
  { path: OPEN_JURY, follow: FIRST, then: "/ouverture", role: "expert", name: "jury, ouverture", width: 834, picture: "jury-ouverture" },
  { path: OPEN_JURY, follow: FIRST, then: "/passages/1", role: "expert", name: "jury, passage", main: true, width: 834, picture: "jury-passage" },
  { path: OPEN_JURY, follow: FIRST, then: "/passages/3", role: "expert", name: "jury, passage à venir", width: 834 },
  { path: OPEN_JURY, follow: FIRST, then: "/passages/1/abstention", role: "expert", name: "jury, abstention", width: 834 },
  { path: OPEN_JURY, follow: FIRST, then: "/incidents", role: "expert", name: "jury, incidents", width: 834 },
  { path: OPEN_JURY, follow: FIRST, then: "/deliberation", role: "expert", name: "jury, délibération", width: 834, picture: "jury-deliberation" },
  { path: OPEN_JURY, follow: FIRST, then: "/pv", role: "expert", name: "procès-verbal à venir", width: 834 },
  { path: "/jurys?etat=deliberating", follow: FIRST, then: "/deliberation/1", role: "expert", name: "jury, décision sur une personne", width: 834 },
  { path: "/jurys?etat=deliberating", follow: FIRST, then: "/pv", role: "expert", name: "procès-verbal à clore", width: 834 },
  { path: "/jurys?etat=to_sign", follow: FIRST, then: "/pv/signatures", role: "expert", name: "procès-verbal, signatures", main: true, width: 834, picture: "jury-signatures" },
  { path: "/jurys?etat=signed", follow: FIRST, then: "/pv", role: "manager", name: "procès-verbal signé", main: true, width: 834, picture: "jury-pv" },
  { path: "/jurys?etat=signed", follow: FIRST, then: "/pv/controle", role: "manager", name: "procès-verbal, contrôle" },
  { path: "/jurys?etat=to_rectify", follow: FIRST, then: "/pv/rectifier", role: "expert", name: "procès-verbal à rectifier", width: 834 },
  { path: "/jurys?etat=checked", follow: FIRST, then: "/validation", role: "manager", name: "jury, validation" },
  { path: "/jurys?etat=validated", follow: FIRST, then: "/resultats", role: "manager", name: "jury, résultats" },
  { path: "/jurys?etat=closed", follow: FIRST, then: "/pv", role: "manager", name: "procès-verbal de l’ancien registre" },
  { path: "/jurys?etat=closed", follow: FIRST, instead: "/certificats/jurys/", role: "manager", name: "certificats d’un jury", picture: "certificats-jury" },
  { path: "/certificats", follow: FIRST, role: "manager", name: "certificat", main: true, picture: "certificat" },
  ...["suspendre", "revoquer", "remplacer", "duplicata"].map((act) => (
    { path: "/certificats", follow: FIRST, then: `/${act}`, role: "manager", name: `certificat, ${act}` })),
  { path: "/certificats", follow: [FIRST, "a[href^='/verifier/']"], role: "manager", name: "vérification d’un certificat", main: true, picture: "verification" },
  { path: "/mes-certificats/un-lien-inconnu", status: 404 },
  { path: "/jurys/nouveau", role: "officer" },
  { path: "/jurys/demander", role: "structure", main: true, picture: "jury-demander" },
  { path: "/missions", role: "expert", main: true, width: 390, picture: "missions-intervenant" },
  { path: "/agenda", role: "expert", main: true, width: 390, picture: "agenda" },
  { path: "/missions", role: "manager", main: true, picture: "missions" },
  { path: "/missions", follow: FIRST, role: "manager", name: "mission", main: true, picture: "mission" },
  { path: "/missions?q=Bressuire", follow: FIRST, role: "manager", name: "mission, frais à corriger" },
  { path: "/missions?q=Gueret", follow: FIRST, role: "manager", name: "mission, frais déposés" },
  { path: "/missions", follow: "section[aria-labelledby='frais'] a", then: "/frais", role: "expert", name: "frais de la mission", main: true, picture: "frais" },
  { path: "/missions/a-payer", role: "manager", name: "missions à payer" },
  { path: "/missions?etat=a-pourvoir", follow: FIRST, then: "/remplacement", role: "manager", name: "mission, remplacement", main: true, picture: "remplacement" },
  { path: "/missions/nouvelle?intervenant=INT-0001", role: "manager", name: "mission à proposer" },
  { path: "/jurys/planning", role: "officer", main: true, picture: "jurys-planning" },
  { path: "/intervenants", follow: FIRST, then: "/colleges", role: "officer", name: "intervenant, collèges" },
  { path: "/intervenants/INT-0001/independance", role: "expert" },
  { path: "/disponibilites", role: "expert", main: true, picture: "disponibilites" },
  { path: "/intervenants", follow: FIRST, then: "/disponibilites", role: "officer", name: "intervenant, disponibilités" },
  { path: "/intervenants", follow: FIRST, then: "/empechement", role: "manager", name: "intervenant, empêchement" },
  { path: "/parametres/calendrier-scolaire", role: "officer" },
  { path: "/parametres/calendrier-scolaire/modifier?zone=guyane", role: "manager" },
  { path: "/droits", role: "officer", main: true, picture: "droits" },
  { path: "/droits", role: "structure" },
  { path: "/droits/certificateur", role: "manager", main: true },
  { path: "/droits/certificateur", role: "auditor" },
  { path: "/droits/certificateur", follow: ".corps tbody td a[href$='/fin']", role: "manager", name: "droit, mettre fin" },
  { path: "/droits/certificateur", follow: ".corps tbody td a[href$='/annuler']", role: "manager", name: "droit, annuler" },
  { path: "/droits", role: "expert" },
  { path: "/reunions", role: "officer" },
  { path: "/reunions", role: "expert" },
  { path: "/reunions/nouvelle", role: "officer" },
  { path: "/reunions/serie", role: "officer" },
  { path: "/reunions", follow: FIRST, role: "officer", name: "réunion", picture: "reunion" },
  { path: "/candidats", role: "officer", main: true, picture: "candidats" },
  { path: "/candidats", role: "structure" },
  { path: "/candidats", follow: FIRST, role: "manager", name: "candidat", main: true, picture: "candidat" },
  ...["etat-civil", "coordonnees", "positionnement", "abandon", "exclusion", "structure"].map((act) => (
    { path: "/candidats?etat=enrolled", follow: FIRST, then: `/${act}`, role: "manager", name: `candidat, ${act}` })),
  { path: "/candidats", follow: FIRST, then: "/recours", role: "manager", name: "candidat, recours" },
  { path: "/candidats", follow: FIRST, then: "/livret", role: "structure", name: "candidat, livret" },
  { path: "/candidats", follow: FIRST, then: "/adaptations", role: "structure", name: "candidat, adaptations" },
  { path: "/candidats", follow: FIRST, then: "/liens", role: "officer", name: "candidat, liens" },
  { path: "/candidats/import", role: "structure" },
  { path: "/intervenants", follow: FIRST, then: "/candidats", role: "officer", name: "intervenant, liens avec des personnes candidates" },
  { path: "/candidats/nouveau", role: "officer", main: true },
  { path: "/candidats/nouveau", role: "structure", name: "candidat nouveau" },
];

const OTHERS = [
  { path: "/accueil", role: "trainee" },
  { path: "/accueil", role: "auditor" },
  { path: "/agrements", role: "auditor" },
  { path: "/journal", role: "auditor" },
  { path: "/missions/reponse/inconnu", status: 404, name: "lien inconnu" },
  { path: "/reunions/reponse/inconnu", status: 404, name: "lien de réunion inconnu" },
  { path: "/visites/reponse/inconnu", status: 404, name: "lien de visite inconnu" },
  { path: "/agrements/AGR-1999-0001", role: "officer", status: 404, name: "dossier introuvable" },
];

export const EVERY = [...PUBLIC, ...CERTIFICATION, ...FILES, ...DESK, ...STRUCTURE, ...EXPERT, ...NETWORK, ...OTHERS];

/** Whether every page is visited (`VISIT=all npm test`, before a release); the pages of every day otherwise. */
export const ALL_PAGES = process.env.VISIT === "all";
export const PAGES = ALL_PAGES ? EVERY : EVERY.filter((entry) => entry.main);

export const nameOf = ({ path, name, role }) => [name ?? path, role && `as ${role}`].filter(Boolean).join(", ");

const plain = (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(/[^a-z0-9-]+/gi, "-").replaceAll(/^-|-$/g, "");
export const fileOf = ({ path, name, role }) => plain([name ?? path, role].filter(Boolean).join("-")) || "racine";

/** Opens the page of an entry; gives what the server answered. */
export async function go(page, url, { path, follow, then = "", instead, open, press }) {
  let answer = await page.goto(url + path);
  const steps = follow ? [follow].flat() : [];
  for (const [index, selector] of steps.entries()) {
    const href = await page.locator(selector).first().getAttribute("href", { timeout: 5000 });
    const last = index === steps.length - 1;
    answer = await page.goto(url + (last && instead ? instead + href.split("/").pop() : href) + (last ? then : ""));
  }
  if (open) await page.locator(open).click();
  if (press) [answer] = await Promise.all([page.waitForNavigation(), page.locator(press).first().click()]);
  return answer;
}
