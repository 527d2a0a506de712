"""Cases of what is shown: charsets, error pages that answer 200, gates, hijacked and parked sites, anchors."""

from __future__ import annotations

import codecs

from tests.network.answers import (
    ARTICLE,
    FRAME,
    TITLE,
    answer,
    by_path,
    endless,
    html,
    moved,
    page,
    says,
)
from tests.network.cases import HIJACKED, HOST, PERHAPS, SOFT, UNVERIFIED, URL, Case

_GONE = "您访问的页面不存在或已删除"
_OK = page()
_PATH = "/zwgk/2024/t1.html"


def _in(charset: str, header: str, head: str = "") -> bytes:
    text = html("提示信息", f"<p>{_GONE}</p>", head)
    return answer(text.encode(charset), kind=f"text/html{header}")


_META = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
# An error page proves that the words were understood.
CHARSETS = (
    Case("gbk-by-header", says(_in("gbk", "; charset=GB2312")), SOFT, "页面不存在"),
    Case("gbk-by-meta", says(_in("gbk", "", _META)), SOFT, "页面不存在"),
    Case("gbk-undeclared", says(_in("gbk", "")), SOFT, "页面不存在"),
    Case("gbk-declared-utf-8", says(_in("gbk", "; charset=utf-8")), SOFT, "页面不存在"),
    Case("gbk-declared-latin-1", says(_in("gbk", "; charset=ISO-8859-1")), SOFT, "页面不存在"),
    Case("utf-8-declared-gbk", says(_in("utf-8", "; charset=gbk")), SOFT),
    Case("utf-8-with-mark", says(answer(codecs.BOM_UTF8 + html("提示", _GONE).encode())), SOFT),
    Case(
        "utf-16-with-mark", says(answer(html("提示", _GONE).encode("utf-16"))), SOFT, "页面不存在"
    ),
    Case("charset-that-is-none", says(_in("utf-8", "; charset=no-such-set")), SOFT, "页面不存在"),
)

_NOTICE_404 = "各单位要规范设置404错误页面，页面不存在时应提供返回首页链接。" * 20
SOFT_ERRORS = (
    Case("title-says-so", page("页面不存在", "很抱歉"), SOFT, "页面不存在"),
    Case("title-of-404-alone", page("404", f"<p>{FRAME}</p>"), SOFT, "404"),
    Case("title-with-the-site", page("404 Not Found - 海川市统计局", f"<p>{FRAME}</p>"), SOFT),
    Case("title-in-english", page("Page Not Found", "<p>Sorry</p>"), SOFT),
    Case(
        "heading-says-so",
        page("海川市统计局", "<h1>出错了！</h1><p>请稍后再试</p>"),
        SOFT,
        "出错了",
    ),
    Case("text-says-so", page("海川市统计局", f"<p>对不起，{_GONE}。</p>"), SOFT, "页面不存在"),
    Case("article-deleted", page("海川日报", "<p>该文章已被删除</p>"), SOFT),
    Case("default-page-of-a-server", page("Welcome to nginx!", "<h1>Welcome to nginx!</h1>"), SOFT),
    Case(
        "no-such-site",
        page("没有找到站点", "<p>您的请求在Web服务器中没有找到对应的站点！</p>"),
        SOFT,
    ),
    Case(
        "notice-about-404-pages", page("关于规范政府网站404页面设置的通知", f"<p>{_NOTICE_404}</p>")
    ),
    Case(
        "short-notice-about-404-pages",
        page("关于规范政府网站404页面设置的通知", f"<p>{_NOTICE_404[:60]}</p>"),
    ),
    Case(
        "article-on-errors", page("网站常见错误及处理", f"<h1>网站常见错误及处理</h1>{_NOTICE_404}")
    ),
    Case(
        "link-about-errors", page("404错误页面", "<p>404错误页面样例</p>"), text="404错误页面样例"
    ),
    Case("road-404", page("404国道改建工程通车", f"<p>{ARTICLE}</p>")),
    Case("maintenance-notice", page("系统升级公告", "<p>因系统错误较多，定于周六升级。</p>")),
    Case("short-but-sound", page("办公时间", "<p>工作日9:00—12:00</p>")),
    Case("pdf-that-is-a-page", _OK, SOFT, ".pdf", url=f"http://{HOST}/files/a.pdf"),
    Case("docx-that-is-a-page", _OK, SOFT, ".docx", url=f"http://{HOST}/files/a.docx?v=1"),
    Case(
        "same-as-random",
        page("海川市统计局", f"<p>{FRAME}{ARTICLE}</p>"),
        SOFT,
        "随便一个网址",
        answers_random=True,
    ),
    Case(
        "same-as-random-but-home",
        page("海川市统计局", f"<p>{FRAME}</p>"),
        url=f"http://{HOST}/",
        answers_random=True,
    ),
    Case(
        "application-without-text",
        page("办事大厅", "<div id=app></div><script src=/app.js></script>"),
        answers_random=True,
    ),
    Case(
        "article-in-one-frame",
        by_path(
            {_PATH: page("海川市统计局", f"<p>{FRAME}</p><p>{ARTICLE}</p>")},
            page("海川市统计局", f"<p>{FRAME}</p>"),
        ),
        answers_random=True,
    ),
)

