"""Portraits: read whatever a phone sends, keep a small square without the place and time it was taken."""

import hashlib
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from coordination.accounts.directory_errors import BadPhoto, PhotoTooLarge

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
SIDE = 256
FORMATS = ("JPEG", "PNG", "WEBP")


def portrait(sent: bytes) -> bytes:
    """256 × 256 WebP of a picture, upright, cut around its middle; `BadPhoto` or `PhotoTooLarge`.

    The size is read from the picture's head before any pixel is decoded.
    """
    if len(sent) > MOST_BYTES:
        raise PhotoTooLarge
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoTooLarge
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise BadPhoto from error
    small = ImageOps.fit(upright, (SIDE, SIDE))
    out = BytesIO()
    small.save(out, "WEBP", quality=82)
    return out.getvalue()


def version_of(content: bytes) -> str:
    """What names a portrait: another picture has another version."""
    return hashlib.sha256(content).hexdigest()[:16]
