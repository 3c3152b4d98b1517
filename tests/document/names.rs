//! Names in cases. The expected forms are those of the school grammar: surnames of women in a consonant, and those in -ко, -о, -их, -ых
//! do not change; both halves of a double name do.

use kvartal::document::names::{Name, NameCase, Sex};

fn name(text: &str) -> Name {
    let mut parts = text.split(' ').map(str::to_owned);
    Name { last: parts.next().unwrap(), first: parts.next().unwrap(), middle: parts.next() }
}

fn cases(text: &str, sex: Option<Sex>) -> Vec<String> {
    NameCase::WORDS[1..].iter().map(|(_, case)| name(text).in_case(sex, *case).full()).collect()
}

/// Sex, name: genitive; dative; accusative; instrumental; prepositional.
const TABLE: &str = "\
ж Иванова Анна Петровна: Ивановой Анны Петровны; Ивановой Анне Петровне; Иванову Анну Петровну; Ивановой Анной Петровной; Ивановой Анне Петровне
ж Козлова Виктория Ильинична: Козловой Виктории Ильиничны; Козловой Виктории Ильиничне; Козлову Викторию Ильиничну; Козловой Викторией Ильиничной; Козловой Виктории Ильиничне
м Коваленко Пётр Ильич: Коваленко Петра Ильича; Коваленко Петру Ильичу; Коваленко Петра Ильича; Коваленко Петром Ильичом; Коваленко Петре Ильиче
ж Белых Любовь Никитична: Белых Любови Никитичны; Белых Любови Никитичне; Белых Любовь Никитичну; Белых Любовью Никитичной; Белых Любови Никитичне
ж Шевчук Инна Олеговна: Шевчук Инны Олеговны; Шевчук Инне Олеговне; Шевчук Инну Олеговну; Шевчук Инной Олеговной; Шевчук Инне Олеговне
м Шевчук Илья Лукич: Шевчука Ильи Лукича; Шевчуку Илье Лукичу; Шевчука Илью Лукича; Шевчуком Ильёй Лукичом; Шевчуке Илье Лукиче
ж Римская-Корсакова Анна-Мария Игоревна: Римской-Корсаковой Анны-Марии Игоревны; Римской-Корсаковой Анне-Марии Игоревне; Римскую-Корсакову Анну-Марию Игоревну; Римской-Корсаковой Анной-Марией Игоревной; Римской-Корсаковой Анне-Марии Игоревне
м Толстой Лев Львович: Толстого Льва Львовича; Толстому Льву Львовичу; Толстого Льва Львовича; Толстым Львом Львовичем; Толстом Льве Львовиче
м Кравец Павел Фомич: Кравца Павла Фомича; Кравцу Павлу Фомичу; Кравца Павла Фомича; Кравцом Павлом Фомичом; Кравце Павле Фомиче
м Дурново Игорь Юрьевич: Дурново Игоря Юрьевича; Дурново Игорю Юрьевичу; Дурново Игоря Юрьевича; Дурново Игорем Юрьевичем; Дурново Игоре Юрьевиче
м Алиев Тимур Мамед-оглы: Алиева Тимура Мамед-оглы; Алиеву Тимуру Мамед-оглы; Алиева Тимура Мамед-оглы; Алиевым Тимуром Мамед-оглы; Алиеве Тимуре Мамед-оглы";

#[test]
fn difficult_names_are_declined() {
    for line in TABLE.lines() {
        let (nominative, expected) = line.split_once(": ").unwrap();
        let (sex, nominative) = nominative.split_once(' ').unwrap();
        let sex = if sex == "ж" { Sex::Female } else { Sex::Male };
        assert_eq!(cases(nominative, Some(sex)).join("; "), expected);
    }
}

/// The patronymic tells the sex; where nothing tells it the name stays as it is.
#[test]
fn an_unknown_sex_is_told_from_the_name_or_left_alone() {
    assert_eq!(cases("Шевчук Саша Олеговна", None)[1], "Шевчук Саше Олеговне");
    assert_eq!(cases("Ким Ён", None)[1], "Ким Ён");
}

#[test]
fn initials_stay_with_the_surname() {
    assert_eq!(name("Иванов Иван Иванович").short(), "Иванов\u{a0}И.\u{a0}И.");
    assert_eq!(name("Ким Ён").short(), "Ким\u{a0}Ё.");
}
