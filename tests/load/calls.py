"""What is measured: lists and main pages, who calls them, and where the examples come from."""

from urllib.parse import quote

MANAGER, OFFICER, REGION = "responsable0@charge.invalid", "gestion0@charge.invalid", "gestion-84@charge.invalid"


def one(database, sql, *values):
    row = database.execute(sql, values).fetchone()
    if row is None:
        raise SystemExit(f"no example for: {sql}")
    return row[0] if len(row) == 1 else row


def people(database):
    """Who calls: the seeded staff, and the structure and the contrôleur with the most files."""
    structure = one(database, """SELECT a.email FROM agreement_request r JOIN account_role l ON l.structure_id = r.structure_id
        JOIN account a ON a.id = l.account_id GROUP BY a.id ORDER BY count(*) DESC, a.email LIMIT 1""")
    expert = one(database, """SELECT a.email FROM agreement_request r JOIN account a ON a.expert_id = r.controller_id
        GROUP BY a.id ORDER BY count(*) DESC, a.email LIMIT 1""")
    return {"manager": MANAGER, "officer": OFFICER, "region": REGION, "structure": structure, "expert": expert}


def examples(database):
    """Numbers of files in the states whose pages show the most."""
    number = "SELECT number FROM agreement_request WHERE state = ? ORDER BY id DESC LIMIT 1"
    siren = one(database, """SELECT s.siren FROM agreement_request r JOIN structure s ON s.id = r.structure_id
        GROUP BY s.id ORDER BY count(*) DESC, s.siren LIMIT 1""")
    found = {state: one(database, number, state) for state in ("granted_with_reserves", "in_committee", "complete")}
    return {
        **found, "siren": siren, "structure": one(database, "SELECT hex(id) FROM structure WHERE siren = ?", siren).lower(),
        "request": one(database, "SELECT hex(id) FROM agreement_request WHERE number = ?", found["in_committee"]).lower(),
        "complete_id": one(database, "SELECT hex(id) FROM agreement_request WHERE number = ?", found["complete"]).lower(),
        "author": one(database, "SELECT hex(id) FROM account WHERE email = ?", MANAGER).lower(),
        "meeting": one(database, """SELECT c.meets_on FROM agreement_request r JOIN committee c ON c.id = r.committee_id
            WHERE r.state = 'in_committee' GROUP BY c.id ORDER BY count(*) DESC LIMIT 1"""),
        "expert": one(database, "SELECT number FROM expert ORDER BY id LIMIT 1"),
        "expert_id": one(database, "SELECT hex(id) FROM expert ORDER BY id LIMIT 1").lower(),
        "mission": one(database, "SELECT number FROM mission WHERE state = 'declined' ORDER BY id DESC LIMIT 1"),
        "mission_id": one(database, "SELECT hex(id) FROM mission WHERE state = 'declined' ORDER BY id DESC LIMIT 1").lower(),
        **{f"jury_{state}": one(database, "SELECT number FROM jury_session WHERE state = ? ORDER BY id DESC LIMIT 1", state)
           for state in ("closed", "planned")},
        "planned_id": one(database, "SELECT hex(id) FROM jury_session WHERE state = 'planned' ORDER BY id DESC LIMIT 1").lower(),
        "candidate": one(database, "SELECT number FROM candidate WHERE state = 'notified' ORDER BY id DESC LIMIT 1"),
        "candidate_id": one(database, "SELECT hex(id) FROM candidate WHERE state = 'notified' ORDER BY id DESC LIMIT 1").lower(),
        "jury_id": one(database, "SELECT hex(id) FROM jury_session WHERE state = 'closed' ORDER BY id DESC LIMIT 1").lower(),
        "gathering": one(database, "SELECT number FROM meeting WHERE state = 'minutes_published' ORDER BY id DESC LIMIT 1"),
    }


