"""Dates: a written date to an instant, and which of a page's dates is the article's.

The way of a written date: `of_article` collects the dates of a page and chooses; it gives each text to `read`.
`read` asks `grammar`: `calendars` puts the day into the Gregorian calendar, `forms` has the patterns of clocks,
`days` reads the day with the names of `words`, `zones` the zone; `customs` says which number is the day. Then it asks
`second_reading`, where other libraries read the same text: where one reads another date, the date is unknown.
`read.why_unknown` tells which step it was. Where nothing dates a page, `htmldate_search` looks for its day.

May import schemas, page, urls and text.
Ask here: "Why is this date unknown?"
"""
