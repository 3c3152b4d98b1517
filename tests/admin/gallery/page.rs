//! The page an operator or an administrator looks a refusal up in.

use std::fmt::Write;

use super::Shown;

/// What a code stands for, and what to do about it when the refusal itself does not say.
const CODES: [(&str, &str, &str); 14] = [
    ("KV001", "Нет права", "Обратитесь к администратору"),
    ("KV002", "Номер уже занят", "Повторите действие с новым номером"),
    ("KV003", "Не найдено или не видно", "Проверьте номер и свой участок"),
    ("KV004", "Сведения не годятся", "Исправьте сведения и повторите"),
    ("KV005", "Показанное больше не верно", "Посмотрите разницу ещё раз"),
    ("KV006", "Месяц не в том состоянии", "Месяц проходит по порядку: расчёт, выпуск, закрытие"),
    ("KV007", "Изменения ещё пересчитываются", "Дождитесь обработчика и повторите"),
    ("KV008", "Мимо двери", "Изменения делаются операциями: kvartal op"),
    (
        "KV009",
        "Выпущенное и закрытое не меняется",
        "Исправьте новой операцией: перерасчётом, корректировкой, сторно",
    ),
    ("KV010", "Не отменяется", "Сделайте обратную операцию"),
    ("KV011", "Обработчик не справился", "Посмотрите журнал обработчика и повторите"),
    ("KV012", "Программа устарела", "Обновите программу"),
    ("KV013", "Месяц не проверен", "Проведите контроль и подпишите его: kvartal control"),
    ("KV014", "Похоже на ошибку", "Проверьте; если так и нужно, подтвердите"),
];

const HEAD: &str = "# Отказы

Каждый отказ программы — предложение: что случилось, почему, что делать. Код стоит рядом, чтобы о нём можно было
спросить. Страница составлена проверкой `admin::gallery`, которая вызывает каждый отказ по-настоящему; примеры взяты
из неё. Обновить: `KVARTAL_UPDATE=1 bin/test admin::gallery`.
";

pub fn page(shown: &[Shown]) -> String {
    let mut page = String::from(HEAD);
    for (code, title, remedy) in CODES {
        write!(page, "\n## {code}. {title}\n\n| что сказано | отчего | что делать |\n| --- | --- | --- |\n")
            .unwrap();
        let mut rows = shown.iter().filter(|one| one.refusal.code == code).peekable();
        assert!(rows.peek().is_some(), "{code} is provoked by nothing");
        for Shown { cause, refusal } in rows {
            let why = refusal
                .detail
                .as_ref()
                .map_or_else(|| (*cause).to_owned(), |detail| format!("{cause} ({detail})"));
            let hint = refusal.hint.as_deref().unwrap_or(remedy);
            writeln!(page, "| {} | {} | {} |", cell(&refusal.message), cell(&why), cell(hint)).unwrap();
        }
    }
    page
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
