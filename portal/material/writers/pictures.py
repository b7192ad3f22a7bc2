"""Pictures drawn from simple shapes, and what a camera writes in them."""

import io
import random
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PIL import ExifTags, Image, ImageDraw

PictureFormat = Literal["JPEG", "PNG", "GIF", "BMP", "WEBP"]
SCENES = ("colline", "mer", "ville", "jardin", "montagne")
MEDIA_TYPES = {
    "JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "BMP": "image/bmp", "WEBP": "image/webp",
}  # fmt: skip
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "BMP": "bmp", "WEBP": "webp"}
_SKIES = ((176, 214, 240), (250, 214, 170), (205, 226, 235), (214, 204, 236))
_GROUNDS = {"colline": (112, 160, 92), "mer": (56, 120, 160), "ville": (140, 140, 146), "jardin": (96, 148, 84),
            "montagne": (120, 124, 134)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shot:
    """What the camera writes in a photograph."""

    at: datetime
    camera: str
    latitude: float | None = None
    longitude: float | None = None


def draw(dice: random.Random, scene: str, width: int, height: int) -> Image.Image:
    """Draw a scene: a sky, a sun, a ground, and a few shapes of its own."""
    image = Image.new("RGB", (width, height), dice.choice(_SKIES))
    pen = ImageDraw.Draw(image)
    radius, left = height // 9, dice.randrange(width // 8, width * 3 // 4)
    pen.ellipse((left, radius // 2, left + 2 * radius, radius * 5 // 2), fill=(246, 206, 92))
    horizon = height * dice.randrange(45, 62) // 100
    pen.rectangle((0, horizon, width, height), fill=_GROUNDS[scene])
    for _ in range(dice.randrange(4, 9)):
        x, size = dice.randrange(0, width), dice.randrange(height // 12, height // 4)
        shade = tuple(max(0, channel - dice.randrange(10, 60)) for channel in _GROUNDS[scene])
        _shape(pen, scene, (x, horizon, size), (shade[0], shade[1], shade[2]))
    return image


def _shape(
    pen: ImageDraw.ImageDraw, scene: str, place: tuple[int, int, int], colour: tuple[int, int, int]
) -> None:
    x, horizon, size = place
    if scene == "ville":
        pen.rectangle((x, horizon - size, x + size // 2, horizon), fill=colour)
    elif scene == "montagne":
        pen.polygon([(x - size, horizon), (x, horizon - size), (x + size, horizon)], fill=colour)
    elif scene == "mer":
        pen.polygon([(x - size // 2, horizon + size), (x, horizon + size // 3), (x + size // 2, horizon + size)],
                    fill=(238, 238, 232))  # fmt: skip
    else:
        pen.rectangle(
            (x - size // 12, horizon - size // 3, x + size // 12, horizon + size // 3), fill=(110, 80, 60)
        )
        pen.ellipse((x - size // 3, horizon - size, x + size // 3, horizon - size // 4), fill=colour)


def with_grain(dice: random.Random, image: Image.Image) -> Image.Image:
    """Add the grain of a photograph: the picture weighs more, and shows no more."""
    grain = Image.frombytes("L", image.size, dice.randbytes(image.width * image.height))
    return Image.blend(image, grain.convert("RGB"), 0.2)


def encode(image: Image.Image, kind: PictureFormat, shot: Shot | None = None) -> bytes:
    """Write a picture in a format, with what the camera says when it is a JPEG."""
    target = io.BytesIO()
    if kind == "JPEG" and shot:
        image.save(target, kind, quality=85, exif=_exif(shot))
    elif kind == "GIF":
        image.quantize(32).save(target, kind)
    else:
        image.save(target, kind)
    return target.getvalue()


def _exif(shot: Shot) -> Image.Exif:
    exif, stamp = Image.Exif(), f"{shot.at:%Y:%m:%d %H:%M:%S}"
    exif[ExifTags.Base.Make] = "Atelier fictif"
    exif[ExifTags.Base.Model] = shot.camera
    exif[ExifTags.Base.Orientation] = 1
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = stamp
    inner[ExifTags.Base.DateTimeDigitized] = stamp
    if shot.latitude is not None and shot.longitude is not None:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef] = "N" if shot.latitude >= 0 else "S"
        place[ExifTags.GPS.GPSLatitude] = _degrees(shot.latitude)
        place[ExifTags.GPS.GPSLongitudeRef] = "E" if shot.longitude >= 0 else "W"
        place[ExifTags.GPS.GPSLongitude] = _degrees(shot.longitude)
    return exif


def _degrees(angle: float) -> tuple[float, float, float]:
    """Write an angle in degrees, minutes and seconds."""
    seconds = round(abs(angle) * 3600)
    return float(seconds // 3600), float(seconds // 60 % 60), float(seconds % 60)
