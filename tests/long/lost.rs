//! A hundred losses over a secure shell: the line is cut or frozen, the workstation killed or frozen, at any byte of a call. Nothing
//! that was shown is lost, and nothing is written twice.

use std::io::Write as _;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tempfile::TempDir;

use super::call::{Call, Piece, typed};
use super::sshd::{Sshd, signal};
use crate::common::{Office, people, until, village};
use crate::engine::play::Dice;
use crate::term::pty::Desk;

/// How many losses.
const LOSSES: usize = 100;
/// Another order of losses for another number.
const SEED: u64 = 20_261_125;

/// How a session is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    /// The client of the shell is gone.
    Cut,
    /// The client stands still: the line is half open.
    Frozen,
    /// The workstation is killed.
    Killed,
    /// The workstation stands still, with its connections to the database.
    Stuck,
}

const KINDS: [Loss; 4] = [Loss::Cut, Loss::Frozen, Loss::Killed, Loss::Stuck];

/// What must be there again after a loss.
struct Seen {
    /// What the fields showed, where the form was in front.
    fields: Option<[String; 3]>,
    /// What was written down, where the workstation itself dies.
    record: Option<Json>,
}

struct Line {
    office: Office,
    sshd: Sshd,
    dice: Dice,
    desk: Desk,
    /// A workstation that stands still since it was lost.
    stuck: Option<String>,
    _home: TempDir,
}

impl Line {
    async fn open() -> Self {
        let office = Office::of(village().await).await;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().to_str().unwrap().to_owned();
        let (url, log) = (office.db.url(people::ACCOUNTANT), format!("{folder}/log"));
        let variables = [
            ("KVARTAL_URL", url.as_str()),
            ("HOME", folder.as_str()),
            ("LANG", "C.UTF-8"),
            ("KVARTAL_LANG", "ru"),
            ("KVARTAL_LOG_FILE", log.as_str()),
        ];
        let sshd = Sshd::of_workstation(&variables);
        let desk = sshd.client();
        Self { office, sshd, dice: Dice::of(SEED), desk, stuck: None, _home: home }
    }

    fn enters(&mut self) {
        self.desk.sees("Логин");
        let login = format!("{}\r{}\r", people::ACCOUNTANT, people::PASSWORD);
        self.desk.send(login.as_bytes());
    }

    /// Types a piece. A key that comes in the very moment in which its question is painted is held by the program and said to
    /// be; then it is pressed again.
    fn types(&mut self, piece: &Piece) {
        // What was held before is another matter.
        let is_held = self.desk.looks().contains(HELD);
        self.desk.send(&piece.bytes);
        if !is_held && self.desk.sees_one_of(&[piece.sight, HELD]) > 0 {
            self.desk.send(&piece.bytes);
        }
        self.desk.sees(piece.sight);
    }

    /// Types a call in pieces of a few bytes, wherever they part a key or a letter, until so many are sent.
    fn types_up_to(&mut self, call: &Call, bytes: usize) {
        let mut left = bytes;
        for piece in call.whole() {
            let mut rest = &piece.bytes[..piece.bytes.len().min(left)];
            left -= rest.len();
            while !rest.is_empty() {
                let (now, later) = rest.split_at(rest.len().min(1 + self.dice.below(4)));
                self.desk.send(now);
                rest = later;
            }
            if left == 0 {
                break;
            }
            self.desk.sees(piece.sight);
        }
        // Half of the losses come at once, the others when what was typed is on the screen.
        if self.dice.below(2) == 0 {
            let form = call.fills();
            let text = String::from_utf8_lossy(&form.bytes).into_owned();
            let opened = Call::opens().bytes.len();
            if let Some(inside) = bytes.checked_sub(opened).filter(|inside| *inside < form.bytes.len()) {
                let so_far = String::from_utf8_lossy(&form.bytes[..inside]).into_owned();
                let field =
                    so_far.rsplit('\r').next().unwrap_or_default().trim_end_matches('\u{fffd}').to_owned();
                assert!(text.contains(&field));
                self.desk.sees(&field);
            }
        }
    }

