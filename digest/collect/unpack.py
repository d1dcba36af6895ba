"""Bodies of HTTP answers, unpacked within a bound: no more is ever unpacked than the bound allows."""

from __future__ import annotations

import zlib

_AUTO = zlib.MAX_WBITS | 32  # gzip or zlib, found out by the header
_RAW = -zlib.MAX_WBITS  # what some servers send as "deflate"
_GZIP_MAGIC = b"\x1f\x8b"
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
        self._packed = encoding not in ("", "identity")
        self._left = max_bytes
        self._parts: list[bytes] = []
        self._unpacker = zlib.decompressobj(_AUTO)
        self._first = True

    def add(self, chunk: bytes) -> None:
        """Take the next part off the wire. Raises TooLargeError or DamagedError."""
        if not chunk:
            return
        if not self._packed:
            self._keep(chunk)
            return
        try:
            self._unpack(chunk)
        except zlib.error as error:
            raise DamagedError(str(error)) from error

    def _unpack(self, chunk: bytes) -> None:
        while chunk:
            if self._unpacker.eof:
                if not chunk.startswith(_GZIP_MAGIC):
                    return  # padding behind the end
                self._unpacker = zlib.decompressobj(_AUTO)  # gzip members may follow one another
            try:
                # One byte more than what is left tells a body that fits from one that does not.
                part = self._unpacker.decompress(chunk, self._left + 1)
            except zlib.error:
                if not self._first:
                    raise
                self._unpacker = zlib.decompressobj(_RAW)
                part = self._unpacker.decompress(chunk, self._left + 1)
            self._first = False
            self._keep(part)
            chunk = self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def _keep(self, part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise TooLargeError(unpacked=self._packed)
        self._parts.append(part)

    def whole(self) -> bytes:
        """The whole body. Raises DamagedError when its packing breaks off."""
        if self._packed and not self._first and not self._unpacker.eof:
            raise DamagedError("breaks off")
        return b"".join(self._parts)
