//! What operators do all day, key by key.

use crate::common::people;

/// Keys, and what is looked for after them.
pub type Steps = &'static [(&'static str, &'static str)];

/// One task of the ledger.
pub struct Task {
    pub title: &'static str,
    pub login: &'static str,
    /// What was done before it is counted.
    pub before: Steps,
    pub steps: Steps,
    /// The most keys it may take.
    pub budget: usize,
    /// Whether the control of the month is signed first.
    pub signed: bool,
}

/// The card of the first account, found by surname.
const CARD: Steps = &[("{F9}{F3}~Берёзк~", "41001"), ("{Enter}", "Счёт 41001")];

/// In this order: a later one sees what an earlier one did.
pub const TASKS: [Task; 9] = [
    Task {
        title: "Рассчитать месяц",
        login: people::CENTRE,
        before: &[],
        steps: &[("{F9}410{Enter}", "03.2026"), ("{F2}", "Рассчитать 03.2026"), ("1", "Задание выполнено")],
        budget: 8,
        signed: false,
    },
    Task {
        title: "Найти жителя по фамилии",
        login: people::ACCOUNTANT,
        before: &[],
        steps: CARD,
        budget: 9,
        signed: false,
    },
    Task {
        title: "Ввести одно показание с карточки счёта",
        login: people::ACCOUNTANT,
        before: CARD,
        steps: &[("{F6}{F6}", "ХВ-1"), ("{F7}", "Показание прибора"), ("{Enter}1020{F2}", "Записано")],
        budget: 9,
        signed: false,
    },
    Task {
        title: "Объяснить сумму",
        login: people::ACCOUNTANT,
        before: CARD,
        steps: &[("{F9}{F1}", "×")],
        budget: 2,
        signed: false,
    },
    Task {
        title: "Изменить площадь: посмотреть разницу и принять",
        login: people::ACCOUNTANT,
        before: CARD,
        steps: &[
            ("{F9}Измен{Enter}", "Изменение площади"),
            ("50{Enter}{Enter}50{Enter}{Enter}010326{Enter}акт 5{F2}", "Содержание"),
            ("{F2}", "Записано"),
        ],
        budget: 30,
        signed: false,
    },
    Task {
        title: "Отменить последнее своё изменение",
        login: people::ACCOUNTANT,
        before: &[
            ("{F9}{F3}~Берёзк~{Enter}", "Счёт 41001"),
            ("{F9}Измен{Enter}48{Enter}{Enter}48{Enter}{Enter}010326{Enter}акт 6{F2}", "Содержание"),
            ("{F2}", "Записано"),
        ],
        steps: &[("{F9}{F2}ошибка{Enter}", "Содержание"), ("{F2}", "отменена")],
        budget: 10,
        signed: false,
    },
    Task {
        title: "Зарегистрировать нового жителя",
        login: people::PASSPORT,
        before: CARD,
        steps: &[
            ("{F6}", "Вишнякова"),
            ("{F7}", "Регистрация нового жителя"),
            ("Орлова{Enter}Анна{Enter}Петровна{Enter}{F4}~ж~{Enter}", "женский"),
            ("010590{Enter}дочь{Enter}010326{Enter}{Enter}{Enter}заявление 7{F2}", "Водоотведение"),
            ("{F2}", "Орлова"),
        ],
        budget: 65,
        signed: false,
    },
    Task {
        title: "Ведомость обхода: три показания",
        login: people::ACCOUNTANT,
        before: &[("{F9}332{Enter}", "Садовая 1"), ("{Enter}{Enter}", "ХВ-2")],
        steps: &[("{Tab}{Tab}1020{Enter}1025{Enter}1030{Enter}", "3 075")],
        budget: 17,
        signed: false,
    },
    Task {
        title: "Выпустить месяц",
        login: people::CENTRE,
        before: &[("{F9}410{Enter}", "03.2026")],
        steps: &[("{F9}Выпуст{Enter}", "Выпустить 03.2026?"), ("1", "04.2026")],
        budget: 9,
        signed: true,
    },
];
