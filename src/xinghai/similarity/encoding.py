"""An encoder of texts, where an operator has one: a directory of a model, or an endpoint.

Off unless it is set up. Everything works without it; with it, what means the same in other words
is found too. An endpoint speaks the usual `/embeddings`; texts leave the house only there.
"""

import importlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LONGEST, LARGEST_ANSWER = 8_000, 64 * 1024 * 1024
AGAIN = (408, 429, 500, 502, 503, 504)


class EncoderUnavailable(RuntimeError):
    """The encoder that is set up cannot be used; the message says what is missing."""


class EncodingFailed(RuntimeError):
    """An encoder did not answer, or with something else than vectors."""


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row per text."""
        ...


def make_encoder(address: str, *, model: str = "", key: str = "") -> Encoder | None:
    """Return the encoder an operator's settings ask for; None for an empty address.

    `address` is the base of an endpoint (http or https; `model` and `key` are its) or the path
    of a model's directory.
    """
    if not address.strip():
        return None
    parts = urlsplit(address.strip())
    if parts.scheme in ("http", "https"):
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise EncoderUnavailable("the encoder's address is a host and a path, nothing more")
        return Endpoint(address.strip(), model, key)
    if parts.scheme and len(parts.scheme) > 1:
        raise EncoderUnavailable(f"no encoder speaks {parts.scheme}: http, https or a directory")
    return Local(address.strip())


class Local:
    """A model in a directory, read by sentence-transformers where that is installed."""

    def __init__(self, directory: str) -> None:
        if not Path(directory).is_dir():
            raise EncoderUnavailable(f"there is no directory {directory}")
        try:
            library = importlib.import_module("sentence_transformers")
        except ImportError:
            raise EncoderUnavailable(
                "an encoder in a directory needs the package sentence-transformers"
            ) from None
        try:
            # Nothing is fetched from anywhere, and no code that lies beside the model is run.
            self._model = library.SentenceTransformer(
                directory, local_files_only=True, trust_remote_code=False
            )
        except Exception as problem:
            raise EncoderUnavailable(f"no encoder could be read from {directory}") from problem

    def encode(self, texts: Sequence[str]) -> Floats:
        cut = [text[:LONGEST] for text in texts]
        rows = self._model.encode(cut, show_progress_bar=False) if cut else []
        return np.asarray(rows, np.float32).reshape(len(cut), -1 if len(cut) else 0)


class _NoRedirect(HTTPRedirectHandler):
    """Texts and the key go where the operator said, and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass
class Endpoint:
    """An OpenAI-compatible service, asked in batches, again when it is busy."""

    address: str
    model: str = ""
    key: str = field(default="", repr=False)
    batch: int = 64
    timeout: float = 30
    tries: int = 4
    pause: float = 0.5

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row per text; a text without a word is a row of zeros and is not sent."""
        worded = [number for number, text in enumerate(texts) if text.strip()]
        opener = build_opener(_NoRedirect)
        parts = [
            self._ask(opener, [_cleaned(texts[number]) for number in worded[at : at + self.batch]])
            for at in range(0, len(worded), self.batch)
        ]
        if len({one.shape[1] for one in parts}) > 1:
            raise EncodingFailed("the encoder's rows are not of one length")
        rows = np.zeros((len(texts), parts[0].shape[1] if parts else 0), np.float32)
        if parts:
            rows[worded] = np.concatenate(parts)
        return rows

    def _ask(self, opener: OpenerDirector, texts: list[str]) -> Floats:
        body = json.dumps({"model": self.model, "input": texts}).encode()
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        base = self.address.rstrip("/")
        address = base if base.endswith("/embeddings") else base + "/embeddings"
        for attempt in range(self.tries):
            if attempt:
                time.sleep(self.pause * 2 ** (attempt - 1))
            try:
                asked = Request(address, data=body, headers=headers)  # noqa: S310 - http(s) only
                with opener.open(asked, timeout=self.timeout) as answer:
                    return _rows(answer.read(LARGEST_ANSWER + 1), len(texts))
            except HTTPError as refused:
                problem = f"the encoder answered {refused.code}"
                refused.close()
                if refused.code not in AGAIN:
                    break
            except (URLError, OSError, HTTPException) as silent:
                problem = f"the encoder did not answer: {type(silent).__name__}"
        raise EncodingFailed(problem)


def _cleaned(text: str) -> str:
    """Cut a text, and drop what is no character and no service accepts."""
    return text[:LONGEST].encode("utf-8", "ignore").decode()


def _rows(answer: bytes, count: int) -> Floats:
    """Read the vectors out of an answer, in the order of the texts whatever the order given."""
    if len(answer) > LARGEST_ANSWER:
        raise EncodingFailed("the encoder's answer is too long")
    try:
        data = json.loads(answer)["data"]
        found = {int(one.get("index", place)): one["embedding"] for place, one in enumerate(data)}
        rows = np.array([found[number] for number in range(count)], np.float32)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError):
        raise EncodingFailed("the encoder's answer holds no vectors") from None
    if rows.ndim != 2 or len(data) != count or not np.isfinite(rows).all():
        raise EncodingFailed("the encoder's answer holds no row for every text")
    return rows
