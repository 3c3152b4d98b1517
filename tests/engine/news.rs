//! A list that others change while it is open: nothing moves under the cursor, and what became of its rows is told.

use kvartal::draw::Theme;
use kvartal::engine::canvas::Tone;
use kvartal::engine::effect::{Call, Effect, Query};
use kvartal::engine::feed::Feed;
use kvartal::engine::grid::GridState;
use kvartal::engine::msg::{LinkState, Msg, Timer};
use kvartal::engine::news::Told;

use super::play::Play;
use super::town::SESSION;

/// The charges of account 41001, the cursor on the fourth.
fn charges() -> Play {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{Down}{Down}{Down}");
    play.effects.clear();
    play
}

/// Somebody changed something of a house or an account.
fn heard(play: &mut Play, topic: &str, id: &str) {
    play.tell(Msg::Notice { topic: topic.to_owned(), id: id.to_owned(), version: 9 });
}

fn loads<'p>(play: &'p Play, relation: &'p str) -> impl Iterator<Item = &'p Query> {
    play.effects.iter().filter_map(move |effect| match effect {
        Effect::Load { query, .. } if query.relation == relation => Some(query),
        _ => None,
    })
}

fn list(play: &Play) -> (&Feed, &GridState) {
    let window = play.desk.focused().unwrap();
    (&window.feeds[window.model.grids[0].source], &window.grids[0])
}

/// The first line is gone, the third has another sum, a tenth came behind all.
fn others_work(play: &mut Play) {
    let rest = [(4, "4.10"), (5, "5.10"), (6, "6.10"), (7, "7.10"), (8, "8.10"), (9, "9.10"), (10, "1.00")];
    play.town.charges = Some([&[(2, "2.10"), (3, "33.10")], &rest[..]].concat());
    heard(play, "unit", "101");
    play.settle();
}

#[test]
fn rows_keep_their_place_and_tell_what_became_of_them() {
    let mut play = charges();
    play.run(" ");
    let before = list(&play).1.clone();
    others_work(&mut play);
    let (feed, after) = list(&play);
    assert_eq!(feed.told(), Told { changed: 1, new: 1, gone: 1 });
    assert_eq!((&after.at, after.row, after.top), (&before.at, before.row, before.top), "{}", play.sight());
    assert_eq!(after.marks.len(), 1, "what was marked stays marked");
    insta::assert_snapshot!(play.desk.canvas().text());
    // Without a colour the signs are left, and what changed is brighter than what did not.
    let canvas = play.desk.canvas();
    let row = |service: &str| (0..24).find(|y| canvas.row(*y).contains(service)).unwrap();
    let last = |service: &str| canvas.cell(79, row(service)).unwrap();
    for (service, sign, tone) in [
        ("Услуга 1 ", "-", Tone::Faint),
        ("Услуга 3 ", "~", Tone::Warning),
        ("Услуга 10", "+", Tone::Warning),
    ] {
        assert_eq!((last(service).symbol.as_str(), last(service).tone), (sign, tone), "{service}");
        for theme in [Theme::Colour, Theme::Mono, Theme::Ascii] {
            assert_eq!(theme.symbol(sign), sign);
            assert!(tone == Tone::Faint || theme.style(tone) != theme.style(Tone::Value), "{theme:?}");
        }
    }
    // Only the cell that changed is lit.
    let x = canvas.row(row("Услуга 3 ")).chars().take_while(|letter| *letter != '3').count();
    assert_eq!(canvas.cell(u16::try_from(x).unwrap(), row("Услуга 3 ")).unwrap().tone, Tone::Value);
    let found = (0..79).any(|x| canvas.cell(x, row("Услуга 3 ")).unwrap().tone == Tone::Warning);
    assert!(found, "{}", play.sight());
}

/// Behind another screen nothing is read: seen again, the list stands as it is in the books, from its first row.
#[test]
fn a_covered_list_is_read_anew_when_it_is_seen_again() {
    let mut play = charges();
    play.run("{F9}332{Enter}");
    play.settle();
    play.effects.clear();
    others_work(&mut play);
    assert_eq!(loads(&play, "billing.charge_list").count(), 0, "nobody sees it");
    play.run("{Esc}");
    play.settle();
    assert!(loads(&play, "billing.charge_list").count() > 0);
    let (feed, state) = list(&play);
    assert_eq!((feed.told(), state.top), (Told::default(), 0), "{}", play.sight());
}

/// F5 reads the list as it stands in the books; the cursor keeps its row.
#[test]
fn what_is_read_anew_has_no_news() {
    let mut play = charges();
    let before = list(&play).1.at.clone();
    others_work(&mut play);
    play.run("{F5}");
    let (feed, state) = list(&play);
    assert_eq!((feed.told(), feed.rows.len()), (Told::default(), 9), "{}", play.sight());
    assert_eq!((&state.at, state.row), (&before, 2));
}

#[test]
fn only_what_shows_the_thing_is_read_again() {
    let mut play = charges();
    for (topic, id) in [("unit", "102"), ("account", "41001"), ("journal", "7"), ("job", "7")] {
        heard(&mut play, topic, id);
        let read: Vec<String> = play.effects.iter().map(|effect| format!("{effect:?}")).collect();
        let of_charges = loads(&play, "billing.charge_list").count();
        assert_eq!(of_charges, 0, "{topic} {id}: {read:?}");
        assert_eq!(
            loads(&play, "cards.account_head").count(),
            usize::from(topic == "account"),
            "{topic} {id}"
        );
        play.settle();
        play.effects.clear();
    }
    // Its own house, and all houses.
    for id in ["101", "0"] {
        heard(&mut play, "unit", id);
        assert_eq!(loads(&play, "billing.charge_list").count(), 1, "{id}");
        play.settle();
        play.effects.clear();
    }
}

