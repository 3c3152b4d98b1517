//! Templates: every one is filled with its sample and laid out; what is wrong with one is told with its file and line.

use kvartal::document::compose::{printed, typed};
use kvartal::document::page::{Area, Item, Page};
use kvartal::document::template::{Files, TemplateError, Templates, embedded};
use kvartal::output::faces::faces;
use kvartal::output::matrix::{self, Charset};
use kvartal::output::text;
use serde_json::{Value, json};

const SAMPLE: &str = "number = \"1\"\n[person]\nlast_name = \"Заяц\"\nfirst_name = \"Пётр\"\nmiddle_name = \"Ильич\"\nsex = \"male\"\n";

fn set(template: &str) -> Templates {
    let files = [("passport/one.md", template), ("passport/sample.toml", SAMPLE)];
    Templates::of(Files::from(files.map(|(path, text)| (path.to_owned(), text.to_owned()))))
}

fn told(template: &str) -> Vec<(usize, String)> {
    set(template).check().into_iter().map(|TemplateError { line, problem, .. }| (line, problem)).collect()
}

fn runs(pages: &[Page]) -> Vec<String> {
    let items = pages.iter().flat_map(|page| &page.items);
    items.filter_map(|item| if let Item::Text(run) = item { Some(run.text.clone()) } else { None }).collect()
}

fn lines(template: &str, data: &Value) -> Vec<String> {
    let paper = set(template).fill("passport/one.md", data).unwrap();
    typed(&paper, 40, 66).unwrap().iter().flat_map(text::lines).collect()
}

fn front(body: &str) -> String {
    format!("+++\ntitle = \"Справка\"\n+++\n{body}")
}

#[test]
fn all_templates_of_the_program_are_right() {
    let templates = Templates::of(embedded());
    assert_eq!(templates.check(), []);
    assert!(templates.documents().count() >= 5);
}

/// Lines are those of the file: the front matter counts.
#[test]
fn a_field_that_does_not_exist_is_refused_at_its_line() {
    let problem = told(&front("\nВыдана {{ person.surname }}.\n"));
    assert_eq!(problem.len(), 1);
    assert_eq!(problem[0].0, 5);
    assert!(problem[0].1.starts_with("поля «person.surname» нет"), "{}", problem[0].1);
    // A branch the sample does not take is looked into as well.
    let hidden = told(&front("{% if number == \"2\" %}\n{{ person.surname }}\n{% endif %}\n"));
    assert_eq!(hidden.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5]);
}

#[test]
fn what_a_template_may_not_say_is_refused_with_the_nearest_word() {
    let cases = [
        ("<!-- colums 10 * -->\n", 4, "указания «colums» нет; похоже на «columns»"),
        ("Текст <!-- page -->\n", 4, "указание стоит в своей строке"),
        ("```qrcode\nx\n```\n", 4, "блока «```qrcode» нет"),
        ("```qr\nx\n", 5, "блок «```» не закрыт"),
        ("\n{{ person | name(\"dativ\") }}\n", 5, "падежа «dativ» нет; похоже на «dative»"),
        ("{{ number | days }}\n", 4, "обработки"),
        ("{{ number | day }}\n", 4, "«1» — не дата"),
        ("{% if number %}\n", 4, "запись"),
        ("<!-- keep -->\nтекст\n", 1, "у «keep» нет конца"),
        ("> цитата\n", 1, "цитата"),
        ("[ссылка](http://example.org)\n", 1, "ссылки и картинки"),
    ];
    for (body, line, problem) in cases {
        let told = told(&front(body));
        assert_eq!(told.len(), 1, "{body}: {told:?}");
        assert!(told[0].1.starts_with(problem), "{body}: {told:?}");
        assert_eq!(told[0].0, line, "{body}: {told:?}");
    }
    let matter = told("+++\ntitle = \"x\"\npage = \"a6\"\nmargin = 1\nsize = 100\n+++\n");
    assert_eq!(matter.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5], "{matter:?}");
    assert_eq!(told("+++\ntitle = \"x\"\n")[0].0, 1);
}

/// What stands in the database is text and nothing else, whatever signs it has.
#[test]
fn data_never_become_marks_of_the_template() {
    let name = "**Жук** | <br> `_1._` {{ x }} \\ # <!-- page -->";
    let template = front("{{ name }}\n\n| А |\n| -- |\n| {{ name }} |\n\n```signatures\n{{ name }}\n```\n");
    let shown = lines(&template, &json!({ "name": name })).join(" ");
    let bare = |text: &str| text.replace(['│', ' ', '-', '\u{a0}'], "");
    assert_eq!(bare(&shown).matches(&bare(name)).count(), 3, "{shown}");
}

