# Слова рабочего места. Сообщение: предмет-вещь; у команды: название, .bar (не больше 6 букв), .help (одна фраза).

## Команды

command-help = Помощь
    .bar = Помощь
    .help = Объясняет поле, затем экран, затем последнее сообщение.
command-save = Записать
    .bar = Запись
    .help = Записывает то, что введено на экране; перед записью показывает, что изменится в начислениях.
command-find = Найти по образцу
    .bar = Найти
    .help = Первое нажатие очищает поля для образца, второе показывает подходящее.
command-choose = Выбрать из списка
    .bar = Выбор
    .help = Открывает список значений поля; код можно ввести и без него.
command-refresh = Прочитать заново
    .bar = Свежее
    .help = Читает данные заново и остаётся на том же месте.
command-pane = Следующая часть экрана
    .bar = Панель
    .help = Переходит к следующей вкладке или части экрана.
command-new = Новая запись
    .bar = Новый
    .help = Начинает новую карточку или строку.
command-delete = Удалить или сторнировать
    .bar = Удал
    .help = Помечает строку на удаление, а проведённое сторнирует с основанием.
command-more = Ещё команды
    .bar = Ещё
    .help = Открывает второй ряд команд и строку команд: цифры — код экрана, буквы — поиск команды по названию.
command-back = Выйти из экрана
    .bar = Назад
    .help = Закрывает экран и возвращает туда, откуда он открыт.
command-why = Почему?
    .bar = Почему
    .help = Объясняет сумму: формула, объёмы, тариф, дни, доля, округление и откуда взято каждое число.
command-undo = Отменить операцию
    .bar = Отмена
    .help = Отменяет операцию по дням; что изменено позже другими, остаётся и называется.
command-search-all = Найти везде
    .bar = Везде
    .help = Ищет одной строкой счёт, адрес, жильца, прибор и телефон, в любой раскладке.
command-as-of = На дату
    .bar = Дата
    .help = Показывает экран на любой день и каким он был известен на любой день.
command-journal = Журнал
    .bar = Журнал
    .help = Показывает операции над тем, что на экране: кто, когда, что и на каком основании.
command-print = Печать
    .bar = Печать
    .help = Печатает документ или список, открытый на экране.
command-copy = Скопировать
    .bar = Копия
    .help = Отдаёт значение или отмеченные строки в буфер обмена и в папку выдачи.
command-diff = Показать изменения
    .bar = Разниц
    .help = Показывает, что изменено на экране и ещё не записано.
command-menu = Меню
    .bar = Меню
    .help = Открывает меню рабочего места.
command-exit = Закончить работу
    .bar = Выход
    .help = Заканчивает сеанс; незаписанное сначала спрашивается.
command-cancel = Отменить ввод
    .bar = Отмена
    .help = Возвращает полю прежнее значение; следующее нажатие ведёт на шаг назад.
command-accept = Принять
    .bar = Ввод
    .help = Принимает значение и идёт дальше; в списке открывает строку, на сумме объясняет её.
command-next = Следующее поле
    .bar = Далее
    .help = Переходит к следующему полю.
command-previous = Предыдущее поле
    .bar = Ранее
    .help = Переходит к предыдущему полю.
command-up = Строка выше
    .bar = Вверх
    .help = Переходит на строку вверх.
command-down = Строка ниже
    .bar = Вниз
    .help = Переходит на строку вниз.
command-left = Влево
    .bar = Влево
    .help = Переходит на знак или столбец влево; закрывает ветвь дерева.
command-right = Вправо
    .bar = Вправо
    .help = Переходит на знак или столбец вправо; открывает ветвь дерева.
command-first = В начало
    .bar = Начало
    .help = Переходит в начало поля или к первому столбцу.
command-last = В конец
    .bar = Конец
    .help = Переходит в конец поля или к последнему столбцу.
command-page-up = Страница выше
    .bar = Лист-
    .help = Листает на страницу вверх.
command-page-down = Страница ниже
    .bar = Лист+
    .help = Листает на страницу вниз.
command-erase-before = Стереть слева
    .bar = Стер
    .help = Стирает знак слева от курсора.
