"""Who has earned a certificate, and what the public check says of a name."""

import pytest

from matchmaker.programmes.trainings import rules


@pytest.mark.parametrize(
    ("attended", "sessions", "asked", "earned"),
    [
        (4, 5, 80, True),
        (3, 5, 80, False),
        (2, 3, 67, False),
        (2, 3, 66, True),
        (0, 3, 0, False),
        (1, 0, 0, False),
        (3, 3, 100, True),
    ],
)
def test_a_certificate_is_earned_from_the_asked_share_up(
    attended: int, sessions: int, asked: int, earned: bool
) -> None:
    assert rules.earns(attended, sessions, asked) is earned


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Elif Kaya", "E. K."),
        ("İpek Şahin-Çelik", "İ. Ş. Ç."),
        ("Анна Лесная", "А. Л."),
        ("7 Elif", "E."),
        ("", ""),
    ],
)
def test_the_public_check_says_initials_only(name: str, shown: str) -> None:
    assert rules.initials(name) == shown
