"""Pictures: they can be decoded, and are of a size a page can show."""

import io

from PIL import Image

from xinghai.kernel.file_checks.verdicts import HUGE, Found

MOST_PIXELS = 100_000_000


def check(content: bytes) -> None:
    """Raise Found(HUGE) for a picture of more than MOST_PIXELS; Pillow raises for a broken one."""
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Found(HUGE)
        picture.verify()
