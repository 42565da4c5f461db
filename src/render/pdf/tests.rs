//! Every document with its samples: conformance, text, contract of the variables, refusals.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::typeset::pages;
use super::{DOCUMENTS, PdfError, PdfMeta, Rendered, Standard, fingerprint, render, render_blocking};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;
use time::macros::datetime;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

/// A document with one set of variables.
struct Sample {
    /// `decision.refused`, or `visit-plan` when there is only one.
    name: String,
    document: String,
    data: Value,
}

/// A piece of text with the place of its baseline on the page, in points.
struct Run {
    x: f64,
    y: f64,
    end: f64,
    text: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("templates/pdf")
}

/// The names of the files of `templates/pdf/` that end so, without that ending, in order.
fn names_ending_in(ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            entry.unwrap().file_name().into_string().unwrap().strip_suffix(ending).map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

fn sample(name: &str) -> Sample {
    let text = std::fs::read_to_string(folder().join(format!("{name}.sample.json"))).unwrap();
    let document = name.split('.').next().unwrap().to_owned();
    Sample { name: name.to_owned(), document, data: serde_json::from_str(&text).unwrap() }
}

fn samples() -> Vec<Sample> {
    names_ending_in(".sample.json").iter().map(|name| sample(name)).collect()
}

/// The pictures that the caller of this document gives.
fn pictures(document: &str) -> Vec<(&'static str, Vec<u8>)> {
    if document == "invoice" {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/factur-x.xml");
        return vec![(super::FACTUR_X, std::fs::read(path).unwrap())];
    }
    let sealed = [
        "blocs-attestation",
        "certificate",
        "certificate-supplement",
        "jury-decisions",
        "jury-minutes",
        "jury-no-quorum",
    ]
    .contains(&document)
        || document.starts_with("training-");
    if document != "agreement-certificate" && !sealed {
        return Vec::new();
    }
    let code = qrcode::QrCode::new("https://parchemin.example/verifier/AGR-2024-0003-K7").unwrap();
    let drawing = code.render::<qrcode::render::svg::Color<'_>>().quiet_zone(false).build();
    let mut files = vec![("qr.svg", drawing.into_bytes())];
    if sealed {
        files.push(("certificate.svg", crate::render::seal::svg_in_ink(&[7; 32]).into_bytes()));
    }
    files
}

fn meta() -> PdfMeta {
    PdfMeta {
        title: "Document d’essai".into(),
        ident: "01890000-0000-7000-8000-000000000001".into(),
        created_at: datetime!(2024-01-18 16:05:30 UTC),
    }
}

fn draw(sample: &Sample) -> Result<Rendered, PdfError> {
    render(&sample.document, &sample.data, &pictures(&sample.document), &meta(), Standard::Archive)
}

/// The words of the pages, line by line, as an eye reads them.
fn reading(document: &PagedDocument) -> String {
    let mut out = String::new();
    for page in document.pages() {
        let mut runs = Vec::new();
        collect(&page.frame, Point::zero(), &mut runs);
        runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
        let _ = writeln!(out, "--- page {}", page.number);
        for line in runs.chunk_by(|a, b| b.y - a.y < 1.0) {
            write_line(line, &mut out);
        }
    }
    // Spaces that cannot be told apart by eye are shown.
    out.replace('\u{202f}', "⍽").replace('\u{a0}', "⎵")
}

fn collect(frame: &Frame, origin: Point, runs: &mut Vec<Run>) {
    for (position, item) in frame.items() {
        let at = origin + *position;
        match item {
            FrameItem::Group(group) => {
                collect(&group.frame, at + Point::new(group.transform.tx, group.transform.ty), runs);
            }
            FrameItem::Text(text) => {
                let x = at.x.to_pt();
                runs.push(Run {
                    x,
                    y: at.y.to_pt(),
                    end: x + text.width().to_pt(),
                    text: text.text.to_string(),
                });
            }
            _ => {}
        }
    }
}

fn write_line(line: &[Run], out: &mut String) {
    let mut line: Vec<&Run> = line.iter().collect();
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut end = f64::MAX;
    for run in line {
        let gap = run.x - end;
        out.push_str(if gap > 12.0 {
            " | "
        } else if gap > 1.0 {
            " "
        } else {
            ""
        });
        out.push_str(&run.text);
        end = run.end;
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out.push('\n');
}

/// The JSON pointers of every key of every object, the first element standing for a whole list.
fn key_pointers(value: &Value, at: &str, pointers: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, inside) in map {
                pointers.push((at.to_owned(), key.clone()));
                key_pointers(inside, &format!("{at}/{key}"), pointers);
            }
        }
        Value::Array(list) if !list.is_empty() => key_pointers(&list[0], &format!("{at}/0"), pointers),
        _ => {}
    }
}

