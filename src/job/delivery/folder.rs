//! Files put into a folder: whole or not at all, under a name that tells which order they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Trouble;
use super::sheet::Order;
use crate::output::whole;

/// Puts the file of an order into a folder, one file however many copies are ordered.
///
/// # Errors
/// The folder cannot be written; nothing of the file is left.
pub fn put(folder: &Path, order: &Order, bytes: &[u8]) -> Result<PathBuf, Trouble> {
    let path = folder.join(order.file_name());
    let written = fs::create_dir_all(folder).and_then(|()| whole::put(&path, bytes));
    written.map(|()| path).map_err(|error| told(folder, &error))
}

fn told(folder: &Path, error: &io::Error) -> Trouble {
    let folder = folder.display();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Trouble::new(format!("В папке {folder} кончилось место"), "Освободите место и повторите печать")
        }
        io::ErrorKind::PermissionDenied => {
            Trouble::new(format!("В папку {folder} нельзя писать"), "Дайте на неё право и повторите печать")
        }
        _ => Trouble::new(
            format!("Файл не записан в папку {folder}: {error}"),
            "Проверьте папку и повторите печать",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Order {
        let told = serde_json::json!({ "order": 7, "document": uuid::Uuid::nil(), "number": "С-1/2026", "made_on": "2026-11-26",
            "way": "folder", "target": null, "media": "application/pdf", "charset": "utf-8", "copies": 1, "as_copy": false,
            "operator": "kv_a", "full_name": null });
        Order::of(told).unwrap()
    }

    #[test]
    fn a_file_is_whole_and_a_second_try_writes_the_same_one() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("Исходящие кабинета 5");
        let path = put(&folder, &order(), b"%PDF").unwrap();
        assert_eq!(path.file_name().unwrap(), "С-1_2026-7.pdf");
        assert_eq!(put(&folder, &order(), b"%PDF").unwrap(), path);
        assert_eq!((fs::read(&path).unwrap(), fs::read_dir(&folder).unwrap().count()), (b"%PDF".to_vec(), 1));
        let trouble = put(Path::new("/proc/nowhere"), &order(), b"%PDF").unwrap_err();
        assert!(trouble.reason.contains("/proc/nowhere"), "{trouble:?}");
    }

    #[test]
    fn a_full_disk_is_told_as_one() {
        let error = whole::put(Path::new("/dev/full"), b"%PDF").unwrap_err();
        assert_eq!(told(Path::new("/srv/out"), &error).reason, "В папке /srv/out кончилось место");
    }
}
