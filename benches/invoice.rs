//! Invoices: `cargo bench --bench invoice -- --accounts 10000`.
//!
//! A town is charged and released, then printed for everybody by the worker: from the order to the control sheet. Beside it, on one
//! thread: the same invoices read, and laid out and written. With `KVARTAL_BENCH_PYTHON` naming a Python that has ReportLab and
//! WeasyPrint, both draw the same sheets; they are given every place ready and need no layout.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to whoever runs it")]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use kvartal::document::invoice::Invoice;
use kvartal::document::invoice_form::lay_out;
use kvartal::document::page::{Face, Item, Page};
use kvartal::job::invoice;
use kvartal::output::faces::faces;
use kvartal::output::pdf::Meta;
use serde_json::{Value, json};
use support::{Bench, Figures, Outcome};

/// Invoices laid out on one thread: enough to time, few enough to hold.
const HELD: usize = 5_000;
/// Sheets the others draw.
const DRAWN: usize = 200;

/// The first month of the measured town.
fn first_month() -> kvartal::calc::period::Month {
    kvartal::calc::period::Month::of(chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default())
}

fn main() -> Outcome<()> {
    let accounts = support::argument("--accounts").unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(u32::try_from(accounts)?))
}

async fn measure(accounts: u32) -> Outcome<()> {
    let bench = Bench::start(accounts).await?;
    let mut figures = Figures::default();
    bench.charge(bench.month).await?;
    bench.release(bench.month).await?;
    run(&bench, &mut figures).await?;
    figures.memory()?;
    let invoices = read(&bench, &mut figures).await?;
    let sheets = one_thread(&invoices, &mut figures)?;
    rivals(&sheets, &mut figures)?;
    figures.print(accounts);
    bench.stop().await
}

/// The whole job, and what it left in the archive.
async fn run(bench: &Bench, figures: &mut Figures) -> Outcome<()> {
    let begun = Instant::now();
    bench.job("billing.print_run", json!({ "month": bench.month })).await?;
    let taken = begun.elapsed();
    figures.time("print run, from the order to the control sheet", taken);
    let sums = "select sum(n.sheets)::bigint, sum(n.invoices)::bigint, sum(f.size)::bigint
        from billing_data.print_bundle_done n join admin_data.document_file f on f.document_id = n.document_id";
    let row = bench.root().await?.query_one(sums, &[]).await?;
    let (sheets, invoices, bytes): (i64, i64, i64) = (row.get(0), row.get(1), row.get(2));
    figures.say("invoices, sheets", format_args!("{invoices}, {sheets}"));
    figures.say("bytes a sheet in bundles", bytes / sheets.max(1));
    figures.say("sheets a second, the whole run", per_second(usize::try_from(sheets)?, taken));
    Ok(())
}

/// Invoices of the first houses, as the worker reads them.
async fn read(bench: &Bench, figures: &mut Figures) -> Outcome<Vec<Vec<Invoice>>> {
    let session = bench.operator().await?;
    let houses = bench.root().await?.query("select id from cards_data.house order by id", &[]).await?;
    let through = bench.month.plus(1).first_day();
    let (begun, mut held, mut all) = (Instant::now(), 0, Vec::new());
    for house in houses {
        let house = invoice::read_house(&session.client, house.get(0), bench.month, false, through).await?;
        held += house.len();
        all.push(house);
        if held >= HELD {
            break;
        }
    }
    figures.say("invoices a second read", per_second(held, begun.elapsed()));
    Ok(all)
}

/// Laid out, with codes, compressed, written: what the budget of a core is about.
fn one_thread(houses: &[Vec<Invoice>], figures: &mut Figures) -> Outcome<Vec<Page>> {
    let metrics = &faces()?.metrics;
    let begun = Instant::now();
    let mut sheets = Vec::new();
    for invoice in houses.iter().flatten() {
        let pages = lay_out(invoice, metrics)?;
        if sheets.len() < DRAWN {
            sheets.extend(pages);
        }
    }
    let count = houses.iter().map(Vec::len).sum::<usize>();
    figures.say("invoices a second laid out, one core", per_second(count, begun.elapsed()));
    let meta = Meta { title: String::new(), author: String::new(), date: first_month().first_day() };
    let (begun, mut pages, mut bytes) = (Instant::now(), 0, 0);
    for house in houses {
        let bundled = invoice::bundle(house, &meta)?;
        pages += bundled.pages;
        bytes += bundled.bytes.len();
    }
    let taken = begun.elapsed();
    figures.say("**sheets a second laid out and written, one core**", per_second(pages, taken));
    figures.say("bytes a sheet", bytes / pages.max(1));
    Ok(sheets)
}

/// The same sheets by others, each in a process of its own, timed by itself without its start.
fn rivals(sheets: &[Page], figures: &mut Figures) -> Outcome<()> {
    let Some(python) = std::env::var_os("KVARTAL_BENCH_PYTHON") else { return Ok(()) };
    let folder = std::env::temp_dir().join(format!("kvartal-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for (name, face) in [("regular", Face::Regular), ("bold", Face::Bold)] {
        let bytes = match face {
            Face::Bold => dejavu::sans_condensed::bold(),
            _ => dejavu::sans_condensed::regular(),
        };
        std::fs::write(folder.join(format!("{name}.ttf")), bytes)?;
    }
    let pages: Vec<Value> = sheets.iter().map(places).collect();
    std::fs::write(folder.join("sheets.json"), serde_json::to_vec(&pages)?)?;
    for rival in ["reportlab", "weasyprint"] {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/support/invoice_rivals.py");
        let out = Command::new(&python).args([script, rival]).arg(&folder).output()?;
        let told = String::from_utf8_lossy(&out.stdout);
        let name = format!("sheets a second by {rival}, bytes a sheet");
        figures.say(&name, if out.status.success() { told.trim() } else { "did not run" });
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Everything on a page with its place.
fn places(page: &Page) -> Value {
    let items = page.items.iter().map(|item| match item {
        Item::Text(run) => {
            let is_bold = matches!(run.style.face, Face::Bold);
            json!(["t", run.area.x, run.baseline, run.style.size, is_bold, run.text, run.area.y])
        }
        Item::Rule(rule) => json!(["l", rule.from.0, rule.from.1, rule.to.0, rule.to.1, rule.thickness]),
        Item::Frame { area, thickness } => json!(["f", area.x, area.y, area.width, area.height, thickness]),
        Item::Code { area, modules } => {
            json!(["c", area.x, area.y, area.width, area.height, modules.side, modules.dark])
        }
        Item::Bars { area, dark } => json!(["b", area.x, area.y, area.width, area.height, dark.len(), dark]),
        Item::Stamp(_) => Value::Null,
    });
    Value::Array(items.filter(|item| !item.is_null()).collect())
}

fn per_second(count: usize, time: Duration) -> u128 {
    count as u128 * 1_000_000 / time.as_micros().max(1)
}
