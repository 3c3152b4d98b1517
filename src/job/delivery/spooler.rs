//! The spooler of the server: `lp`, which every one of them brings (CUPS, LPRng).

use std::ffi::OsString;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::Trouble;
use super::sheet::Order;
use crate::job::document::Media;

/// The program and how long it may take.
#[derive(Debug, Clone)]
pub struct Spooler {
    /// `lp`, or where it is.
    pub program: OsString,
    /// `lpstat`, or where it is.
    pub asks: OsString,
    /// How long it may take a sheet; a spooler that hangs holds up all others.
    pub patience: Duration,
}

impl Default for Spooler {
    fn default() -> Self {
        Self { program: "lp".into(), asks: "lpstat".into(), patience: Duration::from_secs(60) }
    }
}

impl Spooler {
    /// Gives the bytes of an order to its queue; answers with what the spooler calls it, and whether its queue stands still: the
    /// spooler takes sheets for a queue that prints none.
    ///
    /// # Errors
    /// The spooler refused, failed, is not there or does not answer.
    pub async fn print(&self, order: &Order, bytes: Vec<u8>) -> Result<String, Trouble> {
        let mut command = Command::new(&self.program);
        command.arg("-d").arg(&order.target).arg("-n").arg(order.copies.to_string());
        command.arg("-t").arg(format!("{} ({})", order.number, order.order));
        if order.media() == Media::Text {
            command.arg("-o").arg("raw");
        }
        // Answers are compared and shown: in one language on every server.
        command.env("LC_ALL", "C.UTF-8").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.kill_on_drop(true).spawn().map_err(|_| {
            Trouble::new(
                "Службы печати нет на сервере: программа lp не запускается",
                "Установите cups-client или выберите другой принтер",
            )
        })?;
        let Ok(ended) = tokio::time::timeout(self.patience, talk(child, bytes)).await else {
            return Err(Trouble::new(
                format!(
                    "Служба печати не ответила за {} с: неизвестно, вышел ли лист",
                    self.patience.as_secs()
                ),
                "Посмотрите на принтер и на lpstat -t; если листа нет, повторите печать",
            ));
        };
        let taken = answered(order, ended)?;
        Ok(if self.stands(&order.target).await {
            format!("{taken}: {}", standing(&order.target))
        } else {
            taken
        })
    }

    /// Whether a queue is switched off. A spooler that does not say so prints.
    async fn stands(&self, queue: &str) -> bool {
        let mut command = Command::new(&self.asks);
        command.arg("-p").arg(queue).env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).kill_on_drop(true);
        let told = tokio::time::timeout(self.patience, command.output()).await;
        told.is_ok_and(|told| {
            told.is_ok_and(|told| String::from_utf8_lossy(&told.stdout).contains("disabled"))
        })
    }
}

/// What is said of a sheet a queue keeps.
fn standing(queue: &str) -> String {
    format!("очередь стояла, лист ждёт в ней; включить: cupsenable {queue}")
}

/// Writes the bytes and reads the answer side by side: a program that refuses early closes its input.
async fn talk(mut child: tokio::process::Child, bytes: Vec<u8>) -> std::io::Result<std::process::Output> {
    let input = child.stdin.take();
    let write = async {
        if let Some(mut input) = input {
            let _ = input.write_all(&bytes).await;
            let _ = input.shutdown().await;
        }
    };
    let ((), ended) = tokio::join!(write, child.wait_with_output());
    ended
}

fn answered(order: &Order, ended: std::io::Result<std::process::Output>) -> Result<String, Trouble> {
    let hint = "Проверьте очередь: lpstat -p -d на сервере; затем повторите печать";
    let output = ended.map_err(|error| Trouble::new(format!("Служба печати прервалась: {error}"), hint))?;
    let told = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        line.trim().chars().filter(|sign| !sign.is_control()).take(200).collect::<String>()
    };
    if !output.status.success() {
        let said = told(&output.stderr);
        let said = if said.is_empty() { output.status.to_string() } else { said };
        return Err(refusal(&order.target, &said));
    }
    let said = told(&output.stdout);
    // «request id is hp-17 (1 file(s))»: only the name of the order is of use to anybody.
    Ok(said
        .strip_prefix("request id is ")
        .and_then(|rest| rest.split(' ').next())
        .unwrap_or(&said)
        .to_owned())
}

/// What a spooler says, its words in small letters; what happened, and what to do. `{}` is the queue.
const SAID: [(&[&str], &str, &str); 5] = [
    (
        &["does not exist", "unknown destination", "no default destination", "invalid destination"],
        // The same is said of a queue that is not there and of a service that does not run.
        "Служба печати не знает очереди «{}» или не запущена",
        "Проверьте: lpstat -r (запущена ли), lpstat -e (как зовут очередь)",
    ),
    (
        &["not accepting", "rejecting"],
        "Очередь «{}» не принимает заданий",
        "Включите её: cupsaccept {}; затем повторите печать",
    ),
    (
        &["scheduler", "unable to connect", "connection refused", "bad file descriptor", "not responding"],
        "Служба печати на сервере не запущена",
        "Запустите её: systemctl start cups; затем повторите печать",
    ),
    (
        &["unauthorized", "not authorized", "forbidden", "access denied", "permission denied"],
        "Служба печати не пускает обработчик к очереди «{}»",
        "Разрешите его пользователю печатать в неё и повторите печать",
    ),
    (
        &["no space left", "too large", "disk full", "quota"],
        "На сервере печати кончилось место для очереди «{}»",
        "Освободите место и повторите печать",
    ),
];

/// The answer of a spooler as a sentence of ours; what is not known is told as it was said.
fn refusal(queue: &str, said: &str) -> Trouble {
    let small = said.to_lowercase();
    match SAID.iter().find(|(words, ..)| words.iter().any(|word| small.contains(word))) {
        Some((_, reason, hint)) => Trouble::new(reason.replace("{}", queue), hint.replace("{}", queue)),
        None => Trouble::new(
            format!("Очередь «{queue}» не приняла печать"),
            format!(
                "Служба печати ответила: {said}. Проверьте очередь: lpstat -p -d на сервере; затем повторите печать"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;

    /// The answers are those of lp of CUPS 2.4, word for word.
    #[test]
    fn what_lp_says_becomes_a_sentence_with_what_to_do() {
        for (said, reason, hint) in [
            (
                "lp: Error - The printer or class does not exist.",
                "Служба печати не знает очереди «hp» или не запущена",
                "lpstat -e",
            ),
            (
                "lp: Destination \"hp\" is not accepting jobs.",
                "Очередь «hp» не принимает заданий",
                "cupsaccept hp",
            ),
            ("lp: Error - scheduler not responding.", "Служба печати на сервере не запущена", "systemctl"),
            ("lp: Unauthorized", "Служба печати не пускает обработчик к очереди «hp»", "Разрешите"),
            ("lp: something new", "Очередь «hp» не приняла печать", "ответила: lp: something new."),
        ] {
            let told = refusal("hp", said);
            assert_eq!(told.reason, reason);
            assert!(told.hint.contains(hint), "{}", told.hint);
        }
    }
}
