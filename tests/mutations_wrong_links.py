"""Seeded wrong links (错链改动): for each rule, edits of the good site that must raise this rule and no other."""

from __future__ import annotations

from tests.edits import Edit, all_of, append, put, replace
from tests.sites import FEES, NOTICE

_SETTINGS = "site.yaml"
_POLICY = "content/statutory/policy/2026/data-sharing.md"
_NOTICE = "content/statutory/notice/2026/fees.md"
_OTHER = "content/statutory/notice/2026/other.md"
_PUBLIC = "公开属性: 主动公开"
_REPORT = "../../../annual-report"
_LAW = "../../policy/2026/data-sharing.md"
_OLD_LAW = "../../policy/2023/data-sharing.md"


def _said(text: str) -> Edit:
    """An edit that adds a paragraph to a notice."""
    return append(_NOTICE, text)


def _said_today(text: str) -> Edit:
    """The same, in a notice published after the new policy came into force."""
    day = replace(_NOTICE, "发布日期: 2026-04-02", "发布日期: 2026-11-09")
    review = replace(_NOTICE, "审核日期: 2026-04-01", "审核日期: 2026-11-06")
    return all_of(day, review, append(_NOTICE, text))


def _notice(title: str) -> Edit:
    """An edit that adds a notice of this title, `other.md` beside the one that links."""
    text = NOTICE.replace("标题: 海川市数据与政务公开局内设机构", f"标题: {title}")
    text = text.replace("2026-00009", "2026-00013").replace("旧址: [old/jgsz.html]\n", "")
    return put(_OTHER, text.replace("办公室", "窗口").replace("数据资源科", "资源科"))


def _organ(line: str) -> Edit:
    """An edit that registers an organ."""
    return replace(_SETTINGS, "organs:\n", f"organs:\n  - {line}\n")


def _files(*pairs: tuple[str, str | bytes], titles: str = "") -> Edit:
    """An edit that puts files beside the notice; `titles` declares them in its front matter."""
    puts = [put(f"content/statutory/notice/2026/{name}", content) for name, content in pairs]
    declared = [replace(_NOTICE, _PUBLIC, f"附件: [{titles}]\n{_PUBLIC}")] if titles else []
    return all_of(*puts, *declared)


_TREASURY = "{name: 海川市财政局, short_names: [市财政局], hosts: [czj.example.gov.cn]}"
_TABLES = _files(
    ("fees-2025.csv", "项目\n"),
    ("fees-2026.csv", "项目,标准\n"),
    titles="{文件: fees-2025.csv, 名称: 2025年收费目录}, {文件: fees-2026.csv, 名称: 2026年收费目录}",
)
_LEGACY = replace(
    _SETTINGS, "topics:", "legacy_hosts: {old.example.gov.cn: www.haichuan.example.gov.cn}\ntopics:"
)

