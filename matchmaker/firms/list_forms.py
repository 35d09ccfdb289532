"""Forms of the steps that ask for lists: sectors, goods, partnerships, markets, certificates."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import FieldList, Form, FormField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.files import store_document
from matchmaker.core.i18n import language
from matchmaker.firms import goods_services, profile_services, words
from matchmaker.firms.enums import MarketStatus, PartnershipSide, Side
from matchmaker.firms.fields import Between, DayField, QuantityField
from matchmaker.firms.forms import StepForm
from matchmaker.firms.goods_services import Certificate, Product
from matchmaker.firms.models import Firm, FirmCertificate
from matchmaker.firms.sector_codes import own_revision, stored_sector
from matchmaker.reference import certificates, countries, hs, nace, partnerships, units
from matchmaker.reference.hs_search import find_hs

MOST_ROWS = 60
LONGEST_NAME = 200


class RowsForm(StepForm):
    """A form with a list called lines; rows whose leading column is empty are left out."""

    columns: ClassVar[tuple[str, ...]] = ()
    leading: ClassVar[str] = ""

    def filled(self) -> list[Form]:
        """The rows that say something."""
        return [row.form for row in self["lines"] if (row.form[self.leading].data or "").strip()]

    def names_rows(self) -> bool:
        """Check that rows without their leading column are wholly empty, and say so beside it."""
        fine = True
        for row in self["lines"]:
            first = row.form[self.leading]
            others = (field.data for field in row.form if field is not first and field.type != "SelectField")
            typed = any(value.strip() if isinstance(value, str) else value for value in others)
            if typed and not (first.data or "").strip():
                first.errors = [*first.errors, _("Fill this in, or remove the row.")]
                fine = False
        return fine


def chosen_certificates() -> list[tuple[str, str]]:
    """All kinds of certificates with their names."""
    return [(code, one.label(language())) for code, one in certificates.all_certificates().items()]


def unit_choices() -> list[tuple[str, str]]:
    """All units with their names, none first."""
    return [("", _("Choose")), *((code, str(unit.name)) for code, unit in units.UNITS.items())]


class ProductForm(Form):
    """One good."""

    hs_code = StringField(
        _l("Code of the good (HS)"),
        [Length(max=200)],
        description=_l("Type a word or the first digits, then choose."),
    )
    name = StringField(_l("Your name for it"), [Length(max=200)])
    specification = TextAreaField(_l("Specification"), [Length(max=4000)], render_kw={"rows": 2})
    quantity = QuantityField(_l("Amount per year"), [Optional(), Between(0, 10**12)])
    unit = SelectField(_l("Unit"))
    required_certificates = SelectMultipleField(
        _l("Certificates a supplier must have"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.unit.choices = unit_choices()
        self.required_certificates.choices = chosen_certificates()

    def validate_hs_code(self, field: StringField) -> None:
        typed = (field.data or "").strip()
        if typed and hs.get(hs.clean(typed)) is None:
            raise ValidationError(unknown_good(typed))

    def validate_unit(self, field: SelectField) -> None:
        if self.quantity.data is not None and not field.data:
            raise ValidationError(_("Choose the unit of the amount."))

    @property
    def chosen(self) -> str:
        """What the code stands for."""
        code = hs.get(hs.clean(self.hs_code.data or ""))
        return f"{code.dotted} {code.label(language())}" if code else ""


def unknown_good(typed: str) -> str:
    """What to do about a code that the nomenclature does not have, with the nearest ones."""
    near = [f"{hit.code.dotted} {hit.code.label(language())}" for hit in find_hs(typed, language(), 3)]
    if not near:
        return str(_("Choose a code from the list, or type at least its first two digits."))
    return str(_("Enter a code of 2, 4 or 6 digits. Perhaps: %(codes)s", codes="; ".join(near)))


class ProductsForm(RowsForm):
    """The goods of one side."""

    side: ClassVar[Side]
    columns = ("hs_code", "name", "specification", "quantity", "unit")
    leading = "hs_code"
    proposed = ""
    """The row that was put into the list and is not saved yet."""
    lines = FieldList(FormField(ProductForm), min_entries=1, max_entries=MOST_ROWS)

    def values(self, firm: Firm) -> dict[str, Any]:
        return {
            "lines": [
                {
                    "hs_code": item.hs_code,
                    "name": item.name,
                    "specification": item.specification,
                    "quantity": item.quantity,
                    "unit": item.unit,
                    "required_certificates": item.required_certificates.split(),
                }
                for item in firm.products
                if item.side is self.side
            ]
        }

    def propose(self, code: str, name: str) -> None:
        """Put one more good into the list, not saved yet; an unknown code stays out of its field."""
        if not self.filled():
            self.lines.pop_entry()
        if len(self.lines) < MOST_ROWS:
            known = hs.clean(code) if hs.get(hs.clean(code)) else ""
            self.proposed = self.lines.append_entry({"hs_code": known, "name": name[:LONGEST_NAME]}).id

    def validate(self, extra_validators: Any = None) -> bool:
        """Each row names its good."""
        valid = bool(super().validate(extra_validators))
        return self.names_rows() and valid

    def apply(self, actor: Actor) -> None:
        products = [
            Product(
                hs_code=hs.clean(row["hs_code"].data or ""),
                name=(row["name"].data or "").strip(),
                specification=(row["specification"].data or "").strip(),
                quantity=row["quantity"].data,
                unit=row["unit"].data if row["quantity"].data is not None else "",
                required_certificates=tuple(row["required_certificates"].data or ())
                if self.side is Side.SOUGHT
                else (),
            )
            for row in self.filled()
        ]
        goods_services.set_products(actor, self.firm, self.version.data, self.side, products)


class OfferedForm(ProductsForm):
    """The goods that the firm offers."""

    side = Side.OFFERED


class SoughtForm(ProductsForm):
    """The goods that the firm seeks."""

    side = Side.SOUGHT


class SectorForm(Form):
    """One code of activity."""

    code = StringField(
        _l("Code of activity"),
        [Length(max=200)],
        description=_l("Type a word or the first digits, then choose."),
    )

    @property
    def chosen(self) -> str:
        """What the code stands for."""
        code = nace.get(nace.sector_of(self.code.data or "", nace.NaceRevision.NACE_2) or "")
        return f"{code.code} {code.label(language())}" if code else ""


class SectorsForm(RowsForm):
    """The codes of activity, the main one first."""

    columns = ("code",)
    leading = "code"
    lines = FieldList(FormField(SectorForm), min_entries=1, max_entries=MOST_ROWS)

    def values(self, firm: Firm) -> dict[str, Any]:
        return {"lines": [{"code": item.code} for item in firm.sectors]}

    def prepare(self) -> None:
        self.lines[0].form.code.flags.required = True

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one code, and each a code of the country's classification."""
        valid = bool(super().validate(extra_validators))
        for row in self.filled():
            if stored_sector(self.firm, row["code"].data) is None:
                row["code"].errors = [_("Choose a code from the list, such as 28.14.")]
                valid = False
        if not self.filled():
            first = self.lines[0].form.code
            first.errors = [_("Enter the code of your main activity.")]
            return False
        return valid

    def apply(self, actor: Actor) -> None:
        found = [stored_sector(self.firm, row["code"].data) for row in self.filled()]
        sectors = [item for item in found if item is not None]
        goods_services.set_sectors(actor, self.firm, self.version.data, sectors)

    @property
    def revision(self) -> str:
        """The classification that the firm's country uses."""
        return own_revision(self.firm.country)


