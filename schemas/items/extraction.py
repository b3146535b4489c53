"""An extraction: what came of one page."""

from pydantic import BaseModel, ConfigDict

from schemas.items.article import Article
from schemas.items.outcome import Refusal
from schemas.items.site_page import PageSight


class Extraction(BaseModel):
    """The article of a page or why there is none, and what the page showed of its site; `sight` None:
    nothing to learn from."""

    model_config = ConfigDict(frozen=True)

    answer: Article | Refusal
    sight: PageSight | None = None
