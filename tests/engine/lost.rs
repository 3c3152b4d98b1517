//! A change or a job whose answer is lost: asked for once, ended on its own screen.

use kvartal::engine::effect::{Call, Effect};
use kvartal::engine::msg::{Answer, LinkState, Msg, Timer};

use super::laws::{calls, changing};
use super::play::Play;
use super::town::refusal;

#[test]
fn a_lost_change_is_asked_for_when_the_line_is_back() {
    let mut play = changing();
    play.settle();
    play.types("{F2}");
    play.line_breaks();
    assert_eq!(calls(&play, |call| matches!(call, Call::Settle(_))), 1);
    play.settle();
    assert!(play.desk.unsettled.is_empty());
    assert_eq!(play.town.done.len(), 1, "{:?}", play.town.done);
    assert!(play.sight().contains("60,5"), "the dialog is closed and the card shows it: {}", play.sight());
    assert_eq!(play.desk.windows.len(), 2);
}

#[test]
fn a_lost_change_that_was_not_made_keeps_what_is_typed() {
    let mut play = changing();
    play.settle();
    play.types("{F2}");
    play.town.made.clear();
    play.town.area = None;
    play.line_breaks();
    play.settle();
    let sight = play.sight();
    assert!(sight.contains("Такой операции нет") && sight.contains("60,5"), "{sight}");
    play.run("{F2}");
    play.run("{F2}");
    assert_eq!(play.town.area.as_deref(), Some("60.5"));
}

#[test]
fn what_is_typed_elsewhere_meanwhile_stays_a_draft() {
    let mut play = changing();
    play.settle();
    play.types("{F2}");
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was sent") };
    play.tell(Msg::Reply { req, answer: Answer::Lost(refusal("08006", "Связь прервалась")) });
    play.tell(Msg::Link(LinkState::Down("Связь прервалась".to_owned())));
    play.types("{F9}{F9}{F9}210 41002{Enter}");
    play.tell(Msg::Link(LinkState::Up { again: true }));
    play.settle();
    assert!(play.desk.unsettled.is_empty());
    assert_eq!(play.town.done.len(), 1);
}

/// A change of area whose answer is lost: the line is here again, nobody has asked yet.
fn lost() -> Play {
    let mut play = changing();
    play.settle();
    play.types("{F2}");
    let Some(Msg::Reply { req, .. }) = play.ready.pop_front() else { panic!("nothing was sent") };
    play.tell(Msg::Reply { req, answer: Answer::Lost(refusal("08006", "Связь прервалась")) });
    play
}

fn settles(play: &Play) -> usize {
    calls(play, |call| matches!(call, Call::Settle(_)))
}

/// Asked for by the clock and by the line that is back: one question, one aftermath.
#[test]
fn a_lost_change_is_asked_for_once_at_a_time_and_ends_once() {
    let mut play = lost();
    play.tell(Msg::Woke(Timer::Settle));
    play.tell(Msg::Link(LinkState::Up { again: true }));
    play.tell(Msg::Woke(Timer::Settle));
    assert_eq!(settles(&play), 1);
    play.settle();
    assert_eq!((play.desk.changes.len(), play.desk.windows.len()), (1, 2), "{}", play.sight());
    // A question that nobody answers is asked again.
    let mut play = lost();
    play.tell(Msg::Woke(Timer::Settle));
    play.line_breaks();
    assert_eq!(play.desk.unsettled.len(), 1);
    assert_eq!(settles(&play), 2);
    play.settle();
    assert_eq!((play.desk.changes.len(), play.desk.unsettled.len()), (1, 0));
}

/// Until it is known what became of it, the same form writes nothing more: it might be the same once more.
#[test]
fn a_form_whose_change_is_unsettled_writes_no_second_one() {
    let mut play = lost();
    play.types("{F2}");
    assert!(play.sight().contains("Ещё выясняется"), "{}", play.sight());
    assert_eq!(calls(&play, |call| matches!(call, Call::Preview(_))), 1);
    play.settle();
    assert_eq!(play.town.done.len(), 1, "{:?}", play.town.done);
}

/// What was typed into the form since stays a draft, and the form stays open.
#[test]
fn a_late_end_keeps_what_was_typed_since() {
    let mut play = lost();
    play.types("й");
    play.settle();
    assert_eq!(play.desk.windows.len(), 3, "{}", play.sight());
    assert!(play.desk.front().unwrap().is_changed());
    assert!(play.sight().contains("Записано: "), "it is told all the same: {}", play.sight());
}

