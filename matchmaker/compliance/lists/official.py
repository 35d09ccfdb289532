"""The XML lists that the United Nations, the European Union and the US Treasury (OFAC, the short form) publish."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matchmaker.compliance.enums import EntryKind, ListForm
from matchmaker.compliance.lists.lines import Line, ListFile, Raw, read_date, tidy
from matchmaker.compliance.lists.xml_records import Node, records


@dataclass(frozen=True, slots=True)
class Official:
    """One official form: its root, its records and how one is read, and where its day of publication stands."""

    form: ListForm
    root: str
    read: Callable[[Node], Raw]
    entries: tuple[str, ...]
    dated: Callable[[Node], date | None]
    head: tuple[str, ...] = ()


def read_official(path: Path, official: Official) -> ListFile:
    """A file of this form; its day of publication is known after the first line."""
    file = ListFile(official.form)
    file.lines = _lines(path, official, file)
    return file


def _lines(path: Path, official: Official, file: ListFile) -> Iterator[Line]:
    for node in records(path, (*official.entries, *official.head)):
        if node.name in official.entries:
            yield tidy(official.read(node))
        else:
            file.published = file.published or official.dated(node)


# ---------------------------------------------------------------- United Nations

UN_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def _un(node: Node) -> Raw:
    kind = node.name
    return Raw(
        node.line,
        [
            " ".join(node.word(part) for part in UN_NAMES),
            *node.texts("NAME_ORIGINAL_SCRIPT"),
            *node.texts(f"{kind}_ALIAS", "ALIAS_NAME"),
        ],
        reference=node.word("REFERENCE_NUMBER") or node.word("DATAID"),
        kind=EntryKind.PERSON if kind == "INDIVIDUAL" else EntryKind.ENTITY,
        identifiers=node.texts(f"{kind}_DOCUMENT", "NUMBER"),
        countries=[*node.texts("NATIONALITY", "VALUE"), *node.texts(f"{kind}_ADDRESS", "COUNTRY")],
        programmes=node.texts("UN_LIST_TYPE"),
        listed_on=read_date(node.word("LISTED_ON")),
    )


# ---------------------------------------------------------------- European Union

EU_KINDS = {"person": EntryKind.PERSON, "enterprise": EntryKind.ENTITY}


def _eu(node: Node) -> Raw:
    subject = next(iter(node.all("subjectType")), None)
    days = [
        day
        for regulation in node.all("regulation")
        if (day := read_date(_first(regulation.attributes, "entryIntoForceDate", "publicationDate")))
    ]
    return Raw(
        node.line,
        [_eu_name(alias.attributes) for alias in node.all("nameAlias")],
        reference=_first(node.attributes, "euReferenceNumber", "logicalId"),
        kind=EU_KINDS.get(subject.attributes.get("code", "") if subject else "", EntryKind.OTHER),
        identifiers=_attributes(node, "identification", "number", "latinNumber"),
        countries=[
            *_attributes(node, "citizenship", "countryIso2Code"),
            *_attributes(node, "address", "countryIso2Code"),
        ],
        programmes=[
            *_attributes(node, "regulation", "programme"),
            *_attributes(node, "regulation", "numberTitle"),
        ],
        listed_on=read_date(node.attributes.get("designationDate", "")) or min(days, default=None),
    )


def _eu_name(attributes: Mapping[str, str]) -> str:
    parts = " ".join(attributes.get(part, "") for part in ("firstName", "middleName", "lastName"))
    return attributes.get("wholeName", "").strip() or parts


def _attributes(node: Node, name: str, *keys: str) -> list[str]:
    return [text for child in node.all(name) if (text := _first(child.attributes, *keys))]


def _first(attributes: Mapping[str, str], *keys: str) -> str:
    return next((text for key in keys if (text := attributes.get(key, "").strip())), "")


# ---------------------------------------------------------------- OFAC

OFAC_KINDS = {
    "Individual": EntryKind.PERSON,
    "Entity": EntryKind.ENTITY,
    "Vessel": EntryKind.VESSEL,
    "Aircraft": EntryKind.AIRCRAFT,
}


def _ofac(node: Node) -> Raw:
    return Raw(
        node.line,
        [_ofac_name(node), *(_ofac_name(alias) for alias in node.all("akaList", "aka"))],
        reference=node.word("uid"),
        kind=OFAC_KINDS.get(node.word("sdnType"), EntryKind.OTHER),
        identifiers=[
            number
            for number in node.texts("idList", "id", "idNumber")
            if any(letter.isdigit() for letter in number)
        ],
        countries=[
            *node.texts("nationalityList", "nationality", "country"),
            *node.texts("citizenshipList", "citizenship", "country"),
            *node.texts("addressList", "address", "country"),
        ],
        programmes=node.texts("programList", "program"),
    )


def _ofac_name(node: Node) -> str:
    return f"{node.word('firstName')} {node.word('lastName')}"


def _ofac_date(node: Node) -> date | None:
    month, _sign, rest = node.word("Publish_Date").partition("/")
    day, _sign, year = rest.partition("/")
    return read_date(f"{day}.{month}.{year}")


OFFICIAL = (
    Official(
        ListForm.UN,
        "CONSOLIDATED_LIST",
        _un,
        ("INDIVIDUAL", "ENTITY"),
        lambda root: read_date(root.attributes.get("dateGenerated", "")),
    ),
    Official(
        ListForm.EU,
        "export",
        _eu,
        ("sanctionEntity",),
        lambda root: read_date(root.attributes.get("generationDate", "")),
    ),
    Official(ListForm.OFAC, "sdnList", _ofac, ("sdnEntry",), _ofac_date, ("publshInformation",)),
)
