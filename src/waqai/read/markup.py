"""Pieces of HTML as text, block by block: what a feed gives of an article."""

from __future__ import annotations

import re

from lxml import etree, html

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "td", "th", "tr", "ul"}
)
_SILENT = ("script", "style", "noscript", "template", "iframe", "form", "button", "select")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


def text_of(fragment: str) -> str:
    """The text of a piece of HTML: a line for each block, without scripts and buttons; plain text stays itself."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    tree = etree.fromstring(f"<div>{fragment}</div>".encode("utf-8", "replace"), parser)
    if tree is None:
        return ""
    etree.strip_elements(tree, *_SILENT, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
        parts.append((element.text if event == "start" else element.tail) or "")
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).splitlines())
    return "\n\n".join(line for line in lines if line)
