"""Our extraction beside others' on an annotated corpus, as one table in Markdown.

    .venv/bin/python -m bench.extract_peers SCORER --peers PYTHON [--only newsdesk,traf] [--corpora zyte,fundus]

SCORER is the folder of the corpus's scorer (`run.py`, `extractors.py`, `data/`), which is no part of this
project and is left as it is; PYTHON the interpreter of an environment that has the peers. See README.md.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parent.parent
OURS = "newsdesk"
PLAIN = "traf"
WAYS = {
    OURS: "bench.extract_adapter:extract",
    PLAIN: "extractors:traf",
    "traf_fast": "extractors:traf_fast",
    "newspaper4k": "extractors:newspaper4k",
    "readability_lxml": "extractors:readability_lxml",
    "resiliparse": "extractors:resiliparse",
    "rs_trafilatura": "extractors:rs_trafilatura",
}
BODIES = ("zyte", "fundus-eval", "fundus", "wcxb-news")
FIELDS = {"title_norm": "title", "date_day": "day", "date_instant": "instant", "au_f": "authors"}
_HALF_A_POINT = 0.005
_EXACT = 0.995
Row = dict[str, str]


def main() -> int:
    """Score every way that runs and print the table; ways that fail are named."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("scorer", type=Path)
    asked.add_argument("--peers", default=sys.executable, help="interpreter that has the peers")
    asked.add_argument("--only", default=",".join(WAYS))
    asked.add_argument("--corpora", default=",".join(BODIES))
    asked.add_argument("--work", type=Path, help="folder that keeps answers: a way that is there is not run again")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = _workplace(options.scorer, options.work or Path(folder))
        found = {name: _score(work, name, options) for name in options.only.split(",")}
    ran = {name: rows for name, rows in found.items() if rows}
    _print_table(ran, options.corpora.split(","))
    failed = [name for name in found if name not in ran]
    print(f"\nNot run: {', '.join(failed)}" if failed else "")
    return 0


def _workplace(scorer: Path, folder: Path) -> Path:
    """A copy of the scorer's scripts, which write beside themselves, with its data linked."""
    folder.mkdir(parents=True, exist_ok=True)
    for script in scorer.glob("*.py"):
        shutil.copy(script, folder)
    if not (folder / "data").exists():
        (folder / "data").symlink_to((scorer / "data").resolve())
    return folder


def _score(work: Path, name: str, options: argparse.Namespace) -> list[Row]:
    """A row a page; none where the way does not run."""
    python = sys.executable if name == OURS else options.peers
    command = [python, "run.py", WAYS[name], "--corpora", options.corpora, "--name", name]
    env = {**os.environ, "PYTHONPATH": str(ROOT) if name == OURS else ""}
    pages = work / "out" / name / "pages.csv"
    if not pages.exists():
        done = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            return []
    with pages.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    summary = json.loads((work / "out" / name / "summary.json").read_text())
    return [{**row, "corpus_f1": str(summary[row["corpus"]].get("F1") or "")} for row in rows]


def _print_table(ran: dict[str, list[Row]], corpora: list[str]) -> None:
    print("| | " + " | ".join((*corpora, "exact", "worse", *FIELDS.values(), "ms a page")) + " |")
    print("|---" * (len(corpora) + len(FIELDS) + 4) + "|")
    plain = {(row["corpus"], row["id"]): row for row in ran.get(PLAIN, [])}
    for name, rows in ran.items():
        bodies = [float(row["sh_f"]) for row in rows if row.get("sh_f")]
        cells = [_cell(_f1(rows).get(corpus)) for corpus in corpora]
        cells += [_cell(mean(one >= _EXACT for one in bodies) if bodies else None), _cell(_worse(rows, plain))]
        cells += [_cell(_mean(rows, column)) for column in FIELDS]
        print(f"| {name} | " + " | ".join((*cells, f"{1000 * mean(float(row['secs']) for row in rows):.0f}")) + " |")


def _f1(rows: list[Row]) -> dict[str, float]:
    return {row["corpus"]: float(row["corpus_f1"]) for row in rows if row["corpus_f1"]}


def _worse(rows: list[Row], plain: dict[tuple[str, str], Row]) -> float | None:
    """The share of pages that are worse than plain trafilatura's by over half a point of F1."""
    pairs = [(float(row["sh_f"]), plain.get((row["corpus"], row["id"]), {})) for row in rows if row.get("sh_f")]
    gaps = [float(other["sh_f"]) - own for own, other in pairs if other.get("sh_f")]
    return mean(gap > _HALF_A_POINT for gap in gaps) if gaps else None


def _mean(rows: list[Row], column: str) -> float | None:
    """Over all pages that state the field; None where the way gives none at all."""
    values = [float(row[column]) for row in rows if row.get(column)]
    return mean(values) if any(values) else None


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
