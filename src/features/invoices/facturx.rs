//! The invoice as data: Cross Industry Invoice (UN/CEFACT D16B), profile EN 16931 of Factur-X 1.0. Pure.
//!
//! The order of elements is that of the schema. Amounts are exact, from cents; a credit note (type 381) tells what it gives
//! back without sign.

use entity::invoice::{self, InvoiceKind, InvoiceParty};
use entity::invoice_line;
use time::Date;

use super::InvoiceError;
use super::record::{Record, Seller};
use crate::rules::siret::Siret;
use crate::rules::training::billing::{RateTotal, Totals};
use crate::rules::training::vat;

/// The guideline of the profile.
const GUIDELINE: &str = "urn:cen.eu:en16931:2017";
/// Why training is exempt, in the list of the Union: article 132, 1, i of directive 2006/112.
const EXEMPTION: &str = "VATEX-EU-132-1I";
const RSM: &str = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
const RAM: &str = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
const UDT: &str = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";
const QDT: &str = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";

/// Writes elements one in another.
#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<&'static str>,
}

impl Writer {
    fn indent(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", self.open.len()));
    }

    fn begin(&mut self, name: &'static str) {
        self.indent();
        self.out.extend(["<", name, ">"]);
        self.open.push(name);
    }

    fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out.extend(["</", name, ">"]);
        }
    }

    /// An element that holds others.
    fn within(&mut self, name: &'static str, write: impl FnOnce(&mut Self)) {
        self.begin(name);
        write(self);
        self.end();
    }

    /// An element that holds a text.
    fn text(&mut self, name: &'static str, text: &str) {
        self.with(name, ("", ""), text);
    }

    /// The same, when there is something to say.
    fn known(&mut self, name: &'static str, text: &str) {
        if !text.trim().is_empty() {
            self.text(name, text.trim());
        }
    }

    /// The same, with an attribute.
    fn with(&mut self, name: &'static str, (key, value): (&str, &str), text: &str) {
        self.indent();
        self.out.extend(["<", name]);
        if !key.is_empty() {
            self.out.extend([" ", key, "=\"", value, "\""]);
        }
        self.out.extend([">", escaped(text).as_str(), "</", name, ">"]);
    }

    /// A day.
    fn day(&mut self, name: &'static str, text: &'static str, day: Date) {
        self.within(name, |w| w.with(text, ("format", "102"), &compact(day)));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `20260303`.
fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day())
}

/// `210.00`, without sign.
fn amount(cents: i64) -> String {
    let cents = cents.unsigned_abs();
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The category of a rate: exempt, or the usual one.
const fn category(basis_points: i32) -> &'static str {
    if basis_points == 0 { "E" } else { "S" }
}

/// A rate or a quantity, in hundredths.
fn hundredths(number: i32) -> String {
    amount(number.into())
}

/// The invoice as an XML file.
///
/// # Errors
/// When it has no number yet, or when its row was altered.
pub fn write(record: &Record, credited: Option<&invoice::Model>) -> Result<String, InvoiceError> {
    let invoice = &record.invoice;
    let (Some(number), Some(issued_on)) = (&invoice.number, invoice.issued_on) else {
        return Err(InvoiceError::NotFound);
    };
    let seller = record.seller()?;
    let mut w = Writer::default();
    w.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsm:CrossIndustryInvoice");
    for (prefix, space) in [("rsm", RSM), ("ram", RAM), ("udt", UDT), ("qdt", QDT)] {
        w.out.extend([" xmlns:", prefix, "=\"", space, "\""]);
    }
    w.out.push('>');
    w.open.push("rsm:CrossIndustryInvoice");
    w.within("rsm:ExchangedDocumentContext", |w| {
        w.within("ram:GuidelineSpecifiedDocumentContextParameter", |w| w.text("ram:ID", GUIDELINE));
    });
    w.within("rsm:ExchangedDocument", |w| {
        w.text("ram:ID", number);
        w.text("ram:TypeCode", if invoice.kind == InvoiceKind::Invoice { "380" } else { "381" });
        w.day("ram:IssueDateTime", "udt:DateTimeString", issued_on);
        let notes = [invoice.subject.as_str(), invoice.reason.as_deref().unwrap_or_default()];
        for note in notes.into_iter().chain(invoice.mentions.lines()).filter(|note| !note.trim().is_empty()) {
            w.within("ram:IncludedNote", |w| w.text("ram:Content", note));
        }
    });
    w.within("rsm:SupplyChainTradeTransaction", |w| {
        for row in &record.lines {
            line(w, row);
        }
        agreement(w, invoice, &seller);
        w.within("ram:ApplicableHeaderTradeDelivery", |w| {
            if let Some(day) = record.session.as_ref().and_then(|session| session.ends_on) {
                w.within("ram:ActualDeliverySupplyChainEvent", |w| {
                    w.day("ram:OccurrenceDateTime", "udt:DateTimeString", day);
                });
            }
        });
        settlement(w, record, credited);
    });
    w.end();
    w.out.push('\n');
    Ok(w.out)
}

