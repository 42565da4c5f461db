//! What a Factur-X says of itself in its metadata (Factur-X 1.0, chapter 6), which typst cannot write: the packet is taken from the
//! finished file, completed, and appended as an incremental update. Nothing else of the file changes, and the same file
//! gives the same bytes.

/// Where the packet begins and ends.
const PACKET: (&[u8], &[u8]) = (b"<?xpacket begin=", b"<?xpacket end=\"r\"?>");
/// Where the description of the schemas of a PDF/A ends.
const SCHEMAS: &str = "</rdf:Bag></pdfaExtension:schemas>";
const DESCRIPTIONS: &str = "</rdf:RDF>";
const STARTXREF: &[u8] = b"startxref";

/// The four properties of the schema, with what each says.
const PROPERTIES: [(&str, &str, &str); 4] = [
    ("DocumentFileName", "factur-x.xml", "name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE", "INVOICE"),
    ("Version", "1.0", "version of the Factur-X XML schema"),
    ("ConformanceLevel", "EN 16931", "conformance level of the embedded Factur-X data"),
];
const SPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

/// The file with its metadata completed; none when they are not where this version of typst writes them.
pub(super) fn declare(mut pdf: Vec<u8>) -> Option<Vec<u8>> {
    let from = find(&pdf, PACKET.0)?;
    let until = from + find(&pdf[from..], PACKET.1)? + PACKET.1.len();
    let packet = complete(std::str::from_utf8(&pdf[from..until]).ok()?)?;
    let object = object_before(&pdf[..from])?;
    let (previous, trailer) = trailer(&pdf)?;
    pdf.push(b'\n');
    let at = pdf.len();
    let length = packet.len();
    let head = format!("{object} 0 obj\n<</Length {length}/Type/Metadata/Subtype/XML>>\nstream\n");
    pdf.extend_from_slice(head.as_bytes());
    pdf.extend_from_slice(packet.as_bytes());
    pdf.extend_from_slice(b"\nendstream\nendobj\n");
    let table = pdf.len();
    let xref = format!("xref\n{object} 1\n{at:010} 00000 n\r\ntrailer\n<</Prev {previous}");
    pdf.extend_from_slice(xref.as_bytes());
    pdf.extend_from_slice(&trailer);
    pdf.extend_from_slice(format!("startxref\n{table}\n%%EOF").as_bytes());
    Some(pdf)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// The number of the object that these bytes end in.
fn object_before(bytes: &[u8]) -> Option<u32> {
    let until = find_last(bytes, b" 0 obj")?;
    let digits = bytes[..until].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[until - digits..until]).ok()?.parse().ok()
}

/// Where the table of the file is, and what its trailer says from after its opening.
fn trailer(pdf: &[u8]) -> Option<(usize, Vec<u8>)> {
    let start = find_last(pdf, STARTXREF)?;
    let previous = std::str::from_utf8(&pdf[start + STARTXREF.len()..]).ok()?.lines().map(str::trim);
    let previous = previous.filter(|line| !line.is_empty()).find_map(|line| line.parse().ok())?;
    let begin = find_last(&pdf[..start], b"trailer")?;
    let dictionary = begin + find(&pdf[begin..start], b"<<")? + 2;
    Some((previous, pdf[dictionary..start].to_vec()))
}

/// The packet with the schema described and its properties said.
fn complete(packet: &str) -> Option<String> {
    let described = match packet.find(SCHEMAS) {
        Some(at) => format!("{}{}{}", &packet[..at], schema(), &packet[at..]),
        None => {
            let own = format!(
                "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\">\
                 <pdfaExtension:schemas><rdf:Bag>{}{SCHEMAS}</rdf:Description>",
                schema()
            );
            inserted(packet, &own)?
        }
    };
    let said: String =
        PROPERTIES.iter().map(|(name, value, _)| format!("<fx:{name}>{value}</fx:{name}>")).collect();
    inserted(
        &described,
        &format!("<rdf:Description rdf:about=\"\" xmlns:fx=\"{SPACE}\">{said}</rdf:Description>"),
    )
}

fn inserted(packet: &str, text: &str) -> Option<String> {
    let at = packet.rfind(DESCRIPTIONS)?;
    Some(format!("{}{text}{}", &packet[..at], &packet[at..]))
}

/// What PDF/A wants to know of properties that it does not define.
fn schema() -> String {
    let property = |(name, _, about): &(&str, &str, &str)| {
        format!(
            "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
             <pdfaProperty:valueType>Text</pdfaProperty:valueType>\
             <pdfaProperty:category>external</pdfaProperty:category>\
             <pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"
        )
    };
    let properties: String = PROPERTIES.iter().map(property).collect();
    format!(
        "<rdf:li rdf:parseType=\"Resource\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
         <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{SPACE}</pdfaSchema:namespaceURI>\
         <pdfaSchema:prefix>fx</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "%PDF-1.7\n7 0 obj\n<</Length 9/Type/Metadata>>\nstream\n<?xpacket begin=\"\" id=\"W\"?>\
        <x:xmpmeta><rdf:RDF><rdf:Description><pdfaExtension:schemas><rdf:Bag><rdf:li>ua</rdf:li></rdf:Bag>\
        </pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>\nendstream\nendobj\n\
        xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size 9/Root 8 0 R>>\nstartxref\n260\n%%EOF";

    #[test]
    fn the_metadata_are_completed_beside_the_file_which_does_not_change() {
        let declared = declare(FILE.as_bytes().to_vec()).unwrap();
        let text = String::from_utf8(declared).unwrap();
        assert!(text.starts_with(FILE));
        let added = &text[FILE.len()..];
        assert!(added.starts_with("\n7 0 obj\n"));
        assert!(added.contains("<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>"));
        assert_eq!(added.matches("<pdfaExtension:schemas>").count(), 1);
        assert!(added.contains("<</Prev 260/Size 9/Root 8 0 R>>\nstartxref\n"));
        let table = added.rsplit("startxref\n").next().unwrap().lines().next().unwrap();
        let table: usize = table.parse().unwrap();
        assert!(text[table..].starts_with("xref\n7 1\n"));
        let at: usize = text[table..].lines().nth(2).unwrap()[..10].parse().unwrap();
        assert!(text[at..].starts_with("7 0 obj"));
    }

    #[test]
    fn a_file_of_another_shape_is_refused() {
        for text in ["", "%PDF-1.7", &FILE.replace("xpacket", "packet"), &FILE.replace("startxref", "")] {
            assert!(declare(text.as_bytes().to_vec()).is_none());
        }
    }
}
