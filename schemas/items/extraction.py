"""An extraction: the article of one page, or why there is none."""

from pydantic import BaseModel, ConfigDict

from schemas.items.article import Article
from schemas.items.outcome import Refusal
from schemas.items.site_page import PageSight


class Extraction(BaseModel):
    """The article of a page or the refusal, and the page's lines, from which site memory learns. `sight` None:
    the page has no lines to learn from."""

    model_config = ConfigDict(frozen=True)

    answer: Article | Refusal
    sight: PageSight | None = None
