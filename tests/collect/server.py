"""A real HTTP server on loopback that serves feeds and pages with every fault there is."""

from __future__ import annotations

import gzip
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """What a server serves and what it was asked: `routes` maps a path to a function of the request's handler."""

    def __init__(self, port, scheme):
        self.port = port
        self.scheme = scheme
        self.routes = {}
        self.asked = []
        self.stopped = threading.Event()

    def url(self, path="", host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.asked]

    def times(self, path):
        return self.paths().count(path)


@contextmanager
def serving(tls=None):
    """A server on loopback; with `tls`, an ssl.SSLContext, over https."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = self.path.partition("?")[0]
            site.asked.append((self.path, dict(self.headers)))
            with suppress(ConnectionError):  # the client may have had enough
                site.routes.get(path, not_found)(self)

        def log_message(self, *arguments):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 256

        def handle_error(self, request, client_address):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_port, scheme="https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


# --- ways to answer ---------------------------------------------------------------------------------------------------


def answer(body, *, kind="application/rss+xml", status=200, headers=()):
    """An ordinary answer."""
    content = body.encode("utf-8") if isinstance(body, str) else body

    def respond(handler):
        handler.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(content))), *headers):
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return respond


def page(body):
    return answer(body, kind="text/html; charset=utf-8")


def status(code, **headers):
    return answer(b"", status=code, headers=[(name.replace("_", "-"), value) for name, value in headers.items()])


def redirect(location, code=302):
    return status(code, Location=location)


not_found = status(404)


def in_turn(*responses):
    """One answer after the other; the last one for good."""
    left = list(responses)

    def respond(handler):
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return respond


def conditional(body, *, etag=None, modified=None):
    """304 for whoever has it already."""
    headers = [pair for pair in (("ETag", etag), ("Last-Modified", modified)) if pair[1]]
    whole = answer(body, headers=headers)

    def respond(handler):
        asked = handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")
        have = (etag and asked[0] == etag) or (modified and asked[1] == modified)
        if have:
            handler.send_response(304)
            handler.end_headers()
        else:
            whole(handler)

    return respond


def drip(site, *, head=True, every=0.05):
    """A byte now and then, for ever; with `head` false not even a whole header."""

    def respond(handler):
        if head:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/rss+xml")
            handler.send_header("Content-Length", "1000000")
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not site.stopped.wait(every):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    return respond


def silence(site):
    """Take the request and say nothing."""

    def respond(handler):
        site.stopped.wait(30)

    return respond


def hang_up(handler):
    """Close the connection in the middle of the body."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<rss><channel>")
    handler.wfile.flush()
    handler.close_connection = True


def packed(body, *, encoding="gzip", cut=0):
    content = gzip.compress(body.encode("utf-8") if isinstance(body, str) else body, compresslevel=1)
    return answer(content[: len(content) - cut], headers=[("Content-Encoding", encoding)])


def bomb(megabytes):
    """A small gzip that unpacks to many megabytes."""
    return packed(b"<rss>" + b" " * (megabytes * 1_000_000))


def endless(handler):
    """No Content-Length, and no end."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    stop = time.monotonic() + 20
    while time.monotonic() < stop:
        handler.wfile.write(chunk)


# --- things to serve --------------------------------------------------------------------------------------------------

BODY = (
    "The harbour council of Osmark closed the northern quay on Monday after divers found cracks in its piles. "
    "Repairs will take three weeks and cost 2.4 million crowns, the harbour master Ada Holm said on the radio. "
    "Two ferries will sail from Lindvik instead, one at dawn and one at dusk, and both take cars. "
)


def entry(number, *, date="Tue, 03 Mar 2026 06:00:00 GMT", link=None, text=None, title=None, extra=""):
    text = f"Report {number}: {BODY * 3} This is the end of report {number}." if text is None else text
    link = f"https://coastradio.example/{number}" if link is None else link
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<item><title>{title or f'Northern quay report {number}'}</title><link>{link}</link>"
        f"<guid isPermaLink='false'>g{number}</guid>"
        f"<description><![CDATA[{text}]]></description>{dated}{extra}</item>"
    )


def rss(*entries, title="Coast Radio", home="https://coastradio.example/", encoding="utf-8"):
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>{home}</link>{''.join(entries)}</channel></rss>"
    )


def article_page(title="Northern quay closed", text=BODY * 3, extra=""):
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Coast Radio</title>{extra}"
        f"<meta property='og:site_name' content='Coast Radio'></head>"
        f"<body><nav>Home News Sport</nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


ENTITY_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<rss version='2.0'><channel><title>&c;</title></channel></rss>"
)
