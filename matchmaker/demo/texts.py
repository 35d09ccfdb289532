"""What the invented firms write about themselves: sentences of their sector and general ones, some translated."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, Final

from matchmaker.demo.profiles import OTHER, Profile
from matchmaker.demo.tables import dice, rows
from matchmaker.firms.enums import FirmState, Side, TextSource
from matchmaker.reference import regions
from matchmaker.reference.tables import Labels

SHARE_OTHER, SHARE_ENGLISH = 0.3, 0.38
TURKISH_LOWER: Final = str.maketrans("Iİ", "ıi")


@cache
def _bank(name: str, column: str) -> Mapping[tuple[str, str], tuple[Labels, ...]]:
    found: dict[tuple[str, str], list[Labels]] = {}
    for row in rows(name):
        country = row[column] if column == "country" else _country_of(row[column])
        by_language = {country.lower(): row["own"], OTHER[country].lower(): row["other"]}
        sentence = Labels(tr=by_language["tr"], ru=by_language["ru"], en=row["en"])
        found.setdefault((row[column], row["kind"]), []).append(sentence)
    return {key: tuple(sentences) for key, sentences in found.items()}


@cache
def _country_of(sector: str) -> str:
    return next(row["country"] for row in rows("sectors") if row["code"] == sector)


def texts_of(profile: Profile) -> list[dict[str, Any]]:
    """The texts of a firm, its own language first; others are marked as translations."""
    chance = dice("texts", profile.country, profile.place)
    if profile.state is FirmState.DRAFT:
        return []
    summary, description, edges = _chosen(profile, chance)
    other, english = chance.random() < SHARE_OTHER, chance.random() < SHARE_ENGLISH
    wanted = [profile.language]
    if other or profile.accounts:
        wanted.append(OTHER[profile.country].lower())
    if english or profile.accounts:
        wanted.append("en")
    return [
        {
            "language": language,
            "summary": summary.own(language),
            "description": _joined(description, profile, language),
            "advantages": _joined(edges, profile, language),
            "source": TextSource.AUTHOR if language == profile.language else TextSource.TRANSLATION,
        }
        for language in wanted
        if summary.own(language)
    ]


def _chosen(profile: Profile, chance: Random) -> tuple[Labels, list[Labels], list[Labels]]:
    sector, general = _bank("sector_texts", "sector"), _bank("sentences", "country")

    def own(kind: str) -> tuple[Labels, ...]:
        return sector[profile.sector.code, kind]

    def common(kind: str) -> Labels:
        return chance.choice(general[profile.country, kind])

    summary = own("summary")[0] if profile.accounts else chance.choice(own("summary"))
    description = [common("open"), own("work")[0]]
    if profile.accounts or chance.random() < 0.7:
        description.append(own("work")[1])
    if profile.size != "micro" and chance.random() < 0.6:
        description.insert(1, common("staff"))
    seek = bool(profile.lines_of(Side.SOUGHT))
    description.append(common("seek") if seek else common("sell"))
    if seek and chance.random() < 0.4:
        description.append(common("sell"))
    edges = [common("edge")]
    if profile.accounts or chance.random() < 0.6:
        edges.insert(0, own("edge")[0])
    return summary, description, edges


def _joined(sentences: Sequence[Labels], profile: Profile, language: str) -> str:
    region = regions.label(profile.region, language) if profile.region else profile.town.name
    russian_own = profile.country == "RU" and language == "ru"
    values = {
        "year": profile.founded,
        "town": profile.town.locative if russian_own else profile.town.name,
        "region": region,
        "headcount": profile.headcount,
        "sought": ", ".join(
            lowered(line.good.names.own(language), language) for line in profile.lines_of(Side.SOUGHT)
        ),
    }
    spoken = [sentence.own(language) for sentence in sentences]
    return " ".join(sentence.format(**values) for sentence in spoken if sentence)


def lowered(name: str, language: str) -> str:
    """The name of a product inside a sentence; abbreviations keep their capitals."""
    if not name[1:2].islower():
        return name
    first = name[:1].translate(TURKISH_LOWER) if language == "tr" else name[:1]
    return first.lower() + name[1:]
