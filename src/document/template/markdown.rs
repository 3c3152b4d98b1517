//! Filled Markdown to blocks. What paper has no use for (pictures, links, quotations, code) is refused, not passed over.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, Inline, Look, Setting, Span, Table, Width};
use super::directive::{self, Directive};
use super::fill;
use crate::document::canvas::Align;

/// Reads a filled text; the refusal says what is wrong, the line is anybody's guess by then.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.take(event)?;
    }
    if reader.open.pop().is_some() {
        return Err("у «keep» нет конца; допишите <!-- end -->".to_owned());
    }
    Ok(reader.blocks)
}

/// What was said of the next block.
#[derive(Default)]
struct Next {
    setting: Option<Setting>,
    small: bool,
    table: Option<(Look, Vec<Width>)>,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Blocks before each `keep` that is open.
    open: Vec<Vec<Block>>,
    next: Next,
    inline: Inline,
    bold: usize,
    list: Option<(Option<u64>, Vec<Inline>)>,
    table: Option<Table>,
    row: Vec<Inline>,
    fence: Option<(String, String)>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(tag) => return self.start(tag),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => match &mut self.fence {
                Some((_, content)) => content.push_str(&text),
                None => self.say(&text),
            },
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            Event::Rule => self.push(Block::Rule),
            Event::Html(html) => return self.html(&html),
            Event::InlineHtml(html) if html.trim_start_matches(['<', '/']).starts_with("br") => {
                self.say("\n");
            }
            Event::InlineHtml(html) => return Err(format!("«{html}» в тексте не пишется")),
            other => return Err(format!("{other:?} в шаблонах не бывает")),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) -> Result<(), String> {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Emphasis | Tag::HtmlBlock => {}
            Tag::Strong => self.bold += 1,
            Tag::List(_) if self.list.is_some() => return Err("список внутри списка не пишется".to_owned()),
            Tag::List(first) => self.list = Some((first, Vec::new())),
            Tag::Item => self.inline.clear(),
            Tag::Table(aligns) => self.table = Some(self.next.table(&aligns)),
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.inline.clear(),
            Tag::CodeBlock(CodeBlockKind::Fenced(kind)) => {
                self.fence = Some((kind.trim().to_owned(), String::new()));
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                return Err("строка начата с четырёх пробелов; уберите их".to_owned());
            }
            Tag::BlockQuote(_) => return Err("цитата («>» в начале строки) не пишется".to_owned()),
            Tag::Link { .. } | Tag::Image { .. } => {
                return Err("ссылки и картинки не пишутся; уберите скобки".to_owned());
            }
            _ => return Err("такой записи в шаблонах нет; список — в docs/templates.md".to_owned()),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), String> {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Paragraph if self.list.is_none() => {
                let text = self.said();
                let next = std::mem::take(&mut self.next);
                let setting = next.setting.unwrap_or(Setting::Justified);
                self.push(Block::Paragraph { text, setting, small: next.small });
            }
            TagEnd::Heading(level) => {
                let text = self.said();
                self.push(Block::Heading { level: depth(level)?, text });
            }
            TagEnd::Item => {
                let text = self.said();
                if let Some((_, items)) = &mut self.list {
                    items.push(text);
                }
            }
            TagEnd::List(_) => {
                if let Some((first, items)) = self.list.take() {
                    self.push(Block::List { first, items });
                }
            }
            TagEnd::TableCell => {
                let cell = self.said();
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let head = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.head = Some(head).filter(|head| head.iter().any(|cell| !cell.is_empty()));
                }
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                self.next = Next::default();
                if let Some(table) = self.table.take() {
                    self.push(Block::Table(table));
                }
            }
            TagEnd::CodeBlock => {
                if let Some((kind, content)) = self.fence.take() {
                    let block = fenced(&kind, &content)?;
                    self.push(block);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A comment is a directive; other HTML is refused.
    fn html(&mut self, html: &str) -> Result<(), String> {
        let comment = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let Some(comment) = comment else {
            return Err(format!("«{}» в шаблонах не пишется", html.trim()));
        };
        match directive::read(comment)? {
            Directive::Set(setting) => self.next.setting = Some(setting),
            Directive::Small => self.next.small = true,
            Directive::Table(look, widths) => self.next.table = Some((look, widths)),
            Directive::Page => self.push(Block::Turn),
            Directive::Space(height) => self.push(Block::Space(height)),
            Directive::Keep => self.open.push(std::mem::take(&mut self.blocks)),
            Directive::End => {
                let before = self.open.pop().ok_or("«end» без «keep»; уберите его")?;
                let kept = std::mem::replace(&mut self.blocks, before);
                self.push(Block::Keep(kept));
            }
        }
        Ok(())
    }

    fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn say(&mut self, text: &str) {
        let bold = self.bold > 0;
        match self.inline.last_mut() {
            Some(span) if span.bold == bold => span.text.push_str(text),
            _ => self.inline.push(Span { text: text.to_owned(), bold }),
        }
    }

    fn said(&mut self) -> Inline {
        std::mem::take(&mut self.inline)
    }
}

impl Next {
    fn table(&self, aligns: &[Alignment]) -> Table {
        let (look, widths) = self.table.clone().unwrap_or((Look::Grid, Vec::new()));
        let align = |align: &Alignment| match align {
            Alignment::None | Alignment::Left => Align::Left,
            Alignment::Center => Align::Middle,
            Alignment::Right => Align::Right,
        };
        Table {
            look,
            widths,
            aligns: aligns.iter().map(align).collect(),
            head: None,
            rows: Vec::new(),
            small: self.small,
        }
    }
}

fn depth(level: HeadingLevel) -> Result<u8, String> {
    match level {
        HeadingLevel::H1 => Ok(1),
        HeadingLevel::H2 => Ok(2),
        HeadingLevel::H3 => Ok(3),
        _ => Err("заголовков глубже «###» нет".to_owned()),
    }
}

fn fenced(kind: &str, content: &str) -> Result<Block, String> {
    match kind {
        "qr" => Ok(Block::Qr(fill::plain(content.trim()))),
        "bars" => Ok(Block::Bars(fill::plain(content.trim()))),
        "signatures" => {
            let lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
            // A bar that came with a value has a backslash before it and parts nothing.
            let bar = |line: &str| {
                line.match_indices('|').map(|(at, _)| at).find(|at| !line[..*at].ends_with('\\'))
            };
            let plain = |text: &str| fill::plain(text.trim());
            let signature = |line: &str| match bar(line) {
                Some(at) => (plain(&line[..at]), Some(plain(&line[at + 1..]))),
                None => (plain(line), None),
            };
            Ok(Block::Signatures(lines.map(signature).collect()))
        }
        other => Err(format!("блока «```{other}» нет")),
    }
}
