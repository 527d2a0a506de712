"""One page of each kind of the demonstration site, for tests and for pictures."""

from __future__ import annotations

POLICY = "statutory/policy/2023/data-open.html"
REPORT = "annual-report/2025.html"
LIST = "statutory/policy/index.html"

KINDS: tuple[str, ...] = (
    "index.html",
    "guide/index.html",
    "statutory/index.html",
    LIST,
    "statutory/policy/page/2.html",
    "statutory/policy/status/repealed.html",
    POLICY,
    "statutory/policy/2022/column-inspection.html",
    "statutory/interpretation/2023/data-open.html",
    "statutory/policy/2026/data-quality.html",
    "statutory/notice/2022/reading-points.html",
    "statutory/work-points/2024.html",
    "statutory/work-points/2026-task-ledger.html",
    "statutory/consultation/2025/policy-interpretation.html",
    "statutory/faq/2023/ageing-service.html",
    "statutory/event/2026/open-month.html",
    REPORT,
    "topics/index.html",
    "topics/standardization/index.html",
    "catalog.html",
    "catalog/item-1.html",
    "sitemap.html",
    "hot-questions.html",
    "search.html",
    "apply.html",
    "404.html",
)
WIDTHS = (360, 768, 1280, 1920)
