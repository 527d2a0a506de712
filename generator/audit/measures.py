"""Measures (事实): what can be counted on a site, and what of it is not as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from generator import coverage
from generator.audit.evidence import Evidence, day_zh, is_recent, named
from generator.domain.deadlines import last_day
from generator.domain.kinds import Kind
from generator.domain.numerals import to_chinese
from generator.domain.workdays import workdays_between
from generator.finding import Place
from generator.model import Entry, Site
from generator.rules import pairs, tasks
from generator.schema import Question

_SETTINGS = Place("site.yaml", 1, 1)
_HOME_DAYS, _MESSAGE_DAYS, _FEEDBACK_DAYS, _ANSWER_WORKDAYS = 14, 92, 30, 5


@dataclass(frozen=True)
class Fact:
    """How many were looked at, in one sentence what came of it, and those that fail."""

    total: int
    said: str
    failing: tuple[Evidence, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether there was something to look at and all of it is as it should be."""
        return self.total > 0 and not self.failing


def _counted(total: int, failing: list[Evidence], what: str, wanted: str) -> Fact:
    """So many of `what`; each of them is to be as `wanted` says, in words that 都 and 没有 can precede."""
    rest = f"其中{len(failing)}件没有{wanted}" if failing else f"都{wanted}"
    said = f"{what}{total}件，{rest}"
    return Fact(total, said if total else f"没有{what}", tuple(failing))


def _newest_document(site: Site) -> Fact:
    days = [e.document.meta.published.day for e in site.listed if e.document.meta.published]
    if not days:
        return Fact(1, "没有注明发布日期的文件", (Evidence(_SETTINGS, "视为没有更新"),))
    newest = max(days)
    said = f"本专栏最近一次发布是{day_zh(newest)}，距今{(site.today - newest).days}天"
    is_late = (site.today - newest).days > _HOME_DAYS
    return Fact(1, said, (Evidence(_SETTINGS, f"超过{_HOME_DAYS}天"),) if is_late else ())


def _questions(site: Site) -> Iterator[tuple[Entry, int, Question]]:
    for entry in site.listed:
        for index, question in enumerate(entry.document.meta.questions):
            if is_recent(question.asked, site.today):
                yield entry, index, question


def _unanswered_questions(site: Site) -> Fact:
    asked = list(_questions(site))
    failing = [
        Evidence(
            entry.document.source.place("questions", index),
            f"{day_zh(question.asked)}提出的问题没有答复",
        )
        for entry, index, question in asked
        if question.asked
        and not (question.answer or question.answered)
        and (site.today - question.asked).days > _MESSAGE_DAYS
    ]
    return _counted(len(asked), failing, "近一年的提问", f"在{_MESSAGE_DAYS}天内答复")


def _answers_in_time(site: Site) -> Fact:
    total, failing = 0, []
    for entry, index, question in _questions(site):
        if question.asked is None:
            continue
        until = question.answered or site.today
        days = workdays_between(question.asked, until, site.config.days_of).days
        is_late = days > _ANSWER_WORKDAYS
        # A question of this week may still be answered in time.
        if question.answered or is_late:
            total += 1
        if is_late:
            place = entry.document.source.place("questions", index)
            failing.append(Evidence(place, f"{day_zh(question.asked)}提出，已过{days}个工作日"))
    return _counted(total, failing, "近一年的提问", f"在{_ANSWER_WORKDAYS}个工作日内答复")


def _statutory_items(site: Site) -> Fact:
    items = coverage.items(site)
    failing = [
        Evidence(_SETTINGS, f"第（{to_chinese(item.number)}）项“{item.name}”没有内容、链接或者理由")
        for item in items
        if not item.is_covered
    ]
    done = len(items) - len(failing)
    return Fact(len(items), f"15项中{done}项有内容、链接或者理由", tuple(failing))


def _find_errors_entry(site: Site) -> Fact:
    if site.config.marks.find_errors:
        return Fact(1, f"入口指向 {site.config.marks.find_errors}")
    lacking = Evidence(_SETTINGS, "marks 里没有写 find_errors")
    return Fact(1, "本专栏底部没有入口", (lacking,))