_LOGIN = '<form action="/login"><input name="user"><input type="password" name="pass"></form>'
GATES = (
    Case(
        "login-after-redirect",
        by_path({_PATH: moved("/login?to=%2F"), "/login?to=%2F": page("海川市政务平台", _LOGIN)}),
        UNVERIFIED,
        "登录",
    ),
    Case("login-in-place", page("用户登录", _LOGIN), UNVERIFIED, "登录"),
    Case(
        "login-on-another-domain",
        {
            HOST: moved("http://sso.other.example/cas/login"),
            "sso.other.example": page("统一身份认证平台", _LOGIN),
        },
        UNVERIFIED,
        "登录",
    ),
    Case("login-as-promised", page("用户登录", _LOGIN), text="政务服务平台登录入口"),
    Case("article-beside-a-login", page(TITLE, f"{_LOGIN}<p>{ARTICLE}</p>")),
    Case("security-check", page("安全验证", "<p>请完成滑动验证</p>"), UNVERIFIED, "安全验证"),
    Case(
        "just-a-moment",
        page("Just a moment...", "<p>Checking your browser</p>"),
        UNVERIFIED,
        "安全验证",
    ),
    Case(
        "firewall-that-answers-200",
        page("访问被拦截", "<p>您的请求疑似攻击行为</p>"),
        UNVERIFIED,
        "安全验证",
    ),
    Case("notice-about-safety-checks", page("关于开展消防安全检查的通知", f"<p>{ARTICLE}</p>")),
)

