//! The screens of the program against the database: nothing is broken, every question is understood, and what is broken is marked.

use kvartal::app::catalogue::joined;
use kvartal::db::catalogue;
use kvartal::engine::model::Screen;
use kvartal::engine::value::Value;
use kvartal::locale::{Lang, Words};
use kvartal::screen::contract::{Part, check, mend};
use kvartal::screen::set::{Set, embedded};
use kvartal::screen::{lint, read, sketch};

use crate::common::{Db, people};

async fn the_catalogue(db: &Db) -> kvartal::screen::contract::Catalogue {
    // As an operator: this is what a workstation knows of the database.
    let anna = db.as_role(people::ACCOUNTANT).await;
    joined(catalogue::read(&anna).await.unwrap())
}

#[tokio::test]
async fn the_screens_keep_the_contract() {
    let db = Db::fresh().await;
    let catalogue = the_catalogue(&db).await;
    for screen in Set::of(&embedded(), "ru").screens.values() {
        let breaks = check(screen, &catalogue);
        assert!(breaks.is_empty(), "{}: {breaks:#?}", screen.name);
    }
}

/// What `kvartal screen new` writes is understood, of every view, and of a list nothing is left to mend but its words.
#[tokio::test]
async fn a_first_file_is_a_screen() {
    let catalogue = the_catalogue(&Db::fresh().await).await;
    let views: Vec<_> = catalogue
        .relations
        .iter()
        .filter(|(_, relation)| relation.roles.iter().any(|role| role == "kvartal_operator"))
        .collect();
    assert!(views.len() > 50);
    for (view, relation) in views {
        let understood = |text: String| {
            let screen = read("cards/first", &text, &[]).unwrap_or_else(|wrong| panic!("{wrong:#?}\n{text}"));
            assert_eq!(check(&screen, &catalogue), [], "{view}");
            screen
        };
        understood(sketch::of_view(view, relation));
        assert_eq!(lint::screen(&understood(sketch::list_of_view(view, relation))), [""; 0], "{view}");
    }
}

