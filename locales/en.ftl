# The words of the workstation. A message: subject-thing; a command: its name, .bar (at most 6 letters), .help (one sentence).

## Commands

command-help = Help
    .bar = Help
    .help = Explains the field, then the screen, then the last message.
command-save = Save
    .bar = Save
    .help = Writes what was entered on the screen; shows first what it changes in the charges.
command-find = Find by example
    .bar = Find
    .help = Pressed once it clears the fields for an example, pressed again it shows what fits.
command-choose = Choose from a list
    .bar = Choose
    .help = Opens the list of values of the field; a code may be typed without it.
command-refresh = Read again
    .bar = Fresh
    .help = Reads the data again and stays in the same place.
command-pane = Next part of the screen
    .bar = Pane
    .help = Goes to the next tab or part of the screen.
command-new = New record
    .bar = New
    .help = Begins a new card or row.
command-delete = Delete or reverse
    .bar = Delete
    .help = Marks the row for deletion; what is posted is reversed, with a ground.
command-more = More commands
    .bar = More
    .help = Opens the second row of commands and the command line: digits are a screen code, letters search commands by name.
command-back = Leave the screen
    .bar = Back
    .help = Closes the screen and returns to where it was opened.
command-why = Why?
    .bar = Why
    .help = Explains an amount: formula, volumes, tariff, days, share, rounding and where each number comes from.
command-undo = Undo an operation
    .bar = Undo
    .help = Undoes an operation day by day; what others changed later stays and is named.
command-search-all = Search everything
    .bar = Search
    .help = Searches accounts, addresses, residents, meters and phones by one line, in either layout.
command-as-of = As of a day
    .bar = Date
    .help = Shows the screen as of any day, and as it was known on any day.
command-journal = Journal
    .bar = Log
    .help = Shows the operations on what is on the screen: who, when, what and on what ground.
command-print = Print
    .bar = Print
    .help = Prints the document or list on the screen.
command-copy = Copy
    .bar = Copy
    .help = Gives the value or the marked rows to the clipboard and to the outbox.
command-diff = Show changes
    .bar = Diff
    .help = Shows what has been changed on the screen and is not written yet.
command-menu = Menu
    .bar = Menu
    .help = Opens the menu of the workstation.
command-exit = End the session
    .bar = Exit
    .help = Ends the session; what is not written is asked about first.
command-cancel = Cancel the entry
    .bar = Cancel
    .help = Gives the field its former value back; pressed again it goes one step back.
command-accept = Accept
    .bar = Enter
    .help = Takes the value and goes on; opens a row of a list, explains an amount.
command-next = Next field
    .bar = Next
    .help = Goes to the next field.
command-previous = Previous field
    .bar = Prev
    .help = Goes to the previous field.
command-up = Row above
    .bar = Up
    .help = Goes one row up.
command-down = Row below
    .bar = Down
    .help = Goes one row down.
command-left = Left
    .bar = Left
    .help = Goes one character or column to the left; closes a branch of a tree.
command-right = Right
    .bar = Right
    .help = Goes one character or column to the right; opens a branch of a tree.
command-first = To the beginning
    .bar = First
    .help = Goes to the beginning of the field or to the first column.
command-last = To the end
    .bar = Last
    .help = Goes to the end of the field or to the last column.
command-page-up = Page above
    .bar = Page-
    .help = Goes one page up.
command-page-down = Page below
    .bar = Page+
    .help = Goes one page down.
command-erase-before = Erase to the left
    .bar = Erase
    .help = Erases the character to the left of the cursor.
command-erase-under = Erase under the cursor
    .bar = Del
    .help = Erases the character under the cursor.
command-mark = Mark the row
    .bar = Mark
    .help = Marks the row or takes the mark away.
command-mark-all = Mark all
    .bar = All
    .help = Marks everything the filter lets through; the server says how many it is and for what sum.
command-show-whole = Show whole
    .bar = Whole
    .help = Shows whole a value that is cut with the sign ›.
command-next-refused = Next refusal
    .bar = Refuse
    .help = Goes to the next row the server did not take.
command-stop = Stop the request
    .bar = Stop
    .help = Stops the running request; does not leave the program.
command-yes = Yes
    .bar = Yes
    .help = Answers the question with yes.
command-no = No
    .bar = No
    .help = Answers the question with no.
command-dup-above = As in the row above
    .bar = Above
    .help = Repeats the value of the row above.
command-no-access = No access
    .bar = NoAcc
    .help = Notes that nobody let the inspector in.
