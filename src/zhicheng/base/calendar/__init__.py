"""法定日历: working days, legal terms and how they run. Not here: which procedure has which term, and today's date.

from zhicheng.base import calendar
calendar.due(date(2024, 4, 26), calendar.Term.written("5 工作日"), calendar.national())
"""

from zhicheng.base.calendar.days import Announcement, Calendar, Day, legal_day
from zhicheng.base.calendar.load import national, read_announcements
from zhicheng.base.calendar.reckon import Pause, Reckoning, RestDay, Skipped, due, latest_start
from zhicheng.base.calendar.terms import Term, add_months

__all__ = [
    "Announcement",
    "Calendar",
    "Day",
    "Pause",
    "Reckoning",
    "RestDay",
    "Skipped",
    "Term",
    "add_months",
    "due",
    "latest_start",
    "legal_day",
    "national",
    "read_announcements",
]
