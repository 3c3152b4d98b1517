//! The screens of a workstation: from the program, with those of a folder laid over them, as its database allows.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::catalogue::joined;
use crate::db::catalogue as rows;
use crate::db::custom;
use crate::engine::model::Screens;
use crate::locale::Lang;
use crate::screen::contract::{Catalogue, check, describe, mend};
use crate::screen::set::{Files, Set, embedded};

pub use crate::job::paper::library::{VARIABLE, folder};

/// How many screens are made at a time.
const PORTION: usize = 12;

/// A file could not be read.
#[derive(Debug, thiserror::Error)]
#[error("Не прочитать {}: проверьте имя, права и кодировку UTF-8.", .0.display())]
pub struct Unreadable(pub PathBuf);

/// Where screens come from.
#[derive(Debug, Default)]
pub struct Library {
    folder: Option<PathBuf>,
    catalogue: RefCell<Option<Catalogue>>,
    own: RefCell<custom::Files>,
    lang: Cell<Lang>,
    seen: RefCell<Vec<(PathBuf, Option<SystemTime>)>>,
    /// What is wrong with the screens that were made last.
    wrong: RefCell<Vec<String>>,
}

impl Library {
    /// The screens of the program, and those below `screens` of a folder.
    #[must_use]
    pub fn of(folder: Option<PathBuf>, lang: Lang) -> Self {
        let library = Self { folder, lang: Cell::new(lang), ..Self::default() };
        library.seen.replace(library.stamps());
        library
    }

    /// As [`Library::of`], the folder by the environment.
    #[must_use]
    pub fn of_environment(lang: Lang) -> Self {
        Self::of(folder(), lang)
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// Another language from now on.
    pub fn speak(&self, lang: Lang) {
        self.lang.set(lang);
    }

    /// What the database has: broken parts of screens are marked from now on.
    pub fn learn(&self, rows: rows::Catalogue) {
        self.catalogue.replace(Some(joined(rows)));
    }

    /// A customer's own files, used instead of those of the program from now on.
    pub fn customize(&self, own: custom::Files) {
        self.own.replace(own);
    }

    /// The screens now. What is wrong with a file goes to the log; one bad file does not take the others away.
    #[must_use]
    pub fn screens(&self) -> Screens {
        self.made(&self.files())
    }

    /// The same a few at a time: keys are heard between two portions, and never are all of them held twice.
    pub fn portions(&self) -> impl Iterator<Item = Screens> + '_ {
        let files = self.files();
        let base = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
        let names: BTreeSet<String> = files.keys().map(|path| base(path)).collect();
        let names: Vec<String> = names.into_iter().collect();
        let portions: Vec<Files> = names
            .chunks(PORTION)
            .map(|names| {
                let own = files.iter().filter(|(path, _)| names.contains(&base(path)));
                own.map(|(path, text)| (path.clone(), text.clone())).collect()
            })
            .collect();
        portions.into_iter().map(|files| self.made(&files))
    }

    fn files(&self) -> Files {
        laid_over(&self.own.borrow(), self.folder.as_deref()).unwrap_or_else(|unreadable| {
            tracing::error!(%unreadable, "the screens of the program are shown instead");
            embedded()
        })
    }

    fn made(&self, files: &Files) -> Screens {
        let set = Set::of(files, self.lang.get().code());
        for wrong in &set.wrong {
            tracing::error!(%wrong, "a screen file is wrong");
        }
        let mut told: Vec<String> = set.wrong.iter().map(ToString::to_string).collect();
        let catalogue = self.catalogue.borrow();
        let mut screens = set.screens;
        for screen in screens.values_mut() {
            let Some(catalogue) = catalogue.as_ref() else { continue };
            let breaks = check(screen, catalogue);
            for found in &breaks {
                tracing::error!(screen = screen.name, told = found.told, "a screen is broken");
                told.push(format!("{}.toml: {}", screen.name, found.told));
            }
            describe(screen, catalogue);
            mend(screen, &breaks, catalogue);
        }
        self.wrong.replace(told);
        Arc::new(screens.into_iter().map(|(name, screen)| (name, Arc::new(screen))).collect())
    }

    /// What is wrong with the screens that were made last: the first of it, and how much more.
    #[must_use]
    pub fn wrong(&self) -> Option<String> {
        let wrong = self.wrong.borrow();
        let more = wrong.len().saturating_sub(1);
        let first = wrong.first()?;
        Some(if more == 0 {
            first.clone()
        } else {
            format!("{first} (и ещё {more}: kvartal screen lint)")
        })
    }

    /// Whether a file was saved since the last look; always no where there is no folder.
    #[must_use]
    pub fn is_saved_anew(&self) -> bool {
        let stamps = self.stamps();
        self.seen.replace(stamps.clone()) != stamps
    }

    /// Whether screens may change while the program runs.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.folder.is_some()
    }

    fn stamps(&self) -> Vec<(PathBuf, Option<SystemTime>)> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let mut paths = Vec::new();
        let _ = gather(&folder.join("screens"), &mut paths);
        paths.sort_unstable();
        let stamp = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
        paths.into_iter().map(|path| (path.clone(), stamp(&path))).collect()
    }
}

/// The files of the program with a customer's own and those of a folder laid over them.
///
/// # Errors
/// The folder cannot be read.
pub fn laid_over(own: &custom::Files, folder: Option<&Path>) -> Result<Files, Unreadable> {
    let mut files = embedded();
    files.extend(custom::below(own, "screens").into_iter().map(|(name, text)| (name, text.into())));
    let Some(root) = folder.map(|folder| folder.join("screens")) else { return Ok(files) };
    let mut paths = Vec::new();
    gather(&root, &mut paths)?;
    for path in paths {
        let Ok(name) = path.strip_prefix(&root) else { continue };
        files.insert(name.to_string_lossy().replace('\\', "/"), text(&path)?.into());
    }
    Ok(files)
}

/// The text of one file.
///
/// # Errors
/// It cannot be read.
pub fn text(path: &Path) -> Result<String, Unreadable> {
    fs::read_to_string(path).map_err(|_| Unreadable(path.to_path_buf()))
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Unreadable> {
    let unreadable = |_| Unreadable(folder.to_path_buf());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            gather(&path, paths)?;
        } else if path.extension().is_some_and(|end| end == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn portions_make_the_whole() {
        let library = Library::of(None, Lang::En);
        let whole = library.screens();
        let parts: Vec<Screens> = library.portions().collect();
        assert!(parts.iter().all(|part| !part.is_empty() && part.len() <= PORTION));
        let all: BTreeMap<_, _> = parts.iter().flat_map(|part| (**part).clone()).collect();
        assert_eq!(all, *whole);
    }
}
