//! Screens as they look with sample rows: the real engine is told what a database might answer.

mod sample;

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;
use uuid::Uuid;

use self::sample::Samples;
use super::contract::Catalogue;
use crate::engine::canvas::Canvas;
use crate::engine::desk::{Config, Desk, places, rows_of_grid, rows_total};
use crate::engine::effect::{Call, Effect};
use crate::engine::model::{Role, Screens, Shown};
use crate::engine::msg::{Answer, Msg};
use crate::engine::window::Focus;
use crate::keymap::Keymap;
use crate::locale::Lang;

/// One look of a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Painted {
    /// The title of the tab in front; empty where there is one part only.
    pub tab: String,
    /// What is seen.
    pub canvas: Canvas,
    /// Rows of data the grid in front has room for, where a grid is in front.
    pub rows: Option<usize>,
}

/// Paints a screen of this name with sample rows, once for each of its tabs. Empty: there is no such screen.
#[must_use]
pub fn paint(
    screens: &Screens,
    name: &str,
    catalogue: &Catalogue,
    lang: Lang,
    size: (u16, u16),
) -> Vec<Painted> {
    let Some(model) = screens.get(name) else { return Vec::new() };
    let samples = Samples::of(screens, catalogue, lang);
    let is_inside = model.role != Some(Role::Login);
    let mut desk = seated(screens, lang, size, &samples, is_inside);
    if is_inside {
        desk.open_named(name, model.keys.iter().map(|key| (key.clone(), sample::key(key))).collect());
    }
    let tabs = model.tabs.len().max(1);
    let mut looks: Vec<Painted> = (0..tabs).map(|tab| look(&mut desk, &samples, tab)).collect();
    for page in 1..model.pages.len() {
        if let Some(front) = desk.windows.last_mut() {
            front.page = page;
            let on_it =
                |stop: &Focus| matches!(stop, Focus::Field(field) if front.page_of(*field) == Some(page));
            if let Some(stop) = front.stops().into_iter().find(on_it) {
                front.focus = stop;
            }
        }
        looks.push(Painted {
            tab: format!("{} {}", desk.words().text("sheet"), page + 1),
            ..look(&mut desk, &samples, 0)
        });
    }
    looks
}

/// A workstation somebody has logged in at, or nobody.
fn seated(screens: &Screens, lang: Lang, size: (u16, u16), samples: &Samples<'_>, inside: bool) -> Desk {
    let config = Config {
        keymap: Keymap::builtin().clone(),
        screens: Arc::clone(screens),
        lang,
        seed: Uuid::nil(),
        quiet: true,
    };
    let mut desk = Desk::new(config, moment(), size);
    if inside {
        desk.logged_in(
            false,
            Answer::Done(json!({
                "login": "kv_accountant", "name": sample::PERSON, "settings": { "lang": lang.code() },
                "today": "2026-10-05", "month": "2026-09-01", "month_state": "charged",
            })),
        );
        settle(&mut desk, samples);
    }
    desk
}

/// Shows a tab and waits until everything it wants is there.
fn look(desk: &mut Desk, samples: &Samples<'_>, tab: usize) -> Painted {
    if let Some(front) = desk.windows.last_mut() {
        front.tab = tab;
        // A screen that waits to be asked is shown with what it would find.
        front.feeds.iter_mut().for_each(|feed| feed.asked = true);
    }
    settle(desk, samples);
    let tabs = desk.front().map(|front| front.model.tabs.as_slice()).unwrap_or_default();
    let title = tabs.get(tab).filter(|_| tabs.len() > 1).map(|tab| tab.title.clone());
    Painted { tab: title.unwrap_or_default(), canvas: desk.canvas(), rows: rows(desk) }
}

fn moment() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 10, 5).unwrap_or_default().and_hms_opt(10, 0, 0).unwrap_or_default()
}

/// Answers everything the workstation asks, until it asks no more.
fn settle(desk: &mut Desk, samples: &Samples<'_>) {
    let (width, height) = desk.size;
    let mut messages = VecDeque::from([Msg::Resize { width, height }]);
    while let Some(message) = messages.pop_front() {
        for effect in desk.update(moment(), message) {
            match effect {
                Effect::Load { req, query } => {
                    messages.push_back(Msg::Reply { req, answer: Answer::Rows(samples.rows(&query)) });
                }
                Effect::Call { req, call: Call::Explain { .. } } => {
                    messages.push_back(Msg::Reply { req, answer: Answer::Done(sample::explanation()) });
                }
                Effect::Call { req, call: Call::Paper { .. } } => {
                    messages.push_back(Msg::Reply { req, answer: Answer::Done(sample::paper()) });
                }
                Effect::Fetch { req, .. } => {
                    messages.push_back(Msg::Reply { req, answer: Answer::Done(sample::folder()) });
                }
                Effect::Call { req, .. } => {
                    messages.push_back(Msg::Reply { req, answer: Answer::Done(json!({})) });
                }
                _ => {}
            }
        }
    }
}

/// Rows of data in sight of the grid in front.
fn rows(desk: &Desk) -> Option<usize> {
    let mut window = desk.front()?;
    let mut area = desk.frame(window);
    loop {
        let middle = places(window, area).middle;
        match window.shown()? {
            Shown::Grid(grid) => return Some(rows_of_grid(middle.height, rows_total(window, *grid))),
            Shown::Block(_) => return None,
            Shown::Embed { .. } => window = window.embeds.get(&window.tab)?,
        }
        area = middle;
    }
}
