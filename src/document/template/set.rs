//! All templates together: one may contain another.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use minijinja::Environment;
use minijinja::value::Serde;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::block::Paper;
use super::error::TemplateError;
use super::front::{self, Front};
use super::{directive, fill, markdown};
use crate::strict::nearest::hint;

/// The folder `reports`, inside the program.
static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/reports");

/// Files by their paths below `reports`.
pub type Files = BTreeMap<String, String>;

/// The templates and samples inside the program.
#[must_use]
pub fn embedded() -> Files {
    fn gather(dir: &Dir<'_>, files: &mut Files) {
        for file in dir.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                files.insert(path.replace('\\', "/"), text.to_owned());
            }
        }
        dir.dirs().for_each(|dir| gather(dir, files));
    }
    let mut files = Files::new();
    gather(&EMBEDDED, &mut files);
    files.remove("README.md");
    files
}

/// Templates ready to be filled, and what was wrong with their files: one bad file does not take the others away.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    fronts: BTreeMap<String, Front>,
    files: Files,
    /// What is wrong, by file and line.
    pub wrong: Vec<TemplateError>,
}

impl Templates {
    /// The templates of these files; a file without front matter is a part of others.
    #[must_use]
    pub fn of(files: Files) -> Self {
        let mut templates = Self {
            environment: fill::environment(),
            fronts: BTreeMap::new(),
            files: Files::new(),
            wrong: Vec::new(),
        };
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
            if let Err(wrong) = templates.add(path, text) {
                templates.wrong.extend(wrong);
            }
        }
        templates.files = files;
        templates
    }

    fn add(&mut self, path: &str, text: &str) -> Result<(), Vec<TemplateError>> {
        let (matter, body) = front::cut(path, text).map_err(|wrong| vec![wrong])?;
        let front = matter.map(|matter| front::read(path, matter)).transpose()?;
        let wrong =
            directive::wrong(&body).into_iter().map(|(line, told)| TemplateError::at(path, line, told));
        let wrong: Vec<TemplateError> = wrong.collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let added = self.environment.add_template_owned(path.to_owned(), body);
        added.map_err(|error| vec![fill::told(path, &error)])?;
        self.fronts.extend(front.map(|front| (path.to_owned(), front)));
        Ok(())
    }

    /// The documents there are: path and title.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &Front)> {
        self.fronts.iter().map(|(path, front)| (path.as_str(), front))
    }

    /// Fills a template.
    ///
    /// # Errors
    /// The template is not there, was refused, names a field the data do not have, or writes what paper has no use for.
    pub fn fill(&self, path: &str, data: &Json) -> Result<Paper, TemplateError> {
        if let Some(wrong) = self.wrong.iter().find(|wrong| wrong.file == path) {
            return Err(wrong.clone());
        }
        let Some(front) = self.fronts.get(path) else {
            let hint = hint(path, self.fronts.keys().map(String::as_str));
            return Err(TemplateError::at(path, 1, format!("такого шаблона нет; {hint}")));
        };
        let told = |error: minijinja::Error| fill::told(path, &error);
        let text = self.environment.get_template(path).map_err(told)?.render(Serde(data)).map_err(told)?;
        let blocks = markdown::blocks(&text).map_err(|problem| TemplateError::at(path, 1, problem))?;
        let running = |line: &str| {
            let filled = self.environment.render_str(line, Serde(data)).map_err(told)?;
            Ok(fill::plain(&filled))
        };
        let (header, footer) = (running(&front.header)?, running(&front.footer)?);
        Ok(Paper { front: Front { header, footer, ..front.clone() }, blocks })
    }

    /// The fields a template names at its outermost level, branches included: `person.born_on`.
    pub(super) fn fields(&self, path: &str) -> Vec<String> {
        let Ok(template) = self.environment.get_template(path) else { return Vec::new() };
        let mut fields: Vec<String> = template.undeclared_variables(true).into_iter().collect();
        fields.sort();
        fields
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// The digest of everything that makes the document: the template and the parts it contains.
    #[must_use]
    pub fn digest(&self, path: &str) -> [u8; 32] {
        let mut digest = Sha256::new();
        let mut waiting = vec![path];
        let mut seen = Vec::new();
        while let Some(path) = waiting.pop() {
            let text = self.text(path);
            digest.update(path.as_bytes());
            digest.update(text.as_bytes());
            seen.push(path);
            let parts =
                self.files.keys().filter(|part| part.ends_with(".md") && text.contains(part.as_str()));
            waiting.extend(parts.map(String::as_str).filter(|part| !seen.contains(part)));
        }
        digest.finalize().into()
    }
}