fn line(w: &mut Writer, row: &invoice_line::Model) {
    w.within("ram:IncludedSupplyChainTradeLineItem", |w| {
        w.within("ram:AssociatedDocumentLineDocument", |w| w.text("ram:LineID", &row.position.to_string()));
        w.within("ram:SpecifiedTradeProduct", |w| w.text("ram:Name", &row.label));
        w.within("ram:SpecifiedLineTradeAgreement", |w| {
            w.within("ram:NetPriceProductTradePrice", |w| {
                w.text("ram:ChargeAmount", &amount(row.unit_cents));
            });
        });
        w.within("ram:SpecifiedLineTradeDelivery", |w| {
            w.with("ram:BilledQuantity", ("unitCode", "C62"), &hundredths(row.quantity));
        });
        w.within("ram:SpecifiedLineTradeSettlement", |w| {
            w.within("ram:ApplicableTradeTax", |w| {
                w.text("ram:TypeCode", "VAT");
                w.text("ram:CategoryCode", category(row.vat_basis_points));
                w.text("ram:RateApplicablePercent", &hundredths(row.vat_basis_points));
            });
            w.within("ram:SpecifiedTradeSettlementLineMonetarySummation", |w| {
                w.text("ram:LineTotalAmount", &amount(row.net_cents));
            });
        });
    });
}

fn agreement(w: &mut Writer, invoice: &invoice::Model, seller: &Seller) {
    w.within("ram:ApplicableHeaderTradeAgreement", |w| {
        let funder = invoice.party == InvoiceParty::Funder;
        if !funder {
            w.known("ram:BuyerReference", &invoice.party_reference);
        }
        w.within("ram:SellerTradeParty", |w| {
            party(w, &seller.name, &seller.siret, &seller.address);
            if !seller.email.trim().is_empty() {
                w.within("ram:URIUniversalCommunication", |w| {
                    w.with("ram:URIID", ("schemeID", "EM"), seller.email.trim());
                });
            }
            registration(w, invoice.vat_cents, &seller.siret);
        });
        w.within("ram:BuyerTradeParty", |w| {
            party(w, &invoice.party_name, &invoice.party_siret, &invoice.party_address);
        });
        if funder && !invoice.party_reference.trim().is_empty() {
            w.within("ram:ContractReferencedDocument", |w| {
                w.text("ram:IssuerAssignedID", invoice.party_reference.trim());
            });
        }
    });
}

/// A body without tax has no number of VAT of its own: it is known by its SIRET.
fn registration(w: &mut Writer, vat_cents: i64, siret: &str) {
    let Ok(siret) = Siret::parse(siret) else { return };
    w.within("ram:SpecifiedTaxRegistration", |w| {
        if vat_cents == 0 {
            w.with("ram:ID", ("schemeID", "FC"), &siret.to_string());
        } else {
            w.with("ram:ID", ("schemeID", "VA"), &vat_number(siret));
        }
    });
}

/// The French number of VAT: a key, then the SIREN.
fn vat_number(siret: Siret) -> String {
    let siren = siret.siren().to_string();
    let key = siren.parse::<u64>().map_or(0, |siren| (12 + 3 * (siren % 97)) % 97);
    format!("FR{key:02}{siren}")
}

fn party(w: &mut Writer, name: &str, siret: &str, address: &str) {
    let siret = Siret::parse(siret).ok();
    if let Some(siret) = siret {
        w.with("ram:GlobalID", ("schemeID", "0009"), &siret.to_string());
    }
    w.text("ram:Name", name.trim());
    if let Some(siret) = siret {
        w.within("ram:SpecifiedLegalOrganization", |w| {
            w.with("ram:ID", ("schemeID", "0002"), &siret.siren().to_string());
        });
    }
    let (street, code, town) = parts(address);
    w.within("ram:PostalTradeAddress", |w| {
        w.known("ram:PostcodeCode", code);
        w.known("ram:LineOne", street);
        w.known("ram:CityName", town);
        w.text("ram:CountryID", "FR");
    });
}

