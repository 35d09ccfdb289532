"""What the worker does for the library."""

from matchmaker.core import jobs
from matchmaker.library.question_services import remind_of_overdue

remind = jobs.loop("remind of overdue questions", 3600)(remind_of_overdue)