command-erase-under = Стереть под курсором
    .bar = Стер
    .help = Стирает знак под курсором.
command-mark = Отметить строку
    .bar = Метка
    .help = Ставит отметку на строку или снимает её.
command-mark-all = Отметить всё
    .bar = Все
    .help = Отмечает всё, что подходит под отбор; сервер скажет, сколько это и на какую сумму.
command-show-whole = Показать целиком
    .bar = Целое
    .help = Показывает целиком значение, обрезанное знаком ›.
command-next-refused = Следующий отказ
    .bar = Отказ
    .help = Переходит к следующей строке, которую сервер не принял.
command-stop = Прервать запрос
    .bar = Стоп
    .help = Прерывает идущий запрос; из программы не выходит.
command-yes = Да
    .bar = Да
    .help = Отвечает на вопрос «да».
command-no = Нет
    .bar = Нет
    .help = Отвечает на вопрос «нет».
command-dup-above = Как в строке выше
    .bar = Выше
    .help = Повторяет значение строки выше.
command-no-access = Нет доступа
    .bar = НетДос
    .help = Отмечает, что в помещение не пустили.
command-accept-plus = Принять и дальше
    .bar = Дальше
    .help = Принимает показание и переходит к следующему, не отрывая руки от цифр.
command-today = Сегодня
    .bar = Сегодн
    .help = Ставит сегодняшнее число.
command-day-later = На день позже
    .bar = День+
    .help = Переводит дату на день вперёд.
command-day-earlier = На день раньше
    .bar = День-
    .help = Переводит дату на день назад.

## Места фокуса

context-common = везде
context-form = поле формы
context-text = текст
context-list = список
context-sheet = цифровая ведомость
context-date = дата, пока её не правят
context-dialog = вопрос
context-palette = строка команд

## Счёт

count-rows = { $n ->
    [one] { $n } строка
    [few] { $n } строки
   *[many] { $n } строк
}

## Клавиша

key-unknown = неизвестная последовательность: программа её пропускает
key-late = пришла с опозданием после Esc
key-paste = вставлено: { $text }
key-test-begin = Нажимайте клавиши по очереди: F1 … F10, стрелки, Ins, Del, Home, End, PgUp, PgDn. Конец: Ctrl+C.
key-test-ruler = Знаки должны стоять под цифрами, «|» под «|»; иначе выключите широкие знаки (PuTTY: Window → Translation → Treat CJK ambiguous characters as wide).
key-test-setting = { $mode }. { $advice }

## Руководство

manual-title = Руководство оператора
manual-note = Составлено программой из её списка команд и раскладки клавиш (`kvartal manual`); руками не правится.
manual-keys = Клавиши
manual-keys-text =
    Одна клавиша везде значит одно и то же. Нижняя строка экрана показывает, что делают F1–F10 здесь и сейчас;
    F9 открывает второй ряд. Alt с цифрой — то же, что F с этой цифрой (Alt+0 — F10): это выручает там, где
    функциональные клавиши не доходят. Раскладка не важна: команды узнаются по месту клавиши.
manual-first-row = Первый ряд
manual-second-row = Второй ряд: сначала F9
manual-others = Остальные клавиши
manual-contexts = Клавиши отдельных мест
manual-synonyms = Привычные сочетания: { $name }
manual-synonyms-text = Дополнительный набор, включается в настройках оператора; основные клавиши остаются.
manual-screens = Экраны
manual-terminals = Терминалы
manual-terminals-text =
    Если клавиша делает не то, что на ней написано, запустите `kvartal keytest --plain`, нажмите её и прочтите,
    какую настройку терминала изменить. Режимы, которые лучше сменить:
manual-loses = не доходит: { $keys }
manual-key = Клавиша
manual-command = Команда
manual-label = В строке
manual-meaning = Что делает
manual-place = Где

## Терминал

term-no-utf8 =
    Терминал настроен не на UTF-8 ({ $setting }), русские буквы пришли бы испорченными. Задайте на сервере
    LANG=ru_RU.UTF-8 или C.UTF-8, в PuTTY — Window → Translation → UTF-8, и войдите снова.
