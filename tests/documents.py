"""Small documents for tests (小文件): a notice with everything that a document must have."""

from __future__ import annotations

NOTICES = "content/statutory/notice/2026"


def notice(
    number: int, *lines: str, without: str = "", body: str = "内容见办事大厅公示栏。"
) -> str:
    """A notice with the index number `number`; `lines` stand for those that have the same key."""
    fields = {
        "标题": f"办事提示第{number}号",
        "索引号": f"000014349/2026-{number:05}",
        "发布日期": "2026-04-02",
        "公开属性": "主动公开",
        "审核": "{拟稿人: 许晴川, 审稿人: 周望舒, 发布人: 何清越, 保密审查人: 沈怀安, 审核日期: 2026-04-01}",
    }
    head = {key: f"{key}: {value}" for key, value in fields.items() if key != without}
    head |= {line.partition(":")[0]: line for line in lines}
    return "\n".join(["---", *head.values(), "---", "", body, ""])
