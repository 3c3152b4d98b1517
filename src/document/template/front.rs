//! The front matter: what a template says of its paper, in TOML between two lines of `+++`.

use super::error::TemplateError;
use crate::document::page::{Face, Length};
use crate::strict::table::{self, Section, parse, shape};
use crate::strict::{Fault, Located};
use toml::de::DeValue;

type Refuser<'t> = table::Refuser<'t, Fault>;

/// What stands above and below the front matter.
const FENCE: &str = "+++";

const KEYS: [&str; 9] =
    ["title", "page", "margins", "face", "size", "indent", "header", "header_from", "footer"];

/// Kinds of paper: width and height.
const PAGES: [(&str, (Length, Length)); 4] = [
    ("a4", (21_000, 29_700)),
    ("a4-landscape", (29_700, 21_000)),
    ("a5", (14_800, 21_000)),
    ("a5-landscape", (21_000, 14_800)),
];

const FACES: [(&str, Face); 2] = [("serif", Face::Serif), ("sans", Face::Regular)];

/// What a template says of its paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// What the document is called in lists.
    pub title: String,
    /// Width and height.
    pub page: (Length, Length),
    /// Left, top, right, bottom.
    pub margins: [Length; 4],
    /// The face of its text.
    pub face: Face,
    /// The size of its text in tenths of a point.
    pub size: Length,
    /// How far the first line of a justified paragraph is moved in.
    pub indent: Length,
    /// The running line above: left | middle | right, with `{page}` and `{pages}`.
    pub header: String,
    /// The first page it stands on.
    pub header_from: usize,
    /// The running line below.
    pub footer: String,
}

impl Default for Front {
    fn default() -> Self {
        Self {
            title: String::new(),
            page: PAGES[0].1,
            margins: [2_500, 1_500, 1_000, 1_500],
            face: Face::Serif,
            size: 110,
            indent: 1_000,
            header: String::new(),
            header_from: 1,
            footer: String::new(),
        }
    }
}

/// A template cut in two: its front matter, if it has one, and its text. The lines of the front matter stay as empty ones, so that
/// a line keeps its number.
pub(super) fn cut<'t>(file: &str, text: &'t str) -> Result<(Option<&'t str>, String), TemplateError> {
    if text.lines().next().map(str::trim_end) != Some(FENCE) {
        return Ok((None, text.to_owned()));
    }
    let begin = text.find('\n').map_or(text.len(), |end| end + 1);
    let mut end = begin;
    for line in text[begin..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let lines = text[..end].matches('\n').count() + 1;
            let rest = &text[end + line.len()..];
            return Ok((Some(&text[begin..end]), format!("{}{rest}", "\n".repeat(lines))));
        }
        end += line.len();
    }
    Err(TemplateError::at(file, 1, "у заголовка нет конца; закройте его второй строкой «+++»"))
}

/// Reads the front matter.
pub(super) fn read(file: &str, text: &str) -> Result<Front, Vec<TemplateError>> {
    let mut refuser = Refuser::new(text);
    let document = parse(&mut refuser);
    let front = document.as_ref().map(|document| {
        let section = Section::new("заголовке шаблона".to_owned(), 0..0, document.get_ref());
        section.only(&mut refuser, &KEYS);
        front(&mut refuser, &section)
    });
    // The first line is the fence.
    let told =
        |Located { line, problem }: Located<Fault>| TemplateError::at(file, line + 1, problem.to_string());
    refuser.finish(front).map_err(|wrong| wrong.into_iter().map(told).collect())
}

fn front(refuser: &mut Refuser<'_>, section: &Section<'_, '_>) -> Front {
    let mut front = Front::default();
    if section.get("title").is_none() {
        section.missing(refuser, "title");
    }
    let text = |refuser: &mut Refuser<'_>, key| section.text(refuser, key).map(|(_, text)| text.to_owned());
    front.title = text(refuser, "title").unwrap_or_default();
    front.header = text(refuser, "header").unwrap_or_default();
    front.footer = text(refuser, "footer").unwrap_or_default();
    front.page = word(refuser, section, "page", &PAGES).unwrap_or(front.page);
    front.face = word(refuser, section, "face", &FACES).unwrap_or(front.face);
    if let Some(size) = whole(refuser, section, "size", 6..=24) {
        front.size = size * 10;
    }
    if let Some(indent) = whole(refuser, section, "indent", 0..=50) {
        front.indent = indent * 100;
    }
    if let Some(from) = whole(refuser, section, "header_from", 1..=100) {
        front.header_from = usize::try_from(from).unwrap_or(1);
    }
    if let Some((span, value)) = section.get("margins") {
        match margins(value) {
            Some(margins) => front.margins = margins,
            None => shape(
                refuser,
                &span,
                "margins",
                "четыре числа миллиметров от 5 до 50: [слева, сверху, справа, снизу]",
            ),
        }
    }
    front
}

fn word<T: Copy>(
    refuser: &mut Refuser<'_>,
    section: &Section<'_, '_>,
    key: &str,
    known: &[(&str, T)],
) -> Option<T> {
    let (span, word) = section.text(refuser, key)?;
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        refuser.refuse_word(&span, key, word, &names);
    }
    found
}

fn whole(
    refuser: &mut Refuser<'_>,
    section: &Section<'_, '_>,
    key: &str,
    allowed: std::ops::RangeInclusive<Length>,
) -> Option<Length> {
    let (span, value) = section.get(key)?;
    let number = integer(value).filter(|number| allowed.contains(number));
    if number.is_none() {
        let expected = match key {
            "size" => "целое число пунктов от 6 до 24",
            "indent" => "целое число миллиметров от 0 до 50",
            _ => "целое число от 1 до 100",
        };
        shape(refuser, &span, key, expected);
    }
    number
}

fn margins(value: &DeValue<'_>) -> Option<[Length; 4]> {
    let DeValue::Array(list) = value else { return None };
    let numbers: Option<Vec<Length>> = list
        .iter()
        .map(|item| integer(item.get_ref()).filter(|mm| (5..=50).contains(mm)).map(|mm| mm * 100))
        .collect();
    numbers?.try_into().ok()
}

fn integer(value: &DeValue<'_>) -> Option<Length> {
    match value {
        DeValue::Integer(number) => Length::from_str_radix(number.as_str(), 10).ok(),
        _ => None,
    }
}