/// Whoever works elsewhere by then is told, and nothing of his is touched; the form behind is closed as it would have been.
#[test]
fn a_late_end_happens_on_its_own_screen() {
    let mut play = lost();
    play.types("{F9}210 41002{Enter}");
    while play.ready.front().is_some_and(|_| play.desk.unsettled.len() == 1) {
        play.answer_one();
    }
    play.types(" ");
    let marked = |play: &Play| play.desk.focused().unwrap().grids[0].marks.len();
    assert_eq!((play.desk.windows.len(), marked(&play)), (4, 1), "{}", play.sight());
    play.settle();
    assert_eq!(play.desk.unsettled.len(), 0);
    assert_eq!((play.desk.windows.len(), marked(&play)), (3, 1), "{}", play.sight());
    assert!(play.sight().contains("Счёт 41002"), "{}", play.sight());
    assert!(play.desk.message.text.contains("Записано: «Изменить площадь»"), "{}", play.desk.message.text);
    play.run("{F10}");
    assert!(play.sight().contains("Счёт 41001") && play.sight().contains("60,5"), "{}", play.sight());
}

/// Somebody is typing a code over the form: it is not taken away under the line.
#[test]
fn a_late_end_closes_nothing_under_what_is_being_typed() {
    let mut play = lost();
    play.types("{F9}2");
    play.settle();
    assert!(
        matches!(play.desk.overlay, Some(kvartal::engine::overlay::Overlay::Palette(_))),
        "{}",
        play.sight()
    );
    assert_eq!(play.desk.windows.len(), 3);
    assert!(!play.desk.front().unwrap().is_changed(), "it is written");
}

/// A job goes on when the line does not, and so does its progress.
#[test]
fn a_job_is_followed_on_when_the_line_is_back() {
    use kvartal::engine::msg::Progress;
    let mut play = changing();
    play.settle();
    let job = uuid::Uuid::from_u128(0x10b);
    play.town.job = Some(job);
    play.types("{F2}");
    play.answer_one();
    let follows = |play: &Play| -> Vec<kvartal::engine::msg::Req> {
        let req = |effect: &Effect| match effect {
            Effect::Call { req, call: Call::Follow(of) } if *of == job => Some(*req),
            _ => None,
        };
        play.effects.iter().filter_map(req).collect()
    };
    let first = follows(&play);
    assert_eq!(first.len(), 1);
    play.ready.retain(|msg| !matches!(msg, Msg::Reply { req, .. } if *req == first[0]));
    play.tell(Msg::Reply {
        req: first[0], answer: Answer::Lost(refusal("08006", "Связь прервалась"))
    });
    play.tell(Msg::Link(LinkState::Down("Связь прервалась".to_owned())));
    assert!(play.desk.job.is_some(), "it is not forgotten");
    play.tell(Msg::Hangup);
    assert_eq!(play.record["job"][0], serde_json::json!(job), "nor by whoever goes on");
    play.tell(Msg::Link(LinkState::Up { again: true }));
    let again = follows(&play);
    assert_eq!(again.len(), 2);
    let progress = Progress { stage: "дома".to_owned(), done: 3, total: Some(9) };
    play.tell(Msg::Reply { req: again[1], answer: Answer::Progress(progress.clone()) });
    assert_eq!(play.desk.job.as_ref().map(|(_, _, known)| known), Some(&progress));
    play.sees("Задание выполнено: Изменить площадь");
    assert!(play.desk.job.is_none());
}

/// A worker that answers others first is told of with how many wait before, and waited for: Esc lets go.
#[test]
fn a_busy_worker_is_waited_for() {
    let mut play = Play::entered();
    play.run("{F9}210 41001{Enter}{F9}Измен{Enter}");
    play.types("50{Enter}{Enter}50{Enter}{Enter}010326{Enter}акт 5{F2}");
    let asked = play.effects.iter().rev().find_map(|effect| match effect {
        Effect::Call { req, call: Call::Preview(_) } => Some(*req),
        _ => None,
    });
    let req = asked.unwrap();
    play.ready.clear();
    play.tell(Msg::Reply { req, answer: Answer::Queued(3) });
    play.passes(12_000);
    play.tell(Msg::Woke(Timer::Waiting));
    assert!(
        play.sight().contains("Вопрос ждёт очереди, перед ним 3… 12 с, Esc не ждать"),
        "{}",
        play.sight()
    );
    play.tell(Msg::Reply { req, answer: Answer::Queued(0) });
    assert!(play.sight().contains("Запрос… 12 с"), "{}", play.sight());
    play.types("{Esc}");
    assert!(play.effects.iter().any(|effect| matches!(effect, Effect::Cancel { req: of } if *of == req)));
}
