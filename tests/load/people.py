"""Structures with their sites and accounts, staff, experts. Every name is made of pieces: nobody real is in here."""

from world import DAY, day_of, fold, hold, places, record, siren, siret, text_of

WORKS = ["Jardins", "Ateliers", "Chantiers", "Régie", "Ressourcerie", "Lavoirs", "Cuisines", "Vergers", "Granges",
         "Fabriques", "Potagers", "Recycleries", "Bâtisseurs", "Lisières", "Conserverie", "Menuiserie"]
PLACES = ["du Morne", "de l’Étang", "des Coteaux", "du Vieux-Pont", "d’Œuilly", "de la Haie", "du Grand-Pré",
          "des Trois-Rivières", "de Saint-Élan", "du Marais", "de l’Île-aux-Saules", "des Quatre-Vents", "du Çay",
          "de la Garrigue", "du Plateau", "des Bruyères", "de Brévoux", "du Causse", "de l’Écluse", "des Salines"]
TURNS = ["", " Insertion", " Solidaires", " et Compagnie", " Environnement", " Services", " pour l’emploi", " Nord", " Sud"]
COMMUNES = ["Valombre", "Saint-Élan", "Brévoux", "Œuilly-le-Haut", "Charmeval", "Les Aulnes", "Port-Lagune", "Montcaillou",
            "Rivegrise", "L’Haÿ-sur-Vire", "Clairfond", "Bois-Renaud", "Sainte-Aubière", "Vieilleroche", "Ormeval"]
FIRST = ["Aïna", "Brieuc", "Célestine", "Dao", "Éloi", "Faïza", "Gwenn", "Hanaé", "Iwan", "Joëlle", "Kenza", "Loïc"]
FAMILY = ["Abdou", "Brac’h", "Cœurdevey", "Delorme", "Esnault", "Faure", "Guéhenneuc", "Hoarau", "Isambert", "Jaouen"]
ENDS = ["", "-Lys", "-Attou", " du Lac", "-Morvan", "-Vaïty", " de la Roche", "-Ngo"]
LEGAL = ["Association loi 1901", "Société coopérative d’intérêt collectif", "Régie personnalisée"]
SITES = ["Siège et site principal", "Atelier de la gare", "Jardin du canal", "Dépôt"]


def name_of(dice):
    return dice.choice(FIRST), dice.choice(FAMILY) + dice.choice(ENDS)


def account(world, at, email, name, role, **more):
    """An account that may sign in by link, with one role; gives its key."""
    key = world.id(at)
    world.add("account", id=key, email=email, email_folded=email, name=name, state="active", theme="system",
              shortcuts=1, expert_id=more.pop("expert", None), created_at=at, version=1)
    world.add("account_role", id=world.id(at), account_id=key, role=role, structure_id=more.pop("structure", None),
              structure_admin=int(role == "structure"), certification_id=None, regions=more.pop("regions", ""),
              granted_at=at)
    return key


def staff(world, start, regions):
    """Two managers, an officer for every region, and two for them all."""
    mail = "{}@charge.invalid".format
    managers = [account(world, start, mail(f"responsable{n}"), "Responsable d’essai", "manager") for n in range(2)]
    officers = [account(world, start, mail(f"gestion{n}"), "Gestion d’essai", "officer") for n in range(2)]
    officers += [account(world, start, mail(f"gestion-{code}"), "Gestion d’essai", "officer", regions=code)
                 for code in regions]
    return managers, officers


def experts(world, start, count):
    """Experts with a duty each, one in three for every region; all of them have an account. Gives dictionaries."""
    dice, found, everywhere = world.dice, [], places()
    for index in range(count):
        first, family = name_of(dice)
        code, _, region, zone = dice.choice(everywhere)
        number, key = f"INT-{index + 1:04d}", world.id(start)
        email = f"intervenant{index}@charge.invalid"
        world.add("expert", id=key, number=number, family_name=family, first_names=first,
                  search=f"{fold(family)} {fold(first)} {fold(number)}", email=email, phone=None, employer=None,
                  status=dice.choice(["employee", "independent", "retired"]), department=code, region=region, zone=zone,
                  created_at=start, version=1)
        duty = ["controleur", "mandataire", "epsp"][index % 3]
        habilitation, days = world.id(start), (day_of(start), day_of(world.now + 400 * DAY))
        world.add("habilitation", id=habilitation, expert_id=key, duty=duty, state="active", certification_id=None,
                  regions="" if index % 9 < 3 else region, motivation="", action_plan="", jury="", decision_text="",
                  redo="", version=1)
        hold(world, start, ("expert", key), "habilitation", f"{duty}|*", number, days, "in_force",
             ("habilitation", habilitation))
        name = f"{first} {family}"
        found.append({"id": key, "name": name, "duty": duty,
                      "account": account(world, start, email, name, "expert", expert=key)})
    world.series["INT"] = count
    return found


def structures(world, start, count, managers, with_accounts):
    """Structures with one to three sites, the first ones with accounts; gives dictionaries."""
    dice, everywhere, found = world.dice, places(), []
    for index in range(count):
        at = start + (world.now - start) // 3 * index // count
        code, _, region, zone = dice.choice(everywhere)
        company, name = siren(index), f"{dice.choice(WORKS)} {dice.choice(PLACES)}{dice.choice(TURNS)}"
        key, commune = world.id(at), dice.choice(COMMUNES)
        postal = ("20" if code in ("2A", "2B") else code)[:3].ljust(5, "0")
        place = {"address": f"{1 + index % 80} rue des Saules", "postal_code": postal, "commune": commune,
                 "department": code, "region": region, "zone": zone}
        words, sites = [fold(name), company], []
        for number in range(dice.choice([1, 1, 2, 3])):
            site = {"id": world.id(at), "siret": siret(company, number), "label": SITES[number]}
            world.add("site", structure_id=key, is_seat=int(number == 0), closed_on=None, **site, **place)
            words += [word for word in (site["siret"], fold(commune), fold(site["label"])) if word not in words]
            sites.append(site["id"])
        first, family = name_of(dice)
        contact = {"contact_name": f"{first} {family}", "contact_email": f"contact{index}@charge.invalid",
                   "contact_phone": None}
        world.add("structure", id=key, siren=company, name=name, search=" ".join(words), legal_form=dice.choice(LEGAL),
                  rna=None, idcc="3016", nda=None, activities="maraîchage, espaces verts", headcount=dice.randint(6, 90),
                  insertion_posts=dice.randint(3, 60), contact_title="Direction", created_at=at, version=1,
                  **contact, **place)
        record(world, at, ("manager", managers[index % 2]), ("structure", key, company), "structure.created",
               "STRUCTURE_CREATED", "structure:create", payload={"name": name, "department": code})
        person = None
        if index < with_accounts:
            person = account(world, at, f"structure{index}@charge.invalid", contact["contact_name"], "structure",
                             structure=key)
        found.append({"id": key, "siren": company, "name": name, "region": region, "zone": zone, "sites": sites,
                      "account": person, "contact": contact, "text": text_of(key), "place": place})
    return found
