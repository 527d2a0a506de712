"""A question was answered late, or waits for its answer (答复超期)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.workdays import workdays_between
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import judged

RULE = Rule(
    "late-answer",
    Severity.WARNING,
    Text(
        "问题“{text}”在提问（{asked}）后第{days}个工作日才答复（{answered}），最迟是第{limit}个工作日",
        "a question of {asked} was answered on {answered}, {days} working days later; the limit is {limit}",
    ),
    Text(
        "核对两个日期；确实迟了的，查明原因，并写明豁免的理由",
        "check both dates; waive it with the reason where it was late indeed",
    ),
)
_WAITS = Text(
    "问题“{text}”提出（{asked}）已经{days}个工作日，没有答复，最迟是第{limit}个工作日",
    "a question of {asked} has waited for {days} working days; the limit is {limit}",
)
_ANSWER = Text("写上“答”和“答复日期”", "give answer and answered")
_UNKNOWN = Text(
    "没有{years}年的放假安排，暂按周一至周五计算：把放假和调休上班的日期写进 site.yaml 的 workdays",
    "the holidays of {years} are not known, Monday to Friday were counted: give them as workdays in"
    " site.yaml",
)


def find(site: Site) -> Iterator[Finding]:
    """Questions with more working days between asking and answering (or today) than are allowed."""
    limit = site.config.participation.answer_workdays
    for entry in judged.documents(site):
        if entry.document.is_withdrawn:
            continue
        for index, question in enumerate(entry.document.meta.questions):
            is_open = not question.answer and question.answered is None
            end = site.today if is_open else question.answered
            if question.asked is None or end is None:
                continue
            span = workdays_between(question.asked, end, site.config.days_of)
            if span.days > limit:
                hint = _UNKNOWN if span.unknown else _ANSWER if is_open else None
                yield RULE.at(
                    entry.document.source.place("questions", index),
                    message=_WAITS if is_open else None,
                    hint=hint,
                    text=question.question,
                    asked=question.asked.isoformat(),
                    answered=end.isoformat(),
                    days=span.days,
                    limit=limit,
                    years="、".join(map(str, span.unknown)),
                )
