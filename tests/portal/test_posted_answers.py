"""An ordinary post becomes the same answers the browser's script would have sent."""

from django.http import QueryDict

from xinghai.kernel.request_data import read_posted


def answers_of(query: str) -> dict[str, object]:
    return read_posted(QueryDict(query).lists())


def test_names_say_where_a_value_belongs() -> None:
    posted = answers_of(
        "__field=title&__field=kinds&__field=stage&__field=team"
        "&title=A&kinds[]=x&kinds[]=y&stage[start]=2024-01-31&stage[end]=2024-02-29"
        "&team[0][name]=B&team[0][role]=lead&team[1][name]=C"
    )
    assert posted == {
        "title": "A",
        "kinds": ["x", "y"],
        "stage": {"start": "2024-01-31", "end": "2024-02-29"},
        "team": [{"name": "B", "role": "lead"}, {"name": "C"}],
    }


def test_rows_follow_their_numbers_and_gaps_close() -> None:
    posted = answers_of("__field=team&team[10][name]=last&team[2][name]=first")
    assert posted == {"team": [{"name": "first"}, {"name": "last"}]}


def test_a_field_with_every_box_unticked_is_empty_not_absent() -> None:
    assert answers_of("__field=kinds&title=not+on+the+list") == {"kinds": ""}


def test_a_value_that_contradicts_itself_is_not_an_error() -> None:
    assert answers_of("__field=a&a=plain&a[x]=part") == {"a": "plain"}
