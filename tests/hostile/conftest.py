"""Invariants and cases are asserted outside of test files: pytest is to say there, too, what differed."""

import pytest

pytest.register_assert_rewrite("tests.hostile.invariants", "tests.hostile.harness", "tests.hostile.feed_cases")
