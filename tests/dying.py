"""A job that does not come to its end; by itself, so that a worker imports it alone."""

import os
import signal

from layout.batch.jobs import Job, Outcome, archive


def archive_or_die(job: Job) -> Outcome:
    """Archive an issue, but end the process for one, and raise an error for another."""
    if job.path.parent.name == "005":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.path.parent.name == "007":
        raise OSError(28, "No space left on device", "page.pdf")
    return archive(job)
