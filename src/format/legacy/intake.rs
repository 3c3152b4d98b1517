//! Takes rows in, kind after kind, keeping what later rows refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::profile::{Kind, Profile};
use super::bind::BoundFile;
use super::cells::Cells;
use super::{Address, BadRow, Code, LegacyData, Reason, Source, SourceFile, Sourced};

/// The data taken so far, and the places of its rows by their keys.
pub(super) struct Intake {
    pub(super) data: LegacyData,
    pub(super) providers: BTreeMap<Code, usize>,
    pub(super) streets: BTreeMap<Code, usize>,
    pub(super) services: BTreeMap<Code, usize>,
    /// What services become here.
    pub(super) becomes: BTreeMap<Code, usize>,
    pub(super) tariffs: BTreeMap<(usize, chrono::NaiveDate), usize>,
    pub(super) norms: BTreeMap<(usize, chrono::NaiveDate), usize>,
    pub(super) premises: BTreeMap<Address, usize>,
    pub(super) accounts: BTreeMap<Code, usize>,
    /// By account and service.
    pub(super) bases: BTreeMap<(usize, usize), usize>,
    /// By account and service.
    pub(super) balances: BTreeMap<(usize, usize), usize>,
}

pub(super) fn take_all(profile: &Profile, files: &[SourceFile<'_>], bound: &[BoundFile<'_>]) -> LegacyData {
    let mut intake = Intake::new(profile);
    for file in bound {
        for torn in file.table.torn() {
            let at = Source { file: file.name.clone(), line: torn.line };
            intake.data.bad.push(BadRow { at, reason: torn.reason.clone().into() });
        }
        intake.data.unused_columns.insert(file.name.clone(), file.unused());
    }
    for kind in Kind::ALL {
        for file in bound {
            for rows in file.rows.iter().filter(|rows| rows.kind == kind) {
                for row in file.table.rows() {
                    let at = Source { file: file.name.clone(), line: row.line() };
                    let cells = Cells { row, bound: rows, notation: &file.plan.notation };
                    intake.take(kind, &cells, at);
                }
            }
        }
    }
    intake.finish(files, bound)
}

impl Intake {
    fn new(profile: &Profile) -> Self {
        let data = LegacyData {
            month: profile.month,
            providers: Vec::new(),
            streets: Vec::new(),
            services: Vec::new(),
            tariffs: Vec::new(),
            norms: Vec::new(),
            premises: Vec::new(),
            accounts: Vec::new(),
            bases: Vec::new(),
            balances: Vec::new(),
            controls: Vec::new(),
            bad: Vec::new(),
            unused_columns: BTreeMap::new(),
            unused_files: Vec::new(),
        };
        Self {
            data,
            providers: BTreeMap::new(),
            streets: BTreeMap::new(),
            services: BTreeMap::new(),
            becomes: BTreeMap::new(),
            tariffs: BTreeMap::new(),
            norms: BTreeMap::new(),
            premises: BTreeMap::new(),
            accounts: BTreeMap::new(),
            bases: BTreeMap::new(),
            balances: BTreeMap::new(),
        }
    }

    fn take(&mut self, kind: Kind, cells: &Cells<'_>, at: Source) {
        let here = at.clone();
        let taken = match kind {
            Kind::Provider => self.provider(cells, at),
            Kind::Street => self.street(cells, at),
            Kind::Service => self.service(cells, at),
            Kind::Tariff => self.tariff(cells, at),
            Kind::Norm => self.norm(cells, at),
            Kind::Account => self.account(cells, at),
            Kind::ChargeBase => self.charge_base(cells, at),
            Kind::OpeningBalance => self.opening_balance(cells, at),
            Kind::Control => self.control(cells, at),
        };
        if let Err(reason) = taken {
            self.data.bad.push(BadRow { at: here, reason });
        }
    }

    /// A row that gives rows of several kinds is told once for each reason.
    fn finish(mut self, files: &[SourceFile<'_>], bound: &[BoundFile<'_>]) -> LegacyData {
        let mut told = BTreeSet::new();
        self.data.bad.retain(|bad| told.insert(bad.to_string()));
        let read: BTreeSet<&str> = bound.iter().map(|file| file.name.as_ref()).collect();
        let unused = files.iter().filter(|file| !read.contains(file.name));
        self.data.unused_files = unused.map(|file| file.name.to_owned()).collect();
        self.data
    }
}

/// The place of a code among the rows taken.
pub(super) fn find(index: &BTreeMap<Code, usize>, what: &'static str, code: &str) -> Result<usize, Reason> {
    index.get(code).copied().ok_or_else(|| Reason::Unknown { what, code: code.to_owned() })
}

/// Refuses a key that is there already.
pub(super) fn unique<K: Ord, T>(
    index: &BTreeMap<K, usize>,
    rows: &[Sourced<T>],
    key: &K,
    what: impl FnOnce() -> String,
) -> Result<(), Reason> {
    match index.get(key).and_then(|&place| rows.get(place)) {
        None => Ok(()),
        Some(first) => Err(Reason::Duplicate { what: what(), first: first.at.clone() }),
    }
}