term-no-terminal = Рабочее место открывается только на терминале: ввод или вывод перенаправлен. Запустите его без | и >.
term-broken = Терминал не отвечает ({ $told }). Закройте окно и войдите снова: показанное сохранено.
term-dumb =
    Терминал ({ $term }) не умеет показывать экран. Войдите с терминала с TERM=xterm или linux
    (в PuTTY: Connection → Data → Terminal-type string).
term-no-theme = Темы «{ $theme }» нет. KVARTAL_THEME может быть colour, mono или ascii; без неё тема выбирается по терминалу.

## Состояние рабочего места

already-home = Это главный экран. Выход из программы: F9 F10
answer-not-understood = Ответ обработчика не понят: программа и обработчик разных версий. Обновите программу
answer-yes-no = Ответьте цифрой: 1 Да, 0 Нет
asking = Запрос… { $n } с, Esc отменить
awaited = Читается…
cancelled = Запрос отменён
cancelling = Запрос отменяется…
cannot-cancel = Запись уже отправлена и отменена быть не может: дождитесь ответа
copied = Скопировано: в буфер терминала и в папку исходящих
done = Выполнено: { $title }
exit-changed = На экране есть незаписанное. Оно сохранится в черновике. Выйти из программы?
field-not-typed = Поле «{ $field }» не изменяется здесь
filtered = Отбор: { $text } (Esc — снять)
ground-needed = Укажите основание: документ или заявление
implausible-again = Значение неправдоподобно. Проверьте и введите его ещё раз, чтобы записать
job-done = Задание выполнено: { $title }
key-means-nothing = Клавиша { $key } здесь ничего не значит
keys-held = Не выполнено клавиш: { $n } «{ $text }»
keys-queued = Ждут клавиш: { $n }
leave-changed = На экране есть незаписанное. Оставить экран и потерять введённое?
link-again = Связь с базой восстановлена, данные прочитаны заново
link-away = Нет связи с базой: введённое хранится, записать можно будет, когда связь вернётся
login-first = Сначала войдите в программу
marked = Отмечено: { $n }
no = нет
no-action-here = На этом экране такого действия нет
no-amount-here = Под курсором нет суммы, которую можно объяснить
no-list-here = У этого поля нет списка значений
no-refused = Отказанных строк нет
no-rows = Ничего нет
no-screen = Экрана «{ $code }» нет. Список экранов: F9 F9
no-times-here = На этом экране нет сведений, которые зависят от даты
no-worker-commit = Обработчик не отвечает, показать разницу некому. Записать без просмотра?
not-done = Не выполнено
not-now = Сейчас это действие недоступно
nothing-found = Ничего не найдено
nothing-named-so = С названием «{ $text }» ничего нет
nothing-to-stop = Прерывать нечего
nothing-to-undo = В этом сеансе ещё нечего отменять. Другие операции отменяются из журнала: F9 F5
password-changed = Пароль изменён
password-must-change = Это первый вход: смените пароль
password-weak = Новый пароль должен быть не короче 8 знаков и отличаться от прежнего
passwords-differ = Новый пароль введён дважды по-разному: повторите
past-read-only = Показано прошлое: изменять можно только сегодняшний день. Вернуться: F9 F4 и пустые даты
past-shown = Показано прошлое
present-shown = Показан сегодняшний день
paste-nowhere = Вставлять сюда нельзя
paste-one-value = В ячейку вставляется одно значение
paste-too-long = Вставка длиннее поля и не принята
record-not-understood = Запись о прежнем сеансе не прочитана: она сделана другой версией программы
refreshed = Прочитано заново
screen-needs-another = Экран «{ $title }» открывается из карточки или списка. Найдите нужное (F9 F3) и откройте оттуда
screen-needs-number = Экран «{ $title }»: наберите за кодом номер, например F9 { $code } 4100123
screen-not-allowed = Экран «{ $title }» не входит в вашу должность. Право даёт администратор
session-continued = Сеанс продолжен
sheet-digits-only = В ведомость вводятся только числа; «/» — нет доступа, «*» — как строкой выше
sheet-refused = Отказов { $n }; причина: F9 и ↓
sheet-stays-written = Показание записано и остаётся. Отменить его: журнал, F9 и «Отменить операцию»
shown-all = строк { $n }
shown-more = показано { $n }, есть ещё
shown-of = показано { $n } из { $total }
shown-of-many = показано { $n } из > 10 000
too-deep = Открыто слишком много экранов: закройте лишние
too-small = Окно меньше { $size }: увеличьте его. Введённое сохраняется
type-to-search = Наберите, что искать: фамилию, улицу и дом, номер счёта
undone = Операция отменена
undone-partly = Операция отменена; дней, изменённых позже другими, оставлено: { $n }
writing = Запись… { $n } с
written = Записано: { $title }. Отменить: F9 F2
yes = да
yes-no = 1 Да    0 Нет

