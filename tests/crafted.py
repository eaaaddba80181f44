"""Picture files by hand, as no program writes them: false headers, endless parts, what hides around the pixels."""

import struct
import zlib
from collections.abc import Sequence

from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from tests.samples import encoded

SECRET = b"Secret of a street"


def png(
    width: int, height: int, depth: int, color_type: int, rows: bytes, extra: bytes = b"", interlaced: int = 0
) -> bytes:
    """A PNG; Pillow writes no 16-bit colors and no false headers. Each of `rows` begins with a filter byte."""
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, interlaced)
    parts = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def in_png(data: bytes, *chunks: bytes) -> bytes:
    """The PNG with these chunks right after its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def in_jpeg(data: bytes, *segments: bytes) -> bytes:
    """The JPEG with these segments, each begun by its marker, before all others."""
    parts = (part[:2] + struct.pack(">H", len(part)) + part[2:] for part in segments)
    return data[:2] + b"".join(parts) + data[2:]


def with_scans(data: bytes, times: int) -> bytes:
    """The progressive JPEG with its last scan so many times."""
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * times + data[-2:]


def in_gif(data: bytes, *extensions: bytes) -> bytes:
    """The GIF with these extensions before its first frame."""
    start = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    return data[:start] + b"".join(extensions) + data[start:]


def in_webp(data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """The WebP with these chunks, kind and content, after all others."""
    tail = b"".join(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for kind, body in chunks)
    return data[:4] + struct.pack("<I", len(data) - 8 + len(tail)) + data[8:] + tail


def tiff(*entries: tuple[int, int, int, int], body: bytes = b"") -> bytes:
    """A TIFF of these entries (tag, type, count, value or place), after which comes the body."""
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + table + bytes(4) + body


def gray_tiff(width: int = 100, height: int = 100, **changed: tuple[int, int, int, int]) -> bytes:
    """A TIFF of 8-bit gray in one strip of zeros, with some entries changed."""
    named = {
        "width": (256, 4, 1, width),
        "height": (257, 4, 1, height),
        "bits": (258, 3, 1, 8),
        "compression": (259, 3, 1, 1),
        "photometric": (262, 3, 1, 1),
        "place": (273, 4, 1, 200),
        "samples": (277, 3, 1, 1),
        "rows": (278, 4, 1, height),
        "length": (279, 4, 1, 10_000),
    }
    return tiff(*(named | changed).values(), body=bytes(11_000))


def bmp(width: int, height: int, compression: int, data: bytes) -> bytes:
    """A BMP of 8-bit pixels with a palette."""
    palette = bytes(range(256)) * 4
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, compression, len(data), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 1024 + len(data), 0, 0, 54 + 1024) + header + palette + data


def swapped_profile() -> bytes:
    """A color profile, by a name of its own, in which what is called red is green, and the other way around."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"-XYZ").replace(b"gXYZ", b"rXYZ").replace(b"-XYZ", b"gXYZ")


def described(image: Image.Image, format: str) -> bytes:
    """A picture file with SECRET in all that its format can say beside the pixels, and after its end."""
    exif = Image.Exif()
    exif[Base.Make] = exif[Base.ImageDescription] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = SECRET
    exif.get_ifd(IFD.Exif)[Base.BodySerialNumber] = SECRET.decode()
    named = swapped_profile().replace(b"Copyright", SECRET[:9])
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    texts.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    options = {
        "JPEG": {"exif": exif, "comment": SECRET, "xmp": SECRET, "icc_profile": named},
        "PNG": {"exif": exif, "pnginfo": texts, "icc_profile": named},
        "WEBP": {"exif": exif, "xmp": SECRET, "icc_profile": named, "lossless": True},
        "GIF": {"comment": SECRET},
        "BMP": {},
        "AVIF": {"exif": exif, "xmp": SECRET, "icc_profile": named},
        "HEIF": {"exif": exif.tobytes(), "xmp": SECRET},
        "TIFF": {"exif": exif, "description": SECRET.decode(), "icc_profile": named, "compression": "tiff_lzw"},
    }
    if format == "HEIF":
        image = image.copy()
        image.info["icc_profile"] = named
    return encoded(image, format, **options[format]) + SECRET


def mutations(data: bytes, number: int, random) -> Sequence[bytes]:
    """The file damaged in as many ways: bytes changed, parts cut out, doubled or zeroed, lengths made huge."""
    changed = []
    for _ in range(number):
        file = bytearray(data)
        for _ in range(random.randint(1, 4)):
            start = random.randrange(len(file)) if random.random() < 0.5 else random.randrange(min(len(file), 200))
            length = random.choice([1, 1, 2, 4, 30])
            match random.randrange(5):
                case 0:
                    file[start : start + length] = random.randbytes(length)
                case 1 if len(file) > 60:
                    del file[start : start + length]
                case 2:
                    file[start:start] = file[start : start + length]
                case 3:
                    file[start : start + length] = random.choice([b"\0", b"\xff"]) * length
                case _ if len(file) > 60:
                    del file[random.randrange(len(file) // 2, len(file)) :]
        changed.append(bytes(file))
    return changed
