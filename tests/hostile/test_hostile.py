"""Hostile publishers: each ends as a named outcome, and fourteen invariants hold beside them.

The fast half meets all cases that are not slow in one pair of runs. `make hostile` (`pytest -m hostile`)
meets them few at a time, those that take long or have a bound of memory alone, each time in a pair of runs
in a home of its own, and checks all invariants after each.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.hostile.world.harness import Case, CaseResult, Reasons
from tests.hostile.world.invariants import INVARIANTS
from tests.hostile.world.world import Aftermath, meet, warm_up

MODULES = [
    import_module(f"tests.hostile.cases.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("cases/cases_*.py"))
]
CASES: tuple[Case, ...] = tuple(case for module in MODULES for case in getattr(module, "CASES", ()))
FAST = tuple(case for case in CASES if not case.is_slow)
TOGETHER = 10
"""Cases that `make hostile` meets in one pair of runs, which costs 4 to 8 CPU seconds whatever it meets."""
SHARED = [case for case in CASES if case.memory_mb == Case.memory_mb and case.seconds <= Case.seconds]
PARTIES: tuple[tuple[Case, ...], ...] = (
    *((case,) for case in CASES if case not in SHARED),
    *(tuple(SHARED[start : start + TOGETHER]) for start in range(0, len(SHARED), TOGETHER)),
)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """Two runs over all fast cases."""
    warm_up(tmp_path_factory.mktemp("calm"))
    return meet(FAST, tmp_path_factory.mktemp("hostile"))


def fits(reason: str | None, allowed: Reasons) -> bool:
    """Whether the reason is the one, or among those, that a case allows."""
    return reason == allowed if isinstance(allowed, str) else reason in allowed


def judge(result: CaseResult) -> None:
    """What the case asks for."""
    case = result.case
    found, again = result.outcomes(), result.outcomes(result.again_id)
    wrong = {path: found.get(path) for path, allowed in case.outcomes.items() if not fits(found.get(path), allowed)}
    assert not wrong, (wrong, result.details())
    later = {path: again.get(path) for path, allowed in case.again.items() if not fits(again.get(path), allowed)}
    assert not later, later
    assert len(result.ledger.versions[result.run_id, result.source]) == case.rows
    assert case.captures in (None, result.captures())
    assert result.seconds() <= case.seconds
    if case.check:
        case.check(result)


@pytest.mark.parametrize("case", FAST, ids=[case.id for case in FAST])
def test_the_case_ends_as_it_must(after: Aftermath, case: Case) -> None:
    judge(after.results[case.id])


@pytest.mark.parametrize("invariant", INVARIANTS, ids=[invariant.__name__ for invariant in INVARIANTS])
def test_beside_all_of_them(after: Aftermath, invariant: Callable[[Aftermath], None]) -> None:
    invariant(after)


def test_every_case_has_an_id_of_its_own() -> None:
    assert len({case.slug for case in CASES}) == len(CASES)


@pytest.mark.hostile
@pytest.mark.parametrize("cases", PARTIES, ids=[" ".join(case.id for case in cases) for cases in PARTIES])
@pytest.mark.usefixtures("calm")
def test_few_cases_leave_every_invariant_whole(cases: tuple[Case, ...], tmp_path: Path) -> None:
    after = meet(cases, tmp_path)
    for case in cases:
        judge(after.results[case.id])
    assert after.grown_mb <= cases[0].memory_mb
    for invariant in INVARIANTS:
        invariant(after)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What loads late is loaded before the first case."""
    warm_up(tmp_path_factory.mktemp("calm"))
