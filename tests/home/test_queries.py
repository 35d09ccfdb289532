"""The inbox of officers: what is theirs, nothing of the other side."""

from sqlalchemy.orm import Session, scoped_session

from matchmaker.compliance.models import Screening, ScreeningHit
from matchmaker.core import clock
from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import JoinRequest, ProfileChange
from matchmaker.home import figures, inbox
from matchmaker.home.enums import TaskKind
from matchmaker.matching.enums import MatchState
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory
from tests.factories.matching import MatchFactory


def officer(role: InstitutionRole, country: str = "TR") -> Actor:
    """Somebody with one role on one side."""
    return Actor(person_id=99, grants=(Grant(role, 1, country),))


def kinds(actor: Actor) -> list[TaskKind]:
    """The kinds of the actor's tasks, in order."""
    return [task.kind for task in inbox.tasks(actor)]


def test_submitted_firm_waits_for_its_own_side_only(session: scoped_session[Session]) -> None:
    FirmFactory(country="TR", state=FirmState.SUBMITTED, submitted_at=clock.now())
    assert kinds(officer(InstitutionRole.STAFF)) == [TaskKind.VERIFY]
    assert kinds(officer(InstitutionRole.STAFF, "RU")) == []
    assert kinds(officer(InstitutionRole.COMPLIANCE)) == []


def test_profile_change_is_told_apart(session: scoped_session[Session]) -> None:
    firm = FirmFactory(state=FirmState.SUBMITTED, submitted_at=clock.now())
    session.add(ProfileChange(firm_id=firm.id, fields={"legal_name": ["Old", "New"]}))
    session.flush()
    assert kinds(officer(InstitutionRole.STAFF)) == [TaskKind.CHANGE]


def test_join_request_names_person_and_firm(session: scoped_session[Session]) -> None:
    firm, person = FirmFactory(), PersonFactory()
    session.add(JoinRequest(firm_id=firm.id, person_id=person.id))
    session.flush()
    [task] = inbox.tasks(officer(InstitutionRole.STAFF))
    assert task.names == (person.name, firm.name)


def test_agreed_match_waits_for_coordinators_of_both_sides(session: scoped_session[Session]) -> None:
    MatchFactory(state=MatchState.AGREED, agreed_at=clock.now())
    MatchFactory(state=MatchState.ASKED)
    for country in ("TR", "RU"):
        assert kinds(officer(InstitutionRole.COORDINATOR, country)) == [TaskKind.APPROVE]
    assert kinds(officer(InstitutionRole.STAFF)) == []


def test_open_likeness_of_the_newest_screening_waits_for_compliance(session: scoped_session[Session]) -> None:
    firm = FirmFactory()
    for hits in (2, 1):
        screening = Screening(firm_id=firm.id, lists=["Sample 1"])
        session.add(screening)
        session.flush()
        for _number in range(hits):
            session.add(
                ScreeningHit(
                    screening_id=screening.id, list_name="Sample", list_version="1", listed_name="X", score=91
                )
            )
    session.flush()
    assert kinds(officer(InstitutionRole.COMPLIANCE)) == [TaskKind.SCREEN]


def test_tasks_are_in_order_of_waiting(session: scoped_session[Session]) -> None:
    now = clock.now()
    late = FirmFactory(state=FirmState.SUBMITTED, submitted_at=now)
    early = FirmFactory(state=FirmState.SUBMITTED, submitted_at=now.replace(year=now.year - 1))
    found = inbox.tasks(officer(InstitutionRole.STAFF))
    assert [task.record_id for task in found] == [early.id, late.id]
    assert inbox.counts(found) == {TaskKind.VERIFY: 2}


def test_arcs_count_introductions_between_regions_with_five_firms(session: scoped_session[Session]) -> None:
    own, other = FirmFactory(region_code="TR-42"), FirmFactory(country="RU", region_code="RU-TA")
    third, fourth, fifth = (FirmFactory(country="RU", region_code="RU-TA") for _number in range(3))
    few = FirmFactory(region_code="TR-34")
    for asker, answerer in ((own, other), (third, own), (own, fourth), (fifth, own), (few, other)):
        MatchFactory(
            asker_id=asker.id, answerer_id=answerer.id, state=MatchState.INTRODUCED, introduced_at=clock.now()
        )
    MatchFactory(asker_id=FirmFactory().id, answerer_id=other.id, state=MatchState.ASKED)
    arcs = figures.arcs("TR", "RU")
    assert (arcs.left, arcs.right, arcs.links) == (("Konya",), ("Tatarstan",), ((0, 0, 4),))
    assert figures.introductions() == 5


def test_arcs_when_cut_then_the_busiest_stay(session: scoped_session[Session]) -> None:
    for region, count in (("TR-42", 4), ("TR-34", 3)):
        for _number in range(count):
            MatchFactory(
                asker_id=FirmFactory(region_code=region).id,
                answerer_id=FirmFactory(country="RU", region_code="RU-TA").id,
                state=MatchState.INTRODUCED,
                introduced_at=clock.now(),
            )
    arcs = figures.arcs("TR", "RU")
    assert arcs.left == ("Istanbul", "Konya")
    assert arcs.cut(1).left == ("Konya",)
    assert arcs.cut(1).links == ((0, 0, 4),)