#[tokio::test]
async fn the_menu_leads_to_screens_that_open() {
    let db = Db::fresh().await;
    let rows = db.root().await.query("select code, title_key from admin_data.menu_item", &[]).await.unwrap();
    for row in &rows {
        assert!(Words::of(Lang::Ru).has(row.get(1)), "{}", row.get::<_, &str>(1));
    }
    let codes: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    let wrong = Set::of(&embedded(), "ru").check(&codes);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn the_server_understands_every_question_of_a_view() {
    let db = Db::fresh().await;
    let anna = db.as_role(people::ACCOUNTANT).await;
    for screen in Set::of(&embedded(), "ru").screens.values() {
        for source in screen.sources.iter().filter(|source| !source.is_function) {
            let by: Vec<String> = source
                .by
                .iter()
                .enumerate()
                .map(|(at, (column, _))| format!("{column} = ${}", at + 1))
                .collect();
            let by = if by.is_empty() { "true".to_owned() } else { by.join(" and ") };
            let question =
                format!("select {} from {} where {by}", source.columns.join(", "), source.relation);
            let told = anna.prepare(&question).await;
            assert!(told.is_ok(), "{} {}: {question}", screen.name, source.name);
        }
    }
}

const BROKEN: &str = r#"
[screen]
title = "x"
help = "x"
keys = ["account_id"]
[source.head]
view = "cards.account_head"
by = { account_id = "key.account_id" }
[source.gone]
view = "cards.account_gone"
[source.rows]
view = "billing.charge_list"
by = { account_id = "key.account_id" }
order = ["month desc", "service_id", "contract_id"]
time = "none"
[picture]
head = '''
Счёт [number   ] Кто [holdr   ] Где [gone   ] Дни [day       ]
'''
[field.number]
from = "head.number"
help = "x"
[field.holdr]
from = "head.holdr"
help = "x"
[field.gone]
from = "gone.thing"
help = "x"
[field.day]
from = "head.number"
entry = { type = "day" }
help = "x"
[grid.rows]
source = "rows"
key = ["month", "service_id", "contract_id"]
columns = [
  { col = "month", title = "x", w = 7, show = "month" },
  { col = "volum", title = "x", w = 7 },
  { col = "service", title = "x", w = 7, show = "money" },
]
[action.save]
title = "x"
key = "save"
operation = "cards.premises_aria"
fact = { premises_id = "head.premises_id" }
[action.flag]
title = "x"
search = true
enabled = "head.number"
"#;

fn told(screen: &Screen, part: Part, catalogue: &kvartal::screen::contract::Catalogue) -> Vec<String> {
    check(screen, catalogue).into_iter().filter(|found| found.part == part).map(|found| found.told).collect()
}

#[tokio::test]
async fn what_is_broken_is_told_and_marked_and_the_rest_stays() {
    let db = Db::fresh().await;
    let catalogue = the_catalogue(&db).await;
    let mut screen = read("cards/broken_card", BROKEN, &[]).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let of = |part| told(&screen, part, &catalogue);
    assert_eq!(of(Part::Field(0)), [""; 0]);
    assert_eq!(of(Part::Field(1)), ["в cards.account_head нет колонки «holdr»; похоже на «holder»"]);
    assert_eq!(
        of(Part::Source(1)),
        ["представления cards.account_gone в базе нет; похоже на «cards.account_open»"]
    );
    assert_eq!(of(Part::Field(3)), ["в поле вводится день, а из базы приходит текст"]);
    assert_eq!(of(Part::Column(0, 1)), ["в billing.charge_list нет колонки «volum»; похоже на «volume»"]);
    assert_eq!(of(Part::Column(0, 2)), ["текст так не показать (show)"]);
    assert_eq!(
        of(Part::Action(0)),
        ["операции cards.premises_aria в базе нет; похоже на «cards.premises_area»"]
    );
    assert_eq!(of(Part::Action(1)), ["«enabled» берёт да или нет, а получает текст"]);

    let breaks = check(&screen, &catalogue);
    mend(&mut screen, &breaks, &catalogue);
    let marked: Vec<bool> = screen.fields.iter().map(|field| field.broken.is_some()).collect();
    assert_eq!(marked, [false, true, true, true]);
    assert_eq!(screen.grids[0].columns.len(), 1);
    assert_eq!(screen.actions[0].enabled, Some(kvartal::engine::model::Name::Given(Value::Bool(false))));
    // Every column that is still asked for exists.
    let anna = db.as_role(people::ACCOUNTANT).await;
    for source in [&screen.sources[0], &screen.sources[2]] {
        let question = format!("select {} from {}", source.columns.join(", "), source.relation);
        assert!(anna.prepare(&question).await.is_ok(), "{question}");
    }
}

const TABS: &str = r#"
[screen]
title = "x"
help = "x"
keys = ["account_id"]
[source.rows]
view = "billing.charge_list"
by = { account_id = "key.account_id" }
order = ["month desc", "service_id", "contract_id"]
time = "none"
[source.heads]
view = "cards.account_head"
by = { account_id = "key.account_id" }
[picture]
foot = '''
Одно [one     ] Другое [other   ]
'''
[field.one]
from = "row.account_id"
help = "x"
[field.other]
from = "row.volume"
help = "x"
[grid.rows]
source = "rows"
key = ["month", "service_id", "contract_id"]
empty = "x"
columns = [{ col = "month", title = "x", w = 7, show = "month" }]
[grid.heads]
source = "heads"
key = ["account_id"]
empty = "x"
columns = [{ col = "number", title = "x", w = 7 }]
[tab.rows]
title = "x"
grid = "rows"
[tab.heads]
title = "y"
grid = "heads"
"#;

/// A column of the row in front is asked of the list of every tab.
#[tokio::test]
async fn the_row_in_front_has_its_columns_in_every_tab() {
    let db = Db::fresh().await;
    let catalogue = the_catalogue(&db).await;
    let screen = read("cards/tabs_card", TABS, &[]).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    assert_eq!(told(&screen, Part::Field(0), &catalogue), [""; 0]);
    let missing = told(&screen, Part::Field(1), &catalogue);
    assert!(
        missing.iter().any(|told| told.contains("в cards.account_head нет колонки «volume»")),
        "{missing:?}"
    );
}
