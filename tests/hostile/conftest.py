"""Invariants and cases are asserted outside of test files: pytest is to say there, too, what differed."""

import pytest

pytest.register_assert_rewrite(
    "tests.hostile.world.invariants", "tests.hostile.world.harness", "tests.hostile.cases.feed_cases"
)
