"""Every table of the city, one file a subject. Not here: reads for pages (queries/), writes (use cases)."""

from zhicheng.store.models.city import City
from zhicheng.store.models.decision import Decision, DecisionFact, DecisionPaper, DecisionStage
from zhicheng.store.models.ledger import LedgerEntry
from zhicheng.store.models.papers import Paper, PaperDraft, Stationery
from zhicheng.store.models.people import Account, AccountRole, Session
from zhicheng.store.models.plan import (
    Assignment,
    Clause,
    Commitment,
    Document,
    Fund,
    Institution,
    Instrument,
    PlanVersion,
    Project,
    Question,
    Target,
    Task,
    Tier,
    Unit,
    UnitName,
    Upstream,
)
from zhicheng.store.models.review import Draft, Finding, FindingAnswer, QuestionAnswer
from zhicheng.store.models.work import Attachment, Job, Outbox

__all__ = [
    "Account",
    "AccountRole",
    "Assignment",
    "Attachment",
    "City",
    "Clause",
    "Commitment",
    "Decision",
    "DecisionFact",
    "DecisionPaper",
    "DecisionStage",
    "Document",
    "Draft",
    "Finding",
    "FindingAnswer",
    "Fund",
    "Institution",
    "Instrument",
    "Job",
    "LedgerEntry",
    "Outbox",
    "Paper",
    "PaperDraft",
    "PlanVersion",
    "Project",
    "Question",
    "QuestionAnswer",
    "Session",
    "Stationery",
    "Target",
    "Task",
    "Tier",
    "Unit",
    "UnitName",
    "Upstream",
]