def pages(a, deep):
    """(title, who, path) of the pages; `deep` holds a cursor in the middle of each list."""
    return [
        ("Accueil, responsable", "manager", "/accueil"),
        ("Accueil, une région", "region", "/accueil"),
        ("Accueil, contrôleur", "expert", "/accueil"),
        ("Accueil, structure", "structure", "/accueil"),
        ("À faire, responsable", "manager", "/a-faire"),
        ("À faire, une région", "region", "/a-faire"),
        ("À faire, contrôleur", "expert", "/a-faire"),
        ("Agréments", "manager", "/agrements"),
        ("Agréments, un état", "manager", "/agrements?statut=submitted"),
        ("Agréments, état rare", "manager", "/agrements?statut=refused_final"),
        ("Agréments, mot fréquent", "manager", "/agrements?q=jardins"),
        ("Agréments, trois mots", "manager", "/agrements?q=" + quote("lavoirs étang solidaires")),
        ("Agréments, mot absent", "manager", "/agrements?q=introuvable"),
        ("Agréments, une année", "manager", "/agrements?annee=2022"),
        ("Agréments, au milieu", "manager", f"/agrements?suite={deep['agreement-requests']}"),
        ("Agréments, une région", "region", "/agrements"),
        ("Agréments, une région, au milieu", "region", f"/agrements?suite={deep['agreement-requests']}"),
        ("Agréments, contrôleur", "expert", "/agrements"),
        ("Agréments, structure", "structure", "/agrements"),
        ("Droits", "manager", "/agrements/droits"),
        ("Droits, un état", "manager", "/agrements/droits?etat=active_with_reserves"),
        ("Droits, au milieu", "manager", f"/agrements/droits?suite={deep['agreements']}"),
        ("Droits, une région", "region", "/agrements/droits"),
        ("Liste des partenaires", "manager", "/agrements/partenaires"),
        ("Dossier accordé", "manager", f"/agrements/{a['granted_with_reserves']}"),
        ("Dossier en commission", "officer", f"/agrements/{a['in_committee']}"),
        ("Confier une visite", "officer", f"/agrements/{a['complete']}/visite/confier"),
        ("Notre agrément", "structure", "/notre-agrement"),
        ("Commissions", "manager", "/commissions"),
        ("Une commission", "manager", f"/commissions/{a['meeting']}"),
        ("Structures", "manager", "/structures"),
        ("Structures, un mot", "manager", "/structures?q=morne"),
        ("Structures, un SIREN", "manager", f"/structures?q={a['siren']}"),
        ("Structures, une région", "manager", "/structures?region=84"),
        ("Structures agréées", "manager", "/structures?etat=agreee"),
        ("Structures qui demandent", "manager", "/structures?etat=demande"),
        ("Structures sans demande", "manager", "/structures?etat=sans"),
        ("Structures, au milieu", "manager", f"/structures?suite={deep['structures']}"),
        ("Structures, responsable d’une région", "region", "/structures"),
        ("Une structure", "manager", f"/structures/{a['siren']}"),
        ("Intervenants", "manager", "/intervenants"),
        ("Intervenants, un métier", "manager", "/intervenants?fonction=controleur"),
        ("Un intervenant", "manager", f"/intervenants/{a['expert']}"),
        ("Indépendance d’une personne", "manager", f"/intervenants/{a['expert']}/independance"),
        ("Disponibilités d’une personne", "manager", f"/intervenants/{a['expert']}/disponibilites"),
        ("Liens d’une structure", "manager", f"/structures/{a['siren']}/liens"),
        ("Réseau", "manager", "/intervenants/reseau"),
        ("Habilitations et droits", "manager", "/droits"),
        ("Habilitations et droits, un jour", "manager", "/droits?au=2023-12-31"),
        ("Missions", "manager", "/missions"),
        ("Missions, un mot", "manager", "/missions?q=morne"),
        ("Missions, une personne", "expert", "/missions"),
        ("Une mission", "manager", f"/missions/{a['mission']}"),
        ("Remplacement", "manager", f"/missions/{a['mission']}/remplacement"),
        ("Missions à payer", "manager", "/missions/a-payer"),
        ("Agenda", "expert", "/agenda"),
        ("Réunions", "manager", "/reunions"),
        ("Une réunion", "manager", f"/reunions/{a['gathering']}"),
        ("Candidats", "manager", "/candidats"),
        ("Candidats, un état", "manager", "/candidats?etat=admitted"),
        ("Candidats, un mot", "manager", "/candidats?q=delorme"),
        ("Candidats, mot absent", "manager", "/candidats?q=introuvable"),
        ("Candidats, au milieu", "manager", f"/candidats?suite={deep['candidates']}"),
        ("Candidats, une région", "region", "/candidats"),
        ("Candidats, structure", "structure", "/candidats"),
        ("Un candidat", "manager", f"/candidats/{a['candidate']}"),
        ("Jurys", "manager", "/jurys"),
        ("Jurys, un état", "manager", "/jurys?etat=planned"),
        ("Jurys, une année", "manager", "/jurys?annee=2024"),
        ("Jurys, au milieu", "manager", f"/jurys?suite={deep['jury-sessions']}"),
        ("Jurys, une région", "region", "/jurys"),
        ("Jurys, structure", "structure", "/jurys"),
        ("Planning des jurys", "manager", "/jurys/planning"),
        ("Un jury", "manager", f"/jurys/{a['jury_closed']}"),
        ("Un siège à pourvoir", "manager", f"/jurys/{a['jury_planned']}/affectation"),
        ("Certificats", "manager", "/certificats"),
        ("Certificats, un état", "manager", "/certificats?etat=revoked"),
        ("Certificats, un mot", "manager", "/certificats?q=delorme"),
        ("Certificats, au milieu", "manager", f"/certificats?suite={deep['certificates']}"),
        ("Certificats, structure", "structure", "/certificats"),
        ("Chiffres des jurys", "manager", "/statistiques/jurys"),
        ("Chiffres des jurys, par région", "manager", "/statistiques/jurys?par=region"),
        ("Journal", "manager", "/journal"),
        ("Journal, un dossier", "manager", f"/journal?objet={a['in_committee']}"),
        ("Journal, une personne", "manager", f"/journal?auteur={a['author']}"),
        ("Journal, une famille", "manager", "/journal?actes=signatures"),
        ("Journal, famille rare", "manager", "/journal?actes=consultations"),
        ("Journal, une semaine", "manager", "/journal?du=2023-03-06&au=2023-03-12"),
        ("Journal, au milieu", "manager", f"/journal?curseur={deep['journal/events']}"),
        ("Courriels", "manager", "/courriels"),
        ("Courriels en échec", "manager", "/courriels?etat=echec"),
        ("Courriels, au milieu", "manager", f"/courriels?suite={deep['mails']}"),
        ("Courriels, une région", "region", "/courriels"),
        ("Recherche, un mot", "manager", "/recherche?q=jardins"),
        ("Recherche, mot absent", "manager", "/recherche?q=introuvable"),
        ("Activité", "manager", "/statistiques/activite"),
        ("Utilisateurs", "admin", "/parametres/utilisateurs"),
    ]