def _domain_name(site: Site) -> Fact:
    host = site.config.host
    is_official = host.endswith((".gov.cn", ".政务", ".xn--zfr164b"))
    wrong = Evidence(_SETTINGS, "不以 .gov.cn 或者 .政务 结尾")
    return Fact(1, f"本专栏的域名是 {host}", () if is_official else (wrong,))


def _interpreted_same_day(site: Site) -> Fact:
    interpreted = pairs.by_policy(site)
    total, failing = 0, []
    for entry in pairs.policies(site):
        published = entry.document.meta.published
        if published is None or not is_recent(published.day, site.today):
            continue
        total += 1
        days = [
            other.document.meta.published.day
            for other in interpreted.get(entry.path, [])
            if other.document.meta.published
        ]
        if not days or min(days) > published.day:
            when = f"解读发布于{day_zh(min(days))}" if days else "没有解读"
            place = entry.document.source.place("published")
            failing.append(Evidence(place, f"{named(entry.document.title)}{when}"))
    return _counted(total, failing, "近一年发布、应当解读的政策文件", "同日发布解读")


def _consultation_feedback(site: Site) -> Fact:
    total, failing = 0, []
    for entry in site.listed:
        held = entry.document.meta.consultation
        closes = held.closes if held else None
        if held is None or closes is None or not is_recent(closes, site.today):
            continue
        is_due = closes + timedelta(days=_FEEDBACK_DAYS) < site.today
        if not (held.feedback or is_due):
            continue
        total += 1
        reasons = [one.adopted and (one.reason or one.adopted == "采纳") for one in held.feedback]
        if not reasons or not all(reasons):
            place = entry.document.source.place("consultation")
            failing.append(
                Evidence(place, f"{day_zh(closes)}截止，没有写明意见是否采纳和不采纳的理由")
            )
    return _counted(total, failing, "近一年截止的意见征集", "写明采纳情况和理由")


def _tasks_in_time(site: Site) -> Fact:
    total, failing = 0, []
    for entry in tasks.work_points(site):
        meta = entry.document.meta
        for index, task in enumerate(meta.tasks if meta.year == site.today.year else ()):
            due = last_day(task.due or "", meta.year)
            if due is None or due >= site.today or tasks.is_dropped(task):
                continue
            total += 1
            in_time = task.done <= due if task.done else tasks.says_done(task)
            if not in_time:
                place = entry.document.source.place("tasks", index)
                failing.append(Evidence(place, f"“{task.task}”的时限是{task.due}"))
    return _counted(total, failing, "当年到期的任务", "按期完成")


def _open_day(site: Site) -> Fact:
    held = [
        entry
        for entry in site.listed
        if entry.document.kind is Kind.EVENT
        and entry.document.meta.published
        and is_recent(entry.document.meta.published.day, site.today)
    ]
    return Fact(len(held), f"近一年公布的开放活动{len(held)}次")


def _catalog_complete(site: Site) -> Fact:
    policies = [entry for entry in site.listed if entry.document.kind is Kind.POLICY]
    failing = []
    for entry in policies:
        meta = entry.document.meta
        wanted = (
            ("索引号", meta.index_number),
            ("内容概述", meta.summary),
            ("成文日期", meta.signed or meta.published),
        )
        lacking = "、".join(name for name, value in wanted if not value)
        if lacking:
            failing.append(Evidence(entry.document.source.place("title"), f"没有{lacking}"))
    return _counted(len(policies), failing, "政策文件", "写全索引号、内容概述和日期")


MEASURES: dict[str, Callable[[Site], Fact]] = {
    "newest-document": _newest_document,
    "unanswered-questions": _unanswered_questions,
    "answers-in-time": _answers_in_time,
    "statutory-items": _statutory_items,
    "find-errors-entry": _find_errors_entry,
    "domain-name": _domain_name,
    "interpreted-same-day": _interpreted_same_day,
    "consultation-feedback": _consultation_feedback,
    "tasks-in-time": _tasks_in_time,
    "open-day": _open_day,
    "catalog-complete": _catalog_complete,
}
