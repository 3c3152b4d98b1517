//! A screen that is open: its rows, what is typed, where the cursor stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::blocks::BlockState;
use super::feed::Feed;
use super::grid::{All, GridState, RowKey};
use super::line::Line;
use super::model::{Act, Column, Load, Name, Now, Screen, Shown};
use super::typed;
use super::value::{Show, Value, shown};

/// Number of an open screen; never used twice in a session.
pub type WindowId = u32;

/// An open screen.
#[derive(Debug, Clone)]
pub struct Window {
    /// Its number.
    pub id: WindowId,
    /// What it is.
    pub model: Arc<Screen>,
    /// What it was opened with.
    pub keys: BTreeMap<String, Value>,
    /// Rows, a feed for each source.
    pub feeds: Vec<Feed>,
    /// Typed texts, one for each field.
    pub typed: Vec<Typed>,
    /// Cursors, one for each grid.
    pub grids: Vec<GridState>,
    /// State of the blocks.
    pub blocks: Vec<BlockState>,
    /// The chosen tab.
    pub tab: usize,
    /// The sheet that is turned up, of screens that have several.
    pub page: usize,
    /// Screens opened inside tabs.
    pub embeds: BTreeMap<usize, Window>,
    /// Where the cursor is.
    pub focus: Focus,
    /// Whether it is among the operator's recent cards already.
    pub remembered: bool,
    /// The mark of what was shown when the first thing was typed: reading anew by itself does not make it seen.
    pub seen: Option<Value>,
    /// Who waits for the row picked here: window and field.
    pub picks_for: Option<(WindowId, usize)>,
}

/// Where the cursor of a window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// In a field.
    Field(usize),
    /// In the middle: grid, block or the screen inside.
    Middle,
}

/// What is typed into a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The text.
    pub line: Line,
    /// Whether anybody typed: else the field shows its source.
    pub changed: bool,
    /// What is wrong with it, as a sentence.
    pub wrong: Option<String>,
    /// Beyond belief, typed once: the same again is believed.
    pub doubted: Option<String>,
}

impl Typed {
    /// Whether something beyond belief was typed twice, and so is believed.
    #[must_use]
    pub fn is_typed_twice(&self) -> bool {
        self.doubted.as_deref().is_some_and(|doubted| doubted == self.line.text() && !doubted.is_empty())
    }
}

/// The marked rows of a grid, and how all of them are marked.
type Marks = (BTreeMap<RowKey, Vec<Value>>, Option<All>);

/// What is typed into a screen and marked on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    typed: Vec<String>,
    marks: Vec<Marks>,
}

/// What names of the session mean now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Present {
    /// The day.
    pub today: NaiveDate,
    /// The day of the date line, where one is chosen.
    pub shown: Option<NaiveDate>,
    /// First day of the month being collected.
    pub month: Option<NaiveDate>,
    /// The operator's login.
    pub operator: String,
}

impl Window {
    /// The month a column tells of, where it tells of one; what the file calls it else.
    #[must_use]
    pub fn heading(&self, column: &Column, present: &Present) -> String {
        let month = column.month.as_ref().map(|name| shown(&self.value(name, present), &Show::Month));
        month.filter(|month| !month.is_empty()).unwrap_or_else(|| column.title.clone())
    }

    /// Opens a screen; nothing is read yet.
    #[must_use]
    pub fn open(id: WindowId, model: Arc<Screen>, keys: BTreeMap<String, Value>, present: &Present) -> Self {
        let mut window = Self {
            id,
            keys,
            feeds: vec![Feed::default(); model.sources.len()],
            typed: vec![Typed::default(); model.fields.len()],
            grids: vec![GridState::default(); model.grids.len()],
            blocks: model.blocks.iter().map(|_| BlockState::default()).collect(),
            tab: 0,
            page: 0,
            embeds: BTreeMap::new(),
            focus: Focus::Middle,
            remembered: false,
            seen: None,
            picks_for: None,
            model,
        };
        window.fill_defaults(present);
        window.focus = window.first_focus();
        window
    }

    /// Puts into fields nobody typed into what their source has, else their default.
    pub fn fill_defaults(&mut self, present: &Present) {
        let model = Arc::clone(&self.model);
        for (index, field) in model.fields.iter().enumerate() {
            let Some(entry) = &field.entry else { continue };
            let names = [field.from.as_ref(), entry.default.as_ref()];
            let mut values = names.into_iter().flatten().map(|name| self.value(name, present)).peekable();
            if values.peek().is_none() {
                continue;
            }
            let value = values.find(|value| !value.is_empty()).unwrap_or_default();
            if let Some(typed) = self.typed.get_mut(index).filter(|typed| !typed.changed) {
                typed.line = Line::fresh(&typed::typed(&entry.kind, &value));
            }
        }
    }

