"""Values that break careless files: formulas behind anything, markup, controls, other scripts."""

from hypothesis import strategies as st

NASTY = [
    "=1+1",
    "+44 20 7946 0000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    "\0=1",
    " =1",
    "\u200b=1",
    "\ufeff@x",
    "＝1+1",
    "'=1",
    "''+1",
    "Ada;=1+1",
    "x|=1",
    "x\t=1",
    "x\n=1",
    '"=1',
    '=HYPERLINK("http://127.0.0.1/","press")',
    "=cmd|' /C calc'!A0",
    "_x003D_1+1",
    "_x000D_",
    "<b>&amp;</b>",
    "]]>",
    " two spaces ",
    "line\nline",
    "O'Brien",
    "Żółć",
    "أحمد",
    "👩🏽\u200d🔬",
    "00044",
    "1e5",
    "2026-01-01",
    "TRUE",
    "",
]

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=12))
rows = st.lists(st.lists(texts, min_size=3, max_size=3), max_size=8)