#[test]
fn every_template_is_registered_and_has_a_sample() {
    let templates: Vec<String> =
        names_ending_in(".typ").into_iter().filter(|name| !name.starts_with('_')).collect();
    assert_eq!(templates, DOCUMENTS);
    for document in DOCUMENTS {
        assert!(samples().iter().any(|sample| sample.document == document), "no sample for {document}");
    }
}

#[test]
fn every_sample_is_archived_and_draws_no_warning() {
    for sample in samples() {
        let (files, seal) = (pictures(&sample.document), [7; 32]);
        let pages = pages(&sample.document, &sample.data, &files, &meta(), seal).unwrap();
        assert_eq!(pages.warnings, Vec::<String>::new(), "{}", sample.name);
        let rendered = draw(&sample).unwrap();
        assert!(rendered.archival, "{}", sample.name);
        assert!(rendered.bytes.starts_with(b"%PDF-1.7"), "{}", sample.name);
        let text = String::from_utf8_lossy(&rendered.bytes);
        // a file attached wants PDF/A-3
        let part = if sample.document == "invoice" { "<pdfaid:part>3<" } else { "<pdfaid:part>2<" };
        for mark in [part, "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "Document d’essai"] {
            assert!(text.contains(mark), "{}: {mark} is missing", sample.name);
        }
    }
}

/// `tests/pdf.sh` names the folder, then reads the files with programs that have nothing to do with ours.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test asked to leave its files")]
fn every_sample_is_left_to_other_programs_when_asked() {
    let Ok(left) = std::env::var("PDF_SAMPLES") else { return };
    for sample in samples() {
        let file = PathBuf::from(&left).join(format!("{}.pdf", sample.name));
        std::fs::write(file, draw(&sample).unwrap().bytes).unwrap();
    }
}

#[test]
fn every_sample_reads_as_expected() {
    for sample in samples() {
        let seal = fingerprint(&sample.document, &sample.data).unwrap();
        let files = pictures(&sample.document);
        let pages = pages(&sample.document, &sample.data, &files, &meta(), seal).unwrap();
        insta::with_settings!({
            snapshot_path => "../../../tests/snapshots/pdf",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(sample.name.as_str(), reading(&pages.document)) });
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let decision = sample("decision.granted");
    let (first, second) = (draw(&decision).unwrap(), draw(&decision).unwrap());
    assert_eq!(first.fingerprint, second.fingerprint);
    assert!(first.bytes == second.bytes, "two renderings differ");
}

#[test]
fn the_fingerprint_follows_the_facts_and_not_their_order() {
    let (one, two) = (json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}));
    assert_eq!(fingerprint("decision", &one).unwrap(), fingerprint("decision", &two).unwrap());
    assert_ne!(fingerprint("decision", &one).unwrap(), fingerprint("visit-plan", &one).unwrap());
    assert_ne!(fingerprint("decision", &one).unwrap(), fingerprint("decision", &json!({"a": 1})).unwrap());
}

#[test]
fn a_missing_variable_is_refused_wherever_it_is() {
    let mut samples = samples();
    samples.dedup_by(|second, first| second.document == first.document);
    for sample in samples {
        let mut pointers = Vec::new();
        key_pointers(&sample.data, "", &mut pointers);
        // The issuer is checked by the charter, once for all documents.
        pointers.retain(|(place, _)| place != "/issuer" || sample.document == "visit-plan");
        for (place, key) in pointers {
            let mut data = sample.data.clone();
            data.pointer_mut(&place).and_then(Value::as_object_mut).unwrap().remove(&key);
            let result = pages(&sample.document, &data, &pictures(&sample.document), &meta(), [7; 32]);
            let Err(PdfError::Template { faults, .. }) = result else {
                panic!("{} accepts to lose {place}/{key}", sample.name);
            };
            assert!(
                faults.iter().any(|fault| fault.contains(&key)),
                "{}{place}/{key}: {faults:?}",
                sample.name
            );
        }
    }
    comemo::evict(0);
}

