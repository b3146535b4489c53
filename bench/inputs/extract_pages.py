"""Pages of invented sites for the bench of extraction: every site has a template of its own, with
furniture in the midst of its text, and every page the text that should come out."""

import random
from dataclasses import dataclass

_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "on",
    "was",
    "with",
    "as",
    "be",
    "by",
    "at",
    "this",
    "from",
    "have",
    "not",
    "are",
    "which",
    "one",
    "had",
    "they",
    "were",
    "all",
    "council",
    "harbour",
    "river",
    "bridge",
    "school",
    "winter",
    "morning",
    "ferry",
    "market",
    "street",
    "children",
    "teacher",
    "doctor",
    "window",
    "garden",
    "budget",
    "minister",
    "village",
    "station",
    "railway",
    "weather",
    "storm",
    "report",
    "meeting",
    "decision",
    "question",
    "answer",
    "company",
    "worker",
    "member",
    "season",
    "player",
    "coach",
    "history",
    "museum",
    "library",
    "paper",
    "letter",
    "number",
    "million",
    "percent",
    "year",
    "month",
    "week",
    "day",
    "said",
    "asked",
    "wrote",
    "built",
    "opened",
    "closed",
    "moved",
    "found",
    "lost",
    "began",
    "ended",
    "called",
    "told",
    "gave",
    "took",
    "made",
    "became",
    "remained",
    "about",
    "after",
    "before",
    "between",
    "under",
    "against",
    "during",
    "without",
    "because",
    "although",
    "while",
    "however",
    "still",
    "only",
    "already",
    "often",
]
_STORY = ("story", "c-article__main", "entry", "post-content", "artikel-text", "body-copy")
_PARAGRAPH = ("", "text", "c-p", "par", "paragraph-block", "copy")
_PROMO = ("slot-x", "c-inset", "kit-9a", "zone", "unit", "module")


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page, where it stands, and the paragraphs that are its article's."""

    html: bytes
    url: str
    paragraphs: tuple[str, ...]


class Site:
    """A site and its template; the same number gives the same site, the same page number the same page.
    `bulk` is how much stands around an article: the usual one makes pages of 260 KB."""

    def __init__(self, number: int, redesign: int = 0, bulk: int = 3000) -> None:
        self.name = f"paper{number}.example"
        self._number = number
        self._dice = random.Random(f"{number}/{redesign}")
        self._story = f"{self._dice.choice(_STORY)}-{_word(self._dice)}"
        self._paragraph = f"{self._dice.choice(_PARAGRAPH)}-{_word(self._dice)}"
        self._promo = f"{self._dice.choice(_PROMO)}-{_word(self._dice)}"
        self._same = [_sentence(self._dice, 24) for _ in range(3)]
        self._menu = [_sentence(self._dice, 3) for _ in range(bulk // 25)]
        self._script = ";".join(f"var {_word(self._dice)}={self._dice.random()}" for _ in range(bulk))
        self._cards = bulk // 75
        self._longest = 30 if bulk > 100 else 10

    def page(self, number: int) -> MadePage:
        """One article of 6 to 30 paragraphs, or to 10 where little stands around it."""
        dice = random.Random(f"{self._number}:{number}")
        title = _sentence(dice, 9).rstrip(".")
        texts = tuple(_text(dice) for _ in range(dice.randint(6, self._longest)))
        url = f"https://{self.name}/news/{number}-{_word(dice)}"
        return MadePage(self._html(dice, title, texts).encode(), url, texts)

    def _html(self, dice: random.Random, title: str, texts: tuple[str, ...]) -> str:
        lines = [f'<p class="{self._paragraph}">{text}</p>' for text in texts]
        lines.insert(4, f'<p class="{self._promo}">{self._same[_any(dice)]}</p>')
        lines.insert(6, f'<p class="{self._paragraph}">{self._same[_any(dice)]}</p>')
        lines.append(f'<p class="{self._promo}">{self._same[_any(dice)]}</p>')
        menu = "".join(f'<li class="m"><a href="/{i}">{entry}</a></li>' for i, entry in enumerate(self._menu))
        cards = "".join(
            f'<div class="k"><a href="/c{i}"><h3>{_sentence(dice, 8)}</h3></a><b>{_sentence(dice, 12)}</b></div>'
            for i in range(self._cards)
        )
        return (
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | {self.name}</title>"
            f'<meta property="og:title" content="{title}"><meta property="article:published_time" '
            f'content="2026-11-01T10:00:00Z"><script>{self._script}</script></head><body><header><nav><ul>{menu}'
            f'</ul></nav></header><main class="page"><article><h1>{title}</h1><div class="{self._story}">'
            f'{"".join(lines)}</div></article><div class="rail">{cards}</div></main>'
            f"<footer><ul>{menu}</ul></footer><script>{self._script}</script></body></html>"
        )


def _any(dice: random.Random) -> int:
    """One of the site's three lines that stand on many pages."""
    return dice.randrange(3)


def _text(dice: random.Random) -> str:
    return " ".join(_sentence(dice, dice.randint(8, 22)) for _ in range(dice.randint(1, 4)))


def _sentence(dice: random.Random, words: int) -> str:
    return " ".join(_word(dice) for _ in range(words)).capitalize() + "."


def _word(dice: random.Random) -> str:
    return dice.choice(_WORDS)
