//! What of the contract an older program may ask for: a contract that lost some of it needs a greater number, by which the older program
//! is refused at its login instead of failing in the middle of the work.

use std::collections::BTreeSet;

/// The line of a contract that names the oldest program it serves.
pub const LEAST: &str = "# The oldest program it serves: ";

/// The oldest program a contract serves.
pub fn least(contract: &str) -> &str {
    contract.lines().find_map(|line| line.strip_prefix(LEAST)).unwrap_or_default()
}

/// What was promised and is no more.
pub fn gone(before: &str, now: &str) -> Vec<String> {
    promises(before).difference(&promises(now)).cloned().collect()
}

/// Columns of views with their types; arguments of functions, those without a default, and what comes of them; operations and the parts
/// of their facts. More of each breaks nobody.
fn promises(contract: &str) -> BTreeSet<String> {
    let mut promises = BTreeSet::new();
    let mut of = String::new();
    for line in contract.lines().filter(|line| !line.trim_start().starts_with("--")) {
        match line.split_once(' ').unwrap_or_default() {
            ("view", rest) => of = format!("view {}", word(rest)),
            ("operation", rest) => {
                of = format!("operation {}", word(rest));
                promises.insert(of.clone());
            }
            ("function", rest) => {
                let (name, arguments) = rest.split_once('(').unwrap_or((rest, ""));
                of = format!("function {name}");
                promises.extend(of_arguments(&of, arguments.strip_suffix(')').unwrap_or(arguments)));
            }
            _ => promises.extend(of_part(&of, line.trim())),
        }
    }
    promises
}

fn word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

fn of_arguments(of: &str, arguments: &str) -> Vec<String> {
    let arguments = parts(arguments);
    let given = |argument: &String| argument.split(" DEFAULT ").next().unwrap_or_default().to_owned();
    let needed: Vec<&str> =
        arguments.iter().filter(|one| !one.contains(" DEFAULT ")).map(|one| word(one)).collect();
    let needs = format!("{of} needs ({})", needed.join(", "));
    arguments.iter().map(|one| format!("{of} takes {}", given(one))).chain([needs]).collect()
}

fn of_part(of: &str, part: &str) -> Vec<String> {
    if let Some(returns) = part.strip_prefix("returns ") {
        let returns = returns.rsplit_once(" [").map_or(returns, |(returns, _)| returns);
        let table = returns.strip_prefix("TABLE(").and_then(|table| table.strip_suffix(')'));
        let columns = table.map_or_else(|| vec![returns.to_owned()], parts);
        return columns.iter().map(|column| format!("{of} gives {column}")).collect();
    }
    if let Some(fact) = part.strip_prefix("fact ") {
        let names = fact.split(['(', ')', ',', '=', ' ']).filter(|name| !name.is_empty());
        return names.map(|name| format!("{of} knows {name}")).collect();
    }
    if part.is_empty() || part.starts_with('#') { Vec::new() } else { vec![format!("{of} has {part}")] }
}

/// A list parted at its commas, not at those inside brackets and quotes.
fn parts(list: &str) -> Vec<String> {
    let (mut parts, mut depth, mut quoted) = (vec![String::new()], 0, false);
    for letter in list.chars() {
        match letter {
            '\'' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(letter);
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

const KEPT: &str = "
view cards.house [kvartal_operator select]
    -- time: facts. Дома
    house_id bigint
    address text

function cards.find(p_line text, p_kinds text[] DEFAULT ARRAY['a, b', 'c'], p_most integer DEFAULT 5)
    returns TABLE(id bigint, title text) [kvartal_operator]

operation cards.area «Площадь» undo days, ground must [kvartal_accountant]
    fact (premises_id) = (area_total, rooms)
";

fn lost(was: &str, is: &str) -> Vec<String> {
    gone(KEPT, &KEPT.replace(was, is))
}

/// A column more, an argument that need not be given, a part more of a fact, other words, other rights: nobody misses anything.
#[test]
fn more_breaks_nobody() {
    for (was, is) in [
        ("    address text\n", "    address text\n    street text\n"),
        ("p_most integer DEFAULT 5)", "p_most integer DEFAULT 7, p_day date DEFAULT NULL::date)"),
        ("title text)", "title text, subtitle text)"),
        ("area_total, rooms", "area_total, area_living, rooms"),
        ("«Площадь» undo days", "«Новая площадь» undo never"),
        ("Дома", "Дома города"),
        ("[kvartal_operator]", "[kvartal_operator, kvartal_worker]"),
    ] {
        assert_eq!(lost(was, is), Vec::<String>::new(), "{was} became {is}");
    }
}

#[test]
fn what_goes_or_changes_is_named() {
    for (was, is, missed) in [
        ("    address text\n", "", "view cards.house has address text"),
        ("house_id bigint", "house_id uuid", "view cards.house has house_id bigint"),
        ("p_line text", "p_words text", "function cards.find takes p_line text"),
        (")\n    returns", ", p_day date)\n    returns", "function cards.find needs (p_line)"),
        ("id bigint, title", "title", "function cards.find gives id bigint"),
        ("cards.find(", "cards.search(", "function cards.find takes p_most integer"),
        ("operation cards.area ", "operation cards.areas ", "operation cards.area"),
        ("area_total, rooms", "rooms", "operation cards.area knows area_total"),
    ] {
        assert!(lost(was, is).contains(&missed.to_owned()), "{was} became {is}: {:?}", lost(was, is));
    }
}