command-accept-plus = Accept and go on
    .bar = Go on
    .help = Takes the reading and goes to the next one, the hand staying on the digits.
command-today = Today
    .bar = Today
    .help = Puts today's date in.
command-day-later = One day later
    .bar = Day+
    .help = Moves the date one day forward.
command-day-earlier = One day earlier
    .bar = Day-
    .help = Moves the date one day back.

## Places of the focus

context-common = everywhere
context-form = field of a form
context-text = text
context-list = list
context-sheet = numeric sheet
context-date = date nobody edits yet
context-dialog = question
context-palette = command line

## Counting

count-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}

## A key

key-unknown = unknown sequence: the program skips it
key-late = came late, after Esc
key-paste = pasted: { $text }
key-test-begin = Press the keys one after another: F1 … F10, arrows, Ins, Del, Home, End, PgUp, PgDn. Ctrl+C ends.
key-test-ruler = The signs must stand under the digits, "|" under "|"; otherwise switch wide signs off (PuTTY: Window → Translation → Treat CJK ambiguous characters as wide).
key-test-setting = { $mode }. { $advice }

## The manual

manual-title = Operator's manual
manual-note = Made by the program from its list of commands and its keys (`kvartal manual`); not edited by hand.
manual-keys = Keys
manual-keys-text =
    A key means the same everywhere. The bottom line of the screen shows what F1–F10 do here and now; F9 opens
    the second row. Alt with a digit is F with that digit (Alt+0 is F10): a help where function keys do not
    arrive. The layout does not matter: commands are known by the place of the key.
manual-first-row = First row
manual-second-row = Second row: F9 first
manual-others = Other keys
manual-contexts = Keys of single places
manual-synonyms = Habits: { $name }
manual-synonyms-text = An additional set, switched on in the operator's settings; the main keys stay.
manual-screens = Screens
manual-terminals = Terminals
manual-terminals-text =
    If a key does not do what stands on it, start `kvartal keytest --plain`, press it and read which setting of
    the terminal to change. Modes that are better left:
manual-loses = does not arrive: { $keys }
manual-key = Key
manual-command = Command
manual-label = In the bar
manual-meaning = What it does
manual-place = Where

## The terminal

term-no-utf8 =
    The terminal is not set to UTF-8 ({ $setting }), Russian letters would come out spoilt. Set LANG=ru_RU.UTF-8
    or C.UTF-8 on the server, in PuTTY Window → Translation → UTF-8, and log in again.
term-no-terminal = The workstation opens on a terminal only: input or output is redirected. Start it without | and >.
term-broken = The terminal does not answer ({ $told }). Close the window and log in again: what was shown is kept.
term-dumb =
    The terminal ({ $term }) cannot show a screen. Log in from a terminal with TERM=xterm or linux
    (in PuTTY: Connection → Data → Terminal-type string).
term-no-theme = There is no theme "{ $theme }". KVARTAL_THEME may be colour, mono or ascii; without it the terminal decides.

## State of the workstation

