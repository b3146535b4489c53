"""Runs to report, and texts that try to become more than text."""

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.items.finding import Finding, Severity
from schemas.items.link import UrlKind
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.runs.report import Headline, Paths, RunReport
from schemas.runs.run import Run, RunState, StageCount
from tasks.pure.reports.run_report import summarise

AT = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
PATHS = Paths(warehouse="var/warehouse", archive="var/archive", reader="var/newsdesk.duckdb")

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<math><mi//xlink:href='javascript:alert(1)'>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</noscript><iframe src=javascript:alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus=alert(1) autofocus='",
    "` onload=alert(1) `",
    '" style="background:url(//evil.example/x)',
    "<a href=javascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'</style>",
    "<form action=//evil.example><button>x",
    "<object data=javascript:alert(1)>",
    "<embed src=//evil.example/x.swf>",
    "<video><source onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "{{ 7 * 7 }}{% raw %}",
    "{{ ''.__class__.__mro__ }}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<\x00script>alert(1)</script>",
    "\x1b[31m\x1b]0;owned\x07<b>x</b>",
    "\u202e>tpircs<\u2066<i>x</i>",
    "\ud800<b>x</b>",
    "line one\r\n\r\n<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](//evil.example/x.png)",
    "](javascript:alert(1)) [x](",
    "| a | <b>b</b> |\n|---|---|",
    "`code` ```\n<script>alert(1)</script>\n```",
    "<javascript:alert(1)>",
    "<mailto:a@evil.example> a@evil.example www.evil.example",
    "# heading\n\n> quote\n- list\n1. one\n===\n***\n",
    "<!channel> <@U123> <https://evil.example|click>",
    "\\<b>x\\</b> \\| \\`",
    "[ref]: javascript:alert(1)\n[ref]",
)
BAD_URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://a.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:evil.example",
    "http://",
    'https://a.example/" onclick="alert(1)',
    "https://a.example/'onclick='alert(1)",
    "https://a.example/<script>alert(1)</script>",
    "https://a.example/ x",
    "https://a.example/\njavascript:alert(1)",
    "https://a.example\\@evil.example/",
    "https://a.example/\ud800",
)


def run(**different: Any) -> Run:
    """A run that ended well; fields as given."""
    fields: dict[str, Any] = {
        "run_id": "019ab12c-77aa",
        "flow": "ingest",
        "runner": "direct",
        "started_at": AT,
        "finished_at": AT + timedelta(seconds=200),
        "state": RunState.COMPLETED,
        "sources": 2,
        "urls": 6,
        "stages": (StageCount(stage=Stage.FETCH, taken=4, kept=3, dropped=1, seconds=1.25),),
    }
    return Run(**(fields | different))


def outcome(source: str, reason: Reason, url: str = "https://a.example/1", detail: str | None = None) -> Outcome:
    """A row of the ledger."""
    return Outcome(
        run_id="r",
        source=source,
        url=url,
        kind=UrlKind.ARTICLE,
        stage=Stage.LOAD,
        reason=reason,
        detail=detail,
        at=AT,
    )


def finding(message: str = "few have a date", severity: Severity = Severity.WARNING, **different: Any) -> Finding:
    """A finding; fields as given."""
    fields: dict[str, Any] = {"run_id": "r", "source": "gazette", "code": "share_with_date", "at": AT}
    return Finding(message=message, severity=severity, **(fields | different))


OUTCOMES = (
    outcome("herald", Reason.LOADED),
    outcome("gazette", Reason.LOADED),
    outcome("gazette", Reason.LOADED, "https://a.example/2"),
    outcome("gazette", Reason.UNCHANGED),
    outcome("gazette", Reason.NOT_DUE, "https://a.example/later"),
    outcome("gazette", Reason.HTTP_ERROR, "https://a.example/broken?a=1&b=2", "status 500"),
)
HEADLINES = (
    Headline(title="Ferry cut", source="gazette", url="https://a.example/2", published_at=AT, version=2),
    Headline(
        title="قطار جديد", source="herald", url="https://a.example/1", published_at=AT.replace(hour=0, minute=0)
    ),
)
REPORT = summarise(run(), OUTCOMES, (finding(),), HEADLINES, PATHS)


def hostile(text: str, url: str = "https://a.example/") -> RunReport:
    """A report in which every text from outside is `text` and every URL is `url`."""
    return summarise(
        run(error=text, sources_failed=(text,), run_id=text, flow=text, runner=text),
        (outcome(text, Reason.HTTP_ERROR, url, text), outcome(text, Reason.LOADED, url)),
        (finding(text, source=text, code=text),),
        (Headline(title=text, source=text, url=url, published_at=AT, version=3),),
        Paths(warehouse=text, archive=text, reader=text),
    )
