//! All screens together: what one says of another is true.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::error::ScreenError;
use super::visit::ways;
use super::{lint, read, words};
use crate::engine::desk::{bare_title, lines_of};
use crate::engine::model::{Name, Screen, Shown};
use crate::strict::nearest::hint;

/// The folder `screens`, inside the program.
static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/screens");

/// Files by their paths below `screens`; the text of those inside the program is not copied.
pub type Files = BTreeMap<String, Cow<'static, str>>;

/// The screens of a workstation, and what was wrong with their files: one bad file does not take the others away.
#[derive(Debug, Default)]
pub struct Set {
    /// Screens by name.
    pub screens: BTreeMap<String, Screen>,
    /// What is wrong, by file and line.
    pub wrong: Vec<ScreenError>,
}

/// The files inside the program.
#[must_use]
pub fn embedded() -> Files {
    fn gather(dir: &'static Dir<'static>, files: &mut Files) {
        for file in dir.files().filter(|file| file.path().extension().is_some_and(|end| end == "toml")) {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                files.insert(path.replace('\\', "/"), Cow::Borrowed(text));
            }
        }
        dir.dirs().for_each(|dir| gather(dir, files));
    }
    let mut files = Files::new();
    gather(&EMBEDDED, &mut files);
    files
}

impl Set {
    /// The screens of these files in a language (`ru` is that of the files themselves); what only replaces embedded files comes
    /// from outside, laid over [`embedded`] by path.
    #[must_use]
    pub fn of(files: &Files, language: &str) -> Self {
        let mut set = Self::default();
        for (path, text) in files {
            let Some(name) = path.strip_suffix(".toml") else { continue };
            if let Some((base, _)) = name.split_once('.') {
                if !files.contains_key(&format!("{base}.toml")) {
                    let problem = format!("перевод без своего экрана {base}.toml; проверьте имя файла");
                    set.wrong.push(ScreenError { file: path.clone(), line: 1, problem });
                }
                continue;
            }
            let overlay = format!("{name}.{language}.toml");
            let overlays: Vec<(&str, &str)> =
                files.get(&overlay).map(|text| (overlay.as_str(), text.as_ref())).into_iter().collect();
            match read(name, text, &overlays) {
                Ok(mut screen) => {
                    if let Some(text) = files.get(&format!("{name}.en.toml")).filter(|_| overlays.is_empty())
                    {
                        read::name(text, &mut screen);
                    }
                    set.screens.insert(name.to_owned(), screen);
                }
                Err(wrong) => {
                    set.wrong.extend(wrong);
                    // Words of a bad overlay are worth less than the screen.
                    let plain = if overlays.is_empty() { None } else { read(name, text, &[]).ok() };
                    set.screens.extend(plain.map(|screen| (name.to_owned(), screen)));
                }
            }
        }
        set
    }

    /// The screen of a code or name.
    #[must_use]
    pub fn find(&self, wanted: &str) -> Option<&Screen> {
        let by_code = |screen: &&Screen| !screen.code.is_empty() && screen.code == wanted;
        self.screens.get(wanted).or_else(|| self.screens.values().find(by_code))
    }

    /// All that is wrong: what could not be read, what [`lint`] says of each, and what screens say of each other. `menu` are the
    /// codes of the menu.
    #[must_use]
    pub fn check(&self, menu: &[&str]) -> Vec<ScreenError> {
        let mut wrong = self.wrong.clone();
        for screen in self.screens.values() {
            wrong.extend(lint::screen(screen).into_iter().map(|problem| told(screen, problem)));
            wrong.extend(self.ways_of(screen));
        }
        wrong.extend(self.codes());
        wrong.extend(self.titles());
        wrong.extend(self.menu(menu));
        wrong.extend(self.engine());
        wrong.extend(self.unused(menu));
        wrong.sort();
        wrong.dedup();
        wrong
    }

    fn codes(&self) -> Vec<ScreenError> {
        let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
        let mut wrong = Vec::new();
        for screen in self.screens.values().filter(|screen| !screen.code.is_empty()) {
            if let Some(other) = taken.insert(&screen.code, &screen.name) {
                wrong
                    .push(told(screen, format!("код {} уже у экрана {other}; выберите другой", screen.code)));
            }
        }
        wrong
    }

    /// The palette tells screens apart by what they are called while they show nothing.
    fn titles(&self) -> Vec<ScreenError> {
        let mut taken: BTreeMap<String, &Screen> = BTreeMap::new();
        let mut wrong = Vec::new();
        for screen in self.screens.values().filter(|screen| !screen.code.is_empty()) {
            let title = bare_title(screen);
            if let Some(other) = taken.get(&title) {
                let other = &other.code;
                wrong.push(told(
                    screen,
                    format!("«{title}» в палитре уже экран {other}; назовите иначе или скажите called"),
                ));
            } else {
                taken.insert(title, screen);
            }
        }
        wrong
    }

