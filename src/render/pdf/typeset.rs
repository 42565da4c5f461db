//! From a template and its facts to the bytes of a PDF, with typst.

use super::{FACTUR_X, PdfError, PdfMeta, Rendered, Standard, facturx};
use crate::render::seal;
use rust_embed::RustEmbed;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::LazyLock;
use time::OffsetDateTime;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Documents for which typst keeps its memoised work. Without a limit it grows by about half a megabyte each.
const KEPT: usize = 10;

/// The shipped templates.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/pdf"]
struct Templates;

/// How the file of a sample ends.
const SAMPLE: &str = ".sample.json";

/// The names of the samples, without what their files end with.
pub(super) fn sample_names() -> Vec<String> {
    Templates::iter().filter_map(|file| file.strip_suffix(SAMPLE).map(str::to_owned)).collect()
}

/// What the file of a sample holds.
pub(super) fn sample_text(name: &str) -> Option<Vec<u8>> {
    let known = sample_names().into_iter().find(|known| known == name)?;
    Some(Templates::get(&format!("{known}{SAMPLE}"))?.data.into_owned())
}

/// What every document shares: the standard library of typst and the fonts.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    Shared {
        library: LazyHash::new(Library::builder().build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Every shipped template, read once: documents of one kind, two hundred certificates for instance, share them, and typst
/// keeps what it made of them.
static SOURCES: LazyLock<HashMap<FileId, Source>> = LazyLock::new(|| {
    let sources = Templates::iter().filter_map(|name| {
        name.strip_suffix(".typ")?;
        let id = file_id(&name)?;
        let file = Templates::get(&name)?;
        let text = std::str::from_utf8(&file.data).ok()?;
        Some((id, Source::new(id, text.to_owned())))
    });
    sources.collect()
});

/// The closed world of one document.
struct Desk {
    main: Source,
    files: HashMap<FileId, Bytes>,
    today: Option<Datetime>,
}

/// The pages of a document, before the PDF, and what typst had to say about them.
pub(super) struct Pages {
    pub(super) document: PagedDocument,
    pub(super) warnings: Vec<String>,
}

/// Typesets and writes the PDF; falls back to a plain PDF when a glyph is missing.
pub(super) fn export(
    document: &str,
    data: &Value,
    files: &[(&str, Vec<u8>)],
    meta: &PdfMeta,
    standard: Standard,
    fingerprint: [u8; 32],
) -> Result<Rendered, PdfError> {
    let result = pages(document, data, files, meta, fingerprint).and_then(|pages| {
        for warning in &pages.warnings {
            tracing::warn!(document, %warning, "a template drew a warning");
        }
        let archival = standard == Standard::Archive && !lacks_a_glyph(&pages.document);
        if standard == Standard::Archive && !archival {
            tracing::warn!(document, ident = %meta.ident, "a character has no glyph: the PDF cannot be archived");
        }
        let attached = files.iter().any(|(name, _)| *name == FACTUR_X);
        let bytes = write(document, &pages.document, meta, (archival, attached))?;
        Ok(Rendered { bytes, archival, fingerprint })
    });
    comemo::evict(KEPT);
    result
}

/// Lays the document out.
pub(super) fn pages(
    document: &str,
    data: &Value,
    files: &[(&str, Vec<u8>)],
    meta: &PdfMeta,
    fingerprint: [u8; 32],
) -> Result<Pages, PdfError> {
    let desk = Desk::new(document, data, files, meta, &fingerprint)?;
    let compiled = typst::compile::<PagedDocument>(&desk);
    let explain = |faults: &[SourceDiagnostic]| faults.iter().map(|fault| desk.explain(fault)).collect();
    match compiled.output {
        Ok(mut document) => {
            document.info_mut().title = Some(meta.title.as_str().into());
            Ok(Pages { document, warnings: explain(&compiled.warnings) })
        }
        Err(faults) => Err(PdfError::Template { document: document.to_owned(), faults: explain(&faults) }),
    }
}

/// Writes the pages as a PDF file.
fn write(
    document: &str,
    pages: &PagedDocument,
    meta: &PdfMeta,
    (archival, attached): (bool, bool),
) -> Result<Vec<u8>, PdfError> {
    let refuse = |faults: Vec<String>| PdfError::Export { document: document.to_owned(), faults };
    let standards: &[PdfStandard] = match (archival, attached) {
        (true, true) => &[PdfStandard::A_3a, PdfStandard::Ua_1],
        (true, false) => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        (false, _) => &[],
    };
    let options = PdfOptions {
        ident: Smart::Custom(meta.ident.clone()),
        creator: Smart::Custom(Some("Parchemin".into())),
        timestamp: moment(meta.created_at).map(Timestamp::new_utc),
        standards: PdfStandards::new(standards).map_err(|error| refuse(vec![error.message().to_string()]))?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(pages, &options)
        .map_err(|faults| refuse(faults.iter().map(|fault| fault.message.to_string()).collect()))?;
    if !attached {
        return Ok(bytes);
    }
    facturx::declare(bytes).ok_or_else(|| refuse(vec!["its metadata cannot be completed".to_owned()]))
}

/// Whether a character was drawn as the empty box that fonts keep for what they lack.
fn lacks_a_glyph(pages: &PagedDocument) -> bool {
    pages.pages().iter().any(|page| frame_lacks_a_glyph(&page.frame))
}

/// As [`lacks_a_glyph`], for one frame and those it holds.
fn frame_lacks_a_glyph(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => frame_lacks_a_glyph(&group.frame),
        FrameItem::Text(text) => text.glyphs.iter().any(|glyph| glyph.id == 0),
        _ => false,
    })
}

