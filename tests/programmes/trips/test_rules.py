"""The decisions of business trips that need no database: entry, scores, viability, readiness, claims."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matchmaker.programmes.enums import QuotaDimension
from matchmaker.programmes.places import Facts, Pool, Quota
from matchmaker.programmes.trips import claims, entry, readiness, scoring, viability
from matchmaker.programmes.trips.claims import ClaimFacts, Cost
from matchmaker.programmes.trips.enums import (
    ClaimGap,
    Criterion,
    EntryPath,
    EntryWarning,
    Light,
    ReadyItem,
    ViabilityChoice,
    VisaState,
)
from matchmaker.programmes.trips.models import EntryRule, SupportRate, SupportScheme
from matchmaker.programmes.trips.readiness import Facts as TravelFacts
from matchmaker.programmes.trips.scoring import Candidate
from matchmaker.programmes.trips.viability import Standing, Viability

FIRST, LAST = date(2027, 1, 19), date(2027, 1, 22)


def rule(
    begins: date, lead: int = 10, stay: int | None = 16, path: EntryPath = EntryPath.E_VISA
) -> EntryRule:
    return EntryRule(
        id=begins.toordinal(),
        nationality="TR",
        destination="RU",
        path=path,
        lead_days=lead,
        longest_stay_days=stay,
        valid_from=begins,
    )


def warned(of: EntryRule | None, today: date, last: date = LAST) -> tuple[EntryWarning, ...]:
    return entry.warnings(of, first_day=FIRST, last_day=last, today=today)


class TestEntry:
    def test_the_rule_that_began_last_holds_and_a_coming_one_not_yet(self) -> None:
        old, new, coming = rule(date(2024, 1, 1)), rule(date(2026, 1, 1)), rule(date(2027, 6, 1))
        assert entry.rule_on([new, coming, old], "TR", "RU", FIRST) is new
        assert entry.rule_on([new, coming, old], "TR", "RU", date(2025, 1, 1)) is old
        assert entry.rule_on([new], "RU", "TR", FIRST) is None

    def test_a_trip_closer_than_the_lead_time_warns_from_the_day_after(self) -> None:
        last_chance = FIRST - timedelta(days=10)
        assert warned(rule(date(2024, 1, 1)), last_chance) == ()
        assert warned(rule(date(2024, 1, 1)), last_chance + timedelta(days=1)) == (EntryWarning.TOO_CLOSE,)

    def test_no_papers_no_lead_time(self) -> None:
        assert warned(rule(date(2024, 1, 1), path=EntryPath.NONE), FIRST - timedelta(days=1)) == ()

    def test_both_ends_count_as_days_of_the_stay(self) -> None:
        early = date(2026, 12, 1)
        assert warned(rule(date(2024, 1, 1), stay=4), early) == ()
        assert warned(rule(date(2024, 1, 1), stay=3), early) == (EntryWarning.TOO_LONG,)
        assert warned(rule(date(2024, 1, 1), stay=None), early, date(2027, 12, 1)) == ()

    def test_no_rule_is_said_and_nothing_once_the_trip_began(self) -> None:
        assert warned(None, date(2026, 12, 1)) == (EntryWarning.NO_RULE,)
        assert warned(None, FIRST) == ()


C = Criterion


class TestScores:
    WEIGHTS: ClassVar = {C.SUITABILITY: 40, C.POTENTIAL: 30, C.GOALS: 20, C.SIZE: 10}

    def score(self, *points: int) -> Fraction:
        return scoring.weighted(dict(zip(self.WEIGHTS, points, strict=True)), self.WEIGHTS)

    def test_full_points_are_a_hundred_and_none_are_none(self) -> None:
        assert self.score(5, 5, 5, 5) == 100
        assert self.score(0, 0, 0, 0) == 0

    def test_a_criterion_counts_by_its_weight(self) -> None:
        assert self.score(5, 0, 0, 0) == 40
        assert self.score(0, 0, 0, 5) == 10

    def test_a_criterion_without_points_is_refused(self) -> None:
        with pytest.raises(KeyError):
            scoring.weighted({C.SUITABILITY: 5}, self.WEIGHTS)
        with pytest.raises(ValueError, match="weight"):
            scoring.weighted({}, {})

    def test_one_assessor_alone_gives_no_score(self) -> None:
        assert scoring.combined([Fraction(80)]) is None
        assert scoring.combined([Fraction(80), Fraction(65)]) == Fraction(145, 2)

    def test_assessors_who_differ_by_a_quarter_are_far_apart(self) -> None:
        assert scoring.far_apart([Fraction(75), Fraction(50)])
        assert not scoring.far_apart([Fraction(74), Fraction(50)])
        assert not scoring.far_apart([Fraction(90)])

    def test_the_usual_weights_hold_where_a_trip_sets_none(self) -> None:
        assert sum(scoring.weights_of({}).values()) == 100
        assert scoring.weights_of({"goals": 100, "size": 0}) == {C.GOALS: 100}

    @given(some.lists(some.integers(0, 5), min_size=4, max_size=4))
    def test_a_score_lies_between_nothing_and_a_hundred(self, points: list[int]) -> None:
        assert 0 <= self.score(*points) <= 100


class TestRanking:
    def test_better_first_then_the_earlier(self) -> None:
        ranked = scoring.ranking(
            [
                Candidate(1, Fraction(70), arrived=2),
                Candidate(2, Fraction(90), arrived=3),
                Candidate(3, Fraction(70), arrived=1),
            ],
            Pool(2),
        )
        assert [(one.number, one.fits) for one in ranked] == [(2, True), (3, True), (1, False)]

    def test_a_full_quota_passes_a_firm_over_and_the_next_fits(self) -> None:
        quotas = tuple(
            Quota(number, QuotaDimension.SECTOR, value, 1) for number, value in ((1, "28"), (2, "25"))
        )
        pumps, tools = Facts(sectors=frozenset({"28"})), Facts(sectors=frozenset({"25"}))
        ranked = scoring.ranking(
            [
                Candidate(1, Fraction(90), facts=pumps),
                Candidate(2, Fraction(80), facts=pumps),
                Candidate(3, Fraction(70), facts=tools),
            ],
            Pool(2, quotas),
        )
        assert [(one.number, one.fits) for one in ranked] == [(1, True), (2, False), (3, True)]

    def test_a_group_is_not_divided_and_a_smaller_one_still_fits(self) -> None:
        ranked = scoring.ranking(
            [
                Candidate(1, Fraction(90), people=2),
                Candidate(2, Fraction(80), people=2),
                Candidate(3, Fraction(70)),
            ],
            Pool(3),
        )
        assert [(one.number, one.fits) for one in ranked] == [(1, True), (2, False), (3, True)]

    @given(
        some.lists(some.tuples(some.integers(0, 100), some.integers(1, 3)), max_size=12), some.integers(0, 12)
    )
    def test_no_more_people_fit_than_places_are_left(self, firms: list[tuple[int, int]], left: int) -> None:
        candidates = [Candidate(at, Fraction(score), people) for at, (score, people) in enumerate(firms)]
        ranked = scoring.ranking(candidates, Pool(left))
        assert sum(firms[one.number][1] for one in ranked if one.fits) <= left
        assert sorted(one.number for one in ranked) == list(range(len(firms)))


class TestViability:
    def test_short_only_after_the_deadline_and_below_the_minimum(self) -> None:
        few = Standing(9, 10, date(2026, 12, 1))
        assert viability.viability(few, date(2026, 12, 1), None) is Viability.WAITING
        assert viability.viability(few, date(2026, 12, 2), None) is Viability.SHORT
        enough = Standing(10, 10, date(2026, 12, 1))
        assert viability.viability(enough, date(2026, 12, 2), None) is Viability.ENOUGH

    def test_an_extension_leaves_the_question_open_at_the_next_deadline(self) -> None:
        few = Standing(9, 10, date(2026, 12, 1))
        after = date(2026, 12, 2)
        assert viability.must_decide(few, after, ViabilityChoice.EXTEND)
        assert not viability.must_decide(few, after, ViabilityChoice.GO_AHEAD)
        assert few.missing == 1


def facts(**other: object) -> TravelFacts:
    known: dict[str, Any] = {
        "firm_verified": True,
        "profile_complete": True,
        "meetings": 2,
        "passport_given": True,
        "passport_expires_on": date(2029, 1, 1),
        "last_day": LAST,
        "path": EntryPath.LETTER,
        "visa": VisaState.GRANTED,
        "insurance_needed": True,
        "insured": True,
        "consented": True,
    }
    return TravelFacts(**(known | other))


class TestReadiness:
    def test_with_everything_there_the_light_is_green(self) -> None:
        found = readiness.checks(facts())
        assert [check.item for check in found] == list(ReadyItem)
        assert readiness.light(found) is Light.READY

    @pytest.mark.parametrize(
        ("missing", "item", "why", "light"),
        [
            ({"firm_verified": False}, ReadyItem.PROFILE, "firm_not_verified", Light.BLOCKED),
            ({"profile_complete": False}, ReadyItem.PROFILE, "profile_incomplete", Light.MISSING),
            ({"meetings": 0}, ReadyItem.MEETINGS, "no_meeting", Light.MISSING),
            ({"passport_given": False}, ReadyItem.PASSPORT, "no_passport", Light.MISSING),
            ({"passport_expires_on": date(2027, 1, 21)}, ReadyItem.PASSPORT, "passport_ends", Light.BLOCKED),
            ({"visa": VisaState.NOT_STARTED}, ReadyItem.VISA, "visa_not_started", Light.MISSING),
            ({"visa": VisaState.APPLIED}, ReadyItem.VISA, "visa_applied", Light.MISSING),
            ({"visa": VisaState.REFUSED}, ReadyItem.VISA, "visa_refused", Light.BLOCKED),
            ({"path": None}, ReadyItem.VISA, "no_entry_rule", Light.MISSING),
            ({"insured": False}, ReadyItem.INSURANCE, "no_insurance", Light.MISSING),
            ({"consented": False}, ReadyItem.CONSENT, "no_consent", Light.MISSING),
        ],
    )
    def test_one_thing_missing_is_named(
        self, missing: dict[str, object], item: ReadyItem, why: str, light: Light
    ) -> None:
        found = readiness.checks(facts(**missing))
        assert [(one.item, one.why) for one in found if one.light is not Light.READY] == [(item, why)]
        assert readiness.light(found) is light

    def test_what_a_trip_does_not_need_is_not_asked_for(self) -> None:
        found = readiness.checks(
            facts(meetings=None, path=EntryPath.NONE, visa=VisaState.NOT_STARTED, insurance_needed=False)
        )
        assert [one.item for one in found] == [ReadyItem.PROFILE, ReadyItem.PASSPORT, ReadyItem.CONSENT]

    def test_a_passport_that_ends_on_the_last_day_is_enough(self) -> None:
        assert readiness.light(readiness.checks(facts(passport_expires_on=LAST))) is Light.READY

    def test_the_share_of_a_trip(self) -> None:
        assert readiness.share_ready([Light.READY, Light.MISSING, Light.READY, Light.BLOCKED]) == 0.5
        assert readiness.share_ready([]) == 0


def complete(**other: object) -> ClaimFacts:
    known: dict[str, Any] = {
        "travelled": True,
        "trip_over": True,
        "missed": 0,
        "papers": frozenset({"invoice", "boarding_card"}),
        "wanted_papers": frozenset({"invoice"}),
        "costs": (Cost("travel", Decimal(100)),),
    }
    return ClaimFacts(**(known | other))


class TestClaims:
    COSTS = (Cost("travel", Decimal("1000.99")), Cost("guide", Decimal(5000)), Cost("lodging", Decimal(500)))

    def test_only_eligible_costs_count_and_cents_are_cut(self) -> None:
        found = claims.amount(self.COSTS, {"travel", "lodging"}, Decimal(50), Decimal(10_000))
        assert found == Decimal("750.49")

    def test_the_cap_is_the_most(self) -> None:
        assert claims.amount(self.COSTS, {"guide"}, Decimal(60), Decimal(2_500)) == Decimal(2_500)

    def test_a_region_without_a_rate_of_its_own_takes_that_of_the_others(self) -> None:
        rates = [SupportRate(region_code="", percent=50), SupportRate(region_code="TR-42", percent=70)]
        assert claims.rate_for(rates, "TR-42") is rates[1]
        assert claims.rate_for(rates, "TR-06") is rates[0]
        assert claims.rate_for(rates[1:], "TR-06") is None

    @pytest.mark.parametrize(
        ("missing", "gap"),
        [
            ({"travelled": False}, ClaimGap.NOT_TRAVELLED),
            ({"trip_over": False}, ClaimGap.TRIP_NOT_OVER),
            ({"missed": 1}, ClaimGap.ATTENDANCE),
            ({"papers": frozenset({"boarding_card"})}, ClaimGap.PAPERS),
            ({"costs": ()}, ClaimGap.COSTS),
        ],
    )
    def test_each_thing_that_is_missing_keeps_it_closed(
        self, missing: dict[str, object], gap: ClaimGap
    ) -> None:
        assert claims.gaps(complete(**missing)) == (gap,)

    def test_it_opens_when_all_is_complete(self) -> None:
        assert claims.gaps(complete()) == ()
        assert claims.gaps(None) == (ClaimGap.NO_SCHEME,)

    def test_a_scheme_holds_on_both_its_first_and_its_last_day(self) -> None:
        scheme = SupportScheme(valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
        assert claims.in_force(scheme, date(2026, 1, 1))
        assert claims.in_force(scheme, date(2026, 12, 31))
        assert not claims.in_force(scheme, date(2027, 1, 1))