/// A list of many things is read again for each of its rows, and for no other thing of the town.
#[test]
fn a_list_hears_of_any_of_its_rows() {
    let mut play = Play::entered();
    play.run("{F9}345{Enter}");
    for (id, times) in [("51", 1), ("52", 1), ("53", 0), ("0", 1)] {
        play.effects.clear();
        heard(&mut play, "meter", id);
        assert_eq!(loads(&play, "meters.verification_list").count(), times, "{id}: {}", play.sight());
        play.settle();
    }
}

#[test]
fn many_notices_in_a_moment_are_read_once_and_once_more() {
    let mut play = charges();
    for _ in 0..100 {
        heard(&mut play, "unit", "101");
        while play.answer_one() {}
    }
    assert_eq!(loads(&play, "billing.charge_list").count(), 1);
    play.tell(Msg::Woke(Timer::News));
    assert_eq!(loads(&play, "billing.charge_list").count(), 2, "the last of them is not lost");
    play.settle();
    play.effects.clear();
    play.tell(Msg::Woke(Timer::News));
    assert!(play.effects.is_empty());
}

/// Two pages are here and the cursor stands on the second: both are asked for again, at once.
#[test]
fn pages_that_are_here_stay_here() {
    let mut play = Play::entered();
    play.town.charges = Some((1..=130).map(|at| (at, "1.00")).collect());
    play.run(&format!("{{F9}}210 41001{{Enter}}{}", "{PgDn}".repeat(8)));
    play.settle();
    let before = list(&play).1.clone();
    assert!(before.row > 100 && list(&play).0.rows.len() == 130, "{}", play.sight());
    play.effects.clear();
    // Six came before all, so six of those that are here are pushed out of as many rows.
    play.town.charges = Some((1..=130).map(|at| (at, "1.00")).collect());
    play.town.charges.as_mut().unwrap().splice(0..0, (201..=206).map(|at| (at, "2.00")));
    heard(&mut play, "unit", "101");
    play.settle();
    let (feed, after) = list(&play);
    let asked: Vec<Option<usize>> = loads(&play, "billing.charge_list").map(|query| query.limit).collect();
    assert_eq!(asked, [Some(130), Some(136)]);
    assert_eq!(feed.told(), Told { new: 6, ..Told::default() }, "{}", play.sight());
    assert_eq!((&after.at, after.row - after.top), (&before.at, before.row - before.top));
    assert_eq!(feed.rows.len(), 136);
    play.run("{F5}");
    assert_eq!(list(&play).1.at, before.at, "read anew the cursor is on its row too");
}

#[test]
fn nothing_is_done_to_a_row_that_is_no_more() {
    let mut play = Play::entered();
    play.run("{F9}410{Enter}");
    play.town.no_month = true;
    heard(&mut play, "month", "2026-03-01");
    play.settle();
    play.run("{F2}");
    assert!(
        play.desk.overlay.is_none() && play.sight().contains("Этой строки больше нет"),
        "{}",
        play.sight()
    );
    play.run("{F5}");
    assert!(!play.sight().contains("03.2026  "), "{}", play.sight());
}

/// What others did while the line was away is told like everything else.
#[test]
fn after_the_line_is_back_what_changed_meanwhile_is_told() {
    let mut play = charges();
    play.tell(Msg::Link(LinkState::Down("Связь прервалась".to_owned())));
    play.town.charges = Some((1..=8).map(|at| (at, "1.00")).collect());
    play.tell(Msg::Link(LinkState::Up { again: true }));
    play.settle();
    assert_eq!(list(&play).0.told(), Told { changed: 8, new: 0, gone: 1 }, "{}", play.sight());
}

/// Rights of this session are asked for when it is told of them, and of no other; what the answer says is in force at once.
#[test]
fn rights_are_read_again_when_they_are_announced() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}");
    let asked = |play: &Play| {
        let is_it = |effect: &&Effect| matches!(effect, Effect::Call { call: Call::Function { name, .. }, .. } if name == "admin.session_rights");
        play.effects.iter().filter(is_it).count()
    };
    let notice = |id: String| Msg::Notice { topic: "rights".to_owned(), id, version: 0 };
    play.town.rights = serde_json::json!({
        "operations": [], "relations": ["cards.premises_area", "admin.seen"], "screens": ["210"], "closed": ["332"],
    });
    play.tell(notice(uuid::Uuid::nil().to_string()));
    assert_eq!(asked(&play), 0);
    play.tell(notice(SESSION.to_string()));
    play.sees("Ваши права изменены");
    assert_eq!(asked(&play), 1);
    play.run("{F9}332{Enter}");
    play.sees("не входит в вашу должность");
    play.run("{F9}212{Enter}");
    play.sees("Нет права");
    // The same rights told once more change nothing and say nothing.
    play.run("{Esc}");
    play.tell(notice(SESSION.to_string()));
    play.settle();
    assert!(!play.sight().contains("Ваши права"), "{}", play.sight());
}