/// An instant in UTC as typst writes it, to the second.
fn moment(at: OffsetDateTime) -> Option<Datetime> {
    let at = at.to_offset(time::UtcOffset::UTC);
    let (date, time) = (at.date(), at.time());
    Datetime::from_ymd_hms(
        date.year(),
        date.month().into(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second(),
    )
}

/// The identity of a virtual path. `None` when the name is not a path.
fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// A shipped template as a source.
fn template(id: FileId) -> FileResult<Source> {
    SOURCES.get(&id).cloned().ok_or(FileError::AccessDenied)
}

impl Desk {
    fn new(
        document: &str,
        data: &Value,
        given: &[(&str, Vec<u8>)],
        meta: &PdfMeta,
        fingerprint: &[u8; 32],
    ) -> Result<Self, PdfError> {
        let unknown = || PdfError::UnknownDocument(document.to_owned());
        let main = file_id(&format!("{document}.typ")).ok_or_else(unknown)?;
        let main = template(main).map_err(|_| unknown())?;
        let seal = serde_json::json!({
            "fingerprint": seal::fingerprint_groups(&hex::encode(fingerprint)),
            "alt": seal::alternative_text(fingerprint),
        });
        let ours = [
            ("data.json", data.to_string().into_bytes()),
            ("seal.json", seal.to_string().into_bytes()),
            ("seal.svg", seal::svg_in_ink(fingerprint).into_bytes()),
        ];
        let mut files = HashMap::new();
        for (name, bytes) in ours.into_iter().chain(given.iter().map(|(name, bytes)| (*name, bytes.clone())))
        {
            let id = file_id(name).ok_or_else(|| PdfError::UnknownFile(name.to_owned()))?;
            files.insert(id, Bytes::new(bytes));
        }
        Ok(Self { main, files, today: moment(meta.created_at) })
    }

    /// A fault in one line: what, the hints, and where.
    fn explain(&self, fault: &SourceDiagnostic) -> String {
        let mut line = fault.message.to_string();
        for hint in &fault.hints {
            line.push_str(" — ");
            line.push_str(&hint.v);
        }
        if let (Some(id), Some(range)) = (fault.span.id(), self.range(fault.span)) {
            let name = id.get().vpath().get_without_slash();
            let number = self
                .source(id)
                .ok()
                .and_then(|source| source.lines().byte_to_line(range.start))
                .map_or(0, |line| line + 1);
            line.extend([" (", name, ":", &number.to_string(), ")"]);
        }
        line
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { template(id) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

#[cfg(test)]
mod tests {
    use super::{Desk, file_id};
    use std::collections::HashMap;
    use typst::World as _;
    use typst::diag::FileError;
    use typst::syntax::Source;
    use typst_layout::PagedDocument;

    /// A world whose template is this text.
    fn desk(text: &str) -> Desk {
        let main = Source::new(file_id("decision.typ").unwrap(), text.to_owned());
        Desk { main, files: HashMap::new(), today: None }
    }

    #[test]
    fn a_template_reads_nothing_but_what_it_was_given() {
        let table = [
            "#read(\"/etc/hostname\")",
            "#read(\"Cargo.toml\")",
            "#json(\"data.json\")",
            "#image(\"qr.svg\", alt: \"\")",
            "#import \"@preview/example:0.1.0\": *",
            "#include \"decision.sample.json\"",
        ];
        for text in table {
            let compiled = typst::compile::<PagedDocument>(&desk(text));
            assert!(compiled.output.is_err(), "{text} was accepted");
        }
        let climbing = typst::compile::<PagedDocument>(&desk("#read(\"../../Cargo.toml\")"));
        assert!(climbing.output.is_err());
    }

    #[test]
    fn a_file_outside_the_list_is_denied() {
        let desk = desk("");
        let foreign = file_id("secret.json").unwrap();
        assert_eq!(desk.file(foreign).unwrap_err(), FileError::AccessDenied);
        assert_eq!(desk.source(foreign).unwrap_err(), FileError::AccessDenied);
    }
}