_CASINO = "真人百家乐 注册送彩金 在线投注"
_HIDDEN = f'<div style="position:absolute;left:-9999px"><a href="//x.example">{_CASINO}</a></div>'
HIJACKS = (
    Case("gambling-title", page("澳门新葡京真人娱乐城", _CASINO), HIJACKED, "新葡京"),
    Case(
        "gambling-title-old-body",
        page("开云体育官网-登录入口", f"<p>{ARTICLE}</p>"),
        HIJACKED,
        "开云体育",
    ),
    Case("gambling-in-body", page("欢迎光临", f"<p>{_CASINO} 六合彩特码 电子游艺</p>"), HIJACKED),
    Case("gambling-hidden", page(TITLE, f"<p>{ARTICLE}</p>{_HIDDEN}"), HIJACKED, "真人百家乐"),
    Case(
        "gambling-in-keywords",
        page(TITLE, head=f'<meta name="keywords" content="{_CASINO}">'),
        HIJACKED,
    ),
    Case(
        "gambling-in-entities",
        page("".join(f"&#{ord(sign)};" for sign in "澳门威尼斯人官网"), "x"),
        HIJACKED,
    ),
    Case("gambling-in-spaces", page("真 人·百 家 乐", "开 户 送 彩 金"), HIJACKED),
    Case("gambling-in-wide-letters", page("ＢＥＴ３６５ 体育投注", "x"), HIJACKED),
    Case("gambling-in-traditional", page("澳門新葡京娛樂城", "百家樂"), HIJACKED),
    Case(
        "gambling-in-english",
        page("Best Online Casino", "Baccarat, poker and sportsbook"),
        HIJACKED,
    ),
    Case(
        "gambling-after-redirect",
        {HOST: moved("http://www.bet.example/"), "www.bet.example": page("PG电子官网", _CASINO)},
        HIJACKED,
    ),
    Case("gambling-with-404", says(answer(html("新葡京娱乐", _CASINO), "404 Not Found")), HIJACKED),
    Case(
        "gambling-in-gbk",
        says(answer(html("澳门新葡京", _CASINO).encode("gbk"), kind="text/html")),
        HIJACKED,
    ),
    Case("pornography", page("亚洲无码成人视频在线", "免费看片"), HIJACKED),
    Case("parked", page("域名出售", "该域名正在出售，购买此域名请联系"), HIJACKED, "出售"),
    Case(
        "parked-in-english",
        page(
            "example.com is for sale",
            "Buy this domain. This domain may be for sale. Domain parking",
        ),
        HIJACKED,
    ),
    Case("domain-lapsed", page("域名已过期", "您访问的域名已到期，请续费"), HIJACKED),
    Case(
        "lottery-fund",
        page("2024年体育彩票公益金使用情况公告", f"<p>彩票公益金使用情况如下。{ARTICLE}</p>"),
    ),
    Case(
        "lottery-fund-keywords",
        page("彩票公益金使用情况", head='<meta name="keywords" content="彩票,福利彩票,投注">'),
    ),
    Case(
        "police-report",
        page(
            "公安机关捣毁特大跨境网络赌博团伙",
            f"<p>该团伙架设“澳门新葡京”“百家乐”赌博网站，开户送彩金，组织在线投注，涉嫌犯罪，已被查处。{ARTICLE}</p>",
        ),
    ),
    Case(
        "news-on-gambling",
        {
            "news.example.com": page(
                "揭秘网络赌博平台如何骗钱",
                f"<p>警方提醒：博彩网站以返水、彩金诱人投注，百家乐、时时彩都是诈骗。{ARTICLE}</p>",
            )
        },
        url="http://news.example.com/a.html",
    ),
    Case("chess-match", page("全市职工棋牌比赛开赛", f"<p>{ARTICLE}</p>")),
    Case(
        "domain-rules",
        page("互联网域名管理办法", f"<p>域名转让、域名交易应当遵守本办法。{ARTICLE}</p>"),
    ),
    Case("museum", page("金沙遗址博物馆开放公告", f"<p>{ARTICLE}</p>")),
)

_ANCHORED = page(TITLE, f'<h2 id="一、总则">总则</h2><a name="fj">附件</a><p>{ARTICLE}</p>')
_ANCHORED_GBK = says(
    answer(html(TITLE, f'<h2 id="总则">总则</h2>{ARTICLE}').encode("gbk"), kind="text/html")
)
_CUT = endless(
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html().encode(), b"<p>x</p>" * 2000
)
ANCHORS = (
    Case("anchor", _ANCHORED, url=f"{URL}#一、总则"),
    Case("anchor-escaped", _ANCHORED, url=f"{URL}#%E4%B8%80%E3%80%81%E6%80%BB%E5%88%99"),
    Case("anchor-by-name", _ANCHORED, url=f"{URL}#fj"),
    Case("anchor-missing", _ANCHORED, PERHAPS, "#六、附则", url=f"{URL}#六、附则"),
    Case("anchor-on-gbk", _ANCHORED_GBK, url=f"{URL}#总则"),
    Case("anchor-missing-on-gbk", _ANCHORED_GBK, PERHAPS, "#附则", url=f"{URL}#附则"),
    Case("anchor-of-the-top", _ANCHORED, url=f"{URL}#top"),
    Case("anchor-of-a-script", _ANCHORED, url=f"{URL}#/detail/1"),
    Case("anchor-by-text", _ANCHORED, url=f"{URL}#:~:text=总则"),
    Case("anchor-beyond-what-was-read", _CUT, url=f"{URL}#far"),
    Case(
        "anchor-in-a-pdf",
        says(answer(b"%PDF", kind="application/pdf")),
        url=f"http://{HOST}/a.pdf#page=3",
    ),
)

CONTENT = (*CHARSETS, *SOFT_ERRORS, *GATES, *HIJACKS, *ANCHORS)
