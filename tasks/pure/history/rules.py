"""The rules of a load, gathered: this module is what `warehouse.load.rules.HistoryRules` asks for."""

from tasks.pure.history.events import decide_events, events_to_look_up
from tasks.pure.history.identities import identify, pages_to_look_up, texts_to_look_up
from tasks.pure.history.rereadings import captures_to_read_again
from tasks.pure.history.version_rows import decided_rows, versions_to_look_up
from tasks.pure.history.versions import decide_versions, repeats_to_look_up
from tasks.pure.stories.across_languages import decide_links, links_to_look_up
from tasks.pure.stories.clusters import story_of
from tasks.pure.stories.copies import alike_to_look_up, copy_pairs, text_samples
from tasks.pure.stories.families import decide_copies
from tasks.pure.stories.mentions.find import mentions_of_stored
from tasks.pure.stories.placing import (
    decide_stories,
    is_merge_due,
    last_merge,
    new_articles,
    parted,
    story_probes,
    story_vectors,
)
from tasks.pure.stories.splits import propose_split

__all__ = [
    "alike_to_look_up",
    "captures_to_read_again",
    "copy_pairs",
    "decide_copies",
    "decide_events",
    "decide_links",
    "decide_stories",
    "decide_versions",
    "decided_rows",
    "events_to_look_up",
    "identify",
    "is_merge_due",
    "last_merge",
    "links_to_look_up",
    "mentions_of_stored",
    "new_articles",
    "pages_to_look_up",
    "parted",
    "propose_split",
    "repeats_to_look_up",
    "story_of",
    "story_probes",
    "story_vectors",
    "text_samples",
    "texts_to_look_up",
    "versions_to_look_up",
]
