//! The inbox folder as it is now: names, sizes, moments, digests and first lines. Reading files may take long on a bad disk, so it is
//! done beside the loop, and what was read of a file that has not changed since is remembered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde_json::{Value as Json, json};

use super::convert;
use super::line::Line;
use super::outbox::{Folders, LARGEST};
use crate::db::desk::{Cell, Stop};
use crate::engine::msg::Answer;
use crate::format::encoding::{self, Encoding};
use crate::job::brought;
use crate::job::import::digest;

/// The most files that are listed.
const NEWEST: usize = 200;
/// Bytes the first lines are taken from.
const HEAD: usize = 8 << 10;
/// The most lines shown of a file.
const LINES: usize = 40;
/// The most letters of a line.
const LETTERS: usize = 240;

/// The folder, and what is known of its files.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    folder: PathBuf,
    looked: Arc<Mutex<BTreeMap<String, Looked>>>,
}

/// What was seen of one file; true as long as its size and moment are these.
#[derive(Debug, Clone)]
struct Looked {
    size: u64,
    changed: SystemTime,
    digest: Option<String>,
    encoding: Option<Encoding>,
    head: Vec<String>,
    problem: Option<&'static str>,
}

impl Inbox {
    /// The inbox at this place; it need not be there.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), looked: Arc::default() }
    }

    /// The folder as the engine takes it, still without what the database knows of its files. Blocks while it reads.
    #[must_use]
    pub fn listing(&self) -> Json {
        let path = self.folder.display().to_string();
        let mut found = match self.names() {
            Ok(found) => found,
            // Nobody is asked to make by hand what the program can make.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                match std::fs::create_dir_all(&self.folder) {
                    Ok(()) => Vec::new(),
                    Err(_) => return json!({ "path": path, "problem": "no-folder" }),
                }
            }
            Err(_) => return json!({ "path": path, "problem": "closed" }),
        };
        found.sort_by(|(one, at, _), (other, other_at, _)| other_at.cmp(at).then_with(|| one.cmp(other)));
        let older = found.len().saturating_sub(NEWEST);
        found.truncate(NEWEST);
        let files: Vec<Json> = found.into_iter().map(|(name, at, size)| self.file(name, at, size)).collect();
        json!({ "path": path, "files": files, "older": older })
    }

    /// Names, moments and sizes of the files; one that vanishes meanwhile is left out.
    fn names(&self) -> std::io::Result<Vec<(String, SystemTime, u64)>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let Ok(entry) = entry else { continue };
            let name = entry.file_name().to_string_lossy().into_owned();
            let about = std::fs::metadata(entry.path()).ok().filter(std::fs::Metadata::is_file);
            let Some(about) = about.filter(|_| !name.starts_with('.')) else { continue };
            found.push((name, about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len()));
        }
        Ok(found)
    }

    fn file(&self, name: String, at: SystemTime, size: u64) -> Json {
        let known = {
            let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            looked.get(&name).filter(|one| one.size == size && one.changed == at).cloned()
        };
        let seen = known.unwrap_or_else(|| look(&self.folder.join(&name), at, size));
        let local = chrono::DateTime::<chrono::Local>::from(at).naive_local();
        let told = json!({
            "name": name, "size": size, "at": local.format("%Y-%m-%dT%H:%M:%S").to_string(), "digest": seen.digest,
            "encoding": seen.encoding.map(|encoding| encoding.to_string().to_uppercase()), "head": seen.head, "problem": seen.problem,
        });
        if seen.problem != Some("unreadable") {
            self.looked.lock().unwrap_or_else(PoisonError::into_inner).insert(name, seen);
        }
        told
    }
}

