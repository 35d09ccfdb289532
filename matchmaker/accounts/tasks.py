"""What the worker does for accounts."""

from matchmaker.accounts.services import purge
from matchmaker.core import jobs

jobs.loop("purge sessions and links", 3600)(purge)
