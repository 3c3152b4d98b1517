//! Templates checked without a database: `reports/<module>/sample.toml` holds invented data in the form the database gives, and is
//! the list of the fields for whoever writes a template.

use serde_json::Value as Json;

use super::error::TemplateError;
use super::set::Templates;

impl Templates {
    /// The sample data of a template's module.
    ///
    /// # Errors
    /// There is no sample, or it is not TOML.
    pub fn sample(&self, path: &str) -> Result<Json, TemplateError> {
        let module = path.split('/').next().unwrap_or_default();
        let file = format!("{module}/sample.toml");
        let text = self.text(&file);
        if text.is_empty() {
            return Err(TemplateError::at(&file, 1, "образца данных нет; без него шаблон не проверить"));
        }
        let read: Result<toml::Table, _> = toml::from_str(text);
        let table = read.map_err(|error| {
            let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or_default());
            TemplateError::at(&file, before.matches('\n').count() + 1, "запись не похожа на TOML")
        })?;
        Ok(json(toml::Value::Table(table)))
    }

    /// Everything wrong with all files: each document is filled with its sample, and fields of branches the sample does not take are
    /// looked up too.
    #[must_use]
    pub fn check(&self) -> Vec<TemplateError> {
        let mut wrong = self.wrong.clone();
        for (path, _) in self.documents() {
            match self.sample(path) {
                Ok(sample) => {
                    wrong.extend(self.fill(path, &sample).err());
                    wrong.extend(self.unknown_fields(path, &sample));
                }
                Err(problem) => wrong.push(problem),
            }
        }
        wrong.sort();
        wrong.dedup_by(|one, other| one.file == other.file && one.line == other.line);
        wrong
    }

    fn unknown_fields(&self, path: &str, sample: &Json) -> Vec<TemplateError> {
        let is_there = |field: &str| {
            let mut value = Some(sample);
            for part in field.split('.') {
                // Of what is not known in the sample nothing can be said.
                match value {
                    Some(Json::Object(map)) => value = map.get(part),
                    Some(_) => return true,
                    None => return false,
                }
            }
            value.is_some()
        };
        let unknown = self.fields(path).into_iter().filter(|field| !is_there(field));
        let line = |field: &str| {
            let found = self.text(path).lines().position(|line| line.contains(field));
            found.map_or(1, |index| index + 1)
        };
        let told = |field: String| {
            TemplateError::at(
                path,
                line(&field),
                format!("поля «{field}» нет; имена полей — в образце sample.toml рядом с шаблоном"),
            )
        };
        unknown.map(told).collect()
    }
}

/// TOML has no nothing: an empty text stands for it, as an unknown value does in the database.
fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) if text.is_empty() => Json::Null,
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => Json::from(number),
        toml::Value::Float(number) => Json::String(number.to_string()),
        toml::Value::Boolean(flag) => Json::Bool(flag),
        toml::Value::Datetime(day) => Json::String(day.to_string()),
        toml::Value::Array(list) => Json::Array(list.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect())
        }
    }
}
