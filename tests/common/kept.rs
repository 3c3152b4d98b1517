//! Files that are generated from the truth and kept in the repository for people to read: compared, and rewritten on
//! request (`KVARTAL_UPDATE=1 bin/test NAME`).

use std::path::Path;

/// Compares a kept file with what it should say.
pub fn kept(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("KVARTAL_UPDATE").is_some() {
        std::fs::write(&file, text).unwrap();
        return;
    }
    let was = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = was.lines().zip(text.lines()).position(|(was, is)| was != is);
    let line = differs.unwrap_or_else(|| was.lines().count().min(text.lines().count()));
    assert!(
        was == text,
        "{path} is out of date at line {}:\n  kept {:?}\n  true {:?}\nLook at the difference after KVARTAL_UPDATE=1 bin/test",
        line + 1,
        was.lines().nth(line),
        text.lines().nth(line)
    );
}
