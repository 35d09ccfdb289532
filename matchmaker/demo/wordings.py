"""A mail of the demo in the words of its institution, with an earlier version, and a draft that was held back."""

from datetime import datetime, timedelta
from typing import Final

from matchmaker.core.db import db
from matchmaker.core.mail import MailState, link, queue_mail
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.institutions.wordings.models import MailWording, MailWordingVersion

SUBJECT: Final = "{heading}"
FIRST: Final = "Sayın {name},\n\n{words}\n\nSaygılarımızla,\n{organiser}\n\n{link}"
SECOND: Final = (
    "Sayın {name},\n\n{words}\n\nSorularınız için “{title}” sayfasındaki iletişim kişisine yazabilirsiniz.\n\n"
    "Saygılarımızla,\n{organiser}\n\nProgram sayfası:\n{link}"
)


def add_wordings(institution_id: int, person_id: int, morning: datetime) -> None:
    """Word what the institution writes around its messages in Turkish, twice."""
    moments = [morning - timedelta(days=20), morning - timedelta(days=6)]
    kind = {"institution_id": institution_id, "kind": "programme_message", "language": "tr"}
    stands = {
        "subject": SUBJECT,
        "text": SECOND,
        "version": 2,
        "created_at": moments[0],
        "updated_at": moments[1],
    }
    (number,) = add_numbered(MailWording, [{**kind, **stands}])
    add_all(
        MailWordingVersion,
        [
            {
                "wording_id": number,
                "number": place,
                "subject": SUBJECT,
                "text": text,
                "person_id": person_id,
                "created_at": moment,
                "updated_at": moment,
            }
            for place, (text, moment) in enumerate(zip((FIRST, SECOND), moments, strict=True), 1)
        ],
    )
    _add_draft(institution_id)


def _add_draft(institution_id: int) -> None:
    """Keep a letter back that still names the old room."""
    mail = queue_mail(
        "programme_message",
        "misafir.katilimci@demo.example",
        "tr",
        institution_id=institution_id,
        name="Misafir Katılımcı",
        heading="Salon ve saat",
        words="Eğitim 3. kattaki salonda saat 09.30’da başlar. Lütfen on dakika erken gelin.",
        title="İhracat sözleşmeleri",
        organiser="KOSGEB",
        url=link("programmes.index"),
    )
    if mail is not None:
        mail.state = MailState.DRAFT
        db.session.flush()
