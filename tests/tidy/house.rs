//! What the folders are called and how they introduce themselves.

use std::collections::BTreeSet;

use super::Complaint;
use super::source::File;

/// The modules of the program as its users know them: one noun each, the same in every folder.
const NOUNS: [&str; 11] = [
    "cards",
    "passport",
    "meters",
    "billing",
    "finance",
    "cash",
    "claims",
    "debt",
    "analytics",
    "exchange",
    "admin",
];

/// Folders of `tests/` that are about no module: worked cases, real input, the fixture, the laws, the demo town.
const TEST_FOLDERS: [&str; 7] = ["cases", "common", "data", "demo", "long", "tidy", "town"];

pub fn readmes(files: &[File]) -> Vec<Complaint> {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    // The specification of `src` is the map at the head of `src/lib.rs`.
    let folders =
        folders_of(files, "").into_iter().filter(|folder| !folder.starts_with('.') && folder != "src");
    let silent = folders.filter(|folder| !paths.contains(format!("{folder}/README.md").as_str()));
    silent.map(|folder| Complaint::new(&folder, 1, "a folder without a README.md")).collect()
}

/// One title, and it comes first; templates of documents are no Markdown for readers.
pub fn titles(files: &[File]) -> Vec<Complaint> {
    let is_template = |path: &str| path.starts_with("reports/") && path != "reports/README.md";
    let pages = files.iter().filter(|file| file.path.ends_with(".md") && !is_template(&file.path));
    let mut complaints = Vec::new();
    for page in pages {
        let (titles, first) = (titles_of(&page.text), page.text.lines().next().unwrap_or_default());
        if titles != 1 || !first.starts_with("# ") {
            complaints.push(Complaint::new(
                &page.path,
                1,
                format!("{titles} titles; one is wanted, in the first line"),
            ));
        }
    }
    complaints
}

pub fn nouns(files: &[File]) -> Vec<Complaint> {
    let layers = folders_of(files, "src/");
    let mut complaints = Vec::new();
    for parent in ["screens/", "reports/", "sql/api/", "tests/"] {
        for folder in folders_of(files, parent) {
            let name = folder.trim_start_matches(parent);
            let of_tests = parent == "tests/"
                && (TEST_FOLDERS.contains(&name) || layers.contains(&format!("src/{name}")));
            if !NOUNS.contains(&name) && !of_tests {
                complaints.push(Complaint::new(&folder, 1, "the folder is named after no module"));
            }
        }
    }
    complaints
}

/// The folders directly below one that ends with `/` (or below the root), with their whole paths.
fn folders_of(files: &[File], parent: &str) -> BTreeSet<String> {
    let below = files.iter().filter_map(|file| file.path.strip_prefix(parent)?.split_once('/'));
    below.map(|(folder, _)| format!("{parent}{folder}")).collect()
}

fn titles_of(markdown: &str) -> usize {
    let mut in_code = false;
    let mut titles = 0;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        titles += usize::from(!in_code && line.starts_with("# "));
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(complaints: &[Complaint]) -> Vec<&str> {
        complaints.iter().map(|complaint| complaint.path.as_str()).collect()
    }

    fn house(paths: &[&str]) -> Vec<File> {
        paths.iter().map(|path| File::sample(path, "")).collect()
    }

    #[test]
    fn a_silent_folder_is_seen() {
        let files = house(&[
            "bin/test",
            "sql/README.md",
            "sql/api/cards/views.sql",
            "src/lib.rs",
            ".ci/run",
            "README.md",
        ]);
        assert_eq!(paths(&readmes(&files)), ["bin"]);
    }

    #[test]
    fn a_foreign_noun_is_seen() {
        let files = house(&[
            "sql/api/cards/views.sql",
            "sql/api/flats/views.sql",
            "screens/README.md",
            "screens/people/card.toml",
            "src/calc/mod.rs",
            "tests/calc/mod.rs",
            "tests/common/mod.rs",
            "tests/misc/mod.rs",
        ]);
        assert_eq!(paths(&nouns(&files)), ["screens/people", "sql/api/flats", "tests/misc"]);
    }

    #[test]
    fn a_page_has_one_title() {
        let page = |text| titles(&[File::sample("docs/a.md", text)]).len();
        assert_eq!(page("# One\n\n## Two\n```\n# a comment\n```\n"), 0);
        assert_eq!(page("# One\n# Two\n"), 1);
        assert_eq!(page("text\n# One\n"), 1);
        assert_eq!(page(""), 1);
    }
}