diff-accounts = Изменится счетов: { $n }, сумма { $sum } ₽
diff-foot = F2 записать · Esc отказаться · Enter один счёт
diff-heading = Счёт, за месяц, услуга                              было     изменение
diff-keys = F2 записать, Esc отказаться, Enter — только этот счёт
diff-more = · ещё строк: { $n }
diff-nothing = Начисления не изменятся
diff-unseen = Ещё { $n } счетов вне вашей доступности, сумма { $sum } ₽

help-author = Для автора экрана
help-code = Код отказа: { $code }. Что означает и что делать — в руководстве, раздел «Отказы»
help-keys = Клавиши здесь
help-list = Список: стрелки и PgUp/PgDn двигают курсор, буквы и цифры отбирают строки, Enter открывает или объясняет сумму.
help-message = Последний отказ
help-none = Для этого экрана справка ещё не написана.
help-page = страница { $n } из { $of }, F1 — дальше, Esc — закрыть
help-sheet = Ведомость: цифры и Enter или «+» — следующая строка, «*» — как в строке выше, «/» — нет доступа.

kind-bool = Вводится 1 (да) или 0 (нет).
kind-choice = Выбирается из списка: F4.
kind-day = Дата: 25.09.2026, 2509, «.» — сегодня, «+» и «-» — день вперёд и назад.
kind-decimal = Число; запятая или точка.
kind-int = Целое число.
kind-money = Сумма в рублях; копейки через запятую или точку.
kind-month = Месяц: 09.2026 или 09.
kind-text = Текст.

palette = Команда, экран или код экрана
prompt-as-of = На какую дату показать (пусто — сегодня)
prompt-ground = Основание
prompt-known = По сведениям, известным на дату (пусто — всё известное сейчас)
prompt-undo = Отмена: { $title }. Основание
question = Вопрос

title-as-of = на { $day }
title-away = НЕТ СВЯЗИ
title-known = известно на { $day }
title-month = Месяц { $month } ({ $state })

wrong-bank-account = «{ $field }»: в номере счёта 20 цифр
wrong-bic = «{ $field }»: в БИК 9 цифр
wrong-bool = «{ $field }»: введите 1 (да) или 0 (нет)
wrong-choice = «{ $field }»: такого значения нет в списке, F4 — выбор
wrong-day = «{ $field }»: такой даты нет
wrong-day-line = Такой даты нет: введите, например, 25.09.2026
wrong-empty = «{ $field }»: заполните поле
wrong-future = «{ $field }»: дата позже сегодняшней ({ $with })
wrong-inn = «{ $field }»: контрольные цифры ИНН не сходятся
wrong-int = «{ $field }»: введите целое число
wrong-month = «{ $field }»: такого месяца нет
wrong-name = «{ $field }»: в имени бывают только буквы, дефис и апостроф
wrong-negative = «{ $field }»: число не может быть отрицательным
wrong-number = «{ $field }»: это не число
wrong-positive = «{ $field }»: число должно быть больше нуля
wrong-scale = «{ $field }»: знаков после запятой не больше { $with }
wrong-snils = «{ $field }»: контрольные цифры СНИЛС не сходятся
wrong-years = «{ $field }»: год — от 1900 до 2099

choice-month_state-collecting = сбор
choice-month_state-charged = рассчитан
choice-month_state-released = выпущен
choice-month_state-sealed = закрыт

## Слова закрытых наборов: choice-НАБОР-КОД

