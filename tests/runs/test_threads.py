"""Threads of linear algebra."""

from threadpoolctl import threadpool_info, threadpool_limits

from engager_sim.runs.threads import one_thread_of_algebra


def test_every_library_of_algebra_has_one_thread_for_a_while() -> None:
    with threadpool_limits(limits=2):
        with one_thread_of_algebra():
            assert {library["num_threads"] for library in threadpool_info()} == {1}
        assert {library["num_threads"] for library in threadpool_info()} == {2}