already-home = This is the home screen. To leave the program: F9 F10
answer-not-understood = The worker's answer is not understood: program and worker are of different versions. Update the program
answer-yes-no = Answer with a digit: 1 Yes, 0 No
asking = Asking… { $n } s, Esc cancels
awaited = Reading…
cancelled = The request was cancelled
cancelling = Cancelling…
cannot-cancel = The change is on its way and cannot be cancelled: wait for the answer
copied = Copied: to the terminal's clipboard and to the outbox
done = Done: { $title }
exit-changed = Something here is not written. It stays in your draft. Leave the program?
field-not-typed = The field “{ $field }” is not changed here
filtered = Filter: { $text } (Esc clears)
ground-needed = Give the ground: a document or an application
implausible-again = The value is implausible. Check it and type it once more to write it
job-done = Job done: { $title }
key-means-nothing = The key { $key } means nothing here
keys-held = Keys not executed: { $n } “{ $text }”
keys-queued = Keys waiting: { $n }
leave-changed = Something here is not written. Leave the screen and lose it?
link-again = The database is back, the data were read again
link-away = The database is away: what you typed is kept and can be written when it is back
login-first = Log in first
marked = Marked: { $n }
no = no
no-action-here = There is no such action on this screen
no-amount-here = There is no amount under the cursor to explain
no-list-here = This field has no list of values
no-refused = No row was refused
no-rows = Nothing here
no-screen = There is no screen “{ $code }”. The list of screens: F9 F9
no-times-here = Nothing on this screen depends on a date
no-worker-commit = The worker does not answer, so nobody can show the difference. Write without looking?
not-done = Not done
not-now = This action is not available now
nothing-found = Nothing was found
nothing-named-so = Nothing is called “{ $text }”
nothing-to-stop = There is nothing to stop
nothing-to-undo = Nothing to undo in this session yet. Other operations are undone from the journal: F9 F5
password-changed = The password was changed
password-must-change = This is your first login: change the password
password-weak = The new password needs at least 8 characters and must differ from the old one
passwords-differ = The new password was typed in two different ways: repeat it
past-read-only = The past is shown: only today can be changed. To return: F9 F4 and empty dates
past-shown = The past is shown
present-shown = Today is shown
paste-nowhere = Nothing can be pasted here
paste-one-value = A cell takes one pasted value
paste-too-long = The pasted text is longer than the field and was not taken
record-not-understood = The record of the earlier session cannot be read: another version of the program wrote it
refreshed = Read again
screen-needs-another = “{ $title }” opens from a card or a list. Find what you need (F9 F3) and open it there
screen-needs-number = “{ $title }”: type a number behind the code, for instance F9 { $code } 4100123
screen-not-allowed = “{ $title }” does not belong to your job. The administrator gives the right
session-continued = The session goes on
sheet-digits-only = A sheet takes numbers only; «/» for no access, «*» for the line above
sheet-refused = Refused: { $n }; the reason: F9 and “Next refused”
sheet-stays-written = The reading is written and stays. To take it back: the journal, undo
shown-all = rows: { $n }
shown-more = { $n } shown, there are more
shown-of = { $n } of { $total } shown
shown-of-many = { $n } of > 10 000 shown
too-deep = Too many screens are open: close some
too-small = The window is smaller than { $size }: enlarge it. What you typed is kept
type-to-search = Type what to look for: surname, street and house, account number
undone = The operation was undone
undone-partly = The operation was undone; days changed later by others were left: { $n }
writing = Writing… { $n } s
written = Written: { $title }. To undo: F9 F2
yes = yes
yes-no = 1 Yes    0 No

diff-accounts = Accounts that change: { $n }, sum { $sum } ₽
diff-foot = F2 write · Esc give up · Enter one account
diff-heading = Account, month, service                           before        change
diff-keys = F2 writes, Esc gives up, Enter shows one account
diff-more = · more rows: { $n }
diff-nothing = No charge changes
diff-unseen = { $n } more accounts out of your sight, sum { $sum } ₽

help-author = For the author of the screen
help-code = Code of the refusal: { $code }. The manual's chapter on refusals tells what it means and what to do
help-keys = Keys here
help-list = A list: arrows and PgUp/PgDn move the cursor, letters and digits filter, Enter opens or explains an amount.
help-message = The last refusal
help-none = No help was written for this screen yet.
help-page = page { $n } of { $of }, F1 next, Esc closes
help-sheet = A sheet: digits and Enter or “+” for the next row, “*” as in the row above, “/” no access.

kind-bool = Type 1 (yes) or 0 (no).
kind-choice = Chosen from a list: F4.
kind-day = A day: 25.09.2026, 2509, “.” is today, “+” and “-” a day later and earlier.
kind-decimal = A number; comma or point.
kind-int = A whole number.
kind-money = Roubles; kopecks behind comma or point.
kind-month = A month: 09.2026 or 09.
kind-text = Text.

palette = Command, screen or screen code
prompt-as-of = Show as of which day (empty: today)
prompt-ground = Ground
prompt-known = As known on which day (empty: all that is known now)
prompt-undo = Undo: { $title }. Ground
question = Question

title-as-of = as of { $day }
title-away = NO LINE
title-known = known on { $day }
title-month = Month { $month } ({ $state })

wrong-bank-account = «{ $field }»: an account number has 20 digits
wrong-bic = «{ $field }»: a bank code has 9 digits
wrong-bool = “{ $field }”: type 1 (yes) or 0 (no)
wrong-choice = “{ $field }”: no such value in the list, F4 to choose
wrong-day = “{ $field }”: there is no such day
wrong-day-line = There is no such day: type for example 25.09.2026
wrong-empty = “{ $field }”: fill in the field
wrong-future = “{ $field }”: the day is after today ({ $with })
wrong-inn = “{ $field }”: the check digits of the taxpayer number are wrong
wrong-int = “{ $field }”: type a whole number
wrong-month = “{ $field }”: there is no such month
wrong-name = «{ $field }»: a name has letters, hyphens and apostrophes only
wrong-negative = “{ $field }”: the number cannot be negative
wrong-number = “{ $field }”: this is not a number
wrong-positive = “{ $field }”: the number must be above zero
wrong-scale = “{ $field }”: at most { $with } places behind the comma
wrong-snils = “{ $field }”: the check digits of the insurance number are wrong
wrong-years = «{ $field }»: a year is from 1900 to 2099