/// Reads one file for its digest and first lines.
fn look(path: &Path, changed: SystemTime, size: u64) -> Looked {
    let nothing = Looked { size, changed, digest: None, encoding: None, head: Vec::new(), problem: None };
    if path.file_name().is_none_or(|name| name.to_str().is_none()) {
        return Looked { problem: Some("bad-name"), ..nothing };
    }
    if size > LARGEST {
        return Looked { problem: Some("huge"), ..nothing };
    }
    let Ok(bytes) = std::fs::read(path) else { return Looked { problem: Some("unreadable"), ..nothing } };
    let encoding = encoding::detect(&bytes);
    let head = encoding.map(|encoding| head(&bytes, encoding)).unwrap_or_default();
    let is_text = !head.is_empty() || bytes.is_empty();
    let problem = if bytes.is_empty() { Some("empty-file") } else { (!is_text).then_some("no-text") };
    Looked { digest: Some(digest(&bytes)), encoding: encoding.filter(|_| is_text), head, problem, ..nothing }
}

/// The first lines; nothing where the bytes are no text.
fn head(bytes: &[u8], encoding: Encoding) -> Vec<String> {
    let mut first = bytes.get(..HEAD.min(bytes.len())).unwrap_or(bytes);
    if bytes.len() > HEAD {
        // Cut where a line ends: a letter of UTF-8 may be cut in two.
        let end = first.iter().rposition(|byte| *byte == b'\n').unwrap_or(first.len());
        first = first.get(..end).unwrap_or(first);
    }
    let text = match encoding::decode(first, Some(encoding)) {
        Ok(text) => text,
        // One line longer than what is looked at.
        Err(_) if bytes.len() > HEAD => String::from_utf8_lossy(first).into_owned(),
        Err(_) => return Vec::new(),
    };
    text.lines().take(LINES).map(|line| line.chars().take(LETTERS).collect()).collect()
}

/// The folder for the engine, with what the database knows of its files. Without a line it is shown all the same.
pub async fn folder(line: &Rc<Line>, inbox: Inbox, known: &str, stop: &Stop) -> Answer {
    let Ok(mut listing) = tokio::task::spawn_blocking(move || inbox.listing()).await else {
        return Answer::Refused(convert::sentence("", "Папка входящих не прочитана из-за ошибки программы"));
    };
    let Ok(session) = line.present() else { return Answer::Done(listing) };
    let args = [("p_digests".to_owned(), Cell::Json(digests(&listing)))];
    match session.ask(known, &args, stop).await {
        Ok(said) => {
            marry(&mut listing, &said);
            Answer::Done(listing)
        }
        Err(ended) => convert::ended(ended),
    }
}

/// Reads one file and gives its rows to a function; the answer is what the function says.
pub async fn file(line: &Rc<Line>, folders: Folders, name: String, take: &str, stop: &Stop) -> Answer {
    let session = match line.present() {
        Ok(session) => session,
        Err(away) => return away,
    };
    let read = move || folders.fetch(&name).and_then(|bytes| brought::told(&name, &bytes));
    let told = match tokio::task::spawn_blocking(read).await {
        Ok(Ok(told)) => told,
        Ok(Err(refusal)) => return Answer::Refused(refusal),
        Err(_) => {
            return Answer::Refused(convert::sentence("", "Файл не прочитан из-за ошибки программы"));
        }
    };
    match session.call(take, &[("p_file".to_owned(), Cell::Json(told))], stop).await {
        Ok(key) => Answer::Done(key),
        Err(ended) => convert::ended(ended),
    }
}

/// Writes what the database knows beside each file.
pub fn marry(listing: &mut Json, known: &Json) {
    let known: BTreeMap<&str, &Json> = known
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["digest"].as_str().map(|digest| (digest, one)))
        .collect();
    for file in listing["files"].as_array_mut().into_iter().flatten() {
        let found = file["digest"].as_str().and_then(|digest| known.get(digest).copied());
        if let Some(one) = found {
            file["known_on"] = one["on"].clone();
            file["known"] = one["told"].clone();
        }
    }
}

