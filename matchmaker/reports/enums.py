"""The stages of the funnel and what its figures are split by."""

from enum import StrEnum


class Stage(StrEnum):
    """How far a firm has come; the unit is the firm, and each stage counts it once.

    A stage is reached at the first moment at which a record says so, and stays reached: a firm that is archived,
    suspended or leaves a match afterwards goes on counting where it counted, for what happened happened. The stages are
    counted by their own records, not by each other: a deal without a B2B meeting before it counts as a deal alone.

    registered: the firm was sent to its institution for the first time. Drafts, also discarded ones, do not count.
    verified: its institution verified it for the first time.
    matched: both firms of a match had said yes.
    introduced: both coordinators had approved, and the two firms were introduced.
    met: the firm took part in a meeting of a B2B day that was held, by what its sides or the staff recorded last.
    cooperating: the two firms of a match recorded a partnership.
    deal: a deal was confirmed by the other firm.
    """

    REGISTERED = "registered"
    VERIFIED = "verified"
    MATCHED = "matched"
    INTRODUCED = "introduced"
    MET = "met"
    COOPERATING = "cooperating"
    DEAL = "deal"


class Cut(StrEnum):
    """What the figures are split by; each firm is in exactly one part, so that the parts add up to the whole.

    country: where it is registered. region: the ISO 3166-2 region that it had at the end of the day of the report.
    sector: the NACE Rev. 2 division of the branch that it named as its main one on that day, for a firm with several too.
    month: the calendar month in which it reached the stage, on the clock of the reader's institution; a B2B meeting
    counts in the month of the day it was held on, at the venue.
    """

    COUNTRY = "country"
    REGION = "region"
    SECTOR = "sector"
    MONTH = "month"