class PartnershipsForm(StepForm):
    """The kinds of partnership, each end on its own."""

    ends = SelectMultipleField(
        _l("Kinds of partnership"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def values(self, firm: Firm) -> dict[str, Any]:
        return {"ends": [f"{item.type_code}:{item.side.value}" for item in firm.partnerships]}

    def prepare(self) -> None:
        self.ends.choices = [
            (f"{kind.code}:{side}", kind.side_label(side, language()))
            for kind in partnerships.all_types().values()
            for side in kind.sides
        ]

    def validate_ends(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one kind of partnership."))

    @property
    def kinds(self) -> list[tuple[str, list[Any]]]:
        """The checkboxes of each kind of partnership under its name."""
        found: dict[str, list[Any]] = {}
        for option in self.ends:
            found.setdefault(str(option.data).partition(":")[0], []).append(option)
        return [(partnerships.label(code, language()), options) for code, options in found.items()]

    def apply(self, actor: Actor) -> None:
        ends = [
            (code, PartnershipSide(side))
            for code, _colon, side in (end.partition(":") for end in self.ends.data or ())
        ]
        profile_services.set_partnerships(actor, self.firm, self.version.data, ends)


class MarketForm(Form):
    """What the firm does or wants in one country."""

    country = SelectField(_l("Country"))
    status = SelectField(
        _l("Experience"), choices=[(item.value, text) for item, text in words.MARKETS.items()]
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.country.choices = [("", _("Choose")), *countries.names(language()).items()]


class MarketsForm(RowsForm):
    """The export experience per country."""

    columns = ("country", "status")
    leading = "country"
    lines = FieldList(FormField(MarketForm), min_entries=1, max_entries=MOST_ROWS)

    def values(self, firm: Firm) -> dict[str, Any]:
        return {"lines": [{"country": item.country, "status": item.status.value} for item in firm.markets]}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each country once, and never the firm's own."""
        valid = bool(super().validate(extra_validators))
        seen = {self.firm.country}
        for row in self.filled():
            code = row["country"].data
            if code in seen:
                own = code == self.firm.country
                row["country"].errors = [
                    _("This is your own country. Choose another.")
                    if own
                    else _("This country stands here twice.")
                ]
                valid = False
            seen.add(code)
        return valid

    def apply(self, actor: Actor) -> None:
        markets = {row["country"].data: MarketStatus(row["status"].data) for row in self.filled()}
        profile_services.set_markets(actor, self.firm, self.version.data, markets)


class CertificateForm(StepForm):
    """One certificate with its file."""

    scheme = SelectField(_l("Certificate"), [InputRequired(_l("Choose the certificate."))])
    number = StringField(_l("Number"), [Length(max=200)])
    issuer = StringField(_l("Issued by"), [Length(max=200)])
    issued_on = DayField(_l("Issued on"), [Optional()], description=_l("Day, month and year."))
    valid_until = DayField(
        _l("Valid until"), [Optional()], description=_l("An expired certificate counts nowhere.")
    )
    file = FileField(_l("File"), description=_l("PDF, PNG, JPEG, DOCX or XLSX."))

    def __init__(self, firm: Firm, certificate: FirmCertificate | None = None, **options: Any) -> None:
        self.certificate = certificate
        super().__init__(firm, **options)

    def values(self, firm: Firm) -> dict[str, Any]:
        names = ("scheme", "number", "issuer", "issued_on", "valid_until")
        return {name: getattr(self.certificate, name) for name in names} if self.certificate else {}

    def prepare(self) -> None:
        self.scheme.choices = [("", _("Choose")), *chosen_certificates()]

    def validate_issued_on(self, field: DayField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_("Enter a day that is not in the future."))

    def validate_valid_until(self, field: DayField) -> None:
        if field.data and self.issued_on.data and field.data < self.issued_on.data:
            raise ValidationError(_("Enter a day after the day of issue."))

    def apply(self, actor: Actor) -> None:
        stated = Certificate(
            scheme=self.scheme.data,
            number=(self.number.data or "").strip(),
            issuer=(self.issuer.data or "").strip(),
            issued_on=self.issued_on.data,
            valid_until=self.valid_until.data,
        )
        file = store_document(actor, self.file.data, "file") if self.file.data else None
        if self.certificate is None:
            goods_services.add_certificate(actor, self.firm, self.version.data, stated, file)
        else:
            goods_services.change_certificate(
                actor, self.firm, self.version.data, self.certificate.id, stated, file
            )
