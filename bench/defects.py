"""What is planted in generated sites: kinds of defects that must be found, and valid traps that must not be.

Each is a piece of HTML that stands on a page two folders deep; `{n}` is the number of the page. `FIXTURES` are
the files that they lead to. The target is what a checker is expected to name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

HOST = "https://www.example.gov.cn"


class Plant(NamedTuple):
    """A defect or a trap: its kind, its HTML and the address that is at stake."""

    kind: str
    html: str
    target: str


def _plants(table: str) -> tuple[Plant, ...]:
    """Lines of `kind | html`; the target is between « », which do not stay, or the first address."""
    return tuple(_plant(*line.split(" | ", 1)) for line in table.strip().split("\n"))


def _plant(kind: str, html: str) -> Plant:
    marked = re.search("«(.*?)»", html)
    first = re.search(r"(?:href|src|srcset|poster|action|data|content)\s*=\s*[\"']([^\"']*)", html)
    target = marked[1] if marked else first[1] if first else ""
    return Plant(kind, re.sub("[«»]", "", html).replace("\\n", "\n"), target)


DEFECTS = _plants(
    """
missing-page | <a href="/zc/none-{n}.html">没有这个网页</a>
wrong-folder | <a href="fx/real.html">从根目录算才对</a>
no-index | <a href="/fx/noindex/">没有首页的文件夹</a>
no-suffix | <a href="/fx/page">少了后缀</a>
markdown | <a href="/fx/page.md">源文件</a>
template | <a href="{{{{ page.url }}}}">模板变量</a>
template-dollar | <a href="$link_url$">模板变量二</a>
slash-behind-file | <a href="/fx/real.html/">多了斜杠</a>
twice-encoded | <a href="/fx/%25E8%2590%25A5.html">编码两次</a>
gbk | <a href="/fx/%D3%AA.html">GBK 编码</a>
bad-percent | <a href="/fx/%zz.html">百分号</a>
nfd | <a href="/fx/cafe\u0301.html">组合字符</a>
compatibility | <a href="/fx/\uf90a.html">兼容汉字</a>
half-width | <a href="/fx/附件(1).pdf">半角括号</a>
brackets | <a href="/fx/通知[2024]1号.html">方括号</a>
invisible | <a href="/fx/real\u200b.html">零宽空格</a>
full-width-space | <a href="/fx/real.html\u3000">全角空格</a>
hash-in-name | <a href="/fx/文件#1.pdf">井号</a>
long-name | <a href="/fx/{long}.html">太长</a>
case | <a href="/FX/Real.html">大小写</a>
suffix-case | <a href="/fx/form.PDF">后缀大小写</a>
backslash | <a href="\\fx\\real.html">反斜杠</a>
anchor-case | <a href="/fx/real.html#Part">锚点大小写</a>
anchor-here | <a href="#none-{n}">本页没有的位置</a>
anchor-there | <a href="/fx/real.html#none">那页没有的位置</a>
anchor-index | <a href="/fx/dir/#none">目录页没有的位置</a>
anchor-query | <a href="/fx/real.html?x=1#none">带参数的位置</a>
anchor-chinese | <a href="/fx/real.html#六、其他">没有的一节</a>
map | <img src="/fx/a.png" alt="" usemap="#none">
image | <img src="/fx/none-{n}.png" alt="图">
image-empty | <img src="«»" alt="空图片">
srcset | <img src="/fx/a.png" alt="" srcset="/fx/a.png 1x, «/fx/none-2x.png» 2x">
source | <picture><source srcset="/fx/none.webp"><img src="/fx/a.png" alt=""></picture>
poster | <video src="/fx/v.mp4" poster="«/fx/none-poster.jpg»"></video>
video | <video src="/fx/none.mp4"></video>
track | <audio src="/fx/v.mp4"><track src="«/fx/none.vtt»"></audio>
iframe | <iframe src="/fx/none-frame.html"></iframe>
embed | <embed src="/fx/none-embed.pdf">
object | <object data="/fx/none-object.pdf"></object>
script | <script src="/fx/none-{n}.js"></script>
style-sheet | <link rel="stylesheet" href="/fx/none-{n}.css">
style-attribute | <div style="background: url('«/fx/none-bg.png»')">背景</div>
style-element | <style>.x{n} {{ background: url(«/fx/none-style.png») }}</style>
import | <style>@import "«/fx/none-import.css»";</style>
area | <map name="m{n}"><area href="/fx/none-area.html" alt="区域"></map>
svg-use | <svg><use href="#icon-none"></use></svg>
refresh | <meta http-equiv="refresh" content="9; url='«/fx/none-refresh.html»'">
og-image | <meta property="og:image" content="https://www.example.gov.cn/fx/none-og.png">
own-absolute | <a href="https://www.example.gov.cn/fx/none-own.html">本站绝对地址</a>
own-protocol | <a href="//www.example.gov.cn/fx/none-rel.html">省略协议</a>
localhost | <a href="http://localhost:8000/preview/{n}.html">预览</a>
loopback | <a href="http://127.0.0.1/a.html">本机</a>
private | <a href="http://192.168.10.23:8080/oa/file?id={n}">内网</a>
intranet | <a href="http://oa.haichuan.local/x">办公网</a>
file-url | <a href="file:///C:/Users/a/b.docx">本地文件</a>
drive | <a href="D:\\公文\\a.docx">盘符</a>
network-share | <a href="\\\\server\\share\\a.docx">共享文件夹</a>
bare-ip | <a href="http://122.112.200.13:8080/a">数字地址</a>
mail | <a href="mailto:zwgk.example.gov.cn">邮箱</a>
mail-empty | <a href="mailto:">空邮箱</a>
telephone-empty | <a href="tel:">空电话</a>
scheme | <a href="htps://www.gov.cn/">协议拼错</a>
no-colon | <a href="http//www.gov.cn/a.htm">少了冒号</a>
one-slash | <a href="http:/www.gov.cn/b.htm">少了斜杠</a>
twice-http | <a href="http://https://www.gov.cn/c.htm">两次</a>
no-scheme | <a href="www.gov.cn/zhengce/">少了协议</a>
full-width-colon | <a href="https：//www.gov.cn/d.htm">全角冒号</a>
full-stop | <a href="https://www.gov.cn/e.htm。">多了句号</a>
comma-in-host | <a href="http://www,gov,cn/">逗号</a>
password | <a href="http://user:pw@www.gov.cn/f">密码</a>
redirector | <a href="https://www.baidu.com/link?url=abcd{n}">搜索跳转</a>
session | <a href="https://www.example.com.cn/a;jsessionid=0A1B2C3D4E5F6A7B">会话</a>
net-disk | <a href="https://pan.baidu.com/s/1abc{n}">网盘</a>
empty | <a href="«»">空的链接文字</a>
placeholder | <a href="#">2023年市数据局政府信息公开年度报告</a>
zero-bytes | <a href="/fx/empty.docx">情况说明</a>
error-page | <a href="/fx/error.pdf">企业名单</a>
format | <a href="/fx/form.pdf">附件：申请表.xlsx</a>
format-word | <a href="/fx/form.pdf">申请表（Word版）</a>
hidden | <div style="display:none"><a href="http://www.haoyun-casino.com/">澳门真人娱乐城</a></div>
hidden-far | <p style="position:absolute;left:-9999px"><a href="http://www.cheap-links.net/">优惠</a></p>
mixed | <img src="http://www.example.com/pic{n}.png" alt="">
wrong-year | <a href="/fx/nb/shuju-2022.html">市数据局2023年政府信息公开工作年度报告</a>
wrong-year-chinese | <a href="/fx/nb/shuju-2022.html">二〇二四年度市数据局政府信息公开工作年度报告</a>
wrong-period | <a href="/fx/tj/2024-3.html">2024年第二季度全市经济运行情况</a>
wrong-batch | <a href="/fx/tj/batch-3.html">第二批证明事项取消目录</a>
wrong-month | <a href="/fx/tj/2024-05.html">2024年6月空气质量通报</a>
wrong-number | <a href="/fx/zc/16.html">海府办发〔2024〕61号</a>
wrong-issuer | <a href="/fx/nb/shuju-2022.html">市教育局2022年政府信息公开工作年度报告</a>
wrong-kind | <a href="/fx/zc/16.html">《海川市公共数据管理办法》解读</a>
wrong-level | <a href="/fx/">《海川市公共数据管理办法》（海府办发〔2024〕16号）</a>
wrong-title | <a href="/fx/zc/16.html">《海川市节约用水奖励暂行规定》</a>
wrong-attachment | <a href="/fx/2023年任务分解表.xls">附件：2024年任务分解表</a>
duplicate-id | <b id="«twice-{n}»">一</b><b id="twice-{n}">二</b>
form | <form action="/fx/none-form.html"><button>提交</button></form>
one-text-two-targets | <a href="/fx/svc/jiaoyu.html">市教育局</a> <a href="«/fx/svc/shuju.html»">市教育局</a>
"""
)

TRAPS = _plants(
    """
