"""The parts the application is put together from: what each domain brings."""

from collections.abc import Callable
from types import SimpleNamespace

import click
from flask import Blueprint, Flask

from matchmaker.accounts import held as accounts_held
from matchmaker.accounts import kept as accounts_kept
from matchmaker.accounts import rules as accounts_rules
from matchmaker.accounts import views as accounts_views
from matchmaker.admin import rules as admin_rules
from matchmaker.admin import tasks as admin_tasks
from matchmaker.admin import views as admin_views
from matchmaker.admin.commands import check_audit
from matchmaker.compliance import held as compliance_held
from matchmaker.compliance import kept as compliance_kept
from matchmaker.compliance import merged as compliance_merged
from matchmaker.compliance import rules as compliance_rules
from matchmaker.compliance import tasks as compliance_tasks
from matchmaker.compliance import views as compliance_views
from matchmaker.compliance.listed import init_listed
from matchmaker.compliance.lists import rules as screening_lists_rules
from matchmaker.compliance.lists import tasks as screening_lists_tasks
from matchmaker.compliance.lists import views as screening_lists_views
from matchmaker.compliance.lists.commands import import_screening_list_command
from matchmaker.core.cli import serve, worker
from matchmaker.core.personal_data import Part
from matchmaker.core.retention import DataClass
from matchmaker.core.zones import init_zones
from matchmaker.demo.commands import demo_data
from matchmaker.demo.generator.commands import generate_firms
from matchmaker.demo.greeting import init_greeting
from matchmaker.directory import held as directory_held
from matchmaker.directory import kept as directory_kept
from matchmaker.directory import merged as directory_merged
from matchmaker.directory import tasks as directory_tasks
from matchmaker.directory import views as directory_views
from matchmaker.directory.commands import index_check, index_rebuild
from matchmaker.directory.index import init_index
from matchmaker.directory.saved import tasks as saved_tasks
from matchmaker.directory.saved import views as saved_views
from matchmaker.directory.shortlist import views as shortlist_views
from matchmaker.firms import held as firms_held
from matchmaker.firms import merged as firms_merged
from matchmaker.firms import rules as firms_rules
from matchmaker.firms import tasks as firms_tasks
from matchmaker.firms import views as firms_views
from matchmaker.firms.declarations import rules as declarations_rules
from matchmaker.firms.declarations import tasks as declarations_tasks
from matchmaker.firms.duplicates import rules as duplicates_rules
from matchmaker.firms.duplicates import tasks as duplicates_tasks
from matchmaker.firms.duplicates import views as duplicates_views
from matchmaker.firms.merging import rules as merging_rules
from matchmaker.firms.merging import views as merging_views
from matchmaker.firms.merging.parts import Part as MergedPart
from matchmaker.firms.names import init_names
from matchmaker.firms.registers import rules as registers_rules
from matchmaker.firms.registers import tasks as registers_tasks
from matchmaker.firms.registers import views as registers_views
from matchmaker.firms.registers.commands import import_firms_command, import_register_command
from matchmaker.home import held as home_held
from matchmaker.home import rules as home_rules
from matchmaker.home import tasks as home_tasks
from matchmaker.home import views as home_views
from matchmaker.home.assigning import views as assigning_views
from matchmaker.institutions import held as institutions_held
from matchmaker.institutions import rules as institutions_rules
from matchmaker.institutions import views as institutions_views
from matchmaker.institutions.wordings import rules as wordings_rules
from matchmaker.institutions.wordings import views as wordings_views
from matchmaker.library import held as library_held
from matchmaker.library import rules as library_rules
from matchmaker.library import tasks as library_tasks
from matchmaker.library import views as library_views
from matchmaker.matching import held as matching_held
from matchmaker.matching import merged as matching_merged
from matchmaker.matching import rules as matching_rules
from matchmaker.matching import tasks as matching_tasks
from matchmaker.matching import views as matching_views
from matchmaker.matching.exposure import tasks as exposure_tasks
from matchmaker.matching.follow_ups import tasks as follow_up_tasks
from matchmaker.matching.lists import init_lists
from matchmaker.matching.prospects import tasks as prospects_tasks
from matchmaker.matching.prospects import views as prospects_views
from matchmaker.matching.prospects.index import init_prospects
from matchmaker.matching.quality.commands import fit_calibrate, fit_quality
from matchmaker.matching.weighing import tasks as weighing_tasks
from matchmaker.meetings import held as meetings_held
from matchmaker.meetings import kept as meetings_kept
from matchmaker.meetings import merged as meetings_merged
from matchmaker.meetings import rules as meetings_rules
from matchmaker.meetings import views as meetings_views
from matchmaker.meetings.commands import plan_day_command
from matchmaker.meetings.plan import tasks as plan_tasks
from matchmaker.meetings.wishes import tasks as wishes_tasks
from matchmaker.messages import held as messages_held
from matchmaker.messages import kept as messages_kept
from matchmaker.messages import merged as messages_merged
from matchmaker.messages import rules as messages_rules
from matchmaker.messages import views as messages_views
from matchmaker.mous import held as mous_held
from matchmaker.mous import rules as mous_rules
from matchmaker.mous import tasks as mous_tasks
from matchmaker.mous import views as mous_views
from matchmaker.notifications import held as notifications_held
from matchmaker.notifications import rules as notifications_rules
from matchmaker.notifications import views as notifications_views
from matchmaker.opportunities import held as opportunities_held
from matchmaker.opportunities import merged as opportunities_merged
from matchmaker.opportunities import rules as opportunities_rules
from matchmaker.opportunities import tasks as opportunities_tasks
from matchmaker.opportunities import views as opportunities_views
from matchmaker.programmes import held as programmes_held
from matchmaker.programmes import kept as programmes_kept
from matchmaker.programmes import merged as programmes_merged
from matchmaker.programmes import rules as programmes_rules
from matchmaker.programmes import tasks as programmes_tasks
from matchmaker.programmes import views as programmes_views
from matchmaker.programmes.exchanges import held as exchanges_held
from matchmaker.programmes.exchanges import rules as exchanges_rules
from matchmaker.programmes.exchanges import tasks as exchanges_tasks
from matchmaker.programmes.exchanges import views as exchanges_views
from matchmaker.programmes.lists import rules as lists_rules
from matchmaker.programmes.lists import tasks as lists_tasks
from matchmaker.programmes.lists import views as lists_views
from matchmaker.programmes.mailings import reminder_views
from matchmaker.programmes.mailings import rules as mailings_rules
from matchmaker.programmes.mailings import tasks as mailings_tasks
from matchmaker.programmes.mailings import views as mailings_views
from matchmaker.programmes.papers import views as papers_views
from matchmaker.programmes.trainings import rules as trainings_rules
from matchmaker.programmes.trainings import views as trainings_views
from matchmaker.programmes.trips import held as trips_held
from matchmaker.programmes.trips import kept as trips_kept
from matchmaker.programmes.trips import rules as trips_rules
from matchmaker.programmes.trips import tasks as trips_tasks
from matchmaker.programmes.trips import views as trips_views
from matchmaker.reference import views as reference_views
from matchmaker.reference.commands import load_reference
from matchmaker.reference.filters import init_filters
from matchmaker.reference.warm_up import warm_up as warm_up_reference
from matchmaker.reports import rules as reports_rules
from matchmaker.reports import views as reports_views
from matchmaker.rights import held as rights_held
from matchmaker.rights import kept as rights_kept
from matchmaker.rights import merged as rights_merged
from matchmaker.rights import rules as rights_rules
from matchmaker.rights import tasks as rights_tasks
from matchmaker.rights import views as rights_views
from matchmaker.rights.incidents import rules as incident_rules
from matchmaker.rights.incidents import tasks as incident_tasks
from matchmaker.rights.retention import rules as retention_rules
from matchmaker.rights.retention import tasks as retention_tasks

