"""The people and records that the access matrix asks with: one of each kind, on both sides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.mail import MailState
from matchmaker.firms.models import Firm
from matchmaker.institutions.models import Institution
from matchmaker.matching.enums import MatchState
from matchmaker.opportunities.enums import OpportunityState
from matchmaker.programmes.enums import SignUpState
from tests.architecture.exchange_world import exchange_arguments
from tests.architecture.firm_world import firm_arguments
from tests.architecture.library_world import library_arguments
from tests.architecture.meeting_world import meeting_arguments
from tests.architecture.trip_world import trip_arguments
from tests.factories.accounts import PersonFactory, session_of
from tests.factories.codes import code_for
from tests.factories.compliance import hit_of, list_arguments
from tests.factories.deals import DealFactory
from tests.factories.files import stored_pdf
from tests.factories.firm_profiles import FirmCertificateFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.follow_ups import FollowUpFactory, FollowUpLinkFactory
from tests.factories.incidents import incident_arguments
from tests.factories.institutions import (
    InstitutionFactory,
    InstitutionInvitationFactory,
    InstitutionMemberFactory,
    official,
)
from tests.factories.lists import ScheduledListFactory
from tests.factories.mailings import MessageToGroupFactory, ReminderFactory
from tests.factories.matching import MatchFactory
from tests.factories.messages import MessageFactory, attachment_of
from tests.factories.mous import mou_arguments, mou_between
from tests.factories.notifications import MailFactory, NoticeFactory
from tests.factories.opportunities import interest_in, opportunity_of, question_about
from tests.factories.programmes import (
    ProgrammeFactory,
    SignUpFactory,
    answer_file_of,
    delegate_of,
    question_of,
)
from tests.factories.registers import JobFactory, RegisterEntryFactory, RegisterImportFactory
from tests.factories.rights import erasure_recipient_of, erasure_request_of, ready_export
from tests.factories.saved import saved_search
from tests.factories.trainings import CertificateFactory, TrainingSessionFactory, material_of
from tests.factories.weighing import simulated

KINDS = (
    "visitor",
    "person",
    "member",
    "firm_admin",
    "other_member",
    "own_staff",
    "other_staff",
    "coordinator",
    "compliance",
    "expert",
    "administrator",
)


@dataclass(frozen=True)
class World:
    """Numbers of the people by kind, and what stands for each variable of an address, by endpoint where it differs."""

    people: dict[str, int]
    arguments: dict[str, Any] = field(default_factory=dict)

    def value(self, endpoint: str, name: str) -> Any:
        """What an address is asked with; a test that meets a new variable says so by KeyError."""
        own = f"{endpoint}:{name}"
        return self.arguments[own] if own in self.arguments else self.arguments[name]


def build_world() -> World:
    """A verified Turkish firm, a Russian one, a request between them, and all who have to do with it.

    "This" firm, institution and person are those of the Turkish side; needs an application context.
    """
    own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
    operator = InstitutionFactory(country=None, kind="operator")
    firm, foreign = FirmFactory(country="TR"), FirmFactory(country="RU")
    mou = mou_between(own, other)
    match = MatchFactory(asker_id=firm.id, answerer_id=foreign.id, state=MatchState.AGREED, mou_id=mou.id)
    people: dict[str, Callable[[], Any]] = {
        "person": PersonFactory,
        "member": lambda: member_of(firm, FirmRole.MEMBER),
        "firm_admin": lambda: member_of(firm, FirmRole.ADMINISTRATOR),
        "other_member": lambda: member_of(FirmFactory(country="TR"), FirmRole.ADMINISTRATOR),
        "own_staff": lambda: official(own, InstitutionRole.STAFF),
        "other_staff": lambda: official(other, InstitutionRole.STAFF),
        "coordinator": lambda: official(own, InstitutionRole.COORDINATOR),
        "compliance": lambda: official(own, InstitutionRole.COMPLIANCE),
        "expert": lambda: official(own, InstitutionRole.EXPERT),
        "administrator": lambda: official(operator, InstitutionRole.ADMINISTRATOR),
    }
    made = {kind: make().id for kind, make in people.items()}
    arguments = {
        "firm_id": firm.id,
        "other_id": foreign.id,
        "match_id": match.id,
        "mou_id": mou.id,
        "institution_id": own.id,
        "institutions.logo:institution_id": InstitutionFactory(logo_id=stored_pdf().id).id,
        "person_id": made["member"],
        "language": "tr",
        "import_id": RegisterImportFactory().id,
        "job_id": JobFactory(owner_id=made["own_staff"]).id,
        "session_id": session_of(made["member"]).id,
        "notice_id": NoticeFactory(person_id=made["member"]).id,
        "mail_id": MailFactory(institution_id=own.id).id,
        "outbox.edit:mail_id": MailFactory(institution_id=own.id, notice="invitation").id,
        "outbox.hold:mail_id": MailFactory(institution_id=own.id, state=MailState.QUEUED).id,
        "invitation_id": InstitutionInvitationFactory(
            institution_id=own.id, invited_by_id=made["administrator"]
        ).id,
        "member_id": InstitutionMemberFactory(institution_id=own.id).id,
        "certificate_id": FirmCertificateFactory(firm_id=firm.id).id,
        "hit_id": hit_of(firm).id,
        **list_arguments(),
        "set_id": simulated().id,
        "step": "names",
        "token": "unknown",
    }
    own_people = ("institutions.person", "institutions.disable", "institutions.enable", "tasks.hand_over")
    arguments |= {f"{endpoint}:person_id": made["own_staff"] for endpoint in own_people}
    arguments["matching.ask:firm_id"] = arguments["matching.wish:firm_id"] = foreign.id
    arguments["matching.not_relevant:firm_id"] = arguments["matching.relevant:firm_id"] = foreign.id
    shortlisted = ("shortlist.keep", "shortlist.drop", "shortlist.note")
    arguments |= {f"{endpoint}:firm_id": foreign.id for endpoint in shortlisted}
    arguments["kind"] = "csv"
    worded = ("wordings.show", "wordings.save", "wordings.go_back")
    arguments |= {f"{endpoint}:kind": "programme_message" for endpoint in worded}
    arguments |= {f"{endpoint}:stage": "verified" for endpoint in ("reports.firms", "reports.firms_sheet")}
    arguments["search_id"] = saved_search(made["member"]).id
    arguments |= rights_arguments(made)
    arguments |= incident_arguments(own, made["person"])
    arguments |= firm_arguments(firm, made)
    arguments |= prospect_arguments(other, made)
    arguments |= mou_arguments(mou, own, made)
    arguments |= message_arguments(firm.id, made["firm_admin"])
    arguments |= programme_arguments(mou.id, firm.id, made["firm_admin"])
    arguments |= deal_arguments(firm.id)
    arguments |= follow_up_arguments(firm.id, made["firm_admin"])
    arguments |= trip_arguments(own, mou.id, firm, made)
    arguments |= opportunity_arguments(firm, foreign)
    arguments |= library_arguments(own, other, mou)
    arguments |= exchange_arguments(own, other, mou, made)
    arguments |= meeting_arguments(own, mou.id, firm, foreign, made)
    return World(people=made, arguments=arguments)


def rights_arguments(made: dict[str, int]) -> dict[str, Any]:
    """The archive of the member's own data; an open request of the member to be erased, and one of somebody decided."""
    request = erasure_request_of(made["member"])
    recipient = erasure_recipient_of(PersonFactory().id)
    return {
        "export_id": ready_export(made["member"]).id,
        "rights.erasure_case:request_id": request.id,
        "rights.retention_term:key": "mails",
        "rights.recipient_told:request_id": recipient.request_id,
        "recipient_id": recipient.id,
    }


