//! Numbers and sums in words (сумма прописью; dossier of documents § 1.3): the noun agrees with the number, and
//! the numerals agree with the noun. Whole units in words, hundredths in two digits, nothing between them.

use crate::calc::money::Money;

/// The case a phrase stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// «семьдесят один рубль»: bills, receipts, orders.
    Nominative,
    /// «(в размере) семидесяти одного рубля»: contracts and claims.
    Genitive,
}

/// The gender of a counted noun; only one and two show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// один, два.
    Masculine,
    /// одна, две.
    Feminine,
    /// одно, два.
    Neuter,
}

/// A noun as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// Its gender.
    pub gender: Gender,
    /// After one: nominative singular («рубль»).
    pub one: &'static str,
    /// After two, three, four: genitive singular («рубля»).
    pub few: &'static str,
    /// After the others: genitive plural («рублей»).
    pub many: &'static str,
}

/// The money of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// Printed after digits: «руб.».
    pub short: &'static str,
    /// The whole unit.
    pub unit: Noun,
    /// Its hundredth.
    pub hundredth: Noun,
}

use Gender::{Feminine, Masculine};

/// Roubles and kopecks.
pub const ROUBLE: Currency = Currency {
    short: "руб.",
    unit: Noun { gender: Masculine, one: "рубль", few: "рубля", many: "рублей" },
    hundredth: KOPECK,
};

/// Hryvnias and kopecks: bills brought over from a Ukrainian centre's program.
pub const HRYVNIA: Currency = Currency {
    short: "грн.",
    unit: Noun { gender: Feminine, one: "гривна", few: "гривны", many: "гривен" },
    hundredth: KOPECK,
};

const KOPECK: Noun =
    Noun { gender: Feminine, one: "копейка", few: "копейки", many: "копеек" };

/// Thousands and above, lowest first; enough for every sum of 64 bits.
const SCALES: [Noun; 6] = [
    Noun { gender: Feminine, one: "тысяча", few: "тысячи", many: "тысяч" },
    Noun { gender: Masculine, one: "миллион", few: "миллиона", many: "миллионов" },
    Noun {
        gender: Masculine, one: "миллиард", few: "миллиарда", many: "миллиардов"
    },
    Noun {
        gender: Masculine, one: "триллион", few: "триллиона", many: "триллионов"
    },
    Noun {
        gender: Masculine, one: "квадриллион", few: "квадриллиона", many: "квадриллионов"
    },
    Noun {
        gender: Masculine, one: "квинтиллион", few: "квинтиллиона", many: "квинтиллионов"
    },
];

/// Nominative and genitive of 3…19; one and two depend on the gender.
const SMALL: [(&str, &str); 17] = [
    ("три", "трёх"),
    ("четыре", "четырёх"),
    ("пять", "пяти"),
    ("шесть", "шести"),
    ("семь", "семи"),
    ("восемь", "восьми"),
    ("девять", "девяти"),
    ("десять", "десяти"),
    ("одиннадцать", "одиннадцати"),
    ("двенадцать", "двенадцати"),
    ("тринадцать", "тринадцати"),
    ("четырнадцать", "четырнадцати"),
    ("пятнадцать", "пятнадцати"),
    ("шестнадцать", "шестнадцати"),
    ("семнадцать", "семнадцати"),
    ("восемнадцать", "восемнадцати"),
    ("девятнадцать", "девятнадцати"),
];

/// Nominative and genitive of 20, 30 … 90.
const TENS: [(&str, &str); 8] = [
    ("двадцать", "двадцати"),
    ("тридцать", "тридцати"),
    ("сорок", "сорока"),
    ("пятьдесят", "пятидесяти"),
    ("шестьдесят", "шестидесяти"),
    ("семьдесят", "семидесяти"),
    ("восемьдесят", "восьмидесяти"),
    ("девяносто", "девяноста"),
];

