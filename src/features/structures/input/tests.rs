use super::*;

fn typed() -> TypedStructure {
    TypedStructure {
        identity: TypedIdentity { name: "Les Jardins du Morvan".into(), ..TypedIdentity::default() },
        contact: TypedContact {
            name: "Zoé N’Guyen-d’Arc".into(),
            email: "accueil@jardins.exemple".into(),
            phone: "03 39 98 00 12".into(),
            ..TypedContact::default()
        },
        seat: TypedSite {
            siret: "307 472 175 00004".into(),
            address: "1 rue des Lilas".into(),
            postal_code: "58 120".into(),
            commune: "Château-Chinon".into(),
            ..TypedSite::default()
        },
        others: Vec::new(),
    }
}

fn siret(number: u16) -> String {
    Siret::with_check_digits(99_991_234, number).to_string()
}

#[test]
fn department_region_and_zone_follow_the_postal_code_unless_the_department_is_given() {
    let at = |postal_code: &str, department: &str| {
        let mut typed = typed();
        typed.seat.siret = siret(1);
        typed.seat.postal_code = postal_code.into();
        typed.seat.department = department.into();
        let seat = typed.read().unwrap().seat;
        (seat.department.code, seat.region(), seat.department.zone)
    };
    for (postal_code, department, expected) in [
        ("58120", "", ("58", "27", "Europe/Paris")),
        ("20137", "", ("2A", "94", "Europe/Paris")),
        ("97600", "", ("976", "06", "Indian/Mayotte")),
        ("97133", "", ("977", "", "America/St_Barthelemy")),
        ("01200", "74", ("74", "84", "Europe/Paris")),
    ] {
        assert_eq!(at(postal_code, department), expected, "{postal_code} {department}");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let mut typed = typed();
    typed.identity.name = " ".into();
    typed.identity.rna = "751".into();
    typed.identity.headcount = "douze".into();
    typed.contact.email = "accueil".into();
    typed.seat.siret = "9999123400001".into();
    typed.seat.postal_code = "58".into();
    typed.others.push(TypedSite { siret: siret(2), ..TypedSite::default() });
    let faults = typed.read().unwrap_err();
    let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/name",
            "/rna",
            "/headcount",
            "/siret",
            "/postal_code",
            "/contact/email",
            "/sites/0/label",
            "/sites/0/address",
            "/sites/0/commune",
            "/sites/0/postal_code",
        ]
    );
    assert_eq!(faults[3].message, "Le numéro SIRET compte 14 chiffres\u{202f}: il en manque un");
}

#[test]
fn sites_share_the_siren_of_the_seat_and_differ_from_each_other() {
    let site = |siret: String| TypedSite {
        siret,
        label: "Atelier".into(),
        address: "2 rue des Lilas".into(),
        postal_code: "58120".into(),
        commune: "Château-Chinon".into(),
        ..TypedSite::default()
    };
    let mut typed = typed();
    typed.seat.siret = siret(1);
    typed.others = vec![site(siret(2)), site(siret(2)), site(siret(1)), site("19753471200017".into())];
    let faults = typed.read().unwrap_err();
    let codes: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
    assert_eq!(
        codes,
        [("/sites/1/siret", "duplicate"), ("/sites/2/siret", "duplicate"), ("/sites/3/siret", "other-siren")]
    );
}
