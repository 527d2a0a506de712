"""Hot questions (热点问题清单): those that editors mark or people ask again, and the policies most asked about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator import address
from generator.model import Entry, Site
from generator.pages.document import Answered, questions
from generator.pages.frame import Frame, TextLink, View, column_meta, day
from generator.pages.rows import shown
from generator.schema import Question

TITLE = "热点问题清单"
MOST = 100


@dataclass(frozen=True, slots=True)
class Hot:
    """A hot question with its answer, how often it was asked, and the list that it stands in."""

    answered: Answered
    times: int
    place: TextLink


@dataclass(frozen=True, slots=True)
class Asked:
    """A policy that people ask about: how many questions there were, and the day of the latest."""

    title: str
    href: str
    number: str
    times: int
    latest: str


def is_hot(question: Question, least: int) -> bool:
    """Whether a question belongs on the list: marked (热点), or asked at least so many times, and answered."""
    return bool(question.answer) and (question.hot or (question.times or 0) >= least)


def asked_about(site: Site) -> tuple[tuple[Entry, int, date | None], ...]:
    """The policies that draw the most questions, with how many and the latest day, the most asked first."""
    number: Counter[str] = Counter()
    latest: dict[str, list[date]] = defaultdict(list)
    for entry in site.listed:
        for reference in entry.references:
            if reference.key[0] == "questions" and reference.document:
                question = entry.document.meta.questions[int(reference.key[1])]
                number[reference.document] += question.times or 1
                if question.asked:
                    latest[reference.document].append(question.asked)
    found = [
        (policy, number[policy.path], max(latest[policy.path], default=None))
        for policy in shown(site, number)
        if number[policy.path] >= site.config.participation.hot_times
    ]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0].document.newest_first)))


def views(frame: Frame) -> Iterator[View]:
    """The one page, where anybody asks anything; it stays when no question is hot any more."""
    if any(entry.document.meta.questions for entry in frame.site.listed):
        yield _view(frame)


def _view(frame: Frame) -> View:
    url = address.HOT_QUESTIONS
    organ = frame.config.organ.name
    return frame.view(
        url,
        "hot-questions.html",
        {
            "page_title": TITLE,
            "least": frame.config.participation.hot_times,
            "hot": _hot(frame, url),
            "policies": _policies(frame, asked_about(frame.site)),
        },
        title=TITLE,
        crumbs=frame.crumbs(url, (TITLE, url)),
        meta=column_meta(TITLE, f"{organ}{TITLE}", ("热点问题",), "回应关切"),
    )


def _hot(frame: Frame, url: str) -> tuple[Hot, ...]:
    site, way = frame.site, frame.way(url)
    least = site.config.participation.hot_times
    found: list[tuple[tuple[int, int, str, int], Hot]] = []
    for entry in site.listed:
        asked = entry.document.meta.questions
        if not any(is_hot(question, least) for question in asked):
            continue
        for number, one in enumerate(questions(site, entry, way)):
            question = asked[number]
            if is_hot(question, least):
                href = address.href(url, entry.url, one.id)
                place = TextLink(entry.document.title, href)
                last = question.answered or question.asked or date.min
                order = (-(question.times or 0), -last.toordinal(), entry.path, number)
                found.append((order, Hot(one, question.times or 0, place)))
    return tuple(hot for _, hot in sorted(found, key=lambda one: one[0])[:MOST])


def _policies(
    frame: Frame, policies: Sequence[tuple[Entry, int, date | None]]
) -> tuple[Asked, ...]:
    way = frame.way(address.HOT_QUESTIONS)
    return tuple(
        Asked(
            policy.document.title,
            way(policy.url),
            policy.document.meta.document_number or "",
            number,
            day(latest),
        )
        for policy, number, latest in policies[:MOST]
    )