choice-account_state-open = открыт
choice-account_state-closed = закрыт
choice-basis-1 = площадь
choice-basis-2 = норматив
choice-basis-3 = прибор
choice-basis-4 = среднее
choice-basis-5 = количество
choice-basis-6 = готовое
choice-basis-7 = дом
choice-basis-8 = разное
choice-house_kind-apartment = многоквартирный
choice-house_kind-dormitory = общежитие
choice-house_kind-private = частный дом
choice-job_state-queued = в очереди
choice-job_state-running = идёт
choice-job_state-done = готово
choice-job_state-failed = не вышло
choice-job_state-cancelled = остановлено
choice-meter_kind-individual = счёта
choice-meter_kind-flat = квартиры
choice-meter_kind-house = дома
choice-meter_kind-group = домов
choice-method-area_total = общая площадь
choice-method-area_living = жилая площадь
choice-method-area_heated = отапл. площадь
choice-method-persons = по жильцам
choice-method-meter = по прибору
choice-method-two_component = вода и тепло
choice-method-waters = по водам
choice-method-quantity = количество
choice-method-ready = готовое
choice-method-house_meter = домовой прибор
choice-object_kind-account = счёт
choice-object_kind-house = дом
choice-object_kind-person = человек
choice-object_kind-meter = прибор
choice-object_kind-premises = помещ.
choice-place_kind-residence = живёт
choice-place_kind-stay = временно
choice-place_kind-owner = владеет
choice-place_kind-payer = платит
choice-plan_of-account = счёта
choice-plan_of-house = дома
choice-premises_kind-flat = квартира
choice-premises_kind-room = комната
choice-premises_kind-non_residential = нежилое
choice-premises_kind-private = дом
choice-reading_source-operator = оператор
choice-reading_source-inspector = контролёр
choice-reading_source-consumer = житель
choice-reading_source-payer = плательщик
choice-reading_source-initial = установка
choice-reading_source-removal = снятие
choice-document_kind-passport = паспорт РФ
choice-document_kind-birth_certificate = свид. о рождении
choice-document_kind-foreign_passport = иностранный паспорт
choice-document_kind-residence_permit = вид на жительство
choice-document_kind-temporary_card = врем. удостоверение
choice-document_kind-military_id = военный билет
choice-name_case-genitive = родительный (кого)
choice-name_case-dative = дательный (кому)
choice-name_case-accusative = винительный (кого)
choice-name_case-instrumental = творительный (кем)
choice-name_case-prepositional = предложный (о ком)
choice-document_purpose-view = посмотрел
choice-document_purpose-get = взял файл
choice-document_purpose-print = напечатал
choice-print_way-queue = очередь сервера
choice-print_way-folder = папка сервера
choice-print_way-outbox = исходящие
choice-print_way-terminal = терминал
choice-print_what-pdf = PDF
choice-print_what-text = текст
choice-print_charset-utf-8 = UTF-8
choice-print_charset-cp866 = CP866
choice-print_state-waiting = ждёт
choice-print_state-taken = печатается
choice-print_state-done = вышло
choice-print_state-failed = не вышло
choice-print_state-cancelled = снято
choice-paper_kind-registered = Справка о зарегистрированных
choice-paper_kind-household = Справка о составе семьи
choice-paper_kind-house_book = Выписка из домовой книги
choice-paper_kind-apartment_card = Поквартирная карточка, ф. 10
choice-paper_kind-registration_card = Карточка регистрации, ф. 9
choice-sex-male = мужской
choice-sex-female = женский
choice-stove-gas = газовые
choice-stove-electric = электрические

## Меню

menu-search = Найти счёт, дом, человека, прибор
menu-routes = Показания: обходы
menu-months = Месяцы: расчёт, выпуск, закрытие
menu-what-if = Что если: проба на весь город
menu-tariffs = Тарифы
menu-parameters = Параметры расчёта
menu-journal = Журнал операций
menu-jobs = Задания
menu-sessions = Рабочие места
menu-papers = Журнал выданных справок
menu-documents = Архив документов
menu-prints = Печать: что не вышло
menu-printers = Принтеры
menu-printer-defaults = Что где печатать
menu-readings-of-cards = Кто читал карточки
menu-keys = Проверка клавиш