    fn first_focus(&self) -> Focus {
        let stops = self.stops();
        let entry = stops
            .iter()
            .find(|stop| matches!(stop, Focus::Field(field) if self.model.fields[*field].is_entry()));
        entry.copied().unwrap_or(if self.model.tabs.is_empty() {
            stops.first().copied().unwrap_or(Focus::Middle)
        } else {
            Focus::Middle
        })
    }

    /// The places the cursor goes through with Tab, in reading order.
    #[must_use]
    pub fn stops(&self) -> Vec<Focus> {
        let slots = |at_foot| {
            let pictures = self.model.pictures.iter().filter(move |picture| picture.at_foot == at_foot);
            pictures.flat_map(|picture| &picture.slots).map(|slot| slot.field)
        };
        let takes = |field: &usize| self.model.fields[*field].takes_focus();
        let mut stops: Vec<Focus> = slots(false).filter(takes).map(Focus::Field).collect();
        if !self.model.tabs.is_empty() {
            stops.push(Focus::Middle);
        }
        stops.extend(slots(true).filter(takes).map(Focus::Field));
        stops
    }

    /// Whether a picture is seen: it stands on every sheet, or on the one turned up.
    #[must_use]
    pub fn is_in_sight(&self, picture: usize) -> bool {
        !self.model.pages.contains(&picture) || self.model.pages.get(self.page) == Some(&picture)
    }

    /// The sheet a field stands on; none where it stands on all.
    #[must_use]
    pub fn page_of(&self, field: usize) -> Option<usize> {
        let draws = |picture: &usize| {
            self.model
                .pictures
                .get(*picture)
                .is_some_and(|picture| picture.slots.iter().any(|slot| slot.field == field))
        };
        self.model.pages.iter().position(draws)
    }

    /// The value of a name.
    #[must_use]
    pub fn value(&self, name: &Name, present: &Present) -> Value {
        match name {
            Name::Key(key) => self.keys.get(key).cloned().unwrap_or_default(),
            Name::Column { source, column } => {
                self.feeds.get(*source).and_then(|feed| feed.first(*column)).cloned().unwrap_or_default()
            }
            Name::Row { grid, column } => self.of_row(*grid, *column),
            Name::Front(columns) => self
                .front_grid()
                .and_then(|grid| Some(self.of_row(grid, *columns.get(grid)?)))
                .unwrap_or_default(),
            Name::Field(field) => self.field_value(*field, present),
            Name::Marks(grid) => self.marked(*grid),
            Name::Now(Now::Today) => Value::Day(present.today),
            Name::Now(Now::Day) => Value::Day(present.shown.unwrap_or(present.today)),
            Name::Now(Now::Month) => present.month.map_or(Value::Null, Value::Day),
            Name::Now(Now::Operator) => Value::Text(present.operator.clone()),
            Name::Given(value) => value.clone(),
        }
    }

    /// A column of the row under the cursor of a grid.
    fn of_row(&self, grid: usize, column: usize) -> Value {
        let Some(model) = self.model.grids.get(grid) else { return Value::Null };
        let row = self.grids.get(grid).map_or(0, |state| state.row);
        self.cell(model.source, row, column)
    }

    /// What is marked in a grid.
    fn marked(&self, grid: usize) -> Value {
        let (Some(model), Some(state)) = (self.model.grids.get(grid), self.grids.get(grid)) else {
            return Value::Null;
        };
        let columns = self.model.sources.get(model.source).map_or(&[][..], |source| &source.columns);
        let rows = self.feeds.get(model.source).map_or(&[][..], |feed| &feed.rows);
        state.marked(model, columns, rows)
    }

    /// A column of all rows of a grid that are read.
    pub(crate) fn column(&self, grid: usize, column: usize) -> Vec<Value> {
        let feed = self.model.grids.get(grid).and_then(|model| self.feeds.get(model.source));
        feed.map_or_else(Vec::new, |feed| {
            feed.rows.iter().filter_map(|row| row.get(column).cloned()).collect()
        })
    }

    fn cell(&self, source: usize, row: usize, column: usize) -> Value {
        self.feeds.get(source).and_then(|feed| feed.cell(row, column)).cloned().unwrap_or_default()
    }

    /// What a field holds: typed, or read. A text that is no value is nothing.
    #[must_use]
    pub fn field_value(&self, field: usize, present: &Present) -> Value {
        let Some(model) = self.model.fields.get(field) else { return Value::Null };
        match (&model.entry, &model.from) {
            (Some(entry), _) => {
                let text = self.typed.get(field).map_or("", |typed| typed.line.text());
                typed::value(entry, text, present.today).unwrap_or_default()
            }
            // Under one list nothing is said of a row of another.
            (None, Some(Name::Row { grid, .. })) if self.is_behind(*grid) => Value::Null,
            (None, Some(from)) => self.value(from, present),
            (None, None) => Value::Null,
        }
    }

