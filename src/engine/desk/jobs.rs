//! Long jobs: followed to their end, shown in the title line, never waited for.

use uuid::Uuid;

use super::{Desk, Purpose};
use crate::engine::effect::Call;
use crate::engine::msg::{Answer, Progress, Req};

impl Desk {
    /// Follows a job; screens that show jobs are read again when it moves.
    pub(crate) fn follow_job(&mut self, job: Uuid, title: String) {
        self.job = Some((job, title, Progress::default()));
        self.call(Purpose::Job, Call::Follow(job), false);
    }

    pub(crate) fn job_progress(&mut self, req: Req, progress: Progress) {
        if self.requests.get(&req) != Some(&Purpose::Job) {
            return;
        }
        if let Some((_, _, known)) = &mut self.job {
            *known = progress;
        }
        self.look_at_job();
    }

    /// What shows jobs is read again.
    pub(crate) fn look_at_job(&mut self) {
        if let Some(front) = self.windows.last_mut() {
            for (source, feed) in front.model.sources.iter().zip(&mut front.feeds) {
                if source.topic.as_deref() == Some("job") {
                    feed.stale = true;
                }
            }
        }
    }

    pub(crate) fn job_ended(&mut self, answer: Answer) {
        self.ask_present();
        let title = self.job.take().map(|(_, title, _)| title).unwrap_or_default();
        match answer {
            Answer::Done(_) => self.say_with("job-done", &[("title", title.into())]),
            other => self.refused(&other),
        }
        if let Some(front) = self.windows.last_mut() {
            super::windows::stale(front);
        }
    }
}