#[test]
fn an_unknown_variable_is_refused() {
    let mut decision = sample("decision.granted");
    decision.data["periode"] = json!("2024");
    let fault = draw(&decision).unwrap_err().to_string();
    assert!(fault.contains("variable inconnue\u{202f}: data.periode"), "{fault}");
}

#[test]
fn a_decision_must_carry_what_its_variant_calls_for() {
    let table = [
        ("decision.granted", "period"),
        ("decision.adjourned", "resume_until"),
        ("decision.refused", "remedies"),
        ("inspection-report.provisional", "comment_period"),
        ("inspection-report.final", "opinion"),
        ("appeal-answer.overturned", "committee_on"),
    ];
    for (name, key) in table {
        let mut sample = sample(name);
        sample.data[key] = Value::Null;
        assert!(matches!(draw(&sample), Err(PdfError::Template { .. })), "{name} without {key}");
    }
}

#[test]
fn names_of_europe_are_archived() {
    let mut decision = sample("decision.granted");
    decision.data["structure"]["representative"] =
        json!("Ğülşen Œuvrard-Łoś, Ștefan Ionuț, Žofie Říhová, Nguyễn Thị Hạnh, Ελένη, Олена");
    assert!(draw(&decision).unwrap().archival);
    let mut report = sample("inspection-report.final");
    report.data["structure"]["representative"] = decision.data["structure"]["representative"].clone();
    assert!(draw(&report).unwrap().archival);
}

#[test]
fn a_name_that_no_font_draws_gives_a_plain_pdf_and_says_so() {
    let mut report = sample("inspection-report.final");
    report.data["structure"]["representative"] = json!("山田 花子, directrice");
    let rendered = draw(&report).unwrap();
    assert!(!rendered.archival);
    assert!(rendered.bytes.starts_with(b"%PDF-"));
    assert!(!String::from_utf8_lossy(&rendered.bytes).contains("pdfaid:part"));
}

#[test]
fn what_a_person_typed_is_text_and_never_source() {
    let typed = "#panic(1) *gras* _ital_ $x$ @renvoi <etiquette> \\ = Titre // fin";
    let mut decision = sample("decision.granted");
    decision.data["text"] = json!(typed);
    let pages = pages("decision", &decision.data, &[], &meta(), [7; 32]).unwrap();
    let text = reading(&pages.document);
    assert!(text.contains("#panic(1) *gras* _ital_ $x$ @renvoi <etiquette>"), "{text}");
}

#[test]
fn unknown_documents_and_pictures_are_refused() {
    let facts = json!({});
    let unknown = render("../Cargo", &facts, &[], &meta(), Standard::Archive);
    assert!(matches!(unknown, Err(PdfError::UnknownDocument(name)) if name == "../Cargo"));
    let charter = render("_charter", &facts, &[], &meta(), Standard::Archive);
    assert!(matches!(charter, Err(PdfError::UnknownDocument(_))));
    let picture = render("decision", &facts, &[("seal.svg", Vec::new())], &meta(), Standard::Archive);
    assert!(matches!(picture, Err(PdfError::UnknownFile(name)) if name == "seal.svg"));
}

#[test]
fn a_certificate_without_its_square_code_is_refused() {
    let certificate = sample("agreement-certificate");
    let result = render("agreement-certificate", &certificate.data, &[], &meta(), Standard::Archive);
    assert!(matches!(result, Err(PdfError::Template { .. })));
}

#[test]
fn no_template_holds_a_register_number() {
    for name in names_ending_in(".typ") {
        let text = std::fs::read_to_string(folder().join(format!("{name}.typ"))).unwrap();
        for register in ["RNCP", "RS"] {
            let numbered = text.match_indices(register).any(|(at, _)| {
                text[at + register.len()..].trim_start().starts_with(|next: char| next.is_ascii_digit())
            });
            assert!(!numbered, "{name} holds a number of the register {register}");
        }
    }
}

#[tokio::test]
async fn three_callers_share_two_slots_and_all_are_served() {
    let plan = || {
        let data = sample("visit-plan").data;
        render_blocking("visit-plan", data, Vec::new(), meta(), Standard::Plain)
    };
    let (one, two, three) = tokio::join!(plan(), plan(), plan());
    for rendered in [one, two, three] {
        assert!(!rendered.unwrap().archival, "a preview claims nothing");
    }
}
