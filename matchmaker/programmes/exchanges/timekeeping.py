"""What happens to exchanges by the clock."""

from matchmaker.core import clock
from matchmaker.core.errors import Conflict
from matchmaker.programmes.exchanges import agreement_services, notices, paper_services, queries, rules
from matchmaker.programmes.exchanges.enums import ExchangeStage


def keep_time() -> int:
    """Begin exchanges whose day has come, say where an agreement is missing, remind of papers; answers how many acts."""
    acts = paper_services.remind()
    for application in queries.to_begin(clock.today()):
        if rules.stage(application) is ExchangeStage.READY:
            try:
                agreement_services.start(None, application)
            except Conflict:
                # Between the list and the lock somebody changed the agreement, or its zone's day has not come.
                continue
            acts += 1
        else:
            acts += notices.tell_missing(application)
    return acts