## Words of closed sets: choice-SET-CODE

choice-account_state-open = open
choice-account_state-closed = closed
choice-basis-1 = area
choice-basis-2 = norm
choice-basis-3 = meter
choice-basis-4 = average
choice-basis-5 = quantity
choice-basis-6 = ready
choice-basis-7 = house
choice-basis-8 = mixed
choice-house_kind-apartment = apartments
choice-house_kind-dormitory = dormitory
choice-house_kind-private = private house
choice-job_state-queued = queued
choice-job_state-running = running
choice-job_state-done = done
choice-job_state-failed = failed
choice-job_state-cancelled = cancelled
choice-meter_kind-individual = account
choice-meter_kind-flat = flat
choice-meter_kind-house = house
choice-meter_kind-group = houses
choice-method-area_total = total area
choice-method-area_living = living area
choice-method-area_heated = heated area
choice-method-persons = persons
choice-method-meter = meter
choice-method-two_component = water and heat
choice-method-waters = waters
choice-method-quantity = quantity
choice-method-ready = ready
choice-method-house_meter = house meter
choice-month_state-collecting = collecting
choice-month_state-charged = charged
choice-month_state-released = released
choice-month_state-sealed = sealed

choice-object_kind-account = account
choice-object_kind-house = house
choice-object_kind-person = person
choice-object_kind-meter = meter
choice-object_kind-premises = prem.
choice-place_kind-residence = lives
choice-place_kind-stay = stays
choice-place_kind-owner = owns
choice-place_kind-payer = pays
choice-plan_of-account = acct
choice-plan_of-house = house
choice-premises_kind-flat = flat
choice-premises_kind-room = room
choice-premises_kind-non_residential = shop
choice-premises_kind-private = house
choice-reading_source-operator = operator
choice-reading_source-inspector = inspector
choice-reading_source-consumer = consumer
choice-reading_source-payer = payer
choice-reading_source-initial = initial
choice-reading_source-removal = removal
choice-document_kind-passport = passport
choice-document_kind-birth_certificate = birth certificate
choice-document_kind-foreign_passport = foreign passport
choice-document_kind-residence_permit = residence permit
choice-document_kind-temporary_card = temporary card
choice-document_kind-military_id = military card
choice-name_case-genitive = genitive
choice-name_case-dative = dative
choice-name_case-accusative = accusative
choice-name_case-instrumental = instrumental
choice-name_case-prepositional = prepositional
choice-document_purpose-view = looked
choice-document_purpose-get = took the file
choice-document_purpose-print = printed
choice-print_way-queue = queue
choice-print_way-folder = folder
choice-print_way-outbox = outbox
choice-print_way-terminal = terminal
choice-print_what-pdf = PDF
choice-print_what-text = text
choice-print_charset-utf-8 = UTF-8
choice-print_charset-cp866 = CP866
choice-print_state-waiting = waiting
choice-print_state-taken = printing
choice-print_state-done = out
choice-print_state-failed = failed
choice-print_state-cancelled = taken off
choice-paper_kind-registered = Registered persons
choice-paper_kind-household = Family composition
choice-paper_kind-house_book = Extract from the house book
choice-paper_kind-apartment_card = Apartment card, form 10
choice-paper_kind-registration_card = Card of registration, form 9
choice-sex-male = male
choice-sex-female = female
choice-stove-gas = gas
choice-stove-electric = electric

## Menu

menu-search = Search for an account, house, person, meter
menu-routes = Readings: rounds
menu-months = Months: charge, release, seal
menu-what-if = What if: a trial on the whole town
menu-tariffs = Tariffs
menu-parameters = Parameters of calculation
menu-journal = Journal of operations
menu-jobs = Jobs
menu-sessions = Workstations
menu-papers = Journal of issued papers
menu-documents = Archive of documents
menu-prints = Printing: what did not come out
menu-printers = Printers
menu-printer-defaults = What is printed where
menu-readings-of-cards = Who read the cards
menu-keys = Test of keys
