//! A PDF file under the pen: objects one behind the other, and the table that finds them (ISO 32000-1 § 7.5).

use std::io::Write;

use flate2::{Compress, Compression, FlushCompress, Status};

/// Number of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(pub u32);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// The file so far.
pub(super) struct File {
    bytes: Vec<u8>,
    /// Where each object begins; 0 where it is promised and not written yet.
    places: Vec<usize>,
    deflate: Compress,
    packed: Vec<u8>,
}

impl File {
    /// A file without objects.
    pub fn new() -> Self {
        Self {
            // The second line tells whoever carries the file that it is not text.
            bytes: b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            places: Vec::new(),
            // Level 4: of the size the highest saves a hundredth, of the time it takes thrice as much.
            deflate: Compress::new(Compression::new(4), true),
            packed: Vec::new(),
        }
    }

    /// Promises an object, so that others can name it.
    pub fn promise(&mut self) -> Id {
        self.places.push(0);
        Id(u32::try_from(self.places.len()).unwrap_or(u32::MAX))
    }

    /// Writes a promised object.
    pub fn object(&mut self, id: Id, body: std::fmt::Arguments<'_>) {
        self.begin(id);
        self.text(body);
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    /// Writes a promised stream, deflated where that saves something. `dict` are its other entries.
    pub fn stream(&mut self, id: Id, dict: std::fmt::Arguments<'_>, content: &[u8]) {
        let is_packed = self.pack(content);
        let packed = std::mem::take(&mut self.packed);
        let (filter, body) =
            if is_packed { ("/Filter/FlateDecode", packed.as_slice()) } else { ("", content) };
        self.begin(id);
        self.text(format_args!("<<{dict}{filter}/Length {}>>stream\n", body.len()));
        self.bytes.extend_from_slice(body);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
        self.packed = packed;
    }

    /// Closes the file.
    pub fn finish(mut self, root: Id, info: Id) -> Vec<u8> {
        let (table, count) = (self.bytes.len(), self.places.len() + 1);
        self.text(format_args!("xref\n0 {count}\n0000000000 65535 f \n"));
        for place in std::mem::take(&mut self.places) {
            self.text(format_args!("{place:010} 00000 n \n"));
        }
        self.text(format_args!(
            "trailer\n<</Size {count}/Root {root}/Info {info}>>\nstartxref\n{table}\n%%EOF\n"
        ));
        self.bytes
    }

    /// Bytes so far.
    pub const fn len(&self) -> usize {
        self.bytes.len()
    }

    fn begin(&mut self, id: Id) {
        if let Some(place) = self.places.get_mut(id.0 as usize - 1) {
            *place = self.bytes.len();
        }
        self.text(format_args!("{} 0 obj\n", id.0));
    }

    fn text(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to memory cannot fail.
        let _ = self.bytes.write_fmt(text);
    }

    /// Deflates into `packed`; says whether that made it smaller.
    fn pack(&mut self, content: &[u8]) -> bool {
        self.deflate.reset();
        self.packed.clear();
        self.packed.reserve(content.len() + 64);
        let done = self.deflate.compress_vec(content, &mut self.packed, FlushCompress::Finish);
        matches!(done, Ok(Status::StreamEnd)) && self.packed.len() + 20 < content.len()
    }
}
