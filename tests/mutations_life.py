"""Seeded mistakes in the life of documents (废止、有效期、征集、问答、词表): each raises its rule and no other."""

from __future__ import annotations

from tests.edits import Edit, all_of, put, replace

_SETTINGS = "site.yaml"
_POLICY = "content/statutory/policy/2026/data-sharing.md"
_OLD_POLICY = "content/statutory/policy/2023/data-sharing.md"
_INSTITUTION = "content/institution/release-review.md"
_CONSULTATION = "content/statutory/consultation/2026/data-sharing.md"
_FAQ = "content/statutory/faq/2026/data-sharing.md"
_FEEDBACK = (
    "    - {反馈人: 王先生, 意见: 答复期限再短一些, 是否采纳: 采纳, 理由: 已改为5个工作日}\n"
)
_TITLE = "《海川市公共数据共享办法（试行）》"

_UNDECLARED = replace(_POLICY, "废止: 海数政规〔2023〕1号\n", "")


def _last_article(words: str) -> Edit:
    """The policy repeals nothing in front matter, and its last article reads otherwise."""
    return all_of(_UNDECLARED, replace(_POLICY, "[[海数政规〔2023〕1号]]同时废止", words))


_LISTS = "一般: {甲甲: 乙乙}\n"
_WORDS = replace(_SETTINGS, "topics:", "wordlist: [words.yaml]\ntopics:")

LIFE: dict[str, tuple[Edit, ...]] = {
    "undeclared-repeal": (
        _UNDECLARED,
        _last_article(f"{_TITLE}同时废止"),
        _last_article(f"[{_TITLE}](../2023/data-sharing.md)（海数政规〔2023〕1号）同时废止"),
        _last_article("海数政规〔2023〕1号文件自本办法施行之日起停止执行"),
        _last_article(f"决定废止{_TITLE}"),
        _last_article(f"下列文件予以废止：\n\n1.{_TITLE}（海数政规〔2023〕1号）"),
        _last_article(f"将{_TITLE}第二条修改为：“以共享为原则。”"),
        all_of(
            _UNDECLARED,
            replace(_POLICY, "，[[海数政规〔2023〕1号]]同时废止", ""),
            replace(
                _INSTITUTION, "本制度自公布之日起施行", f"本制度自公布之日起施行，{_TITLE}同时废止"
            ),
        ),
    ),
    "wrong-term": (
        replace(_POLICY, "失效日期: 2031-10-31", "失效日期: 2031-11-02"),
        replace(_POLICY, "自2026年11月1日起施行", "自2026年11月1日起施行，有效期三年"),
        all_of(
            replace(_POLICY, "失效日期: 2031-10-31\n", ""),
            replace(
                _POLICY, "自2026年11月1日起施行", "自2026年11月1日起施行，有效期至2026年11月10日"
            ),
        ),
        replace(_SETTINGS, "topics:", "terms: {normative: 3}\ntopics:"),
    ),
    "short-consultation": (
        replace(_CONSULTATION, "截止日期: 2026-08-05", "截止日期: 2026-07-29"),
        replace(_SETTINGS, "topics:", "participation: {consultation_days: 60}\ntopics:"),
    ),
    "missing-feedback": (
        replace(_CONSULTATION, f"  意见采纳情况:\n{_FEEDBACK}", ""),
        replace(_CONSULTATION, "是否采纳: 采纳, ", ""),
        replace(_CONSULTATION, "是否采纳: 采纳, 理由: 已改为5个工作日", "是否采纳: 部分采纳"),
    ),
    "late-answer": (
        replace(_FAQ, "答复日期: 2026-09-25", "答复日期: 2026-10-10"),
        all_of(
            replace(_FAQ, "答: 5个工作日内答复。, ", ""),
            replace(_FAQ, ", 答复日期: 2026-09-25", ""),
        ),
        all_of(
            replace(_SETTINGS, "topics:", "participation: {answer_workdays: 0}\ntopics:"),
            replace(_FAQ, "答复日期: 2026-09-25", "答复日期: 2026-09-28"),
        ),
    ),
    "bad-wordlist": (
        put("wordlist.yaml", "一般: {甲甲: 甲甲}\n"),
        put("wordlist.yaml", "一般: 甲甲 乙乙\n"),
        put("wordlist.yaml", "甲甲：乙乙\n"),
        _WORDS,
        all_of(
            _WORDS, put("words.yaml", _LISTS), put("wordlist.yaml", _LISTS.replace("一般", "严重"))
        ),
    ),
}
