"""What accounts keep of a person."""

from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import CalendarFeed, OneTimeLink, Person, SignedInSession
from matchmaker.core.personal_data import Fate, Held, Part

ACCOUNT = Held(
    Person,
    _l("Your account"),
    (Person.id,),
    Fate.BLANKED,
    secret=frozenset({"password_hash", "totp_secret", "totp_last_step", "recovery_hashes"}),
    blank={
        "password_hash": "",
        "name": "–",
        "name_romanised": "",
        "country": None,
        "totp_secret": "",
        "totp_confirmed_at": None,
        "recovery_hashes": [],
    },
)
PART = Part(
    "account",
    _l("Account"),
    held=(
        ACCOUNT,
        Held(
            SignedInSession,
            _l("Browsers in which you are signed in"),
            (SignedInSession.person_id,),
            Fate.REMOVED,
            secret=frozenset({"digest"}),
        ),
        Held(
            OneTimeLink,
            _l("Links that we mailed you"),
            (OneTimeLink.person_id,),
            Fate.REMOVED,
            secret=frozenset({"digest", "browser"}),
        ),
        Held(
            CalendarFeed,
            _l("The address of your calendar"),
            (CalendarFeed.person_id,),
            Fate.REMOVED,
            secret=frozenset({"digest", "locked_token"}),
        ),
    ),
)
