"""What the invented firms write about themselves."""

from typing import Any

from matchmaker.demo.profiles import Profile
from matchmaker.firms.enums import Side, TextSource


def texts_of(profile: Profile) -> list[dict[str, Any]]:
    """The texts of a firm, one entry per language."""
    names = [line.good.names.own(profile.language) for line in profile.lines_of(Side.OFFERED)]
    return [
        {
            "language": profile.language,
            "summary": ", ".join(names),
            "description": "",
            "advantages": "",
            "source": TextSource.AUTHOR,
        }
    ]