    /// The field whose text is no value though a source is asked by it: what it would list is nobody's question.
    #[must_use]
    pub fn wrong_question(&self, source: usize, present: &Present) -> Option<usize> {
        let by = &self.model.sources.get(source)?.by;
        by.iter().find_map(|(_, name)| {
            let Name::Field(field) = name else { return None };
            let entry = self.model.fields.get(*field)?.entry.as_ref()?;
            let typed = self.typed.get(*field)?;
            let is_wrong = typed::value(entry, typed.line.text(), present.today).is_err();
            (is_wrong && typed.changed).then_some(*field)
        })
    }

    /// Whether anything is typed that would be lost.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let is_lost = |(field, typed): (usize, &Typed)| typed.changed && !self.model.only_asks(field);
        self.typed.iter().enumerate().any(is_lost)
            || self.grids.iter().any(GridState::is_changed)
            || self.embeds.values().any(Self::is_changed)
    }

    /// What is typed and marked here now, to be compared with what is later.
    #[must_use]
    pub fn filled(&self) -> Filled {
        Filled {
            typed: self.typed.iter().map(|typed| typed.line.text().to_owned()).collect(),
            marks: self.grids.iter().map(|state| (state.marks.clone(), state.all.clone())).collect(),
        }
    }

    /// Takes the mark of what is shown now when its source was read, unless something is typed over what was shown before.
    pub fn look(&mut self, read: usize, present: &Present) {
        let mark = self.model.actions.iter().find_map(|action| match &action.act {
            Act::Operation { seen: Some(name @ Name::Column { source, .. }), .. } if *source == read => {
                Some(name)
            }
            _ => None,
        });
        let Some(mark) = mark.map(|name| self.value(name, present)).filter(|mark| !mark.is_empty()) else {
            return;
        };
        if self.seen.is_none() || !self.is_changed() {
            self.seen = Some(mark);
        }
    }

    /// What the chosen tab shows.
    #[must_use]
    pub fn shown(&self) -> Option<&Shown> {
        self.model.tabs.get(self.tab).map(|tab| &tab.show)
    }

    /// The grid in front, if one is.
    #[must_use]
    pub fn front_grid(&self) -> Option<usize> {
        match self.shown() {
            Some(Shown::Grid(grid)) => Some(*grid),
            _ => None,
        }
    }

    /// Whether a grid is on a tab that is not the chosen one.
    #[must_use]
    pub fn is_behind(&self, grid: usize) -> bool {
        self.front_grid() != Some(grid)
    }

    /// The block in front, if one is.
    #[must_use]
    pub fn front_block(&self) -> Option<usize> {
        match self.shown() {
            Some(Shown::Block(block)) => Some(*block),
            _ => None,
        }
    }

    /// Whether a source is to be read now.
    #[must_use]
    pub fn wants(&self, source: usize) -> bool {
        match self.model.sources[source].load {
            Load::Open => true,
            Load::Ask => self.feeds[source].asked,
            Load::Show => self.feeds[source].asked || self.front_source() == Some(source),
        }
    }

    /// The source of what is in front.
    #[must_use]
    pub fn front_source(&self) -> Option<usize> {
        self.front_grid().and_then(|grid| self.model.grids.get(grid)).map(|grid| grid.source)
    }

    /// The window keys go to: the one inside, as long as the cursor is in the middle.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        match self.embeds.get(&self.tab) {
            Some(inside) if self.focus == Focus::Middle => inside.innermost(),
            _ => self,
        }
    }

    /// The window of a number, here or inside.
    pub fn find_mut(&mut self, id: WindowId) -> Option<&mut Self> {
        if self.id == id {
            return Some(self);
        }
        self.embeds.values_mut().find_map(|inside| inside.find_mut(id))
    }

    /// The window of a number, here or inside.
    #[must_use]
    pub fn find(&self, id: WindowId) -> Option<&Self> {
        if self.id == id {
            return Some(self);
        }
        self.embeds.values().find_map(|inside| inside.find(id))
    }

    /// This window and what is seen inside it: the screens of the tabs in front.
    #[must_use]
    pub fn in_sight(&self) -> Vec<&Self> {
        let mut seen = vec![self];
        seen.extend(self.embeds.get(&self.tab).map(Self::in_sight).unwrap_or_default());
        seen
    }

    /// This window and all inside it.
    #[must_use]
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.embeds.values().flat_map(Self::all));
        all
    }
}
