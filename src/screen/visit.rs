//! Every place of a screen where a name or a way to another screen stands.

use crate::engine::model::{
    Act, Action, BlockKind, Confirm, Explain, Field, Grid, Link, Name, Part, RowName, Screen, Shown, Target,
    Template, Then,
};

/// A way to another screen: which, with what keys, and where it stands.
#[derive(Debug)]
pub struct Way<'s> {
    /// Code or name of the screen.
    pub screen: &'s str,
    /// The keys given.
    pub with: &'s [(String, Name)],
    /// Whether it is opened inside this one.
    pub inside: bool,
    /// Whether its only key is what a function answered.
    pub answers: bool,
}

/// Names a field speaks of.
#[must_use]
pub fn of_field(field: &Field) -> Vec<&Name> {
    let mut names: Vec<&Name> = field.from.iter().chain(&field.style).collect();
    names.extend(field.open.iter().flat_map(of_link));
    names.extend(field.explain.iter().flat_map(of_explain));
    names.extend(field.derive.iter().flat_map(|derive| &derive.of));
    names.extend(field.lookup.iter().flat_map(|lookup| values(&lookup.with)));
    if let Some(entry) = &field.entry {
        let bounds = entry.plausible.iter().flat_map(|(low, high)| [low, high]);
        names.extend(
            entry.default.iter().chain(bounds).chain(&entry.before).chain(&entry.within).chain(&entry.told),
        );
    }
    names
}

/// Names an action speaks of.
#[must_use]
pub fn of_action(action: &Action) -> Vec<&Name> {
    let mut names: Vec<&Name> = action.enabled.iter().chain(&action.refusal).chain(&action.named).collect();
    if let Confirm::Ask(question) = &action.confirm {
        names.extend(of_template(question));
    }
    match &action.act {
        Act::Operation { args, fact, seen, .. } => names.extend(values(args).chain(values(fact)).chain(seen)),
        Act::Function { args, .. } => names.extend(values(args)),
        Act::Open(link) => names.extend(of_link(link)),
        Act::Undo(name) | Act::CancelJob(name) | Act::Continue(Some(name)) => names.push(name),
        Act::Login { .. } | Act::Password { .. } | Act::Continue(None) | Act::Language | Act::Search => {}
    }
    for then in &action.then {
        if let Then::Open(link) = then {
            names.extend(of_link(link));
        }
    }
    names
}

/// Names a grid speaks of, beside the columns of its own source.
#[must_use]
pub fn of_grid(grid: &Grid) -> Vec<&Name> {
    let mut names: Vec<&Name> = grid.enter.iter().flat_map(of_link).collect();
    names.extend(grid.explain.iter().flat_map(of_explain));
    names.extend(grid.columns.iter().filter_map(|column| column.month.as_ref()));
    if let Some(commit) = &grid.commit {
        let no_access = commit.no_access.iter().flat_map(|(_, facts)| facts);
        names.extend(commit.facts.iter().chain(no_access).filter_map(|(_, name)| match name {
            RowName::Other(name) => Some(name),
            RowName::Column(_) | RowName::Typed(_) => None,
        }));
    }
    names
}

/// Names of the rest: title, sources, tabs, blocks.
#[must_use]
pub fn of_frame(screen: &Screen) -> Vec<&Name> {
    let mut names = of_template(&screen.title);
    names.extend(screen.sources.iter().flat_map(|source| values(&source.by)));
    let topics = screen.sources.iter().flat_map(|source| &source.topics);
    names.extend(topics.filter_map(|topic| topic.of.as_ref()));
    names.extend(screen.tabs.iter().filter_map(|tab| tab.badge.as_ref()));
    for tab in &screen.tabs {
        if let Shown::Embed { with, .. } = &tab.show {
            names.extend(values(with));
        }
    }
    for block in &screen.blocks {
        match &block.kind {
            BlockKind::Explain { account, month, service } => {
                names.extend([account, month].into_iter().chain(service));
            }
            BlockKind::Paper { args, .. } => names.extend(args.iter().map(|(_, name)| name)),
            BlockKind::Text { .. } | BlockKind::Files { .. } | BlockKind::KeyTest => {}
        }
    }
    names
}

/// All names of a screen.
#[must_use]
pub fn names(screen: &Screen) -> Vec<&Name> {
    let mut names = of_frame(screen);
    names.extend(screen.fields.iter().flat_map(of_field));
    names.extend(screen.grids.iter().flat_map(of_grid));
    names.extend(screen.actions.iter().flat_map(of_action));
    names
}

/// All ways to other screens that a file names; those a column names are known at run time only.
#[must_use]
pub fn ways(screen: &Screen) -> Vec<Way<'_>> {
    let mut links: Vec<&Link> = screen.fields.iter().filter_map(|field| field.open.as_ref()).collect();
    links.extend(screen.grids.iter().filter_map(|grid| grid.enter.as_ref()));
    for action in &screen.actions {
        if let Act::Open(link) = &action.act {
            links.push(link);
        }
        links.extend(action.then.iter().filter_map(|then| match then {
            Then::Open(link) => Some(link),
            _ => None,
        }));
    }
    let mut ways: Vec<Way<'_>> = links
        .into_iter()
        .filter_map(|link| match &link.screen {
            Target::Screen(screen) => Some(Way { screen, with: &link.with, inside: false, answers: false }),
            Target::Column(_) => None,
        })
        .collect();
    for field in &screen.fields {
        if let Some(lookup) = &field.lookup {
            ways.push(Way { screen: &lookup.screen, with: &lookup.with, inside: false, answers: false });
        }
    }
    for tab in &screen.tabs {
        if let Shown::Embed { screen, with } = &tab.show {
            ways.push(Way { screen, with, inside: true, answers: false });
        }
    }
    for block in &screen.blocks {
        if let BlockKind::Files { screens, .. } = &block.kind {
            for (_, screen) in screens {
                ways.push(Way { screen, with: &[], inside: false, answers: true });
            }
        }
    }
    ways
}

fn of_template(template: &Template) -> Vec<&Name> {
    let named = template.0.iter().filter_map(|part| match part {
        Part::Value(name, _) => Some(name),
        Part::Text(_) => None,
    });
    named.collect()
}

fn of_link(link: &Link) -> Vec<&Name> {
    let screen = match &link.screen {
        Target::Column(name) => Some(name),
        Target::Screen(_) => None,
    };
    screen.into_iter().chain(values(&link.with)).collect()
}

fn of_explain(explain: &Explain) -> Vec<&Name> {
    [&explain.account, &explain.month].into_iter().chain(&explain.service).collect()
}

fn values(pairs: &[(String, Name)]) -> impl Iterator<Item = &Name> {
    pairs.iter().map(|(_, name)| name)
}
