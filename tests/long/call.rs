//! A scripted call: an area is changed while somebody is on the phone. Every call writes another area, so that a change that was
//! made twice, or not at all, is seen in the journal.

/// One call.
pub struct Call {
    number: usize,
}

/// A piece of the call: what is typed, and what is looked for before the next.
pub struct Piece {
    pub bytes: Vec<u8>,
    pub sight: &'static str,
}

/// Labels of the form whose fields are typed into.
const LABELS: [&str; 3] = ["Общая, м²", "С какого дня", "Основание"];

impl Call {
    pub const fn new(number: usize) -> Self {
        Self { number }
    }

    /// The area it writes, hundredths of a square metre.
    pub fn area(&self) -> String {
        format!("{},{:02}", 40 + self.number / 100, self.number % 100)
    }

    /// The same as the journal has it.
    pub fn area_of_journal(&self) -> String {
        self.area().replace(',', ".")
    }

    /// Whether a field shows something of what this call types into it, and not what stood there before.
    pub fn begins_as(&self, label: usize, shown: &str) -> bool {
        let ground = format!("звонок {}, обмер жильца", self.number);
        let texts: [&[&str]; 3] = [&[&self.area()], &["010326", "01.03.2026"], &[&ground]];
        texts[label].iter().any(|text| text.starts_with(shown))
    }

    /// From the card of the account to the form.
    pub fn opens() -> Piece {
        Piece { bytes: "\x1b[20~Измен\r".into(), sight: "Изменение площади" }
    }

    /// Everything that is typed into the form, from its first field: the heated area too, as one above the total is asked for twice.
    pub fn fills(&self) -> Piece {
        let (area, number) = (self.area(), self.number);
        Piece {
            bytes: format!("{area}\r\r{area}\r\r010326\rзвонок {number}, обмер жильца").into(),
            sight: "обмер жильца",
        }
    }

    /// The difference, and its acceptance.
    pub fn writes() -> [Piece; 2] {
        [
            Piece { bytes: b"\x1bOQ".into(), sight: "F2 записать" },
            Piece { bytes: b"\x1bOQ".into(), sight: "Записано" },
        ]
    }

    /// The whole call.
    pub fn whole(&self) -> Vec<Piece> {
        let mut pieces = vec![Self::opens(), self.fills()];
        pieces.extend(Self::writes());
        pieces
    }
}

/// What the fields of the form show, where it is in front and nothing stands over it.
pub fn typed(sight: &str) -> Option<[String; 3]> {
    let shown = |label: &str| {
        let line = sight.lines().find_map(|line| line.split_once(label))?;
        Some(line.1.split(['│', '|']).next()?.trim().to_owned())
    };
    let [area, day, ground] = LABELS.map(shown);
    Some([area?, day?, ground?])
}

#[test]
fn what_stood_in_a_field_is_not_what_was_typed() {
    let call = Call::new(17);
    assert!(call.begins_as(0, "40,1") && call.begins_as(0, "") && call.begins_as(1, "01.03.2026"));
    assert!(!call.begins_as(0, "40,16") && !call.begins_as(2, "звонок 16"));
}

#[test]
fn the_fields_are_read_off_the_screen() {
    let sight = "  │ Общая, м²      40,17      │\n│ С какого дня   0103     │\n│ Основание      звонок 1│";
    assert_eq!(typed(sight), Some(["40,17", "0103", "звонок 1"].map(str::to_owned)));
    assert_eq!(typed("Счёт 4100000001"), None);
}