    /// Links, lists and embedded screens exist and get the keys they declare; nothing embeds itself.
    fn ways_of(&self, screen: &Screen) -> Vec<ScreenError> {
        let mut wrong = Vec::new();
        for way in ways(screen) {
            let Some(target) = self.find(way.screen) else {
                let all =
                    self.screens.values().flat_map(|screen| [screen.code.as_str(), screen.name.as_str()]);
                wrong.push(told(screen, format!("экрана «{}» нет; {}", way.screen, hint(way.screen, all))));
                continue;
            };
            if way.answers {
                if target.keys.len() != 1 {
                    wrong.push(told(
                        screen,
                        format!(
                            "экран {} открывается тем, что ответила функция; у него должен быть один ключ",
                            way.screen
                        ),
                    ));
                }
                continue;
            }
            let given = || way.with.iter().map(|(key, _)| key);
            for key in given().filter(|key| !target.keys.contains(key)) {
                let hint = hint(key, target.keys.iter().map(String::as_str));
                wrong.push(told(
                    screen,
                    format!("экрану {} передан ключ «{key}», которого он не знает; {hint}", way.screen),
                ));
            }
            for key in target.keys.iter().filter(|key| !given().any(|given| given == *key)) {
                wrong.push(told(
                    screen,
                    format!("экрану {} не передан ключ «{key}»; допишите его в with", way.screen),
                ));
            }
            let is_nothing = |name: &Name| matches!(name, Name::Given(value) if value.is_empty());
            for (key, _) in way.with.iter().filter(|(_, name)| is_nothing(name)) {
                if !target.optional.contains(key) {
                    wrong.push(told(
                        screen,
                        format!(
                            "экрану {} ключ «{key}» передан пустым и не откроет его; объявите ключ там в optional",
                            way.screen
                        ),
                    ));
                }
            }
            if way.inside && target.dialog {
                wrong.push(told(screen, format!("экран {} — окно, внутрь другого он не встаёт", way.screen)));
            }
            if way.inside && !self.embeds(target, &screen.name, 0) {
                let pictures = usize::from(lines_of(screen, lint::COLUMNS));
                let strip = usize::from(screen.tabs.len() > 1);
                wrong.extend(
                    lint::room(target, pictures + strip).into_iter().map(|problem| told(screen, problem)),
                );
            } else if way.inside {
                wrong.push(told(
                    screen,
                    format!("экран {} показывает сам себя внутри себя; разорвите круг", way.screen),
                ));
            }
        }
        wrong
    }

    /// Whether a screen shows another inside, at any depth.
    fn embeds(&self, screen: &Screen, wanted: &str, depth: usize) -> bool {
        screen.name == wanted
            || depth < self.screens.len()
                && screen.tabs.iter().any(|tab| match &tab.show {
                    Shown::Embed { screen, .. } => {
                        self.find(screen).is_some_and(|inner| self.embeds(inner, wanted, depth + 1))
                    }
                    Shown::Grid(_) | Shown::Block(_) => false,
                })
    }

    /// What a menu opens needs no keys, or finds them by the argument typed behind the code.
    fn menu(&self, menu: &[&str]) -> Vec<ScreenError> {
        let mut wrong = Vec::new();
        for code in menu {
            match self.find(code) {
                None => wrong.push(ScreenError {
                    file: "menu".to_owned(),
                    line: 1,
                    problem: format!("меню ведёт на экран {code}, которого нет"),
                }),
                Some(screen) if !screen.keys.is_empty() && screen.argument.is_none() => {
                    wrong.push(told(
                        screen,
                        "экран стоит в меню, но без ключей не откроется; дайте ему argument".to_owned(),
                    ));
                }
                Some(_) => {}
            }
        }
        wrong
    }

    /// What the engine opens itself is one screen each, and takes the keys it gives.
    fn engine(&self) -> Vec<ScreenError> {
        let mut wrong = Vec::new();
        // A few files looked at by themselves are no workstation.
        let is_whole = self.screens.values().any(|screen| screen.role.is_some());
        for (word, role) in words::ROLES {
            let holders: Vec<&Screen> =
                self.screens.values().filter(|screen| screen.role == Some(*role)).collect();
            if holders.is_empty() && is_whole {
                let problem =
                    format!("роли «{word}» нет ни у одного экрана, программе нечего открыть; верните её");
                wrong.push(ScreenError { file: "screens".to_owned(), line: 1, problem });
            }
            for other in holders.iter().skip(1) {
                let problem = format!("роль «{word}» уже у экрана {}; оставьте её одному", holders[0].name);
                wrong.push(told(other, problem));
            }
            for screen in holders {
                match role.keys() {
                    Some(keys) if screen.keys != *keys => wrong.push(told(
                        screen,
                        format!("этот экран открывает сама программа, его ключи: [{}]", keys.join(", ")),
                    )),
                    None if screen.argument.is_none() => wrong.push(told(
                        screen,
                        format!("роль «{word}» — у экрана, который открывается номером; дайте ему argument"),
                    )),
                    _ => {}
                }
            }
        }
        wrong
    }

    /// A screen with neither code nor way to it is seen by nobody.
    fn unused(&self, menu: &[&str]) -> Vec<ScreenError> {
        let used = |wanted: &Screen| {
            !wanted.code.is_empty()
                || menu.contains(&wanted.code.as_str())
                || wanted.role.is_some()
                || self
                    .screens
                    .values()
                    .any(|screen| ways(screen).iter().any(|way| way.screen == wanted.name))
        };
        let unused = self.screens.values().filter(|screen| !used(screen));
        unused
            .map(|screen| {
                told(
                    screen,
                    "к экрану нет дороги: ни кода, ни ссылки; дайте code или уберите файл".to_owned(),
                )
            })
            .collect()
    }
}

fn told(screen: &Screen, problem: String) -> ScreenError {
    ScreenError { file: format!("{}.toml", screen.name), line: 1, problem }
}