/// The street, the postal code and the town of an address; all of it is the street when no code is found.
fn parts(address: &str) -> (&str, &str, &str) {
    let is_code = |word: &&str| word.len() == 5 && word.bytes().all(|c| c.is_ascii_digit());
    let Some(code) = address.split([' ', ',']).rfind(is_code) else { return (address, "", "") };
    let Some((street, town)) = address.rsplit_once(code) else { return (address, "", "") };
    (street.trim_end_matches([' ', ',']), code, town.trim_matches([' ', ',']))
}

fn settlement(w: &mut Writer, record: &Record, credited: Option<&invoice::Model>) {
    let invoice = &record.invoice;
    let totals = Totals::of(record.lines.iter().map(|line| (line.net_cents, line.vat_basis_points)));
    w.within("ram:ApplicableHeaderTradeSettlement", |w| {
        w.text("ram:InvoiceCurrencyCode", "EUR");
        for (rate, total) in &totals.rates {
            tax(w, *rate, *total);
        }
        if let Some(due) = invoice.due_on {
            w.within("ram:SpecifiedTradePaymentTerms", |w| {
                w.day("ram:DueDateDateTime", "udt:DateTimeString", due);
            });
        }
        w.within("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |w| {
            w.text("ram:LineTotalAmount", &amount(invoice.net_cents));
            w.text("ram:TaxBasisTotalAmount", &amount(invoice.net_cents));
            w.with("ram:TaxTotalAmount", ("currencyID", "EUR"), &amount(invoice.vat_cents));
            w.text("ram:GrandTotalAmount", &amount(invoice.total_cents));
            w.text("ram:DuePayableAmount", &amount(invoice.total_cents));
        });
        if let Some((number, day)) = credited.and_then(|row| Some((row.number.as_ref()?, row.issued_on?))) {
            w.within("ram:InvoiceReferencedDocument", |w| {
                w.text("ram:IssuerAssignedID", number);
                w.day("ram:FormattedIssueDateTime", "qdt:DateTimeString", day);
            });
        }
    });
}

fn tax(w: &mut Writer, rate: i32, total: RateTotal) {
    w.within("ram:ApplicableTradeTax", |w| {
        w.text("ram:CalculatedAmount", &amount(total.vat_cents));
        w.text("ram:TypeCode", "VAT");
        if rate == 0 {
            w.text("ram:ExemptionReason", vat::EXEMPT);
        }
        w.text("ram:BasisAmount", &amount(total.net_cents));
        w.text("ram:CategoryCode", category(rate));
        if rate == 0 {
            w.text("ram:ExemptionReasonCode", EXEMPTION);
        }
        w.text("ram:RateApplicablePercent", &hundredths(rate));
    });
}

#[cfg(test)]
mod tests {
    use entity::Instant;
    use entity::ids::{InvoiceId, InvoiceLineId};
    use entity::invoice::InvoiceState;
    use entity::invoice_line::{BpfOrigin, LineKind};
    use time::OffsetDateTime;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::features::invoices::wording;

    fn line(position: i32, kind: LineKind, label: &str, cents: i64, rate: i32) -> invoice_line::Model {
        invoice_line::Model {
            id: InvoiceLineId(Uuid::nil()),
            invoice_id: InvoiceId(Uuid::nil()),
            position,
            enrolment_id: None,
            kind,
            label: label.to_owned(),
            bpf_origin: BpfOrigin::Companies,
            minutes: None,
            quantity: 100,
            unit_cents: cents,
            vat_basis_points: rate,
            net_cents: cents,
            vat_cents: vat::amount(cents, rate),
        }
    }