/// Nominative and genitive of 100, 200 … 900.
const HUNDREDS: [(&str, &str); 9] = [
    ("сто", "ста"),
    ("двести", "двухсот"),
    ("триста", "трёхсот"),
    ("четыреста", "четырёхсот"),
    ("пятьсот", "пятисот"),
    ("шестьсот", "шестисот"),
    ("семьсот", "семисот"),
    ("восемьсот", "восьмисот"),
    ("девятьсот", "девятисот"),
];

/// A sum with a capital letter: «Семь тысяч триста сорок пять рублей 18 копеек»; a negative one begins with
/// «Минус».
#[must_use]
pub fn sum(sum: Money, currency: &Currency, case: Case) -> String {
    let kopecks = sum.kopecks().unsigned_abs();
    let (whole, rest) = (kopecks / 100, kopecks % 100);
    let minus = if sum < Money::ZERO { "минус " } else { "" };
    let hundredths = agree(rest, &currency.hundredth, case);
    capital(&format!("{minus}{} {rest:02} {hundredths}", counted(whole, &currency.unit, case)))
}

/// A number in words alone, of a thing of this gender: «двадцать одна».
#[must_use]
pub fn spelled(number: u64, gender: Gender, case: Case) -> String {
    let noun = Noun { gender, one: "", few: "", many: "" };
    counted(number, &noun, case).trim_end().to_owned()
}

/// A number in words with its noun: «двадцать одна тысяча пять рублей».
#[must_use]
pub fn counted(number: u64, noun: &Noun, case: Case) -> String {
    let mut words = Vec::new();
    for (place, scale) in SCALES.iter().enumerate().rev() {
        let triplet = number / 1000u64.pow(place as u32 + 1) % 1000;
        if triplet > 0 {
            triplet_words(triplet as usize, scale.gender, case, &mut words);
            words.push(agree(triplet, scale, case));
        }
    }
    triplet_words((number % 1000) as usize, noun.gender, case, &mut words);
    if number == 0 {
        words.push(pick(("ноль", "нуля"), case));
    }
    words.push(agree(number, noun, case));
    words.join(" ")
}

/// The form of a noun after a number. The last two digits decide: 11–14 take the genitive plural; otherwise 1
/// the singular, 2–4 the genitive singular, the rest the genitive plural.
#[must_use]
pub fn agree(number: u64, noun: &Noun, case: Case) -> &'static str {
    one_of(number, case, [noun.one, noun.few, noun.many])
}

/// One of three forms of a word after a number, see [`agree`].
#[must_use]
pub fn one_of<T>(number: u64, case: Case, [one, few, many]: [T; 3]) -> T {
    match (case, number % 10, number % 100) {
        (_, _, 11..=14) => many,
        (Case::Nominative, 1, _) => one,
        (Case::Genitive, 1, _) | (Case::Nominative, 2..=4, _) => few,
        _ => many,
    }
}

/// Adds the words of 0…999 (none for 0), without a noun.
fn triplet_words(number: usize, gender: Gender, case: Case, words: &mut Vec<&'static str>) {
    let (hundreds, rest) = (number / 100, number % 100);
    if hundreds > 0 {
        words.push(pick(HUNDREDS[hundreds - 1], case));
    }
    let small = if rest >= 20 {
        words.push(pick(TENS[rest / 10 - 2], case));
        rest % 10
    } else {
        rest
    };
    match (small, case, gender) {
        (0, _, _) => {}
        (1, Case::Nominative, Masculine) => words.push("один"),
        (1, Case::Nominative, Feminine) => words.push("одна"),
        (1, Case::Nominative, Gender::Neuter) => words.push("одно"),
        (1, Case::Genitive, Feminine) => words.push("одной"),
        (1, Case::Genitive, _) => words.push("одного"),
        (2, Case::Nominative, Feminine) => words.push("две"),
        (2, Case::Nominative, _) => words.push("два"),
        (2, Case::Genitive, _) => words.push("двух"),
        _ => words.push(pick(SMALL[small - 3], case)),
    }
}

fn pick((nominative, genitive): (&'static str, &'static str), case: Case) -> &'static str {
    match case {
        Case::Nominative => nominative,
        Case::Genitive => genitive,
    }
}

/// The text with a capital letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
