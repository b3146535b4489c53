#!/bin/sh
# Package:  pyarrow 26.0.1 beside pandas 3.1.1 and NumPy 2.4.6, on Python 3.11.7. Seen on 2026-12-01.
#
# Behaviour: where `sys.modules["pandas"]` is None, `pyarrow.array([1])` raises
# AttributeError: 'NoneType' object has no attribute '__version__'.
#
# Expected: pyarrow works without pandas. None in `sys.modules` is the documented way to say that a module cannot be
# imported ("The import system" of the Python reference, section "The module cache": the import then raises
# ModuleNotFoundError), and an `import pandas` in Python does raise it. pyarrow catches ImportError at this place.
#
# Reason, as far as seen: the import stands in a module compiled by Cython, whose import takes what it finds in
# `sys.modules` for the module, None too.
#
# Output seen:
#   Python's import: ModuleNotFoundError
#   pyarrow.array:   AttributeError
#
# For a pipeline: commands that only read want to start without pandas (DuckDB imports it at the first bound value: 0.3 s
# of CPU). With None in its place they start as quickly, and fail where a row is written through Arrow, far from the
# cause. A finder in `sys.meta_path` that raises ModuleNotFoundError is understood by all of them: Newsdesk uses that
# (flows/cli/group.py).
#
# Upstream issue: none known.
set -eu
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
python3 -m venv "$FOLDER/venv"
"$FOLDER/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 pandas==3.1.1 numpy==2.4.6

cat > "$FOLDER/none.py" <<'PYTHON'
import sys

sys.modules["pandas"] = None
try:
    import pandas
except ImportError as error:
    print("Python's import:", type(error).__name__)

import pyarrow

try:
    print("pyarrow.array:", pyarrow.array([1]).to_pylist())
except AttributeError as error:
    print("pyarrow.array:", type(error).__name__)
PYTHON

# Without the None: pyarrow works.
"$FOLDER/venv/bin/python" -c "import pyarrow; assert pyarrow.array([1]).to_pylist() == [1]"
seen=$("$FOLDER/venv/bin/python" "$FOLDER/none.py")
echo "$seen"
test "$seen" = "Python's import: ModuleNotFoundError
pyarrow.array: AttributeError" || { echo "CHANGED" >&2; exit 1; }
