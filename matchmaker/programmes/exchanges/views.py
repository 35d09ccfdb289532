"""The pages of expert exchanges."""

from matchmaker.programmes.exchanges import (
    calendar,
    call_views,
    exchange_views,
    expert_views,
    gates,
    paper_views,
)
from matchmaker.programmes.exchanges.blueprint import bp

__all__ = ["bp", "calendar", "call_views", "exchange_views", "expert_views", "gates", "paper_views"]
