"""The quarterly self-inspection report (季度自查报告): 总体情况—主要问题—落实情况—下一步."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator import coverage
from generator.audit import ledger
from generator.audit.activity import (
    Upkeep,
    exchange,
    falling_due,
    published_in,
    tasks_of,
    upkeep,
)
from generator.audit.evidence import day_zh
from generator.audit.inspection import Audit
from generator.audit.ledger import Row
from generator.audit.measures import MEASURES
from generator.audit.paper import Block, Heading, Paper, Paragraph, Table, clean, table
from generator.audit.score import State, number
from generator.audit.sheets import BASIS
from generator.domain.numerals import to_chinese
from generator.finding import Severity
from generator.rules import TABLE

_EXAMPLES, _LISTED = 3, 10


def quarterly_paper(audit: Audit) -> Paper:
    """The report, in the manner in which organs publish theirs."""
    organ, today = audit.site.config.organ, audit.site.today
    title = f"{organ.name}关于{audit.quarter.zh}政府信息公开专栏自查情况的报告"
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"参照{BASIS}，{organ.name}于{day_zh(today)}对政府信息公开专栏（{audit.site.config.base_url}）"
            "进行了自查。现将有关情况报告如下。"
        ),
        Heading(1, "一、总体情况"),
        *_overview(audit),
        Heading(1, "二、主要问题"),
        *_problems(audit),
        Heading(1, "三、落实情况"),
        *_progress(audit),
        Heading(1, "四、下一步"),
        *_plans(audit),
        Paragraph("附件：1.自查评分表  2.问题整改台账"),
        Paragraph(organ.name, signed=True),
        Paragraph(day_zh(today), signed=True),
    )
    return Paper("report", "自查报告", title, tuple(map(_cleaned, blocks)))


def _cleaned(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(clean(block.text), block.signed)
    return block


def _overview(audit: Audit) -> Iterator[Block]:
    site, sheet = audit.site, audit.sheet
    columns = upkeep(site, audit.quarter)
    asked = "也访问了外部链接" if audit.online else "没有访问外部链接"
    yield Heading(2, "（一）检查范围")
    yield Paragraph(
        f"检查文件{audit.totals.documents}件、链接{audit.totals.links}个、附件和图片"
        f"{len(site.assets)}个、栏目{len(columns)}个，规则{len(TABLE)}条；{asked}。{_exempted(audit)}"
    )
    yield Heading(2, "（二）检查结果")
    counts = audit.counts
    found = counts[Severity.ERROR] + counts[Severity.WARNING]
    yield Paragraph(
        (
            f"发现问题{found}处，其中错误{counts[Severity.ERROR]}处、警告{counts[Severity.WARNING]}处"
            if found
            else "没有发现问题"
        )
        + (f"；另有提示{counts[Severity.INFO]}处" if counts[Severity.INFO] else "")
        + f"。{_vetoes(audit)}扣分表得{number(sheet.base)}分，加分{number(sheet.bonus)}分，"
        f"合计{number(sheet.total)}分，自查结论为{sheet.verdict}。"
    )
    yield Heading(2, "（三）信息发布")
    until = min(audit.quarter.last, site.today)
    yield Paragraph(
        f"{day_zh(audit.quarter.first)}至{day_zh(until)}，发布信息"
        f"{len(published_in(site, audit.quarter))}件；现有信息{len(site.listed)}件。各栏目更新情况如下。"
    )
    yield _columns(audit, columns)


def _exempted(audit: Audit) -> str:
    """The rules that the settings switch off, and how many findings are waived: nobody should have to ask."""
    site = audit.site
    off = [name for name, severity in site.config.rules.items() if severity is Severity.OFF]
    waivers = len(site.config.waivers)
    waivers += sum(len(entry.document.meta.waive) for entry in site.entries.values())
    said = f"关闭的规则{len(off)}条（{'、'.join(off)}）。" if off else ""
    return said + (f"经批准的豁免{waivers}条。" if waivers else "")


def _vetoes(audit: Audit) -> str:
    vetoed = [one.title for one in audit.sheet.vetoes if one.state is State.VETOED]
    if vetoed:
        return f"有{len(vetoed)}项单项否决：{'；'.join(vetoed)}。"
    by_hand = sum(one.state is State.BY_HAND for one in audit.sheet.vetoes)
    rest = f"（{by_hand}项需人工核查）" if by_hand else ""
    return f"没有发现单项否决的情形{rest}。"


def _columns(audit: Audit, columns: tuple[Upkeep, ...]) -> Table:
    rows = [
        (
            one.column.title,
            str(one.of_quarter),
            str(one.documents),
            day_zh(one.newest) if one.newest else "—",
            day_zh(one.due) if one.due else "—",
        )
        for one in columns
    ]
    head = ("栏目", "本季度发布（件）", "现有（件）", "最近更新", "下次更新期限")
    late = [one.due is None or one.due < audit.site.today for one in columns]
    return table(
        "各栏目更新情况",
        head,
        rows,
        (32, 16, 12, 20, 20),
        ["bad" if is_late else "" for is_late in late],
    )


def _problems(audit: Audit) -> Iterator[Block]:
    rows = [row for row in audit.ledger if row.state in ledger.OPEN_STATES]
    if rows:
        kinds = Counter(row.kind for row in rows)
        for place, (kind, number_of) in enumerate(kinds.most_common(), 1):
            of_kind = [row for row in rows if row.kind == kind]
            yield Heading(2, f"（{to_chinese(min(place, 99))}）{kind}{number_of}处")
            yield Paragraph(_examples(of_kind))
    else:
        yield Paragraph("检查没有发现需要整改的问题。")
    lines = (*audit.sheet.vetoes, *audit.sheet.deductions)
    by_hand = [one.title for one in lines if one.state in (State.BY_HAND, State.UNASKED)]
    if by_hand:
        yield Paragraph(f"下列各项程序不能判断，需人工核查：{'；'.join(by_hand)}。")


def _examples(rows: list[Row]) -> str:
    """The first few problems of a kind; the ledger has them all."""
    said = [f"{row.problem}（{row.where}）" for row in rows[:_EXAMPLES]]
    more = f"等{len(rows)}处" if len(rows) > _EXAMPLES else ""
    return "；".join(said) + more + "。"


def _progress(audit: Audit) -> Iterator[Block]:
    site, quarter = audit.site, audit.quarter
    yield Heading(2, "（一）问题整改")
    yield Paragraph(_mended(audit))
    yield Heading(2, "（二）政策解读")
    yield Paragraph(f"{MEASURES['interpreted-same-day'](site).said}。")
    yield Heading(2, "（三）工作要点")
    done = tasks_of(site, quarter)
    yield Paragraph(
        f"{quarter.year}年工作要点的任务{done.total}项，已完成{done.done}项，逾期{done.overdue}项；"
        f"本季度到期{done.due_now}项，已完成{done.done_now}项。"
        if done.total
        else f"没有{quarter.year}年工作要点的任务。"
    )
    yield Heading(2, "（四）征集和答复")
    held = exchange(site, quarter)
    yield Paragraph(
        f"本季度开始意见征集{held.opened}件，截止{held.closed}件，其中已反馈采纳情况{held.reported}件；"
        f"收到提问{held.asked}件，答复{held.answered}件。"
    )
    yield Heading(2, "（五）法定主动公开事项")
    items = coverage.items(site)
    lacking = [f"（{to_chinese(item.number)}）" for item in items if not item.is_covered]
    yield Paragraph(
        f"{MEASURES['statutory-items'](site).said}"
        + (f"，第{'、'.join(lacking)}项尚未写明。" if lacking else "。")
    )


def _mended(audit: Audit) -> str:
    earlier = audit.earlier
    if earlier is None:
        return "这是第一次自查，或者没有与以前的自查对比。"
    since = [row for row in audit.ledger if row.closed == audit.site.today]
    mended = sum(row.state is ledger.State.MENDED for row in since)
    waived = sum(row.state is ledger.State.WAIVED for row in since)
    staying, unseen, new = (
        len(audit.rows_in(state))
        for state in (ledger.State.OPEN, ledger.State.UNSEEN, ledger.State.NEW)
    )
    held = mended + waived + staying + unseen
    rate = f"，整改率{100 * mended // held}%" if held else ""
    return (
        f"{day_zh(earlier.day)}自查（扣分表得{number(earlier.base)}分）留下的问题{held}处，"
        f"已整改{mended}处，经批准豁免{waived}处，未复查{unseen}处，仍在整改{staying}处{rate}；"
        f"这次新发现{new}处。"
    )


def _plans(audit: Audit) -> Iterator[Block]:
    plans = []
    left = audit.rows_in(*ledger.OPEN_STATES)
    if left:
        units = Counter(row.unit for row in left)
        shares = "、".join(f"{unit}{share}处" for unit, share in units.most_common())
        plans.append(f"改正台账所列的{len(left)}处问题：{shares}，改正后重新检查、销号。")
    until = audit.quarter.next.last
    for what, each in falling_due(audit.site, until):
        if each:
            more = f"等{len(each)}项" if len(each) > _LISTED else ""
            plans.append(f"{day_zh(until)}以前{what}：{'；'.join(each[:_LISTED])}{more}。")
    plans.append("对程序不能判断的各项进行人工核查，按季度自查，发现问题及时改正。")
    for place, plan in enumerate(plans, 1):
        yield Paragraph(f"{place}.{plan}")
