//! Fields into text: minijinja, where a field that does not exist is refused and what is filled in can never become Markdown.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use super::error::TemplateError;
use super::filters;

/// An environment for templates; their texts are added by name.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // A line with nothing but a condition leaves no line behind: a table stays a table.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_debug(true);
    environment.set_formatter(|output, _, value| {
        if !value.is_none() {
            output.write_str(&escaped(&value.to_string())).map_err(Error::from)?;
        }
        Ok(())
    });
    filters::add(&mut environment);
    environment
}

/// A value as Markdown that shows just this value.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 8);
    for character in value.chars() {
        if character.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(if character.is_control() { ' ' } else { character });
    }
    text
}

/// The content of a fenced block, where Markdown takes no backslash away.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(next) if character == '\\' && next.is_ascii_punctuation() => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// What went wrong, at its place: of an included template the innermost.
pub(super) fn told(file: &str, error: &Error) -> TemplateError {
    let mut inner = error;
    while let Some(source) =
        std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>())
    {
        inner = source;
    }
    let at = inner.name().unwrap_or(file).to_owned();
    let excerpt = inner.range().and_then(|range| inner.template_source()?.get(range)).unwrap_or_default();
    let problem = match inner.kind() {
        ErrorKind::UndefinedError => {
            format!("поля «{excerpt}» нет; имена полей — в образце sample.toml рядом с шаблоном")
        }
        ErrorKind::UnknownFilter => format!("обработки «{excerpt}» нет; список — в docs/templates.md"),
        ErrorKind::TemplateNotFound => format!("вложенного шаблона нет: {excerpt}"),
        ErrorKind::InvalidOperation => inner.detail().unwrap_or("так поле не пишется").to_owned(),
        ErrorKind::SyntaxError => {
            format!("запись «{excerpt}» не понята: проверьте скобки и слова if, for, end")
        }
        _ => format!("«{excerpt}»: {}", inner.detail().unwrap_or("так не пишется")),
    };
    TemplateError::at(&at, inner.line().unwrap_or(1), problem)
}