WRONG_LINKS: dict[str, tuple[Edit, ...]] = {
    "wrong-year": (
        _said(f"见[2025年政府信息公开工作年度报告]({_REPORT}/2024.md)。"),
        _said(f"见[二〇二五年政府信息公开年报]({_REPORT}/2024.md)。"),
        _said(f"见[２０２５年年报]({_REPORT}/2024.html)。"),
        _said("[[content/annual-report/2024.md|2025年度报告]]"),
        _said("见[《2025年政务公开工作要点》](../../work-points/2026.md)。"),
        _said('见<a href="../../work-points/2026.md">2025年工作要点</a>。'),
        _said("|名称|地址|\n|---|---|\n|收费|见[2023—2025年工作要点](../../work-points/2026.md)|"),
        _said(
            "见[2026年政府开放日活动](../../event/2026/open-day.md)、[2025年开放日](../../event/2026/open-day.md)。"
        ),
        all_of(
            _notice("2025年5月份窗口办件情况"), _said("见[2026年5月份窗口办件情况](other.md)。")
        ),
    ),
    "wrong-period": (
        all_of(
            _notice("2026年第一季度窗口办件情况"), _said("见[第二季度窗口办件情况](other.md)。")
        ),
        all_of(
            _notice("2026年1季度窗口办件情况"), _said("见[2026年4—6月窗口办件情况](other.md)。")
        ),
        all_of(_notice("2026年3月窗口办件情况"), _said("见[四月份窗口办件情况](other.md)。")),
        all_of(
            _notice("2026年上半年窗口办件情况"), _said("见[2026年下半年窗口办件情况](other.md)。")
        ),
        all_of(
            _notice("公共数据开放清单（第三批）"), _said("见[第二批公共数据开放清单](other.md)。")
        ),
        all_of(_notice("政务公开简报第11期（总第52期）"), _said("见[简报第十二期](other.md)。")),
        all_of(
            _notice("窗口办件情况"),
            replace(_OTHER, _PUBLIC, f"期次: 第3季度\n{_PUBLIC}"),
            _said("见[二季度窗口办件情况](other.md)。"),
        ),
    ),
    "wrong-number": (
        _said(f"依据是[海数政规〔2026〕12号]({_LAW})。"),
        _said(f"依据是[海数政规[2025]2号]({_LAW})。"),
        _said(f"依据是[《海川市公共数据共享管理办法》]({_LAW})（海数政规〔2026〕20号）。"),
        _said(f"依据是《海川市公共数据共享管理办法》（[海数政发〔2026〕2号]({_LAW})）。"),
        _said(f"依据是[〔2026〕3号]({_LAW})。"),
        all_of(
            _notice("海川市数据与政务公开局公告（2026年第3号）"),
            _said("见[第4号公告](other.md)。"),
        ),
    ),
    "wrong-issuer": (
        all_of(_organ(_TREASURY), _said("见[市财政局内设机构](departments.md)。")),
        all_of(
            _organ("{name: 望潮街道}"),
            _said("见[《2026年望潮街道政务公开工作要点》](../../work-points/2026.md)。"),
        ),
        all_of(_organ(_TREASURY), _said("[市政府](https://czj.example.gov.cn/)")),
        all_of(
            _notice("权责清单"),
            replace(_OTHER, _PUBLIC, f"发文机关: 海川市财政局\n{_PUBLIC}"),
            _said("见[市数政局权责清单](other.md)。"),
        ),
    ),
    "wrong-kind": (
        _said(f"见[政策解读]({_LAW})。"),
        _said(f"见[《海川市公共数据共享管理办法》解读]({_LAW})。"),
        _said(f"见[一图读懂《海川市公共数据共享管理办法》]({_LAW})。"),
        _said("见[海数政规〔2026〕2号](../../interpretation/2026/data-sharing.md)。"),
        _said(f"见[2025年工作要点]({_REPORT}/2025.md)。"),
        _said("见[年度报告](../../work-points/2026.md)。"),
        _said("见[政府信息公开指南](../../work-points/2026.md)。"),
        _said(f"见[任务分解表]({_REPORT}/2025.md)。"),
        _said("见[政策解读](../../work-points/)。"),
    ),
    "wrong-title": (
        _said(f"见[《海川市政府信息依申请公开规程》]({_LAW})。"),
        _said(f"见[政府信息公开审查制度]({_LAW})。"),
        _said("见[海川市数据与政务公开局内设机构](../../event/2026/open-day.md)。"),
    ),
    "wrong-level": (
        _said(f"见[2025年政府信息公开工作年度报告]({_REPORT}/)。"),
        _said("见[《海川市公共数据共享管理办法》](../../policy/)。"),
        _said("见[海川市公共数据共享管理办法](/)。"),
        _said("见[海数政规〔2026〕2号](https://www.example.gov.cn/zwgk/)。"),
        _said("见[《优化营商环境条例》](https://www.gov.cn/)。"),
        _said("见[《海川市公共数据共享管理办法》](../../../topics/open-data/)。"),
    ),
    "wrong-attachment": (
        all_of(_TABLES, _said("附件：[2026年收费目录](fees-2025.csv)")),
        all_of(_TABLES, _said("附件：[附件1](fees-2025.csv)、[附件2](fees-2025.csv)")),
        all_of(
            _TABLES,
            _said("附件1：[收费目录](fees-2025.csv)\n\n附件 2.《[收费项目](fees-2025.csv)》"),
        ),
        all_of(_TABLES, _said("附件：[2025年收费目录（Word版）](fees-2025.csv)")),
        all_of(_files(("附件1.csv", "项目\n")), _said("见[附件2](附件1.csv)。")),
        all_of(
            _files(("2025年收费目录.csv", "项目\n")),
            _said("见[2026年收费目录](2025年收费目录.csv)。"),
        ),
    ),
    "bad-attachment": (
        all_of(_files(("fees.csv", "")), _said("见[收费目录](fees.csv)。")),
        all_of(
            _files(("fees.pdf", "<!DOCTYPE html><html></html>")), _said("见[收费目录](fees.pdf)。")
        ),
        all_of(_files(("fees.docx", b"%PDF-1.7\n"), titles="{文件: fees.docx, 名称: 收费目录}")),
        all_of(_files(("fees.doc", b"PK\x03\x04")), _said("见[收费目录](fees.doc)。")),
        all_of(_files(("window.png", b"\xff\xd8\xff\xe0")), _said("![收费窗口](window.png)")),
    ),
    "internal-host": (
        _said("见[收费系统](http://192.168.10.23/)。"),
        _said("见[收费系统](http://localhost:8000/fees.html)。"),
        _said("见[收费系统](http://oa.example.gov.cn/file?id=88)。"),
        _said("见[收费系统](http://fees.lan/)。"),
        _said("见[收费目录](file:///D:/fees.xlsx)。"),
        _said("见[收费目录](<D:\\公开\\fees.xlsx>)。"),
        _said("见[收费系统](http://[::1]/)。"),
        _said("见[收费系统](https://fees.example.gov.cn:8443/)。"),
    ),
    "bare-ip": (
        _said("见[收费系统](http://203.0.113.7/)。"),
        _said("见[收费系统](http://203.0.113.7:8080/fees)。"),
        _said("见[收费系统](http://[2001:db8::7]/)。"),
        _said("见[收费系统](http://0xcb.0.113.7/)。"),
    ),
    "repealed-target": (
        _said_today(f"见[《海川市公共数据共享办法（试行）》]({_OLD_LAW})。"),
        _said_today("按照[[海数政规〔2023〕1号]]执行。"),
        _said_today("按照海数政规〔2023〕1号执行。"),
        all_of(
            replace(
                _POLICY, "第二条 公共数据以共享", "第二条 依照海数政规〔2021〕3号，公共数据以共享"
            ),
            put(
                "content/statutory/notice/2021/rules.md",
                FEES.replace("收费情况说明", "收费规则")
                .replace("2026-00010", "2021-00013")
                .replace(_PUBLIC, f"发文字号: 海数政规〔2021〕3号\n有效性: 失效\n{_PUBLIC}"),
            ),
        ),
    ),
    "legacy-host": (
        all_of(_LEGACY, _said("见[规章库](http://old.example.gov.cn/gzk/)。")),
        all_of(_LEGACY, _said("见[规章库](https://OLD.example.gov.cn)。")),
        all_of(_LEGACY, _said("见<https://old.example.gov.cn/gzk/>。")),
    ),
    "temporary-url": (
        _said("见[收费教程](https://pan.baidu.com/s/1abc?pwd=x1y2)。"),
        _said("见[收费须知](https://fees.example.gov.cn/a.do;jsessionid=0A1B2C3D)。"),
        _said("见[收费须知](https://fees.example.gov.cn/a?token=0a1b2c3d4e5f)。"),
        _said("见[推文](https://mp.weixin.qq.com/s?src=11&tempkey=MTIz)。"),
    ),
    "redirector-url": (
        _said("见[国务院文件](https://www.baidu.com/link?url=abcd)。"),
        _said("见[国务院文件](https://link.zhihu.com/?target=https%3A%2F%2Fwww.gov.cn%2Fa.htm)。"),
        _said("见[国务院文件](https://t.cn/A6abc)。"),
    ),
    "self-link": (
        _said("见[收费依据](fees.md)。"),
        _said("见[收费依据](fees.html)。"),
        _said("见[收费依据](/statutory/notice/2026/fees.md)。"),
        _said("见[[000014349/2026-00010]]。"),
    ),
    "conflicting-links": (
        _said("[市政府](https://a.example.gov.cn/)、[市政府](https://b.example.gov.cn/)"),
        _said(
            "[2024年办件数据](https://a.example.gov.cn/1)、[2025年办件数据](https://a.example.gov.cn/1)"
        ),
        all_of(
            _files(("a.csv", "项目\n")),
            _said("[第一季度办件数据](a.csv)、[第二季度办件数据](a.csv)"),
        ),
    ),
    "hidden-link": (
        _said('<div style="display:none"><a href="https://casino.example.com/">开户</a></div>'),
        _said('收费<a href="https://casino.example.com/" style="font-size:0">开户</a>公示。'),
        _said(
            '<span style="position:absolute;left:-9999px">[开户](https://casino.example.com/)</span>'
        ),
        _said('<p hidden>见<a href="https://casino.example.com/">开户</a></p>'),
    ),
    "mixed-content": (
        _said("![收费窗口](http://www.example.gov.cn/images/window.png)"),
        _said('<video src="http://www.example.gov.cn/v.mp4" controls></video>'),
    ),
    "third-party-asset": (
        _said("![收费窗口](https://img.example.com/window.png)"),
        _said("![收费窗口](//img.example.com/window.png)"),
        _said('<audio src="https://audio.example.com/a.mp3" controls></audio>'),
        _said('<script src="https://cdn.example.com/count.js"></script>'),
        _said("<iframe src='//map.example.com/embed' width=\"600\"></iframe>"),
        _said('<link rel="stylesheet" href="https://cdn.example.com/a.css">'),
    ),
}