/// A row left blank is a place to write in by hand: as high as a row with a line of text.
#[test]
fn a_blank_row_is_as_high_as_a_line() {
    let height = |cell: &str| {
        let body = format!("| а | б |\n| --- | --- |\n| {cell} | {cell} |\n");
        let paper = set(&front(&body)).fill("passport/one.md", &json!({})).unwrap();
        let pages = printed(&paper, &faces().unwrap().metrics).unwrap();
        let rules = pages[0].items.iter().filter_map(|item| match item {
            Item::Rule(rule) if rule.from.1 == rule.to.1 => Some(rule.from.1),
            _ => None,
        });
        let mut rules: Vec<_> = rules.collect();
        rules.sort_unstable();
        rules[rules.len() - 1] - rules[rules.len() - 2]
    };
    assert_eq!(height(""), height("в"));
    assert!(height("") > 0);
}

/// Unknown values leave an empty place; lists of two people count as the law of Russian numerals says.
#[test]
fn fields_are_written_as_paper_writes_them() {
    let data = json!({ "day": "2026-03-05", "nothing": null, "sum": "1234.5", "count": 22, "area": "54.30" });
    let cases = [
        ("{{ day | day }}", "05.03.2026"),
        ("{{ day | day_words }}", "5 марта 2026 г."),
        ("{{ day | month }}", "март 2026 г."),
        ("[{{ nothing | day }}{{ nothing }}{{ nothing | money }}]", "[]"),
        ("{{ nothing or \"—\" }}", "—"),
        ("{{ sum | money }}", "1 234,50"),
        ("{{ area | number }} м²", "54,30 м²"),
        (
            "{{ count }} ({{ count | words }}) {{ count | plural(\"человек\", \"человека\", \"человек\") }}",
            "22 (двадцать два) человека",
        ),
        ("{{ count | words(\"feminine\") | capital }}", "Двадцать две"),
        ("{{ sum | sum_words(\"genitive\") | capital }}", "Одной тысячи двухсот тридцати четырёх"),
    ];
    for (body, written) in cases {
        let shown = lines(&front(&format!("<!-- left -->\n{body}\n")), &data);
        assert_eq!(shown.first().map(String::as_str), Some(written), "{body}");
    }
}

/// A name written by hand on the card goes before the rules.
#[test]
fn a_name_is_put_into_its_case() {
    let template =
        front("<!-- left -->\n{{ person | name(\"dative\") }}; {{ person | initials(\"genitive\") }}\n");
    let mut data = json!({ "person": { "last_name": "Заяц", "first_name": "Пётр", "middle_name": null, "sex": "male" } });
    assert_eq!(lines(&template, &data), ["Заяцу Петру; Заяца П."]);
    data["person"]["cases"] = json!({ "dative": { "last_name": "Зайцу", "first_name": "Петру" } });
    assert_eq!(lines(&template, &data), ["Зайцу Петру; Заяца П."]);
}

fn long_sample(templates: &Templates, path: &str) -> Value {
    let mut data = templates.sample(path).unwrap();
    for list in ["residents", "former", "bundles"] {
        if let Some(rows) = data[list].as_array().cloned() {
            data[list] = rows.iter().cycle().take(60).cloned().collect();
        }
    }
    if data["premises"].is_object() {
        data["premises"]["address"] = json!(
            "Республика Саха (Якутия), муниципальный район, посёлок городского типа Усть-Нера, ул. Сверхдлинноеимябезпробеловивсякогосмысла, д. 1"
        );
    }
    data
}

fn area(item: &Item) -> Option<Area> {
    match item {
        Item::Text(run) => Some(run.area),
        Item::Code { area, .. } | Item::Bars { area, .. } => Some(*area),
        _ => None,
    }
}

/// Nothing leaves the page, nothing is printed over anything else, in either medium, of short and of long data.
#[test]
fn every_box_has_its_own_place_on_the_page() {
    let templates = Templates::of(embedded());
    let paths: Vec<String> = templates.documents().map(|(path, _)| path.to_owned()).collect();
    for path in paths {
        for data in [templates.sample(&path).unwrap(), long_sample(&templates, &path)] {
            let paper = templates.fill(&path, &data).unwrap();
            let print = printed(&paper, &faces().unwrap().metrics).unwrap();
            for page in
                print.iter().chain(&typed(&paper, 80, 66).unwrap()).chain(&typed(&paper, 132, 66).unwrap())
            {
                let whole = Area { x: 0, y: 0, width: page.width, height: page.height };
                let areas: Vec<Area> = page.items.iter().filter_map(area).collect();
                for (place, one) in areas.iter().enumerate() {
                    assert!(whole.holds(*one), "{path}: {one:?}");
                    for other in &areas[place + 1..] {
                        assert!(
                            !one.meets(*other),
                            "{path}: {one:?} {other:?} {:?}",
                            runs(std::slice::from_ref(page))
                        );
                    }
                }
            }
        }
    }
}

