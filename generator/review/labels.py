"""The words around a review (用语), in both languages, the same in every form."""

from __future__ import annotations

from generator.finding import Finding, Severity, Text
from generator.report import SEVERITY_NAMES, count
from generator.review.nouns import DocumentChange, Mark, Placement, Review, Sort, Standing

SORTS = {
    Sort.ADDED: Text("新增", "added"),
    Sort.CHANGED: Text("修改", "changed"),
    Sort.MOVED: Text("移动", "moved"),
    Sort.WITHDRAWN: Text("撤下", "withdrawn"),
    Sort.REMOVED: Text("删除", "removed"),
}
STANDINGS = {
    Standing.PUBLIC: Text("公开", "public"),
    Standing.WITHDRAWN: Text("撤下，只留说明", "withdrawn, a notice stays"),
    Standing.DRAFT: Text("草稿，不发布", "a draft, not published"),
    Standing.FUTURE: Text("未到发布日期", "not yet published"),
    Standing.NOT_PUBLIC: Text("不主动公开，不生成", "not for disclosure, not built"),
}
MARKS = {
    Mark.SAME: Text("未改", "same"),
    Mark.ADDED: Text("新增", "added"),
    Mark.REMOVED: Text("删除", "removed"),
    Mark.CHANGED: Text("修改", "changed"),
}

TITLE = Text("改动审阅", "Review of changes")
COLUMNS = Text("栏目确认", "Where it appears")
CHANGE = Text("改动", "change")
DOCUMENT = Text("文件", "document")
COLUMN = Text("栏目", "column")
ALSO_IN = Text("同时列入", "also in")
TOPICS = Text("专题", "topics")
FEEDS = Text("订阅源", "feeds")
STANDING = Text("可见情况", "readers see it")
ADDRESS = Text("网址", "address")
PATH = Text("原稿", "source")
FORMERLY = Text("原为", "formerly")
NONE = Text("无", "none")
NO_COLUMN = Text("没有栏目", "no column")
DOCUMENTS = Text("文件的改动", "Documents")
FIELDS = Text("文件头", "Front matter")
WORDS = Text("正文", "Text")
WHOLE = Text("正文（全文，公众第一次看到）", "Text (all of it: readers see it for the first time)")
LINKS = Text("链接的去向", "Where links lead")
NEW_LINK = Text("新增", "new")
GONE_LINK = Text("删除", "removed")
LEADS_TO = Text("→", "→")
NEW = Text("新出现的问题", "New findings")
MENDED = Text("已改正的问题", "Mended findings")
ELSEWHERE = Text("别处因此断掉的链接", "Links elsewhere that break")
VANISHED = Text("将消失的地址", "Addresses that vanish")
VANISHED_HINT = Text(
    "外面的链接和收藏会失效。文件移动的，把原来的地址写进新文件的“旧址”；确需撤下的，写“撤下”而不删除。",
    "Links and bookmarks to them will fail. After a move put the old address into “aliases”; "
    "withdraw a document with “withdrawn” rather than deleting it.",
)
NOW_AT = Text("现在在", "now at")
STATUSES = Text("有效性因此改变的文件", "Documents whose validity changes")
FILES = Text("附件和模板", "Attachments and templates")
SETTINGS = Text("站点设置 site.yaml", "Settings, site.yaml")
MISSING_REVIEW = Text("审核还缺", "the review lacks")
OLD_REVIEW = Text(
    "内容改了，审核信息与改动前相同：请确认改动经过重新审核，并更新审核日期。",
    "The content changed and the review is the same as before: make sure that the change was reviewed, "
    "and update its date.",
)
SECRET = Text(
    "不主动公开的文件，内容不在这里列出。", "Not for disclosure: its content is not told here."
)
NOTHING = Text("没有改动。", "Nothing has changed.")
SEPARATOR = Text("、", ", ")
COLON = Text("：", ": ")


def since(review: Review) -> Text:
    """What the site is compared with."""
    short = review.commit[:10]
    return Text(
        f"与 {review.since}（{short}）相比，含尚未提交的改动",
        f"compared with {review.since} ({short}), uncommitted changes included",
    )


def counts(review: Review) -> Text:
    """How many documents each thing happened to."""
    told = [(sort, review.count(sort)) for sort in Sort if review.count(sort)]
    if not told:
        return Text("没有文件改动", "no documents changed")
    return Text(
        "，".join(f"{SORTS[sort].zh} {number} 个文件" for sort, number in told),
        "documents: " + ", ".join(f"{number} {SORTS[sort].en}" for sort, number in told),
    )


def verdict(review: Review) -> Text:
    """Whether the changes may go out, as far as a program can tell."""
    errors, warnings = (count(review.new, one) for one in (Severity.ERROR, Severity.WARNING))
    if errors:
        return Text(
            f"新出现 {errors} 个错误、{warnings} 个警告，改正之前不能发布",
            f"{errors} new errors and {warnings} new warnings: not to be published before they are mended",
        )
    if warnings:
        return Text(
            f"没有新出现的错误，有 {warnings} 个新警告", f"no new errors, {warnings} new warnings"
        )
    return Text("没有新出现的错误和警告", "no new errors or warnings")


def unreviewed(review: Review) -> int:
    """How many documents lack a part of their review, or have one older than their words."""
    return sum(bool(one.missing_review) or one.review_is_old for one in review.documents)


def unreviewed_words(review: Review) -> Text:
    """That so many documents still want a review."""
    number = unreviewed(review)
    return Text(
        f"{number} 个文件的审核信息待补或待更新", f"{number} documents want a new or fuller review"
    )


def title(change: DocumentChange) -> str:
    """What a document is called: its title, or its path where that must not be told."""
    return change.title or change.path


def placed(place: Placement) -> Text:
    """Its column; that there is none is said."""
    return Text(place.column, place.column) if place.column else NO_COLUMN


def standing(place: Placement) -> Text:
    """Whether readers see it, with the day for one of the future."""
    said = STANDINGS[place.standing]
    if place.standing is not Standing.FUTURE:
        return said
    return Text(f"{said.zh}（{place.published}）", f"{said.en} ({place.published})")


def gap(passages: int) -> Text:
    """That so many passages did not change."""
    return Text(f"（{passages} 段未改）", f"({passages} passages unchanged)")


def rows_left_out(rows: int) -> Text:
    """That so many rows of a table did not change."""
    return Text(f"（{rows} 行未改）", f"({rows} rows unchanged)")


def where(finding: Finding) -> str:
    """The place of a finding, `path:line:column`."""
    place = finding.place
    return ":".join(str(part) for part in (place.path, place.line, place.column) if part)


def severity(finding: Finding) -> Text:
    """The word for how grave a finding is."""
    names = SEVERITY_NAMES[finding.severity]
    return Text(names["zh"], names["en"])
