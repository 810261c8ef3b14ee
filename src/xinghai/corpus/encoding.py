"""The operator's encoder, where one is set up: off by default, and never in the way."""

from collections.abc import Sequence
from typing import Any

import structlog
from django.conf import settings

from xinghai.similarity.encoding import EncoderUnavailable, EncodingFailed, make_encoder

log = structlog.get_logger()


def vectors_of(texts: Sequence[str]) -> Any:
    """Return one float32 row per text; None without an encoder, or when the encoder fails.

    The caller then works without vectors, with less quality. The failure is written to the log.
    """
    try:
        encoder = make_encoder(
            settings.ENCODER, model=settings.ENCODER_MODEL, key=settings.ENCODER_KEY
        )
        return encoder.encode(texts) if encoder is not None and texts else None
    except (EncoderUnavailable, EncodingFailed) as failure:
        log.warning("encoder failed", reason=str(failure))
        return None
