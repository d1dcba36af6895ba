"""Bodies of HTTP answers, unpacked within a bound: no more is ever unpacked than the bound allows."""

from __future__ import annotations

import zlib

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32  # which of the two it is, the first bytes tell
_GZIP_START = b"\x1f"
KNOWN = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))


class TooLargeError(Exception):
    """A body passes the bound. `unpacked` says that it did so only when unpacked."""

    def __init__(self, *, unpacked: bool) -> None:
        super().__init__(unpacked)
        self.unpacked = unpacked


class DamagedError(Exception):
    """A packed body is not what it says, or breaks off."""


class Body:
    """Collects the parts of one body. `encoding` is the Content-Encoding, one of `KNOWN`."""

    def __init__(self, *, encoding: str, max_bytes: int) -> None:
        self._unpacker = None if encoding in ("", "identity") else zlib.decompressobj(_GZIP_OR_ZLIB)
        self._left = max_bytes
        self._parts: list[bytes] = []

    def add(self, chunk: bytes) -> None:
        """Take the next part off the wire. Raises TooLargeError or DamagedError."""
        while chunk:
            part, chunk = self._unpacked(chunk) if self._unpacker else (chunk, b"")
            self._left -= len(part)
            if self._left < 0:
                raise TooLargeError(unpacked=self._unpacker is not None)
            self._parts.append(part)

    def _unpacked(self, chunk: bytes) -> tuple[bytes, bytes]:
        """What a packed part holds, and the rest of it, behind a gzip's end: another may follow, or padding."""
        assert self._unpacker is not None
        if self._unpacker.eof:
            if not chunk.startswith(_GZIP_START):
                return b"", b""
            self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
        try:
            # One byte more than what is left tells a body that fits from one that does not.
            return self._unpacker.decompress(chunk, self._left + 1), self._unpacker.unused_data
        except zlib.error as error:
            raise DamagedError(str(error)) from error

    def whole(self) -> bytes:
        """The whole body. Raises DamagedError when its packing breaks off."""
        if self._unpacker and not self._unpacker.eof:
            raise DamagedError("breaks off")
        return b"".join(self._parts)