def deal_arguments(firm_id: int) -> dict[str, Any]:
    """An introduced match of the firm, and a deal that the other firm reported."""
    introduced = MatchFactory(asker_id=firm_id, state=MatchState.INTRODUCED, introduced_at=clock.now())
    deal = DealFactory(match_id=introduced.id, reporter_id=introduced.answerer_id)
    return {"matching.report_deal:match_id": introduced.id, "deal_id": deal.id}


def follow_up_arguments(firm_id: int, person_id: int) -> dict[str, Any]:
    """The link by which somebody of the firm says how it stands with the firm it is introduced to."""
    introduced = MatchFactory(asker_id=firm_id, state=MatchState.INTRODUCED, introduced_at=clock.now())
    asking = FollowUpFactory(match_id=introduced.id, firm_id=firm_id)
    person = db.session.get_one(Person, person_id)
    FollowUpLinkFactory(
        follow_up_id=asking.id, person_id=person_id, address=person.email, token="follow-up-token"
    )
    return {"matching.follow_up:token": "follow-up-token"}


def opportunity_arguments(firm: Firm, foreign: Firm) -> dict[str, Any]:
    """A published opportunity of the firm with an interest, and one in each state that somebody has something to do about."""
    published = opportunity_of(firm)
    draft = opportunity_of(firm, state=OpportunityState.DRAFT)
    announced = opportunity_of(firm, state=OpportunityState.ANNOUNCED)
    asked = question_about(published, foreign)
    own = question_about(opportunity_of(foreign, "TR"), firm)
    endpoints = ("show", "answer", "decline", "hide", "reveal")
    return {
        **{f"opportunity_questions.{name}:question_id": asked.id for name in endpoints},
        **{f"opportunity_questions.{name}:question_id": own.id for name in ("change", "withdraw")},
        "opportunity_questions.ask:opportunity_id": own.opportunity_id,
        "opportunity_id": published.id,
        "interest_id": interest_in(published, foreign).id,
        "opportunities.new:kind": "business_offer",
        "opportunities.change:opportunity_id": draft.id,
        "opportunities.move:opportunity_id": draft.id,
        "opportunities.move:verb": "withdraw",
        "opportunities.review:opportunity_id": opportunity_of(firm, state=OpportunityState.SUBMITTED).id,
        "opportunities.answer:opportunity_id": announced.id,
    }


