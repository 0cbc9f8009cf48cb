"""Small true files of each sort, and some that only pretend."""

import struct
import zlib


def png(width: int = 8, height: int = 8) -> bytes:
    """Return a picture of one colour that a browser can draw."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\x1f\x4e\x4a" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


JPEG = b"\xff\xd8\xff\xe0" + b"a mark on an arm" * 20
WEBP = b"RIFF\x20\0\0\0WEBPVP8 " + b"a mark on an arm"
PDF = b"%PDF-1.7\n" + b"a letter from a surgery"
PROGRAM = b"MZ\x90\0" + b"a program" * 20
PAGE = b"<html><script>alert(1)</script>"
