"""What a hostile document, title, file name or answer may hold: scripts, requests to elsewhere, overlays."""

from __future__ import annotations

ELSEWHERE = "http://198.51.100.7:9"

PAYLOADS = (
    "<script>window.broken=1</script>",
    f"<img src={ELSEWHERE}/a onerror=window.broken=1>",
    f'<img srcset="{ELSEWHERE}/b 1x">',
    "<svg onload=window.broken=1>",
    f'<svg><image href="{ELSEWHERE}/c"/></svg>',
    "<svg><script>window.broken=1</script></svg>",
    '<iframe srcdoc="<script>parent.broken=1</script>"></iframe>',
    f"<iframe src={ELSEWHERE}/d></iframe>",
    "<body onload=window.broken=1>",
    "<details open ontoggle=window.broken=1>x</details>",
    "<input autofocus onfocus=window.broken=1>",
    f"<input type=image src={ELSEWHERE}/e>",
    f"<video poster={ELSEWHERE}/f src={ELSEWHERE}/g onerror=window.broken=1></video>",
    f"<audio src={ELSEWHERE}/h onerror=window.broken=1 autoplay></audio>",
    f"<object data={ELSEWHERE}/i></object>",
    f"<embed src={ELSEWHERE}/j>",
    f'<link rel=stylesheet href="{ELSEWHERE}/k">',
    f"<style>@import url({ELSEWHERE}/l);*{{background:url({ELSEWHERE}/m)}}</style>",
    f'<div style="background:url({ELSEWHERE}/n);position:fixed;inset:0">overlay</div>',
    f"<table background={ELSEWHERE}/o><tr><td>x</table>",
    f'<meta http-equiv=refresh content="0;url={ELSEWHERE}/p">',
    f"<base href={ELSEWHERE}/>",
    f"![x]({ELSEWHERE}/q)",
    f"![x][r]\n\n[r]: {ELSEWHERE}/r",
    "[x](javascript:window.broken=1)",
    '<a href="javascript:window.broken=1" class="cite" data-do="cite">9</a>',
    "</p></div></article><script>window.broken=1</script>",
    '"><script>window.broken=1</script>',
    "' onmouseover='window.broken=1' x='",
    '" autofocus onfocus="window.broken=1" x="',
    "{{constructor.constructor('window.broken=1')()}}${window.broken=1}`${window.broken=1}`",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.broken=1>",
    "<noscript><p title='</noscript><img src=x onerror=window.broken=1>'>",
    "<!--><img src=x onerror=window.broken=1>-->",
    "$$\\href{javascript:window.broken=1}{x}$$",
    "&lt;script&gt;window.broken=1&lt;/script&gt;",
)
