"""The cage: one bad document costs one outcome."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from schemas.errors import NewsdeskError
from schemas.items.outcome import Reason, Refusal
from tasks.cage.pool import AHEAD, CALLS_A_MESSAGE, Cage
from tasks.cage.turn_queue import TurnQueue

HERE = "tests.support.cage_documents"


@pytest.fixture
def cage() -> Iterator[Cage]:
    with Cage(children=1, memory_mb=512, wall_s=1.0) as opened:
        opened.call(f"{HERE}:double", 1)
        yield opened


def test_a_child_answers_and_is_used_again(cage: Cage) -> None:
    first, second = (cage.call(f"{HERE}:process_id", n) for n in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("hang", Reason.PARSE_TIMEOUT),
        ("spin", Reason.PARSE_TIMEOUT),
        ("eat_memory", Reason.PARSE_MEMORY),
        ("crash", Reason.PARSE_MEMORY),
        ("stumble", Reason.PARSE_ERROR),
    ],
)
def test_a_bad_document_costs_one_refusal_and_the_next_is_read(cage: Cage, document: str, reason: Reason) -> None:
    refusal = cage.call(f"{HERE}:{document}", 0)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is reason
    assert cage.call(f"{HERE}:double", 21) == 42


def test_a_refusal_says_what_the_parser_raised(cage: Cage) -> None:
    assert cage.call(f"{HERE}:stumble", 0).detail == "ValueError: the 3rd <b> is not what it seems"


def test_a_parser_that_prints_does_not_break_the_results(cage: Cage) -> None:
    assert cage.call(f"{HERE}:chatter", 0) == "said"


def test_a_missing_parser_is_our_fault_and_no_outcome(cage: Cage) -> None:
    with pytest.raises(NewsdeskError, match="cannot start"):
        cage.call("tests.tasks.no_such_module:read", 0)


def test_children_share_what_was_imported_before_them() -> None:
    with Cage(children=2, memory_mb=512, wall_s=10.0, preload=(HERE,)) as cage:
        first = cage.call(f"{HERE}:imported_by", 0)
        cage.call(f"{HERE}:crash", 0)
        assert first == cage.call(f"{HERE}:imported_by", 0) != cage.call(f"{HERE}:process_id", 0)


def test_a_cage_that_was_begun_has_loaded_what_its_children_share() -> None:
    with Cage(children=2, memory_mb=512, wall_s=10.0) as cage:
        cage.begin(f"{HERE}:make_ready")
        cage.begin(f"{HERE}:make_ready")
        first = cage.call(f"{HERE}:made_ready_by", 0)
        cage.call(f"{HERE}:crash", 0)
        assert first == cage.call(f"{HERE}:made_ready_by", 0) == [cage.call(f"{HERE}:parent_id", 0)]


def test_a_cage_that_was_begun_and_never_called_ends() -> None:
    with Cage(children=1, memory_mb=512, wall_s=10.0, preload=(HERE,)) as cage:
        cage.begin()


def test_a_module_that_cannot_be_imported_is_our_fault_and_no_outcome() -> None:
    with (
        Cage(1, 512, 1.0, preload=("tests.tasks.no_such_module",)) as cage,
        pytest.raises(NewsdeskError, match="no_such"),
    ):
        cage.call(f"{HERE}:double", 1)


def test_a_cage_whose_fork_server_was_killed_reads_the_next_document(cage: Cage) -> None:
    os.kill(cage.call(f"{HERE}:parent_id", 0), signal.SIGKILL)
    assert isinstance(cage.call(f"{HERE}:crash", 0), Refusal)
    assert cage.call(f"{HERE}:double", 21) == 42


def test_a_large_document_passes() -> None:
    with Cage(children=1, memory_mb=512, wall_s=10.0) as roomy:
        assert len(roomy.call("zlib:compress", b"a" * 20_000_000)) < 30_000


def test_many_threads_share_a_few_children() -> None:
    with Cage(children=2, memory_mb=512, wall_s=10.0) as cage, ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: cage.call(f"{HERE}:double", n), range(100)))
    assert answers == [2 * n for n in range(100)]


def test_of_documents_that_go_to_a_child_together_one_bad_one_costs_one_refusal(cage: Cage) -> None:
    said = list(cage.map(f"{HERE}:double_or_crash", [(number,) for number in range(11)]))
    assert [answer for answer in said if not isinstance(answer, Refusal)] == [0, 2, 4, 8, 10, 12, 14, 18, 20]
    assert [place for place, answer in enumerate(said) if isinstance(answer, Refusal)] == [3, 8]


def test_each_of_the_documents_that_go_together_has_the_whole_time(cage: Cage) -> None:
    assert list(cage.map(f"{HERE}:dawdle", [(0.4,)] * 4)) == [0.4] * 4


def test_no_more_documents_are_taken_ahead_than_a_few_for_each_child(cage: Cage) -> None:
    numbers = count()
    assert next(cage.map(f"{HERE}:double", ((number,) for number in numbers))) == 0
    assert next(numbers) <= AHEAD * CALLS_A_MESSAGE


def test_of_two_maps_the_one_that_began_first_is_read_first_and_a_single_call_before_both(cage: Cage) -> None:
    order: list[str] = []

    def read(name: str) -> None:
        for _ in cage.map(f"{HERE}:dawdle", [(0.03,)] * 20 * CALLS_A_MESSAGE):
            order.append(name)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(read, "first")
        while not order:
            time.sleep(0.001)
        second = threads.submit(read, "second")
        cage.call(f"{HERE}:double", 1)
        order.append("call")
        first.result()
        second.result()
    assert order.index("call") < 10 * CALLS_A_MESSAGE
    assert order.index("second") > 18 * CALLS_A_MESSAGE


def test_of_callers_of_one_rank_who_came_first_is_served_first() -> None:
    turns, served = TurnQueue(["child"]), list[int]()

    def take(number: int) -> None:
        thing = turns.take()
        served.append(number)
        turns.put(thing)

    held = turns.take()
    with ThreadPoolExecutor(5) as threads:
        for number in range(5):
            threads.submit(take, number)
            time.sleep(0.02)
        turns.put(held)
    assert served == [0, 1, 2, 3, 4]
