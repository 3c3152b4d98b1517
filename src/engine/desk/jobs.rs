//! Long jobs: followed to their end, shown in the title line, never waited for.

use uuid::Uuid;

use super::{Desk, Purpose};
use crate::engine::effect::Call;
use crate::engine::msg::{Answer, Progress, Req, Timer};

impl Desk {
    /// Follows a job; what shows jobs hears of it by notices.
    pub(crate) fn follow_job(&mut self, job: Uuid, title: String) {
        self.job = Some((job, title.clone(), Progress::default()));
        self.call(Purpose::Job(job, title), Call::Follow(job), false);
    }

    /// The line broke under a job that was followed: it goes on without us, and is followed on as soon as there is a line.
    pub(crate) fn follow_on(&mut self) {
        let Some((job, title, _)) = self.job.clone().filter(|_| self.away.is_none()) else { return };
        let is_it = |purpose: &Purpose| matches!(purpose, Purpose::Job(asked, _) if *asked == job);
        if !self.requests.values().any(is_it) {
            self.call(Purpose::Job(job, title), Call::Follow(job), false);
        }
    }

    pub(crate) fn job_progress(&mut self, req: Req, progress: Progress) {
        let Some(Purpose::Job(of, _)) = self.requests.get(&req) else { return };
        if let Some((_, _, known)) = self.job.as_mut().filter(|(job, ..)| job == of) {
            *known = progress;
        }
    }

    pub(crate) fn job_ended(&mut self, id: Uuid, title: String, answer: Answer) {
        let is_followed = self.job.as_ref().is_some_and(|(job, ..)| *job == id);
        if is_followed && matches!(answer, Answer::Lost(_)) {
            self.wake(Timer::Job, 2_000, true);
            return;
        }
        if is_followed {
            self.job = None;
        }
        self.ask_present();
        match answer {
            Answer::Done(_) => self.say_with("job-done", &[("title", title.into())]),
            other => self.refused(&other),
        }
        if let Some(front) = self.windows.last_mut() {
            super::windows::stale(front);
        }
    }
}
