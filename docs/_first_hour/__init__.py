"""The first hour: every command of the README and of `docs/`, as written and in the order of its page, given to an
installed wheel with an empty home; what it prints is compared with what the page shows (`make installs`).

Nothing imports it, and it is not part of the wheel. A page needs no entry in any list: its `sh`, `sql` and `python`
blocks are run, and so is every `newsdesk …` with arguments that stands in its text. A comment that a reader of the
page does not see, before the block or behind the code in the text, says what else is to be done:

    <!-- run: no, it asks a real publisher -->      the command is not run; the reason is printed
    <!-- run: ends with 3 -->                       the exit code, where it is not 0
    <!-- run: until it prints "ready" -->           then Ctrl-C
    <!-- run: as sources/gazette.toml -->           the block is written into this file
    <!-- run: behind sources/gazette.toml -->       the block is appended to it
"""
