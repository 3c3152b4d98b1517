//! However late, often and disorderly answers come: the end is that of a prompt app.

use kvartal::engine::effect::Effect;

use super::play::Play;

/// Things to do, and what somebody looks for before going on.
const DAY: [(&str, &str); 11] = [
    ("kv_anna{Enter}тайна{Enter}", "Месяцы"),
    // Typed ahead of every answer: the search, its first hit, the third charge.
    ("{F9}{F3}Вишн{Enter}{Down}{Down}", "Услуга 3"),
    // Past the end of what is here, twice: the pages behind it come, and the cursor is where the keys led it.
    ("{Down}{Down}{Down}{Down}{Down}{Down}", "Услуга 9"),
    // A code with an argument, an action by its name, a field, the difference.
    (
        "{F10}{F10}{F9}210 41001{Enter}{F9}Измен{Enter}60,5{Enter}{Enter}{Enter}{Enter}01.03.2026{Enter}акт 5{F2}",
        "12,30",
    ),
    ("{F2}", "60,5"),
    ("{F10}{F9}332{Enter}{Tab}{Enter}", "ХВ-1"),
    ("{Tab}{Tab}120{Enter}999{Enter}130{Enter}", "Отказов 1"),
    ("{F10}", "2 Выбросить"),
    ("2{F10}{F9}100{Enter}Груш", "Грушина"),
    ("{Enter}", "41003"),
    ("{F9}{F9}", "Месяцы"),
];

/// The last sight and everything done, after a day.
fn day(play: &mut Play) -> (String, Vec<String>) {
    play.town.page = Some(4);
    for (keys, seen) in DAY {
        play.run(keys);
        play.sees(seen);
    }
    play.run("{Home}");
    play.settle();
    let mut done = std::mem::take(&mut play.town.done);
    done.sort();
    (play.sight(), done)
}

#[test]
fn answers_late_doubled_and_out_of_order_change_nothing() {
    let meant = day(&mut Play::prompt());
    assert_eq!(meant.1.len(), 3, "{:?}", meant.1);
    for seed in 0..200 {
        let mut play = Play::shaken(seed, 0);
        let (sight, done) = day(&mut play);
        assert_eq!(sight, meant.0, "seed {seed}");
        assert_eq!(done, meant.1, "seed {seed}");
        assert!(pages(&play) >= 2, "seed {seed}: nobody paged");
    }
}

/// How many pages behind the first were asked for.
fn pages(play: &Play) -> usize {
    let is_page = |effect: &&Effect| matches!(effect, Effect::Load { query, .. } if query.after.is_some());
    play.effects.iter().filter(is_page).count()
}

/// Nine charges in pages of four: 4 + 4 + 1, none missing, none twice, in their order.
#[test]
fn pages_that_come_late_are_put_together_in_their_order() {
    for seed in 0..100 {
        let mut play = Play::shaken(seed, 0);
        play.town.page = Some(4);
        play.run("kv_anna{Enter}тайна{Enter}");
        play.sees("Месяцы");
        play.run("{F9}210 41001{Enter}{PgDn}{PgDn}{PgDn}");
        play.settle();
        let window = play.desk.focused().unwrap();
        let feed = &window.feeds[window.model.grids[0].source];
        let column = window.model.sources[window.model.grids[0].source]
            .columns
            .iter()
            .position(|name| name == "service_id");
        let services: Vec<String> =
            feed.rows.iter().map(|row| format!("{:?}", row[column.unwrap()])).collect();
        let meant: Vec<String> = (1..=9).map(|service| format!("Int({service})")).collect();
        assert_eq!((services, feed.more), (meant, false), "seed {seed}");
    }
}

#[test]
fn a_line_that_breaks_changes_nothing_either() {
    let meant = day(&mut Play::prompt());
    let mut broken = 0;
    for seed in 0..100 {
        let mut play = Play::shaken(seed, 3);
        let (sight, done) = day(&mut play);
        assert_eq!(sight, meant.0, "seed {seed}");
        assert_eq!(done, meant.1, "seed {seed}");
        broken += 3 - play.breaks_left();
    }
    assert!(broken > 200, "{broken} breaks");
}