def operations(a, deep):
    """(title, who, path) of the operations of the API."""
    found = [
        ("agreement-requests", "manager", "agreement-requests"),
        ("agreement-requests, 200", "manager", "agreement-requests?limit=200"),
        ("agreement-requests, un état", "manager", "agreement-requests?state=granted"),
        ("agreement-requests, une structure", "manager", f"agreement-requests?structure_id={a['structure']}"),
        ("agreement-requests, trois mots", "manager", "agreement-requests?q=" + quote("lavoirs étang solidaires")),
        ("agreement-requests, une région", "region", "agreement-requests"),
        ("agreement-requests, contrôleur", "expert", "agreement-requests"),
        ("un dossier", "manager", f"agreement-requests/{a['request']}"),
        ("son histoire", "manager", f"agreement-requests/{a['request']}/history"),
        ("ses contrôleurs possibles", "officer", f"agreement-requests/{a['complete_id']}/controllers"),
        ("agreements", "manager", "agreements"),
        ("agreements, un état", "manager", "agreements?state=active"),
        ("partner-updates", "manager", "partner-updates"),
        ("committees", "manager", "committees"),
        ("structures", "manager", "structures"),
        ("structures, 200", "manager", "structures?limit=200"),
        ("structures, un mot", "manager", "structures?q=morne"),
        ("structures, agréées", "manager", "structures?state=agreed"),
        ("une structure", "manager", f"structures/{a['structure']}"),
        ("experts", "manager", "experts"),
        ("experts, 200", "manager", "experts?limit=200"),
        ("experts, un jour", "manager", "experts?valid_on=2023-12-31"),
        ("liens d’une personne", "manager", f"experts/{a['expert_id']}/ties"),
        ("liens d’une structure", "manager", f"structures/{a['structure']}/ties"),
        ("rights", "manager", "rights"),
        ("rights, un jour", "manager", "rights?on=2023-12-31"),
        ("network", "manager", "network"),
        ("missions", "manager", "missions"),
        ("missions, 200", "manager", "missions?limit=200"),
        ("missions, un état", "manager", "missions?state=proposed"),
        ("missions, un mot", "manager", "missions?q=morne"),
        ("missions, une personne", "manager", f"missions?expert_id={a['expert_id']}"),
        ("remplaçants d’une mission", "manager", f"missions/{a['mission_id']}/candidates"),
        ("missions à payer", "manager", "missions/payable"),
        ("meetings", "manager", "meetings"),
        ("tie-alerts", "manager", "tie-alerts"),
        ("candidates", "manager", "candidates"),
        ("candidates, 200", "manager", "candidates?limit=200"),
        ("candidates, un état", "manager", "candidates?state=admitted"),
        ("candidates, un mot", "manager", "candidates?q=delorme"),
        ("candidates, une région", "region", "candidates"),
        ("un candidat", "manager", f"candidates/{a['candidate_id']}"),
        ("jury-sessions", "manager", "jury-sessions"),
        ("jury-sessions, 200", "manager", "jury-sessions?limit=200"),
        ("jury-sessions, un état", "manager", "jury-sessions?state=planned"),
        ("jury-sessions, une année", "manager", "jury-sessions?held_in=2024"),
        ("un jury", "manager", f"jury-sessions/{a['jury_id']}"),
        ("qui peut siéger", "manager", f"jury-sessions/{a['planned_id']}/panel/choices?seat=president"),
        ("certificates", "manager", "certificates"),
        ("certificates, 200", "manager", "certificates?limit=200"),
        ("certificates, un état", "manager", "certificates?state=suspended"),
        ("certificates, un mot", "manager", "certificates?q=delorme"),
        ("activity/juries", "manager", "activity/juries"),
        ("certifications", "manager", "certifications"),
        ("journal/events", "manager", "journal/events"),
        ("journal/events, 200", "manager", "journal/events?limit=200"),
        ("journal/events, un nom", "manager", "journal/events?name=agreement_request.granted"),
        ("journal/events, nom absent", "manager", "journal/events?name=agreement_request.inconnu"),
        ("journal/events, un mois", "manager", "journal/events?from=2023-03-01T00:00:00Z&until=2023-04-01T00:00:00Z"),
        ("journal/events, un dossier", "manager", f"journal/events?subject={a['in_committee']}"),
        ("journal/seals", "manager", "journal/seals"),
        ("mails", "manager", "mails"),
        ("mails, en échec", "manager", "mails?state=failed"),
        ("mails, une région", "region", "mails"),
        ("todo, responsable", "manager", "todo"),
        ("todo, une région", "region", "todo"),
        ("todo, contrôleur", "expert", "todo"),
        ("activity", "manager", "activity"),
        ("users", "admin", "users"),
        ("settings", "manager", "settings"),
    ]
    middle = [(f"{name}, au milieu", "manager", f"{name}?cursor={cursor}") for name, cursor in deep.items()]
    return [(title, who, f"/api/v1/{path}") for title, who, path in found + middle]
