"""Records of screening stay for proof."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.retention import DataClass

CLASSES = (
    DataClass(
        "screening",
        _l("Screening decisions and transfer records"),
        _l("The decision or the transfer"),
        _l("Due diligence and transfers abroad have to be proven."),
    ),
)