/// The digests of a listing.
#[must_use]
pub fn digests(listing: &Json) -> Json {
    let files = listing["files"].as_array().into_iter().flatten();
    files.filter_map(|file| file["digest"].as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Inbox) {
        let home = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(home.path().join(name), bytes).unwrap();
        }
        let inbox = Inbox::at(home.path());
        (home, inbox)
    }

    #[test]
    fn every_encoding_is_recognised_and_every_trouble_is_told() {
        let text = "Лицевой счёт;Показание\r\n4100000001;12\r\n";
        let windows = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        // «Счёт» in CP866: 0x91 0xE7 0xF1 0xE2.
        let dos = b"\x91\xe7\xf1\xe2;1\r\n".to_vec();
        let (_home, inbox) = listing(&[
            ("показания октябрь.csv", text.as_bytes()),
            ("b.csv", &windows),
            ("c.txt", &dos),
            ("d.bin", b"\x00\x01\x02"),
            ("e.csv", b""),
            (".hidden", b"x"),
        ]);
        let told = inbox.listing();
        let of = |name: &str| {
            let files = told["files"].as_array().unwrap();
            files.iter().find(|file| file["name"] == name).unwrap().clone()
        };
        assert_eq!(told["files"].as_array().unwrap().len(), 5, "hidden files are left out");
        assert_eq!(of("показания октябрь.csv")["encoding"], "UTF-8");
        assert_eq!(of("b.csv")["encoding"], "CP1251");
        assert_eq!(of("b.csv")["head"][0], "Лицевой счёт;Показание");
        assert_eq!(of("c.txt")["encoding"], "CP866");
        assert_eq!(of("c.txt")["head"][0], "Счёт;1");
        assert_eq!(of("d.bin")["problem"], "no-text");
        assert_eq!(of("e.csv")["problem"], "empty-file");
    }

    #[test]
    fn the_newest_is_first() {
        let (home, inbox) = listing(&[("old.csv", b"1"), ("new.csv", b"2")]);
        let old = std::fs::File::options().write(true).open(home.path().join("old.csv")).unwrap();
        old.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(86_400)).unwrap();
        let huge = std::fs::File::create(home.path().join("huge.csv")).unwrap();
        huge.set_len(LARGEST + 1).unwrap();
        huge.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let told = inbox.listing();
        let names: Vec<&str> =
            told["files"].as_array().unwrap().iter().filter_map(|file| file["name"].as_str()).collect();
        assert_eq!(names, ["new.csv", "old.csv", "huge.csv"]);
        assert_eq!(told["files"][2]["problem"], "huge");
        assert!(told["files"][2]["digest"].is_null());
    }

    #[test]
    fn a_folder_that_is_not_there_is_made_and_one_that_cannot_be_is_told() {
        let (home, _) = listing(&[("a.csv", b"1")]);
        let none = home.path().join("none").join("inbox");
        let told = Inbox::at(&none).listing();
        assert_eq!(told["files"].as_array().map(Vec::len), Some(0), "{told}");
        assert!(none.is_dir());
        let under_a_file = Inbox::at(&home.path().join("a.csv").join("inbox")).listing();
        assert!(under_a_file["problem"].is_string(), "{under_a_file}");
    }

    #[test]
    fn what_the_database_knows_goes_to_its_file() {
        let (_home, inbox) = listing(&[("a.csv", b"1"), ("b.csv", b"2")]);
        let mut told = inbox.listing();
        let digests = digests(&told);
        assert_eq!(digests.as_array().unwrap().len(), 2);
        let known = json!([{ "digest": digest(b"2"), "on": "12.10.2026", "told": "Иванова" }]);
        marry(&mut told, &known);
        let of = |name: &str| {
            let files = told["files"].as_array().unwrap();
            files.iter().find(|file| file["name"] == name).unwrap()["known_on"].clone()
        };
        assert_eq!((of("a.csv"), of("b.csv")), (Json::Null, json!("12.10.2026")));
    }
}
