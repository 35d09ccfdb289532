"""The yardstick of matching: inverted lists in numpy with a count of common goods, no rules, no reasons, no exact order.

What a plain program would do on the same arrays: add up points by list into one array over all firms and partition it.
"""

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.request import Request
from matchmaker.engines.fit.segment import Segment


def bare_top(segment: Segment, request: Request, k: int = 20) -> npt.NDArray[np.int64]:
    """The places of some k firms with most digits in common, both sides added."""
    points = np.zeros(len(segment), dtype=np.int16)
    for side, wanted in (("offered", request.sought), ("sought", request.offered)):
        for heading, _lines in wanted.headings:
            points[segment.between(side, heading * 800 + 4, heading * 800 + 800)] += 10
        for code in wanted.subheadings:
            points[segment.between(side, code, code + 1)] += 7
    return np.argpartition(points, -k)[-k:] if len(points) > k else np.arange(len(points))
