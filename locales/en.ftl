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