    fn record() -> Record {
        let seller = Seller {
            name: "Organisme & Cie".to_owned(),
            siret: "30840109000011".to_owned(),
            address: "12 rue des Tisserands, 75000 Paris".to_owned(),
            email: "certification@certificateur.example".to_owned(),
            ..Seller::default()
        };
        let invoice = invoice::Model {
            id: InvoiceId(Uuid::nil()),
            number: Some("FAC-2026-0001".to_owned()),
            kind: InvoiceKind::Invoice,
            state: InvoiceState::Issued,
            party: InvoiceParty::Company,
            session_id: None,
            buyer_id: None,
            funding_id: None,
            structure_id: None,
            account_id: None,
            credits_id: None,
            party_name: "Les Ateliers du Parc".to_owned(),
            party_siret: "19753471200017".to_owned(),
            party_address: "3 chemin du Moulin, 97300 Cayenne".to_owned(),
            party_reference: String::new(),
            party_email: String::new(),
            subject: "Maintien des compétences SST, le 3 mars 2026 (SES-2026-0017)".to_owned(),
            seller: serde_json::to_string(&seller).unwrap(),
            issued_on: Some(date!(2026 - 03 - 10)),
            due_on: Some(date!(2026 - 04 - 09)),
            mentions: format!("{}.\n{}", vat::EXEMPT, wording::NO_DISCOUNT),
            net_cents: 31_500,
            vat_cents: 2_100,
            total_cents: 33_600,
            paid_cents: 0,
            reason: None,
            content_hash: None,
            document_id: None,
            reminders: 0,
            deadline_at: None,
            issued_by: None,
            created_by: None,
            created_at: Instant::from(OffsetDateTime::UNIX_EPOCH),
            version: 1,
            search: String::new(),
        };
        let lines = vec![
            line(1, LineKind::Training, "Formation de Maëlys Œuvrard, 7\u{202f}h", 21_000, 0),
            line(2, LineKind::Forfeit, "Dédit\u{202f}: Léo-Paul d’Arc", 10_500, 2_000),
        ];
        Record { invoice, lines, payments: Vec::new(), session: None }
    }

    #[test]
    fn an_invoice_is_written_as_its_golden_file() {
        let golden = include_str!("../../../tests/snapshots/factur-x.xml");
        assert_eq!(write(&record(), None).unwrap(), golden);
    }

    #[test]
    fn a_credit_note_names_its_invoice_and_has_no_sign() {
        let credited = record().invoice;
        let mut note = record();
        note.invoice.kind = InvoiceKind::CreditNote;
        note.invoice.number = Some("AVO-2026-0001".to_owned());
        note.invoice.net_cents = -note.invoice.net_cents;
        note.invoice.vat_cents = -note.invoice.vat_cents;
        note.invoice.total_cents = -note.invoice.total_cents;
        for line in &mut note.lines {
            line.unit_cents = -line.unit_cents;
            line.net_cents = -line.net_cents;
        }
        let written = write(&note, Some(&credited)).unwrap();
        assert!(written.contains("<ram:TypeCode>381</ram:TypeCode>"));
        assert!(written.contains("<ram:IssuerAssignedID>FAC-2026-0001</ram:IssuerAssignedID>"));
        assert!(written.contains("<ram:GrandTotalAmount>336.00</ram:GrandTotalAmount>"));
    }

    #[test]
    fn what_is_altered_after_it_was_issued_is_found() {
        let mut issued = record();
        issued.invoice.content_hash = Some(issued.fingerprint().unwrap());
        issued.check_content().unwrap();
        let added = line(3, LineKind::Other, "Ajout", 1, 0);
        issued.lines.push(added);
        assert!(issued.check_content().is_err());
    }

    #[test]
    fn amounts_are_exact_and_without_sign() {
        for (cents, written) in [(0, "0.00"), (5, "0.05"), (21_001, "210.01"), (-42_000, "420.00")] {
            assert_eq!(amount(cents), written);
        }
    }

    #[test]
    fn an_address_gives_its_code_and_its_town() {
        for (address, expected) in [
            ("3 chemin du Moulin, 97300 Cayenne", ("3 chemin du Moulin", "97300", "Cayenne")),
            ("12 rue des Tisserands 75000 Paris", ("12 rue des Tisserands", "75000", "Paris")),
            ("Lieu-dit Le Parc", ("Lieu-dit Le Parc", "", "")),
            ("", ("", "", "")),
        ] {
            assert_eq!(parts(address), expected);
        }
    }

    #[test]
    fn a_number_of_vat_has_its_key() {
        let siret = Siret::parse("30840109000011").unwrap();
        assert_eq!(vat_number(siret)[4..], siret.siren().to_string());
        let key = (12 + 3 * (308_401_090_u64 % 97)) % 97;
        assert_eq!(vat_number(siret)[..4], format!("FR{key:02}"));
    }

    #[test]
    fn what_a_person_typed_stays_text() {
        let mut w = Writer::default();
        w.text("ram:Name", "Dupont & Fils <SARL>");
        assert_eq!(w.out, "\n<ram:Name>Dupont &amp; Fils &lt;SARL&gt;</ram:Name>");
    }
}
