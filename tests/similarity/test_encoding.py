"""Encoders: off by default, what is missing is said, an endpoint is asked with care."""

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from xinghai.similarity.encoding import EncoderUnavailable, EncodingFailed, Endpoint, make_encoder


@dataclass
class Service:
    """What the endpoint is to answer next, and what it was asked."""

    address: str = ""
    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    silence: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def service() -> Iterator[Service]:
    told = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(asked)
            told.keys.append(self.headers.get("Authorization", ""))
            status, answer = told.answers.pop(0) if told.answers else (200, None)
            if answer == "silence":
                told.silence.wait(30)
            if answer is None:
                rows = [
                    {"index": n, "embedding": [len(t), 1]} for n, t in enumerate(asked["input"])
                ]
                answer = {"data": rows[::-1]}
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", told.address + "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        told.address = f"http://127.0.0.1:{server.server_port}/v1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield told
        told.silence.set()
        server.shutdown()


def _endpoint(service: Service, **how: Any) -> Endpoint:
    return Endpoint(service.address, "some-model", "secret", pause=0, **how)


def test_rows_come_in_the_order_of_the_texts_in_batches_and_empty_ones_are_not_sent(
    service: Service,
) -> None:
    rows = _endpoint(service, batch=2).encode(["a", "", "ccc", "\ud800bb", " "])
    assert rows.tolist() == [[1, 1], [0, 0], [3, 1], [2, 1], [0, 0]]
    assert rows.dtype == np.float32
    assert [one["input"] for one in service.asked] == [["a", "ccc"], ["bb"]]
    assert {one["model"] for one in service.asked} == {"some-model"}
    assert set(service.keys) == {"Bearer secret"}
    assert _endpoint(service).encode([]).shape == (0, 0)


def test_a_busy_endpoint_is_asked_again_and_a_refusing_one_is_not(service: Service) -> None:
    service.answers = [(503, {}), (429, {})]
    assert _endpoint(service).encode(["a"]).tolist() == [[1, 1]]
    service.answers = [(401, {})] * 4
    with pytest.raises(EncodingFailed, match="401") as failed:
        _endpoint(service).encode(["a"])
    assert "secret" not in f"{failed.value}{_endpoint(service)!r}"
    assert len(service.asked) == 4
    service.answers = [(500, {})] * 9
    with pytest.raises(EncodingFailed, match="500"):
        _endpoint(service, tries=2).encode(["a"])


@pytest.mark.parametrize("status", [301, 302, 307])
def test_texts_and_key_follow_no_redirect(service: Service, status: int) -> None:
    service.answers = [(status, {})]
    with pytest.raises(EncodingFailed, match=str(status)):
        _endpoint(service).encode(["a"])
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>",
        [],
        {},
        {"data": []},
        {"data": [{"embedding": [1]}] * 2},
        {"data": [{"embedding": "x"}]},
        {"data": [{"embedding": [float("nan")]}]},
        {"data": [{"index": 7, "embedding": [1]}]},
        {"data": [{"index": float("inf"), "embedding": [1]}]},
        {"data": [{"embedding": [10**400]}]},
    ],
)
def test_what_is_no_vectors_is_refused(service: Service, answer: Any) -> None:
    service.answers = [(200, answer)]
    with pytest.raises(EncodingFailed, match="answer holds"):
        _endpoint(service).encode(["a"])


def test_an_endpoint_that_stays_silent_is_given_up(service: Service) -> None:
    service.answers = [(200, "silence")]
    with pytest.raises(EncodingFailed, match="did not answer"):
        _endpoint(service, timeout=0.2, tries=1).encode(["a"])
    with pytest.raises(EncodingFailed, match="did not answer"):
        Endpoint("http://127.0.0.1:9/v1", tries=1).encode(["a"])


def test_an_address_chooses_and_none_is_off(tmp_path: Path) -> None:
    assert make_encoder(" ") is None
    chosen = make_encoder("https://models.example.cn/v1", model="m", key="k")
    assert isinstance(chosen, Endpoint)
    for wrong, why in {
        "ftp://models.example.cn": "http",
        "http://": "host",
        "https://user:pass@models.example.cn/": "nothing more",
        str(tmp_path / "none"): "no directory",
        str(tmp_path): "encoder",
    }.items():
        with pytest.raises(EncoderUnavailable, match=why):
            make_encoder(wrong)


LIBRARY = """
import pathlib
class SentenceTransformer:
    def __init__(self, directory, *, local_files_only, trust_remote_code):
        assert local_files_only and not trust_remote_code
        self.size = len(pathlib.Path(directory, "model").read_text())
    def encode(self, texts, show_progress_bar):
        return [[len(text), self.size] for text in texts]
"""


def test_a_directory_is_read_where_the_library_is_and_fetches_and_runs_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for the library, which is no dependency: what we ask of it is what is tested."""
    (tmp_path / "sentence_transformers.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    with pytest.raises(EncoderUnavailable, match="no encoder could be read"):
        make_encoder(str(tmp_path))
    (tmp_path / "model").write_text("abc")
    encoder = make_encoder(str(tmp_path))
    assert encoder is not None
    assert encoder.encode(["电池", ""]).tolist() == [[2, 3], [0, 3]]
    assert encoder.encode([]).shape == (0, 0)
    sys.modules.pop("sentence_transformers")
