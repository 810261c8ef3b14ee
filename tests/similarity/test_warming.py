"""What a page asks first is ready; and asking for it in many threads at once harms nothing."""

from concurrent.futures import ThreadPoolExecutor

from xinghai.similarity.terms import bags_of
from xinghai.similarity.warming import warm


def test_threads_that_ask_at_once_get_what_one_gets() -> None:
    warm()
    text = "退役动力电池梯次利用与再生技术研究" * 3_000
    alone = bags_of([text]).hashes.tolist()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _n: bags_of([text]).hashes.tolist(), range(16)))

    assert answers == [alone] * 16
