"""Records of screening are kept because of the law."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.retention import DataClass

CLASSES = (
    DataClass(
        "screening",
        _l("Screening decisions and transfer records"),
        _l("The decision or the transfer"),
        _l("Law: due diligence and transfers abroad have to be proven. They are not destroyed by the clock."),
        days=3650,
        least=3650,
        most=3650,
    ),
)
