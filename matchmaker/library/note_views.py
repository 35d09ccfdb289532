"""Pages of practice notes."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, NotFound, existing
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import LANGUAGES, language
from matchmaker.core.navigation import Place, add_place
from matchmaker.institutions.queries import institution
from matchmaker.library import note_queries, note_services, rules, words
from matchmaker.library.blueprint import bp
from matchmaker.library.elsewhere import elsewhere
from matchmaker.library.enums import NoteState, NoteVerb
from matchmaker.library.filters import note_filter
from matchmaker.library.index import find
from matchmaker.library.models import NoteFile, PracticeNote
from matchmaker.library.note_forms import AdoptionForm, FactsForm, FileForm, NewNoteForm, RemarkForm, TextForm
from matchmaker.library.note_page import language_states, open_verbs, readable_languages, shown_note, title_of
from matchmaker.reference import practice_areas

add_place(Place("library.index", _l("Library"), "bookmark", rules.may_read_library, order=65))


@bp.get("")
@access(rules.may_read_library)
def index() -> Response:
    """The practice notes that the reader may see, by words and filters."""
    actor, wanted = current_actor(), note_filter()
    hits = find(wanted.words) if wanted.words else None
    return render(
        "library/index.html",
        fragment="notes",
        notes=note_queries.readable_notes(actor, wanted, hits),
        also=elsewhere(actor, hits) if hits else None,
        wanted=wanted,
        owners=note_queries.owners(actor),
        title_of=title_of,
        readable_languages=readable_languages,
        areas=practice_areas,
        words=words,
    )


@bp.route("/notes/new", methods=["GET", "POST"])
@access(rules.may_write_notes)
def new_note() -> AnyResponse:
    """Begin a practice note."""
    actor = current_actor()
    own = rules.institutions_of(actor, *rules.WRITERS)
    form = NewNoteForm(
        mous=note_queries.shared_mous(own), institutions=[institution(one) for one in own], actor=actor
    )
    if form.validate_on_submit():
        try:
            note = note_services.begin_note(
                actor,
                form.institution_id.data,
                form.source_language.data,
                form.title.data or "",
                form.facts(),
            )
            to = url_for("library.edit_text", note_id=note.id, language=note.source_language)
            return done(_("The note is begun. Now write what it says."), to=to)
        except DomainError as error:
            form.refuse(error)
    return render("library/new_note.html", form=form, status=422 if form.is_submitted() else 200)


@bp.get("/notes/<int:note_id>")
@access(rules.may_read_note, load=note_queries.note)
def note(note: PracticeNote) -> Response:
    """One practice note; that it was read is logged."""
    audit.record_reading(current_actor(), "practice_note", note.id, ["texts"])
    return _page(note, RemarkForm(formdata=None), FileForm(formdata=None))


@bp.route("/notes/<int:note_id>/facts", methods=["GET", "POST"])
@access(rules.may_edit_note, load=note_queries.note)
def edit_facts(note: PracticeNote) -> AnyResponse:
    """Change what the note says beside its words."""
    form = FactsForm(mous=note_queries.shared_mous([note.institution_id]))
    if form.validate_on_submit():
        try:
            note_services.change_facts(current_actor(), note, form.facts(), version=form.version.data)
            return done(_("The facts are saved."), to=url_for("library.note", note_id=note.id))
        except DomainError as error:
            form.refuse(error)
    elif not form.is_submitted():
        form.show(note)
    status = 422 if form.is_submitted() else 200
    return render("library/facts.html", form=form, note=note, title=title_of(note), status=status)


@bp.route("/notes/<int:note_id>/texts/<string:language>", methods=["GET", "POST"])
@access(rules.may_translate, load=lambda note_id, language: note_queries.note(note_id))
def edit_text(note: PracticeNote) -> AnyResponse:
    """Write the words of a language beside those of the original."""
    code = (request.view_args or {})["language"]
    is_source = code == note.source_language
    if code not in LANGUAGES or (is_source and not rules.may_edit_note(current_actor(), note)):
        raise NotFound
    text = note_queries.text_of(note, code)
    form = TextForm.of(text)
    if form.validate_on_submit():
        try:
            note_services.write_text(current_actor(), note, code, form.words(), version=form.seen())
            return done(_("The words are saved."), to=url_for("library.note", note_id=note.id, show=code))
        except DomainError as error:
            form.refuse(error)
    source = None if is_source else shown_note(note, note.source_language, working=True)
    status = 422 if form.is_submitted() else 200
    return render(
        "library/text.html",
        form=form,
        note=note,
        code=code,
        text=text,
        source=source,
        required=rules.REQUIRED_TEXTS,
        status=status,
    )


@bp.post("/notes/<int:note_id>/texts/<string:language>/check")
@access(rules.may_translate, load=lambda note_id, language: note_queries.note(note_id))
def check_text(note: PracticeNote) -> AnyResponse:
    """Say that a translation is right."""
    code = (request.view_args or {})["language"]
    note_services.check_text(current_actor(), note, code)
    return done(_("The translation is checked."), to=url_for("library.note", note_id=note.id, show=code))


@bp.post("/notes/<int:note_id>/moves/<string:verb>")
@access(rules.may_move, load=lambda note_id, verb: note_queries.note(note_id))
def move_note(note: PracticeNote) -> AnyResponse:
    """Move the note on in its life."""
    name, form = (request.view_args or {})["verb"], RemarkForm()
    if name not in set(NoteVerb):
        raise NotFound
    verb = NoteVerb(name)
    if form.validate_on_submit():
        try:
            note_services.move_note(current_actor(), note, verb, form.remark.data or "")
            return done(str(words.NOTE_DONE[verb]), to=url_for("library.note", note_id=note.id))
        except DomainError as error:
            if error.status == 409:
                raise
            form.refuse(error)
    return _page(note, form, FileForm(formdata=None), status=422)


@bp.get("/notes/<int:note_id>/versions/<int:number>")
@access(rules.may_read_note, load=lambda note_id, number: note_queries.note(note_id))
def note_version(note: PracticeNote) -> Response:
    """An approved version as it was."""
    number = (request.view_args or {})["number"]
    version = existing(next((one for one in note.versions if one.number == number), None))
    texts = version.content["texts"]
    spoken = language() if texts.get(language(), {}).get("title") else note.source_language
    audit.record_reading(current_actor(), "practice_note", note.id, [f"version {number}"])
    return render("library/version.html", note=note, version=version, spoken=spoken, words=words)


@bp.post("/notes/<int:note_id>/files")
@access(rules.may_edit_note, load=note_queries.note)
def attach_file(note: PracticeNote) -> AnyResponse:
    """Add a file to a draft."""
    form = FileForm()
    if form.validate_on_submit():
        try:
            note_services.attach(current_actor(), note, form.file.data)
            return done(_("The file is added."), to=url_for("library.note", note_id=note.id))
        except DomainError as error:
            form.refuse(error)
    return _page(note, RemarkForm(formdata=None), form, status=422)


@bp.get("/note-files/<int:file_id>")
@access(rules.may_read_note_file, load=note_queries.note_file)
def note_file(file: NoteFile) -> Response:
    """A file of a note; that it was read is logged."""
    audit.record_reading(current_actor(), "practice_note", file.note_id, [f"file {file.id}"])
    return send_stored(file.file)


@bp.post("/note-files/<int:file_id>/remove")
@access(rules.may_change_note_file, load=note_queries.note_file)
def remove_note_file(file: NoteFile) -> AnyResponse:
    """Take a file out of a draft."""
    note_services.remove_file(current_actor(), file)
    return done(_("The file is removed."), to=url_for("library.note", note_id=file.note_id))


@bp.route("/notes/<int:note_id>/adopt", methods=["GET", "POST"])
@access(rules.may_adopt, load=note_queries.note)
def adopt_note(note: PracticeNote) -> AnyResponse:
    """Record what one's institution took over."""
    own = [
        one for one in rules.institutions_of(current_actor(), *rules.OFFICERS) if one != note.institution_id
    ]
    form = AdoptionForm(institutions=[institution(one) for one in own])
    if form.validate_on_submit():
        try:
            note_services.adopt(
                current_actor(),
                note,
                institution_id=form.institution_id.data,
                what=form.what.data or "",
                adopted_on=form.adopted_on.data,
            )
            return done(
                _("It is recorded, and the other institution knows."),
                to=url_for("library.note", note_id=note.id),
            )
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("library/adopt.html", form=form, note=note, title=title_of(note), status=status)


def _page(note: PracticeNote, remark: RemarkForm, file: FileForm, status: int = 200) -> Response:
    actor = current_actor()
    wanted = request.args.get("show", language())
    # Its owner sees the working text while there is one; everybody else what was approved.
    working = note.number == 0 or (rules.may_move(actor, note) and note.state is not NoteState.APPROVED)
    return render(
        "library/note.html",
        note=note,
        shown=shown_note(note, wanted if wanted in LANGUAGES else language(), working=working),
        working=working,
        states=language_states(note),
        verbs=open_verbs(actor, note),
        form=remark,
        file_form=file,
        areas=practice_areas,
        note_rules=rules,
        text_of=note_queries.text_of,
        words=words,
        missing=rules.missing_texts(note) if rules.may_edit_note(actor, note) else [],
        status=status,
    )
