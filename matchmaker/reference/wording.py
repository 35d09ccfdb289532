"""What readers are told about size classes and refused identifiers."""

from flask_babel import gettext as _

from matchmaker.reference.identifiers import IdentifierError, IdentifierProblem
from matchmaker.reference.size_rules import SizeClass


def size_class_label(size_class: str) -> str:
    """The name of a size class in the reader's language."""
    words = {
        SizeClass.MICRO: _("Micro enterprise"),
        SizeClass.SMALL: _("Small enterprise"),
        SizeClass.MEDIUM: _("Medium-sized enterprise"),
        SizeClass.NOT_SME: _("Not an SME"),
        SizeClass.UNKNOWN: _("Size not known"),
    }
    return str(words[SizeClass(size_class or SizeClass.UNKNOWN)])


def identifier_message(error: IdentifierError, language: str) -> str:
    """The sentence shown beside the field of a refused identifier."""
    name, lengths = error.scheme.label(language), error.scheme.lengths
    wanted = str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]}–{lengths[-1]}"
    words = {
        IdentifierProblem.EMPTY: _("Enter the %(name)s.", name=name),
        IdentifierProblem.CHARACTERS: _("The %(name)s has characters that do not belong there.", name=name)
        if error.scheme.pattern
        else _("The %(name)s has digits only.", name=name),
        IdentifierProblem.LENGTH: _("The %(name)s has %(count)s characters.", name=name, count=wanted),
        IdentifierProblem.ALL_ZEROS: _("The %(name)s cannot be all zeros.", name=name),
        IdentifierProblem.FORM: _("This is not the form of the %(name)s.", name=name),
        IdentifierProblem.CHECK_DIGIT: _("Check the %(name)s: a digit is wrong.", name=name),
        IdentifierProblem.MISMATCH: _(
            "The %(name)s does not belong to the other number you gave.", name=name
        ),
    }
    return str(words[error.problem])
