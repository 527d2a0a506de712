"""The form of the annual report (国办公开办函〔2021〕30号): parts, rows, columns and groups of its tables."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

SECTIONS: tuple[str, ...] = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers of table 3: its key in front matter, its label, and the groups it stands in."""

    key: str
    label: str
    groups: tuple[str, ...] = ()


TABLE3_COLUMNS: tuple[str, ...] = (
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
)
TABLE3_NOTE = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"
_RESULT = "三、本年度办理结果"


def _rows(group: str, prefix: str, *labels: str) -> tuple[Row, ...]:
    return tuple(
        Row(f"{prefix}{number}", f"{number}.{label}", (_RESULT, group))
        for number, label in enumerate(labels, 1)
    )


TABLE3: tuple[Row, ...] = (
    Row("new", "一、本年新收政府信息公开申请数量"),
    Row("carried_in", "二、上年结转政府信息公开申请数量"),
    Row("open", "（一）予以公开", (_RESULT,)),
    Row("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (_RESULT,)),
    *_rows(
        "（三）不予公开",
        "deny",
        "属于国家秘密",
        "其他法律行政法规禁止公开",
        "危及“三安全一稳定”",
        "保护第三方合法权益",
        "属于三类内部事务信息",
        "属于四类过程性信息",
        "属于行政执法案卷",
        "属于行政查询事项",
    ),
    *_rows(
        "（四）无法提供",
        "none",
        "本机关不掌握相关政府信息",
        "没有现成信息需要另行制作",
        "补正后申请内容仍不明确",
    ),
    *_rows(
        "（五）不予处理",
        "skip",
        "信访举报投诉类申请",
        "重复申请",
        "要求提供公开出版物",
        "无正当理由大量反复申请",
        "要求行政机关确认或重新出具已获取信息",
    ),
    *_rows(
        "（六）其他处理",
        "other",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "其他",
    ),
    Row("result_total", "（七）总计", (_RESULT,)),
    Row("carried_out", "四、结转下年度继续办理"),
)

STOCK_COLUMNS: dict[str, str] = {
    "made": "本年制发件数",
    "repealed": "本年废止件数",
    "in_force": "现行有效件数",
}
STOCK_ROWS: dict[str, str] = {"rules": "规章", "normative": "行政规范性文件"}
COUNT_ROWS: dict[str, str] = {
    "permits": "行政许可",
    "penalties": "行政处罚",
    "coercions": "行政强制",
    "fees": "行政事业性收费",
}
DECISIONS = "本年处理决定数量"
FEES = "本年收费金额（单位：万元）"

TABLE4_COLUMNS: tuple[str, ...] = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
TABLE4: dict[str, tuple[str, ...]] = {
    "review": ("行政复议",),
    "direct_suit": ("行政诉讼", "未经复议直接起诉"),
    "after_review": ("行政诉讼", "复议后起诉"),
}


def _folded(label: str) -> str:
    text = unicodedata.normalize("NFKC", label)
    text = re.sub(r"^(?:[一二三四五六七]、|\([一二三四五六七]\)|\d\.)", "", text)
    return re.sub(r"[\s\"“”'、,，.·/—-]|\(.*?\)", "", text)


# 3.其他 is the last row of its group; the column 其他 of the header never names a row.
ROW_NAMES: dict[str, str] = (
    {_folded(row.label): row.key for row in TABLE3}
    | {_folded(label): key for key, label in (STOCK_ROWS | COUNT_ROWS | STOCK_COLUMNS).items()}
    | {_folded("".join(path)): key for key, path in TABLE4.items()}
    | {_folded(path[-1]): key for key, path in TABLE4.items()}
    | {_folded("办理结果总计"): "result_total"}
)


def row_key(name: str) -> str:
    """The key of a row for its key or its official name (`（一）予以公开` → `open`); else `name`."""
    return ROW_NAMES.get(_folded(name), name)