    /// Loses the session, and answers with what must be there again.
    async fn loses(&mut self, loss: Loss) -> Seen {
        let fields = typed(&self.desk.looks());
        match loss {
            Loss::Cut => self.desk.signal("-KILL"),
            Loss::Frozen => self.desk.signal("-STOP"),
            Loss::Killed | Loss::Stuck => {
                let record = self.record().await;
                let id = self.sshd.workstation();
                signal(&id, if loss == Loss::Killed { "-KILL" } else { "-STOP" });
                self.stuck = Some(id).filter(|_| loss == Loss::Stuck);
                return Seen { fields: None, record };
            }
        }
        Seen { fields, record: None }
    }

    /// What is written down of the session that is lost.
    async fn record(&self) -> Option<Json> {
        let kept =
            "select resume from admin_data.session where ended_at is null order by started_at desc limit 1";
        self.office.root.query_one(kept, &[]).await.unwrap().get(0)
    }

    /// How often the area of a call was written, once nothing can be writing it any more.
    async fn written(&self, call: &Call) -> i64 {
        let count = "select count(*) from admin_data.operation_args
            where (args #>> '{facts,0,area_total}')::numeric = $1::text::numeric";
        self.office.root.query_one(count, &[&call.area_of_journal()]).await.unwrap().get(0)
    }

    /// Logs in anew over another line and goes on with the lost session.
    fn goes_on(&mut self, loss: Loss) {
        let lost = std::mem::replace(&mut self.desk, self.sshd.client());
        self.enters();
        self.desk.sees("Незаконченные");
        self.desk.send(b"\x1bOQ");
        // The list of sessions names the card too: only when it is gone is the card there.
        self.desk.sees_no_more("Незаконченные");
        self.desk.sees("Счёт 41001");
        if loss == Loss::Frozen {
            lost.signal("-KILL");
        }
        if let Some(id) = self.stuck.take() {
            signal(&id, "-KILL");
        }
    }

    /// Ends the call from whatever the screen shows: the form is filled anew, or what was written stays written.
    async fn ends(&mut self, call: &Call) {
        self.settles().await;
        self.shuts_the_palette();
        if typed(&self.desk.looks()).is_some() {
            match self.fields_above_the_cursor().await {
                // What was being typed there goes on where it stopped.
                0 => self.desk.send(&b"\x7f".repeat(call.area().len())),
                up => self.desk.send(&b"\x1b[A".repeat(up)),
            }
            self.types(&call.fills());
        } else if self.written(call).await == 0 {
            self.types(&Call::opens());
            self.types(&call.fills());
        } else {
            return;
        }
        for piece in Call::writes() {
            self.types(&piece);
        }
    }

    /// The palette comes back with what was typed into it; the call begins anew without.
    fn shuts_the_palette(&mut self) {
        if self.desk.looks().contains(PALETTE) {
            self.desk.send(b"\x1b");
            self.desk.sees_no_more(PALETTE);
        }
    }

    /// From the field with the cursor to the first one.
    async fn fields_above_the_cursor(&mut self) -> usize {
        let record = self.record().await.unwrap();
        let field = record["screens"].as_array().and_then(|all| all.last()).map(|kept| kept["field"].clone());
        let fields = ["total", "living", "heated", "rooms", "from", "ground"];
        let found = fields.iter().position(|name| field.as_ref().is_some_and(|field| field == *name));
        found.unwrap_or_else(|| panic!("{record}\n{}", self.desk.looks()))
    }

    /// Waits until the new session is the only one, nothing it knows of is open, and its screen shows the same.
    async fn settles(&mut self) {
        let settled =
            "select coalesce(jsonb_array_length(resume -> 'unsettled') = 0, false) from admin_data.session
            where ended_at is null order by started_at desc limit 1";
        until("nothing is unsettled", async || {
            self.office.root.query_one(settled, &[]).await.unwrap().get(0)
        })
        .await;
        self.desk.sees_one_of(&["Изменение площади", "Начисления"]);
    }
}

/// How the program says that it holds the key of the script's questions.
const HELD: &str = "«[F2]»";

/// What the palette is called.
const PALETTE: &str = "Команда, экран или код экрана";

/// The screen of the change, as records name it.
const FORM: &str = "cards/area_change";

impl Seen {
    /// The form of a call as it is written down. A record may still hold that of the call before, its change being written.
    fn kept(&self, call: &Call) -> Option<&Json> {
        let front = self.record.as_ref()?["screens"].as_array()?.last()?;
        let total = front["typed"]["total"].as_str().unwrap_or_default();
        Some(front).filter(|front| front["screen"] == FORM && call.begins_as(0, total))
    }

