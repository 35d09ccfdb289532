"""Streams of invented firms: the same for a seed, with the spread of real ones, and the same when stored."""

import gc
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.core import clock
from matchmaker.demo.generator import building
from matchmaker.demo.generator.documents import documents, values
from matchmaker.demo.generator.storing import identifier, store
from matchmaker.demo.generator.stream import Chunk, firms
from matchmaker.engines.fit.columns import Columns, Vocabularies
from matchmaker.engines.search.entry import digests_of
from matchmaker.engines.search.reader import Reader
from matchmaker.engines.search.writer import rebuild
from matchmaker.firms.enums import FirmSource
from matchmaker.firms.models import Firm, FirmText, SearchOutbox
from matchmaker.matching.profiles import load_profiles
from matchmaker.reference import identifiers


def only(count: int, seed: int = 2026) -> Chunk:
    return next(iter(firms(count, seed)))


def test_firms_when_asked_twice_then_the_same_and_fewer_are_the_first() -> None:
    few, many, other = only(50), only(60), only(50, seed=7)
    assert list(documents(few)) == list(documents(many))[:50]
    assert [few.columns.profile(at) for at in range(50)] == [many.columns.profile(at) for at in range(50)]
    assert list(documents(few)) != list(documents(other))
    assert [len(chunk) for chunk in firms(40_007)] == [20_000, 20_000, 7]


def test_firms_when_streamed_then_index_and_stored_rows_say_the_same(tmp_path: Path) -> None:
    with rebuild(tmp_path) as making, building._filling(making.folder_of_part(), 700, 2026) as fill:
        made = fill(0)
    assert gc.isenabled()
    chunk = only(700)
    assert made.columns.ids.tolist() == chunk.columns.ids.tolist()
    entries = Reader(tmp_path).entries(0, 700)
    told = list(documents(chunk))
    assert entries == list(zip([one.firm_id for one in told], digests_of(told), strict=True))
    for one, row in zip(documents(chunk), values(chunk), strict=True):
        assert (one.names, one.texts) == (
            (row["legal_name"], row["name_romanised"], row["trade_name"]),
            row["texts"],
        )
        assert (one.region, one.nace, one.partnerships) == (
            row["region"],
            row["sectors"],
            row["partnership_codes"],
        )
        assert one.offered == tuple(line[0] for line in row["offered"])


def test_firms_when_many_then_spread_as_in_life() -> None:
    chunk = only(20_000)
    russian = float(np.mean(chunk.columns.country))
    assert 0.6 < russian < 0.66
    sectors = Counter(chunk.columns.sectors.tolist()).most_common()
    assert sectors[0][1] > 10 * sectors[40][1] > 0
    written = list(documents(chunk))
    for language in ("tr", "ru"):
        words = {word for one in written for word in re.findall(r"\w+", one.texts.get(language, ""))}
        assert len(words) > 4000
    assert len({one.names[0] for one in written}) > 15_000
    assert {one.country for one in written} == {"TR", "RU"}
    assert max(Counter(one.region for one in written).values()) < 4000
    assert all(one.offered and one.region.startswith(one.country) for one in written)


def test_columns_when_made_of_their_profiles_then_the_same_again() -> None:
    columns = only(300).columns
    profiles = [columns.profile(at) for at in range(300)]
    again = Columns.of(profiles, Vocabularies())
    assert [again.profile(at) for at in range(300)] == profiles


@pytest.mark.data
def test_store_when_written_then_matching_reads_the_profiles_of_the_columns(session: Session) -> None:
    chunk = only(40)
    assert store(chunk, datetime(2026, 11, 26, 5, tzinfo=UTC)) == 40
    stored = session.scalars(select(Firm).order_by(Firm.id)).all()
    assert {firm.source for firm in stored} == {FirmSource.DEMO}
    loaded = load_profiles(session, [firm.id for firm in stored], clock.today())
    for at, profile in enumerate(loaded):
        drawn = chunk.columns.profile(at)
        assert (set(profile.offered), set(profile.sought)) == (set(drawn.offered), set(drawn.sought))
        for part in ("country", "partnerships", "certificates", "languages", "sectors"):
            assert getattr(profile, part) == getattr(drawn, part)
    assert session.scalar(select(func.count(SearchOutbox.seq))) == 40
    assert all(len(text.summary) <= 250 for text in session.scalars(select(FirmText)))
    assert [(firm.version, firm.visibility, firm.prefilled) for firm in stored] == [(1, {}, [])] * 40
    session.add(later := Firm(country="TR"))
    session.flush()
    assert later.id == stored[-1].id + 1, "the database counts on"


def test_identifier_when_made_then_its_check_digits_are_right() -> None:
    for country, sole in (("TR", True), ("TR", False), ("RU", True), ("RU", False)):
        for count in (1, 77, 7_999_999):
            scheme, number = identifier(country, sole, count)
            assert identifiers.validate(scheme, number) == number


def test_command_when_called_twice_then_refused(make_app: Callable[..., Flask]) -> None:
    app = make_app(DEMO=True)
    run = app.test_cli_runner().invoke
    assert "3 of 3" in run(args=["generate-firms", "3"]).output
    assert "here already" in run(args=["generate-firms", "3"]).output


def test_command_when_not_in_demo_mode_then_refused(app: Flask) -> None:
    assert "demo mode only" in app.test_cli_runner().invoke(args=["generate-firms", "3"]).output
