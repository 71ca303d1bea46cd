"""What officers write with light marks (CommonMark), as a page shows it: rendered, then cleaned by a closed list of tags.

No HTML of the writer's own, no pictures or anything else that a page would fetch, no headings. Where a link leads stands beside it, and
letters that turn the direction of a line, by which a text can be made to read as another, are made visible.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import nh3
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

register = template.Library()

TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "a"}
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Renderer(RendererHTML):
    def link_close(self, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
        """The host beside the words of a link: they may say anything."""
        begun = next(before for before in range(place - 1, -1, -1) if tokens[before].type == "link_open")
        address, said = str(tokens[begun].attrs.get("href", "")), "".join(token.content for token in tokens[begun:place])
        return "</a>" if said == address else f"</a> ({escape(_host(address))})"


_rules: dict[str, Any] = {"html": False, "breaks": True, "linkify": False}
_marked = MarkdownIt("commonmark", _rules, renderer_cls=Renderer)
_marked.enable("strikethrough").disable(["image", "heading", "lheading", "html_block", "html_inline", "reference"])


@register.filter
def written(text: str) -> SafeString:
    """The text with its marks, safe to stand in a page."""
    seen = TURNING.sub(lambda letter: f"[U+{ord(letter[0]):04X}]", text)
    clean = nh3.clean(
        _marked.render(seen), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel="noopener noreferrer nofollow"
    )
    return SafeString(clean)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
