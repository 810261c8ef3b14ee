"""What a request read once is not asked again in it, and is gone with it."""

from xinghai.kernel.request_memory import once_per_request, one_request


class Asked:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_in_a_request_the_first_answer_stays() -> None:
    asked = Asked()
    with one_request():
        assert [once_per_request("a", asked), once_per_request("a", asked)] == [1, 1]
        assert once_per_request("b", asked) == 2


def test_the_next_request_asks_anew() -> None:
    asked = Asked()
    for turn in (1, 2):
        with one_request():
            assert once_per_request("a", asked) == turn


def test_outside_of_a_request_nothing_is_kept() -> None:
    asked = Asked()
    assert [once_per_request("a", asked), once_per_request("a", asked)] == [1, 2]


def test_a_request_within_a_request_has_a_memory_of_its_own() -> None:
    asked = Asked()
    with one_request():
        once_per_request("a", asked)
        with one_request():
            assert once_per_request("a", asked) == 2
        assert once_per_request("a", asked) == 1