rooted | <a href="/fx/real.html">固定页面</a>
relative | <a href="../../fx/real.html">固定页面</a>
dots | <a href="./../../fx/./dir/../real.html">固定页面</a>
folder | <a href="/fx/dir/">文件夹</a>
folder-like-file | <a href="/fx/odd.html/">文件夹的名字像文件</a>
query | <a href="/fx/real.html?from=list&amp;id=3">带参数</a>
query-only | <a href="?page=2">第二页</a>
spaces-around | <a href="  /fx/real.html\\n">空白</a>
comment | <!-- <a href="/fx/none-comment.html">注释</a> -->
textarea | <textarea><a href="/fx/none-textarea.html"></textarea>
script-text | <script>var x = '<a href="/fx/none-script.html">';</script>
template-element | <template><a href="/fx/none-template.html">模板</a></template>
in-pre | <pre><a href="/fx/real.html">代码里的链接</a></pre>
noscript | <noscript><img src="/fx/a.png" alt=""></noscript>
upper-case-tag | <A HREF='/fx/real.html'>大写标签</A>
unquoted | <a href=/fx/real.html>不带引号</a>
entities | <a href="/fx&#47;real.html?a=1&amp;b=2">实体</a>
raw-chinese | <a href="/fx/营商环境/1.html">营商环境</a>
encoded | <a href="/fx/%E8%90%A5%E5%95%86%E7%8E%AF%E5%A2%83/1.html">营商环境</a>
encoded-lower | <a href="/fx/%e8%90%a5%e5%95%86%e7%8e%af%e5%a2%83/1.html">营商环境</a>
half-encoded | <a href="/fx/营商%E7%8E%AF%E5%A2%83/1.html">营商环境</a>
space | <a href="/fx/a%20b.html">空格</a>
raw-space | <a href="/fx/a b.html">空格</a>
plus | <a href="/fx/a+b.html">加号</a>
hash-encoded | <a href="/fx/文件%231.pdf">文件</a>
idn | <a href="http://政务.公益/">政务</a>
anchor | <a href="/fx/real.html#part">一节</a>
anchor-index | <a href="/fx/dir/#part">目录页的一节</a>
anchor-raw | <a href="/fx/real.html#一、总则（试行）">总则</a>
anchor-encoded | <a href="/fx/real.html#%E4%B8%80%E3%80%81%E6%80%BB%E5%88%99（试行）">总则</a>
anchor-percent | <a href="/fx/real.html#tangent%3A">切线</a>
anchor-name | <a href="/fx/real.html#old-name">旧式锚点</a>
anchor-svg | <a href="/fx/real.html#drawing">图</a>
top | <a href="#top">回到顶部</a>
TOP | <a href="#TOP">TOP</a>
button-hash | <a href="#" onclick="window.print()">打印</a>
text-fragment | <a href="/fx/real.html#:~:text=总则">划词</a>
pdf-page | <a href="/fx/form.pdf#page=3">第三页</a>
media-time | <a href="/fx/v.mp4#t=10">视频</a>
route | <a href="/fx/real.html#/list/3">应用内的页</a>
srcset-comma | <img src="/fx/a.png" alt="" srcset="/fx/a,b.png 1x, data:image/png;base64,iVBORw0KGgo= 2x">
preconnect | <link rel="preconnect" href="https://fonts.example.com/">
dns-prefetch | <link rel="dns-prefetch" href="//cdn.example.com">
style-data | <div style="background:url(data:image/png;base64,iVBORw0KGgo=)">图</div>
style-svg | <div style="filter:url(#blur)">滤镜</div>
refresh-self | <meta http-equiv="refresh" content="600">
own-absolute | <a href="https://www.example.gov.cn/fx/real.html">本站</a>
own-protocol | <a href="//www.example.gov.cn/fx/real.html">本站</a>
cdn | <script src="//cdn.example.com/a.js"></script>
mail | <a href="mailto:a@example.gov.cn?subject=%E5%92%A8%E8%AF%A2">邮箱</a>
mails | <a href="mailto:a@example.gov.cn,b@example.gov.cn">邮箱</a>
telephone | <a href="tel:0000-00001234">电话</a>
javascript | <a href="javascript:void(0)">展开</a>
javascript-empty | <a href="javascript:;" class="close">关闭</a>
data | <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">
application | <a href="weixin://dl/chat">微信</a>
lazy | <img data-src="/fx/a.png" alt="">
area | <map name="ok{n}"><area href="/fx/real.html" alt="区域"></map>
external | <a href="https://www.gov.cn/zhengce/a_{n}.htm">国务院文件</a>
external-brackets | <a href="https://zh.example.org/wiki/北京（城市）">北京</a>
hidden-menu | <ul id="links{n}" style="display:none"><li><a href="https://www.gov.cn/">中国政府网</a></li></ul>
counter | <span style="display:none"><a href="https://www.cnzz.com/stat/website.php?web_id=1">站长统计</a></span>
skip-link | <a href="#main" style="position:absolute;left:-9999px">跳到正文</a>
years-one-fits | <a href="/fx/nb/shuju-2022.html">2021年、2022年政府信息公开工作年度报告</a>
month-is-no-year | <a href="/fx/nb/shuju-2022.html">2023年1月发布的2022年度报告</a>
without-issuer | <a href="/fx/nb/shuju-2022.html">2022年政府信息公开工作年度报告</a>
chinese-year | <a href="/fx/nb/shuju-2022.html">二〇二二年政府信息公开工作年度报告</a>
quarter-written-otherwise | <a href="/fx/tj/2024-3.html">2024年三季度全市经济运行情况</a>
number-brackets | <a href="/fx/zc/16.html">海府办发[2024]16号</a>
number-width | <a href="/fx/zc/16.html">海府办发〔２０２４〕１６号</a>
short-title | <a href="/fx/zc/16.html">《海川市公共数据管理办法》</a>
whole-title | <a href="/fx/zc/16.html">海川市人民政府办公厅关于印发《海川市公共数据管理办法》的通知</a>
interpretation | <a href="/fx/jd/16.html">《海川市公共数据管理办法》解读</a>
kind-in-title | <a href="/fx/jd/16.html">海川市公共数据管理办法</a>
generic | <a href="/fx/nb/shuju-2022.html">点击查看</a>
past-years | <a href="/fx/nb/">历年政府信息公开工作年度报告</a>
column | <a href="/fx/zc/">政策文件</a>
attachment | <a href="/fx/form.pdf">附件1</a>
attachment-format | <a href="/fx/form.pdf">申请表（PDF版）下载</a>
attachment-year | <a href="/fx/2023年任务分解表.xls">附件：2023年任务分解表.xls</a>
same-generic-text | <a href="/fx/nb/shuju-2022.html">查看</a> <a href="/fx/nb/shuju-2021.html">查看</a>
organ | <a href="/fx/svc/jiaoyu.html">市教育局</a>
list-with-date | <a href="/fx/zc/16.html">海川市公共数据管理办法 2024-05-06</a>
shortened | <a href="/fx/zc/16.html" title="关于印发《海川市公共数据管理办法》的通知">关于印发《海川市公共…</a>
"""
)

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
_PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + b"0" * 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _page(title: str, body: str = "", rows: str = "") -> bytes:
    table = f"<table>{rows}</table>" if rows else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_海川市人民政府</title></head>'
        f"<body><h1>{title}</h1>{table}{body}</body></html>"
    ).encode()


def _row(label: str, value: str) -> str:
    return f"<tr><th>{label}</th><td>{value}</td></tr>"


def fixtures() -> Iterator[tuple[str, bytes]]:
    """The files that the plants lead to, by their path below the site."""
    places = "<p id='part'>一</p><h2 id='一、总则（试行）'>一</h2><b id='tangent%3A'>切</b><a name='old-name'></a>"
    places += "<svg><g id='drawing'></g></svg>"
    yield "fx/real.html", _page("固定页面", places)
    yield "fx/page.html", _page("固定页面二")
    for name in (
        "营",
        "café",
        "金",
        "通知〔2024〕1号",
        "a b",
        "a+b",
        "营商环境/1",
        "odd.html/index",
    ):
        yield f"fx/{name}.html", _page("固定页面" + name[:1])
    yield "fx/dir/index.html", _page("目录页", places)
    yield "fx/noindex/x.html", _page("没有首页")
    rows = "".join(
        f'<li><a href="{p}/">{t}</a></li>'
        for p, t in (("nb", "年报"), ("zc", "政策文件"), ("dir", "目录页"))
    )
    yield "fx/index.html", _page("专题专栏", f"<ul>{rows}</ul>")
    yield "fx/nb/index.html", _page("政府信息公开工作年度报告")
    yield "fx/zc/index.html", _page("政策文件")
    for year in (2021, 2022, 2023, 2024):
        title = f"市数据局{year}年政府信息公开工作年度报告"
        yield f"fx/nb/shuju-{year}.html", _page(title, "", _row("发文机关", "市数据局"))
    yield "fx/tj/2024-3.html", _page("2024年第三季度全市经济运行情况")
    yield "fx/tj/2024-05.html", _page("2024年5月空气质量通报")
    yield "fx/tj/batch-3.html", _page("第三批证明事项取消目录")
    yield (
        "fx/zc/16.html",
        _page(
            "关于印发《海川市公共数据管理办法》的通知",
            "",
            _row("发文字号", "海府办发〔2024〕16号") + _row("发文机关", "海川市人民政府办公厅"),
        ),
    )
    yield "fx/jd/16.html", _page("《海川市公共数据管理办法》政策解读")
    for name, organ in (("jiaoyu", "市教育局"), ("shuju", "市数据局")):
        yield f"fx/svc/{name}.html", _page(f"{organ}办事服务", "", _row("发布机构", organ))
    for name in ("a.png", "a,b.png"):
        yield f"fx/{name}", _PNG
    for name in ("form.pdf", "附件（1）.pdf", "文件#1.pdf"):
        yield f"fx/{name}", _PDF
    yield "fx/2023年任务分解表.xls", _OLE
    yield "fx/v.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100)
    yield "fx/empty.docx", b""
    yield "fx/error.pdf", b"<!DOCTYPE html><html><body>404</body></html>"