/// A matrix printer has a letter for everything our papers say: nothing comes out as a question mark.
#[test]
fn a_matrix_printer_knows_every_letter_of_our_papers() {
    let templates = Templates::of(embedded());
    for (path, _) in templates.documents() {
        let paper = templates.fill(path, &templates.sample(path).unwrap()).unwrap();
        let text = text::write(&typed(&paper, 80, 66).unwrap());
        let unknown = matrix::bytes(&text, Charset::Cp866).iter().filter(|byte| **byte == b'?').count();
        assert_eq!(unknown, text.matches('?').count(), "{path}");
    }
}

/// The typed copy says what the printed one says: letters are compared, for lines end elsewhere.
#[test]
fn both_media_say_the_same() {
    let templates = Templates::of(embedded());
    let paths: Vec<String> = templates.documents().map(|(path, _)| path.to_owned()).collect();
    for path in paths {
        let paper = templates.fill(&path, &templates.sample(&path).unwrap()).unwrap();
        let letters = |pages: &[Page]| {
            let text = runs(pages).concat();
            text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
        };
        let print = printed(&paper, &faces().unwrap().metrics).unwrap();
        assert_eq!(letters(&print), letters(&typed(&paper, 80, 400).unwrap()), "{path}");
    }
}

/// A long table repeats its head on every page; running lines know the number of pages; a signature is never alone.
#[test]
fn a_long_table_goes_on_under_its_head() {
    let templates = Templates::of(embedded());
    let path = "passport/household.md";
    let paper = templates.fill(path, &long_sample(&templates, path)).unwrap();
    let pages = printed(&paper, &faces().unwrap().metrics).unwrap();
    assert!(pages.len() > 1);
    for (index, page) in pages.iter().enumerate() {
        let said = runs(std::slice::from_ref(page));
        assert!(said.contains(&"Отношение".to_owned()), "page {index}: {said:?}");
        assert!(
            said.contains(&format!("стр.\u{a0}{} из {}", index + 1, pages.len())),
            "page {index}: {said:?}"
        );
    }
    let last = runs(&pages[pages.len() - 1..]);
    let place = |text: &str| last.iter().position(|run| run.starts_with(text)).unwrap();
    assert!(place("Сведения верны") < place("Паспортист"));
}

/// A full line ends at the right edge, in whole cells of a typed page and to less than a hundredth of a millimetre a space on paper.
#[test]
fn justified_lines_fill_their_column() {
    let text =
        "Гражданин зарегистрирован по месту жительства в установленном законодательством порядке. ".repeat(6);
    let paper = set(&front(&text)).fill("passport/one.md", &json!({})).unwrap();
    let pages = printed(&paper, &faces().unwrap().metrics).unwrap();
    let right = 21_000 - 1_000;
    let ends: Vec<i32> = pages[0].items.iter().filter_map(area).map(Area::right).collect();
    assert!(ends.len() > 4);
    for end in &ends[..ends.len() - 1] {
        assert!((right - 20..=right).contains(end), "{ends:?}");
    }
    let shown: Vec<String> = typed(&paper, 60, 66).unwrap().iter().flat_map(text::lines).collect();
    for line in &shown[..shown.len() - 1] {
        assert_eq!(line.chars().count(), 60, "{line}");
    }
    assert!(shown.iter().any(|line| line.ends_with('-')), "long words are cut by syllables: {shown:#?}");
}

/// A form feed between pages, none behind the last; nothing wider than the printer.
#[test]
fn plain_text_is_ready_for_a_matrix_printer() {
    let paper = set(&front("Первая\n\n<!-- page -->\nВторая\n")).fill("passport/one.md", &json!({})).unwrap();
    let text = text::write(&typed(&paper, 80, 66).unwrap());
    assert_eq!(text, "    Первая\n\u{c}    Вторая\n");
}

/// A head of a column keeps its words whole and goes on in the next line; a word wider than its column is cut all the same.
#[test]
fn words_of_a_head_stay_whole() {
    let table = "| Дата рождения | Отношение |\n| :-- | :-- |\n| 1 | 2 |";
    let shown = lines(&front(&format!("<!-- columns 11 29 -->\n{table}")), &json!({}));
    assert!(
        shown.iter().any(|line| line.contains("Дата") && !line.contains("рож"))
            && shown.iter().any(|line| line.contains("рождения")),
        "{shown:#?}"
    );
    assert!(!shown.iter().any(|line| line.contains("рож-") || line.contains("рожде-")), "{shown:#?}");
}
