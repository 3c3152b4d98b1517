//! Files written whole or not at all: the bytes go beside the file under a name nobody takes for it, and get its name once all of them
//! are on the disk. A full disk leaves what was there before.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file; one of this name that was there is replaced. What is no file, a device or a pipe, is written to as it stands.
///
/// # Errors
/// The place cannot be written; nothing of the bytes is left there.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(about) if !about.is_file() => return fill(&mut File::options().write(true).open(path)?, bytes),
        _ => {}
    }
    placed(path, |file| fill(file, bytes), |part, path| fs::rename(part, path))
}

/// Writes a file that must not be there yet; the same bytes once more are harmless.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`]: there is a file that says something else. Or as [`put`].
pub fn put_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => same(path, bytes),
        Ok(_) => put(path, bytes),
        Err(_) => match placed(path, |file| fill(file, bytes), named_new) {
            // Somebody was faster.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => same(path, bytes),
            placed => placed,
        },
    }
}

fn same(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path)? == bytes { Ok(()) } else { Err(ErrorKind::AlreadyExists.into()) }
}

/// Gives a part its name if nothing has it: a link never replaces. Where the disk knows no links, a look must do.
fn named_new(part: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(part, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists && !path.exists() => fs::rename(part, path),
        linked => linked.map(|()| drop(fs::remove_file(part))),
    }
}

fn placed(
    path: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
    name: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let part = beside(path);
    let written = File::options().write(true).create_new(true).open(&part);
    let written = written.and_then(|mut file| fill(&mut file).and_then(|()| file.sync_all()));
    written.and_then(|()| name(&part, path)).inspect_err(|_| drop(fs::remove_file(&part)))
}

/// A name beside a file that is nobody else's.
fn beside(path: &Path) -> PathBuf {
    path.with_file_name(format!(".{}.part", uuid::Uuid::new_v4()))
}

fn fill(file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|one| one.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_disk_that_fills_up_leaves_what_was_there() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("счёт.pdf");
        let half = |file: &mut File| {
            file.write_all(b"%PD")?;
            Err(ErrorKind::StorageFull.into())
        };
        let full = placed(&path, half, |part, path| fs::rename(part, path));
        assert_eq!(full.unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!(names(home.path()), Vec::<String>::new());
        put(&path, b"%PDF old").unwrap();
        placed(&path, half, |part, path| fs::rename(part, path)).unwrap_err();
        assert_eq!((fs::read(&path).unwrap(), names(home.path()).len()), (b"%PDF old".to_vec(), 1));
        // A real device that is full.
        let device = Path::new("/dev/full");
        assert_eq!(put(device, b"%PDF").unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!(put_new(device, b"%PDF").unwrap_err().kind(), ErrorKind::StorageFull);
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("счёт.pdf");
        put_new(&path, b"one").unwrap();
        put_new(&path, b"one").unwrap();
        assert_eq!(put_new(&path, b"two").unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        put(&path, b"two").unwrap();
        assert_eq!((fs::read(&path).unwrap(), names(home.path()).len()), (b"two".to_vec(), 1));
        let other = home.path().join("чужой.pdf");
        fs::write(&other, b"other").unwrap();
        assert_eq!(named_new(&other, &path).unwrap_err().kind(), ErrorKind::AlreadyExists);
    }
}
