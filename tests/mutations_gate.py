"""Seeded mistakes against the disclosure gate (公开审查)."""

from __future__ import annotations

from tests.attachments import made
from tests.edits import Edit, append, put, replace

_NOTICE = "content/statutory/notice/2026/fees.md"
_TASKS = "content/statutory/work-points/2026.md"
_FAQ = "content/statutory/faq/2026/data-sharing.md"
_CONSULTATION = "content/statutory/consultation/2026/data-sharing.md"
_FILE = "content/statutory/notice/2026/fees"
_PUBLIC = "公开属性: 主动公开"
_ID, _CARD, _PHONE = "110101199003077715", "6222021234567890128", "13812345678"
_HOME = "家住海川市望潮区滨江路12号"


def _docx(*blocks: str, **more: str) -> Edit:
    """A Word file beside the notice."""
    return put(f"{_FILE}.docx", made.docx(*blocks, **more))  # type: ignore[arg-type]


def _xlsx(*rows: list[object], **more: object) -> Edit:
    """A workbook beside the notice, whose first sheet is 名单."""
    return put(f"{_FILE}.xlsx", made.xlsx(("名单", list(rows)), **more))  # type: ignore[arg-type]


GATE: dict[str, tuple[Edit, ...]] = {
    "unreviewed": (
        replace(_NOTICE, "审稿人: 周望舒, ", ""),
        replace(_NOTICE, "保密审查人: 沈怀安", "保密审查人: "),
        replace(_NOTICE, "发布人: 何清越", "发布人: 待定"),
        replace(_NOTICE, ", 审核日期: 2026-04-01", ""),
        replace(_NOTICE, "审稿人: 周望舒", "审稿人: 许晴川"),
        replace(_NOTICE, "审核日期: 2026-04-01", "审核日期: 2026-04-03"),
    ),
    "secrecy-mark": (
        append(_NOTICE, "机密★10年"),
        append(_NOTICE, "秘密 ★ 长期"),
        append(_NOTICE, "密级：机密"),
        append(_NOTICE, "内部资料　注意保存"),
        append(_NOTICE, "（此件不予公开）"),
        append(_NOTICE, "| 项目 | 说明 |\n| --- | --- |\n| 收费 | 绝密★ |"),
        replace(_NOTICE, "标题: ", "标题: 内部文件 严禁外传 "),
        replace(_TASKS, "要求: 明确目录和期限", "要求: 秘密★1年"),
        replace(_FAQ, "5个工作日内答复。", "5个工作日内答复。（此件依申请公开）"),
        _docx(made.paragraph("机密★10年")),
        _docx(made.paragraph("收费标准"), header="内部资料　注意保存"),
        _xlsx(["收费标准"], ["密级：机密"]),
        put(f"{_FILE}-机密★10年.csv", "项目\n"),
    ),
    "personal-id": (
        append(_NOTICE, "张某，110101199003077715。"),
        append(_NOTICE, "张某，110101 19900307 002x。"),
        append(_NOTICE, "| 姓名 | 号码 |\n| --- | --- |\n| 张某 | 11010119900307002X |"),
        replace(_NOTICE, "收费情况说明", "收费情况说明（110101199003077715）"),
        replace(_TASKS, "要求: 邀请群众参加", "要求: 邀请110101199003077715参加"),
        replace(_FAQ, "5个工作日内答复。", "已答复110101199003077715。"),
        replace(_CONSULTATION, "反馈人: 王先生", "反馈人: 王某110101199003077715"),
        put(f"{_FILE}.csv", f"姓名,号码\n张三,{_ID}\n"),
        put(f"{_FILE}.txt", f"张三 {_ID}\n".encode("gb18030")),
        _docx(made.paragraph("名单"), made.table(("姓名", "号码"), ("张三", _ID))),
        _docx(made.paragraph("名单", made.hidden(_ID))),
        _docx(made.paragraph("名单"), footnote=f"张三{_ID}"),
        _xlsx(["姓名", "号码"], ["张三", _ID]),
        _xlsx(["姓名", "号码"], ["张三", _ID], hidden_row=2),
        _xlsx(["姓名", "号码"], ["张三", _ID], hidden_column="B"),
        put(f"{_FILE}.xlsx", made.xlsx(("表", [["甲"]]), ("底稿", [[_ID]]), hidden_sheet="底稿")),
        put(f"{_FILE}.pptx", made.pptx("收费", notes=f"张三{_ID}")),
        put(f"{_FILE}.pdf", made.pdf("Fees", f"No. {_ID}")),
        put(f"{_FILE}.zip", made.zipped({"名单.xlsx": made.xlsx(("名单", [[_ID]]))})),
        put(f"{_FILE}-{_ID}.csv", "项目\n"),
    ),
    "bank-card": (
        append(_NOTICE, "退至6222021234567890128。"),
        append(_NOTICE, "退至6222-0212-3456-7894。"),
        append(_NOTICE, "| 姓名 | 卡号 |\n| --- | --- |\n| 张某 | 4111 1111 1111 1111 |"),
        replace(_FAQ, "5个工作日内答复。", "已退至账号4111111111111111。"),
        _xlsx(["退费名单"], ["姓名", "卡号"], ["张三", "4111111111111111"]),
        _docx(made.paragraph(f"退至{_CARD}。")),
        replace(_NOTICE, _PUBLIC, f"内容概述: 退至6222021234567894\n{_PUBLIC}"),
    ),
    "personal-phone": (
        append(_NOTICE, "联系人：张某，13812345678。"),
        append(_NOTICE, "联系人：张某，+86 138 1234 5678。"),
        append(_NOTICE, "| 姓名 | 电话 |\n| --- | --- |\n| 张某 | 13812345678 |"),
        append(_NOTICE, "请[致电](tel:13812345678)联系。"),
        _xlsx(["姓名", "电话"], ["张三", int(_PHONE)]),
        _docx(made.paragraph(f"联系人：张三，{_PHONE}")),
        put(f"{_FILE}.pdf", made.pdf(f"tel {_PHONE}")),
        replace(_CONSULTATION, "反馈人: 王先生", "反馈人: 王某13812345678"),
        replace(_CONSULTATION, "咨询方式: 数据资源科，", "咨询方式: 张某13912345678，"),
    ),
    "home-address": (
        append(_NOTICE, "张某，家住海川市望潮区滨江路12号。"),
        append(_NOTICE, "张某，海川市滨江小区3栋2单元501室。"),
        append(_NOTICE, "| 姓名 | 住址 |\n| --- | --- |\n| 张某 | 李家村三组12号 |"),
        _xlsx(["名单"], ["姓名", "住址"], ["张三", "李家村三组12号"]),
        _docx(made.paragraph(f"张三，{_HOME}。")),
        replace(_CONSULTATION, "反馈人: 王先生", "反馈人: 王某（住址：李家村12号）"),
        replace(_FAQ, "5个工作日内答复。", "已寄往现住址滨江路12号。"),
    ),
    "embedded-metadata": (
        _docx(made.paragraph("收费标准"), author="许晴川"),
        _docx(made.paragraph("收费标准"), editor="xuqc"),
        _docx(made.paragraph("收费标准"), company="海川某某科技有限公司"),
        _docx(made.paragraph("收费标准", made.inserted("五元"))),
        _docx(made.paragraph("收费标准", made.deleted("十元"))),
        put(f"{_FILE}.docx", made.docx(made.paragraph("收费标准"), comment=("许晴川", "再核"))),
        _xlsx(["项目"], ["收费"], note=("A1", "许晴川", "再核")),
        _xlsx(["项目"], ["收费"], author="许晴川"),
        put(f"{_FILE}.pptx", made.pptx("收费", comment=("许晴川", "再核"))),
        put(f"{_FILE}.pdf", made.pdf("Fees", author="Xu Qingchuan")),
        put(f"{_FILE}.pdf", made.pdf("Fees", remark=("Xu", "check"))),
        put(f"{_FILE}.pdf", made.pdf("Fees", embedded={"fees.csv": b"a"})),
        put(f"{_FILE}.jpg", made.jpeg(located=True)),
        put(f"{_FILE}.png", made.png("Xu Qingchuan")),
        put(
            f"{_FILE}.docx",
            made.docx(parts={"docProps/custom.xml": made.custom("经办人", "许晴川")}),
        ),
    ),
}