    /// Whether it stood there when the session was lost.
    fn has_form(&self, call: &Call) -> bool {
        self.fields.is_some() || self.kept(call).is_some()
    }
}

/// Nothing that was shown is missing: a field that was being typed may hold more than was seen of it, never less. The form itself may
/// be gone only when what it was for is written.
fn nothing_is_lost(seen: &Seen, sight: &str, (call, written): (&Call, i64), loss: Loss) {
    let Some(now) = typed(sight) else {
        let is_lost = seen.has_form(call) && written == 0;
        assert!(!is_lost, "{loss:?} of {}: the form is gone, now\n{sight}", call.area());
        return;
    };
    if let Some(fields) = &seen.fields {
        for (label, (before, after)) in fields.iter().zip(&now).enumerate() {
            // A field that showed what the card says may have been typed into since it was looked at.
            assert!(
                !call.begins_as(label, before) || after.starts_with(before.as_str()),
                "{loss:?} of {}: {before:?}, now\n{sight}",
                call.area()
            );
        }
    }
    for (name, after) in ["total", "from", "ground"].iter().zip(&now) {
        let before = seen.kept(call).and_then(|kept| kept["typed"][name].as_str()).unwrap_or_default();
        assert!(after.starts_with(before), "{loss:?} of {}: {before:?}, now\n{sight}", call.area());
    }
}

// The worker works while the test waits for a sight.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_losses_lose_nothing_and_double_nothing() {
    let started = Instant::now();
    let mut line = Line::open().await;
    line.enters();
    // The first login from a terminal offers to test its keys.
    line.desk.sees("впервые");
    line.desk.answers("впервые", '0');
    line.desk.send(b"\x1b[20~\x1bOR");
    line.desk.sees("Поиск");
    line.desk.send("Берёзк\r".as_bytes());
    line.desk.sees("Счёт 41001");
    line.settles().await;
    let calls: Vec<Call> = (1..=LOSSES).map(Call::new).collect();
    for call in &calls {
        let bytes: usize = call.whole().iter().map(|piece| piece.bytes.len()).sum();
        // A third comes while the change itself is under way: there a change could be doubled.
        let at_the_end = line.dice.below(3) == 0;
        let at = if at_the_end { bytes } else { 1 + line.dice.below(bytes) };
        let loss = KINDS[line.dice.below(KINDS.len())];
        line.types_up_to(call, at);
        if at_the_end {
            let moment = u64::try_from(line.dice.below(60)).unwrap();
            tokio::time::sleep(Duration::from_millis(moment)).await;
        }
        let seen = line.loses(loss).await;
        line.goes_on(loss);
        line.settles().await;
        let (sight, written) = (line.desk.looks(), line.written(call).await);
        nothing_is_lost(&seen, &sight, (call, written), loss);
        line.ends(call).await;
        assert_eq!(
            line.written(call).await,
            1,
            "{loss:?} at byte {at} of {}:\n{}",
            call.area(),
            line.desk.looks()
        );
    }
    let all = "select count(*) from admin_data.operation where kind = 'cards.premises_area' and operator = $1::text::name";
    let all: i64 = line.office.root.query_one(all, &[&people::ACCOUNTANT]).await.unwrap().get(0);
    assert_eq!(all, i64::try_from(LOSSES).unwrap(), "one change for a call");
    writeln!(std::io::stdout(), "{LOSSES} losses in {} s", started.elapsed().as_secs()).unwrap();
}
