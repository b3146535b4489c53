#!/bin/sh
# Package:  Babel 2.18.0, on Python 3.11.7. Seen on 2026-11-30.
#
# Behaviour: what a locale says depends on which locales the process read before. The weekdays
# `Locale("sw").days["stand-alone"]["wide"]` (Swahili) are Swahili in a fresh process, and Urdu after the same was asked
# of `Locale("ur")`; months go the same way (Hebrew ones in Japanese and Hindi).
#
# Expected: each `Locale` gives CLDR's data for that locale; the documentation of `babel.core.Locale` calls the
# properties plain data of the locale, and names no order in which locales must be read.
#
# Reason, as far as seen: a form that a locale does not state is an alias in the data of the root, which all locales
# share. Reading it through one locale resolves the alias with that locale's words and stores the result in the shared
# data, where the next locale finds it.
#
# Output seen:
#   fresh:      ['Alhamisi', 'Ijumaa', 'Jumamosi', 'Jumanne', 'Jumapili', 'Jumatano', 'Jumatatu'], sorted by the script
#   after ur:   seven names in Arabic script
#
# For a pipeline: a table of month and weekday names over many languages, built once a process (what every reader of
# written dates does), gives names to languages that do not have them, and other ones when the order changes. A date of
# an outlet in the one language is then read by the words of the other. Newsdesk empties Babel's cache before and after
# it reads each language (tasks/pure/dates/words.py), which also keeps 1 MB a language out of memory.
#
# Upstream issue: none known.
set -eu
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
python3 -m venv "$FOLDER/venv"
"$FOLDER/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0

# Valid input: `sw` and `ur` are language tags of BCP 47 and locales of CLDR that Babel ships.
cat > "$FOLDER/days.py" <<'PYTHON'
import sys

from babel import Locale

for name in sys.argv[1:]:
    days = sorted(Locale(name).days["stand-alone"]["wide"].values())
print(ascii(days))
print("arabic script" if all("\u0600" <= day[0] <= "\u06ff" for day in days) else "latin script")
PYTHON

fresh=$("$FOLDER/venv/bin/python" "$FOLDER/days.py" sw)
later=$("$FOLDER/venv/bin/python" "$FOLDER/days.py" ur sw)
printf 'sw in a fresh process:\n%s\nsw after ur:\n%s\n' "$fresh" "$later"
case $fresh in *"latin script") ;; *) echo "CHANGED: a fresh process" >&2; exit 1 ;; esac
case $later in *"arabic script") ;; *) echo "CHANGED: nothing leaks from ur to sw" >&2; exit 1 ;; esac
