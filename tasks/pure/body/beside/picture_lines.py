"""Finds captions that are plain paragraphs: what stands beside a picture and says what it shows."""

import re

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.measures import Measures
from tasks.pure.text.clean import one_line

_STRING = etree.XPath("string()", smart_strings=False)
_PICTURES = ("img", "picture", "amp-img")
_CAPTION_CHARS = 300
_ALONE_CHARS = 150
_SHARE = 0.2
_SHOWN = re.compile(
    r"^\W*(?:pictured|in (?:this|the) (?:photo|picture|image)|(?:file|archive|stock) (?:photo|picture|image)|"
    r"symbolbild|archivbild|im bild|auf dem (?:bild|foto)|sur la photo|en la (?:foto|imagen)|na (?:foto|imagem)|"
    r"nella foto|op de foto|na zdjęciu|na snímku|på bilden|kuvassa|на фото|на снимке|на знімку)\b|"
    r"^[^.!?]{2,80}\((?:l|r|c|left|right|cent(?:re|er)|links|rechts|mitte|g|d|à (?:gauche|droite)|izq|dcha?|"
    r"centro|sinistra|destra)\.?\)",
    re.IGNORECASE,
)


def picture_lines(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Short paragraphs whose element holds a picture and nothing else, and those right behind a picture that say that
    they tell what it shows. What no more than follows a picture may be an item of the article (measured: five pages
    worse)."""
    pictures = dict.fromkeys(_alone(picture) for picture in body.iter(*_PICTURES))
    found = (line for node in pictures if (line := _line_beside(node, measures)) is not None)
    return [line for line in dict.fromkeys(found) if measures.chars(line) < measures.total * _SHARE]


def _alone(picture: HtmlElement) -> HtmlElement:
    """The largest element around the picture that holds no text."""
    holder = picture
    for above in picture.iterancestors():
        if above.tag in ("body", "main", "article") or one_line(_STRING(above)):
            break
        holder = above
    return holder


def _line_beside(node: HtmlElement, measures: Measures) -> HtmlElement | None:
    line = node.getnext()
    if line is None or line.tag != "p" or not 0 < measures.chars(line) <= _CAPTION_CHARS:
        return None
    if measures.linked(line) * 2 > measures.chars(line):
        return None
    text = one_line(_STRING(line))
    around = line.getparent()
    is_whole = around.tag == "div" and measures.chars(around) == measures.chars(line) <= _ALONE_CHARS
    return line if is_whole or _SHOWN.match(text) else None
