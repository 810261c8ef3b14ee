"""The addresses of resumable uploads: what a script did wrong is said, never an error page."""

import json

import pytest
from django.test import Client

from tests.factories import make_user
from tests.kernel.test_uploads import PDF
from tests.pages import client_of
from xinghai.accounts.models import User
from xinghai.kernel import uploads
from xinghai.kernel.models import StoredFile

pytestmark = pytest.mark.django_db
FILES = "/my/files/"


@pytest.fixture
def owner() -> User:
    return make_user()


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def opened(client: Client, *, name: str = "承诺书.pdf", size: int = len(PDF)) -> str:
    asked = json.dumps({"name": name, "size": size})
    answer = client.post(FILES, asked, content_type="application/json")
    assert answer.status_code == 201
    return str(answer.json()["url"])


def test_a_file_is_sent_in_pieces_and_told_where_it_stands(client: Client) -> None:
    address = opened(client)
    half = client.patch(address, PDF[:20], headers={"Upload-Offset": "0"})
    assert (half.json()["offset"], half.json()["complete"]) == (20, False)
    assert client.get(address).json() == half.json()
    whole = client.patch(address, PDF[20:], headers={"Upload-Offset": "20"})
    assert (whole.json()["checking"], whole.json()["complete"]) == (True, False)
    uploads.look_into_upload(whole.json()["id"])
    done = client.get(address).json()
    assert (done["checking"], done["complete"]) == (False, True)


def test_what_the_check_found_is_told_with_a_remedy(client: Client) -> None:
    content = b"%PDF-1.4\n%%EOF"
    address = opened(client, size=len(content))
    file = client.patch(address, content, headers={"Upload-Offset": "0"}).json()["id"]
    uploads.look_into_upload(file)
    answer = client.get(address)
    assert (answer.status_code, list(answer.json())) == (422, ["problem"])
    assert "已损坏" in answer.json()["problem"]


def test_a_file_that_cannot_be_taken_is_refused_before_a_byte_is_sent(client: Client) -> None:
    asked = json.dumps({"name": "空.pdf", "size": 0})
    answer = client.post(FILES, asked, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (422, ["problem"])


def test_a_piece_without_its_place_is_not_taken(client: Client) -> None:
    answer = client.patch(opened(client), PDF)
    assert (answer.status_code, answer.json()["problem"]) == (400, "Upload-Offset is needed")


def test_a_piece_at_a_wrong_place_is_told_the_right_one(client: Client) -> None:
    answer = client.patch(opened(client), PDF[20:], headers={"Upload-Offset": "20"})
    assert (answer.status_code, answer.json()) == (409, {"offset": 0})


def test_a_file_that_is_not_what_it_says_is_refused_and_gone(client: Client) -> None:
    address = opened(client, size=100)
    answer = client.patch(address, b"MZ" + b"\0" * 98, headers={"Upload-Offset": "0"})
    assert answer.status_code == 422
    assert client.get(address).status_code == 404


def test_an_upload_given_up_meanwhile_is_not_found(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = uploads.receive

    def late(upload: StoredFile, *, offset: int, content: bytes) -> StoredFile:
        StoredFile.objects.all().delete()
        return receive(upload, offset=offset, content=content)

    monkeypatch.setattr(uploads, "receive", late)
    answer = client.patch(opened(client), PDF, headers={"Upload-Offset": "0"})
    assert answer.status_code == 404


def test_nobody_goes_on_with_the_upload_of_another(client: Client) -> None:
    address = opened(client)
    assert client_of(make_user()).get(address).status_code == 404