BLUEPRINTS: tuple[Blueprint, ...] = (
    reference_views.bp,
    accounts_views.bp,
    notifications_views.bp,
    notifications_views.outbox_bp,
    institutions_views.bp,
    wordings_views.bp,
    firms_views.bp,
    duplicates_views.bp,
    merging_views.bp,
    compliance_views.bp,
    screening_lists_views.bp,
    mous_views.bp,
    opportunities_views.bp,
    opportunities_views.interests_bp,
    opportunities_views.questions_bp,
    opportunities_views.words_bp,
    programmes_views.bp,
    exchanges_views.bp,
    lists_views.bp,
    mailings_views.bp,
    reminder_views.bp,
    papers_views.bp,
    trainings_views.bp,
    matching_views.bp,
    directory_views.bp,
    library_views.bp,
    library_views.guides_bp,
    saved_views.bp,
    shortlist_views.bp,
    messages_views.bp,
    home_views.bp,
    assigning_views.bp,
    reports_views.bp,
    rights_views.bp,
    admin_views.bp,
    registers_views.bp,
    prospects_views.bp,
    trips_views.bp,
    meetings_views.bp,
)
COMMANDS: tuple[click.Command, ...] = (
    check_audit,
    demo_data,
    fit_calibrate,
    fit_quality,
    generate_firms,
    import_firms_command,
    import_register_command,
    import_screening_list_command,
    index_check,
    index_rebuild,
    load_reference,
    plan_day_command,
    serve,
    worker,
)
JOBS: tuple[Callable[..., object], ...] = (
    compliance_tasks.rescreen_all,
    screening_lists_tasks.run_sanctions_list,
    directory_tasks.make_index,
    saved_tasks.send_digests,
    declarations_tasks.remind,
    duplicates_tasks.search_duplicates,
    firms_tasks.warn_of_ending_certificates,
    library_tasks.remind,
    matching_tasks.keep_time,
    mous_tasks.warn_of_ending_memorandums,
    opportunities_tasks.keep_time,
    programmes_tasks.keep_time,
    lists_tasks.send_lists,
    mailings_tasks.remind,
    matching_tasks.renew_lists,
    exchanges_tasks.keep_exchanges_in_time,
    prospects_tasks.follow_imports,
    registers_tasks.run_firm_list,
    registers_tasks.run_register_import,
    exposure_tasks.keep_up,
    follow_up_tasks.ask,
    exposure_tasks.run_round,
    trips_tasks.run_letters,
    plan_tasks.make_timetable,
    wishes_tasks.keep_requests_in_time,
    rights_tasks.make_own_data,
    retention_tasks.purge,
    incident_tasks.tell_of_clocks,
    admin_tasks.check_audit_log,
    home_tasks.tell_of_overdue,
    weighing_tasks.run_simulation,
)
"""Named here so that the worker knows their kinds."""
SETUPS: tuple[Callable[[Flask], None], ...] = (
    init_filters,
    init_index,
    init_listed,
    init_lists,
    init_names,
    init_prospects,
    init_zones,
    warm_up_reference,
    init_greeting,
)
PERSONAL_DATA: tuple[Part, ...] = (
    accounts_held.PART,
    notifications_held.PART,
    institutions_held.PART,
    firms_held.PART,
    compliance_held.PART,
    mous_held.PART,
    opportunities_held.PART,
    programmes_held.PART,
    exchanges_held.PART,
    trips_held.PART,
    matching_held.PART,
    library_held.PART,
    directory_held.PART,
    messages_held.PART,
    meetings_held.PART,
    rights_held.PART,
    home_held.PART,
)
"""What each domain keeps of people, the lowest first: rows are found through those of lower domains."""
MERGED: tuple[MergedPart, ...] = (
    firms_merged.PART,
    compliance_merged.PART,
    programmes_merged.PART,
    opportunities_merged.PART,
    matching_merged.PART,
    directory_merged.PART,
    messages_merged.PART,
    meetings_merged.PART,
    rights_merged.PART,
)
"""What each domain does with a firm that is merged into another one, the lowest first."""
DATA_CLASSES: tuple[DataClass, ...] = (
    *accounts_kept.CLASSES,
    *rights_kept.CLASSES,
    *directory_kept.CLASSES,
    *trips_kept.CLASSES,
    *programmes_kept.CLASSES,
    *messages_kept.CLASSES,
    *meetings_kept.CLASSES,
    *rights_kept.FILES,
    *compliance_kept.CLASSES,
    *rights_kept.FOR_PROOF,
)
"""How long each class of data is kept, in the order in which it is destroyed."""
RULES = SimpleNamespace(
    accounts=accounts_rules,
    declarations=declarations_rules,
    duplicates=duplicates_rules,
    admin=admin_rules,
    merging=merging_rules,
    firms=firms_rules,
    notifications=notifications_rules,
    institutions=institutions_rules,
    wordings=wordings_rules,
    compliance=compliance_rules,
    screening_lists=screening_lists_rules,
    mous=mous_rules,
    opportunities=opportunities_rules,
    programmes=programmes_rules,
    library=library_rules,
    exchanges=exchanges_rules,
    lists=lists_rules,
    mailings=mailings_rules,
    trainings=trainings_rules,
    matching=matching_rules,
    meetings=meetings_rules,
    messages=messages_rules,
    home=home_rules,
    registers=registers_rules,
    reports=reports_rules,
    incidents=incident_rules,
    retention=retention_rules,
    rights=rights_rules,
    trips=trips_rules,
)