def prospect_arguments(institution: Institution, made: dict[str, int]) -> dict[str, Any]:
    """A company of the other side's register, and two codes of its institution: one to print, one to take back."""
    entry, second = RegisterEntryFactory(), RegisterEntryFactory()
    return {
        "entry_id": RegisterEntryFactory().id,
        "prospects.print_letter:code_id": code_for(entry, institution, made["other_staff"]).id,
        "prospects.revoke:code_id": code_for(second, institution, made["other_staff"]).id,
    }


def programme_arguments(mou_id: int, firm_id: int, person_id: int) -> dict[str, Any]:
    """An open training of the first party, and what the firm sent to sign up for one that staff decide about."""
    programme = ProgrammeFactory(mou_id=mou_id)
    decided = ProgrammeFactory(mou_id=mou_id, approval=True)
    sign_up = SignUpFactory(
        programme_id=decided.id, person_id=person_id, firm_id=firm_id, state=SignUpState.APPLIED, arrival=1
    )
    return {
        "programme_id": programme.id,
        "programmes.new:kind": "training",
        "programmes.move:verb": "close",
        "programmes.participant_list:kind": "csv",
        "trainings.survey_list:kind": "csv",
        "sign_up_id": sign_up.id,
        "delegate_id": delegate_of(sign_up).id,
        "programmes.answer_file:file_id": answer_file_of(sign_up),
        "question_id": question_of(programme).id,
        **training_arguments(programme.id, firm_id, person_id),
        **mailing_arguments(programme.id, person_id),
    }


def mailing_arguments(programme_id: int, person_id: int) -> dict[str, Any]:
    """A message that is still a draft, a reminder, and a list on a schedule."""
    message = MessageToGroupFactory(programme_id=programme_id, created_by_id=person_id)
    reminder = ReminderFactory(programme_id=programme_id, created_by_id=person_id)
    listed = ScheduledListFactory(programme_id=programme_id, created_by_id=person_id)
    return {"reminder_id": reminder.id, "scheduled_id": listed.id} | {
        f"mailings.{name}:message_id": message.id for name in ("show", "send", "release", "remove")
    }


def training_arguments(programme_id: int, firm_id: int, person_id: int) -> dict[str, Any]:
    """A session with a file, and the certificate of the firm's administrator, who takes part."""
    session = TrainingSessionFactory(programme_id=programme_id)
    sign_up = SignUpFactory(programme_id=programme_id, person_id=person_id, firm_id=firm_id, arrival=1)
    delegate = delegate_of(sign_up)
    certificate = CertificateFactory(programme_id=programme_id, delegate_id=delegate.id)
    return {
        "training_session_id": session.id,
        "material_id": material_of(session).id,
        "trainings.certificate:certificate_id": certificate.id,
    }


def message_arguments(firm_id: int, author_id: int) -> dict[str, Any]:
    """An introduced match of the firm with a message and its file: before that nobody has a conversation."""
    introduced = MatchFactory(asker_id=firm_id, state=MatchState.INTRODUCED, introduced_at=clock.now())
    message = MessageFactory(match_id=introduced.id, firm_id=firm_id, author_id=author_id)
    endpoints = ("messages.thread", "messages.write", "messages.mark_read")
    found: dict[str, Any] = {f"{endpoint}:match_id": introduced.id for endpoint in endpoints}
    return found | {"attachment_id": attachment_of(message).id}
