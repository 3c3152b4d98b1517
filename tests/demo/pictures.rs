//! The pictures of the README are of the screens there are: their words stand where the screen files put them.
//! After a change of screens: `bin/pictures`.

use std::path::Path;

use kvartal::cli::demo::pictures::PICTURES;
use kvartal::engine::model::{Part, Screen, Shown};
use kvartal::keymap::{Context, Keymap};
use kvartal::locale::{Lang, Words};
use kvartal::screen::set::{Set, embedded};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn drawn(name: &str) -> String {
    std::fs::read_to_string(root().join(format!("docs/pictures/{name}.txt"))).unwrap()
}

/// Words a screen shows whatever its data are.
fn fixed(screen: &Screen) -> Vec<String> {
    let mut words: Vec<String> = screen.title.0[..1]
        .iter()
        .filter_map(|part| if let Part::Text(text) = part { Some(text.trim().to_owned()) } else { None })
        .collect();
    words.extend(screen.fields.iter().map(|field| field.label.trim().to_owned()));
    if screen.tabs.len() > 1 {
        words.extend(screen.tabs.iter().map(|tab| tab.title.clone()));
    }
    if let Some(Shown::Grid(grid)) = screen.tabs.first().map(|tab| &tab.show) {
        let kept = screen.grids[*grid].columns.iter().filter(|column| column.drop == 0);
        words.extend(
            kept.filter(|column| column.width >= column.title.chars().count())
                .map(|column| column.title.clone()),
        );
    }
    words
}

#[test]
fn the_pictures_show_the_screens_as_they_are() {
    let set = Set::of(&embedded(), "ru");
    for picture in PICTURES {
        let (text, screen) = (drawn(picture.name), &set.screens[picture.screen]);
        assert_eq!(text.lines().count(), 24, "{}", picture.name);
        assert!(text.starts_with(&screen.code), "{}: {text}", picture.name);
        for word in fixed(screen) {
            assert!(text.contains(&word), "{}: «{word}»; draw anew: bin/pictures\n{text}", picture.name);
        }
        for command in Keymap::builtin().bar(Context::List, false).into_iter().flatten() {
            let label = command.label(Words::of(Lang::Ru));
            assert!(text.lines().last().unwrap().contains(&label), "{}: «{label}»", picture.name);
        }
        // A refusal or a number without room is no picture to show around.
        assert!(!text.contains("##"), "{}: {text}", picture.name);
    }
}

#[test]
fn the_readme_shows_them() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for name in ["account", "why"] {
        assert!(
            readme.contains(drawn(name).trim_end()),
            "{name}: copy docs/pictures/{name}.txt into README.md: bin/pictures"
        );
    }
    for picture in PICTURES {
        assert!(
            readme.contains(&format!("docs/pictures/{}.txt", picture.name)),
            "{} is not linked",
            picture.name
        );
    }
}
