"""How long it takes to read feeds from loopback, cold and warm, and the most memory it takes.

    python benchmarks/feeds.py                      # 200 feeds of 30 entries, whole texts
    python benchmarks/feeds.py --teasers            # the same as teasers: 6,000 pages are fetched too
    python benchmarks/feeds.py --serve DIR          # the .xml files of a folder, and what comes out of them

The feeds are served by a process of their own, each from its own address in 127.0.0.0/8: to the program they are two
hundred hosts. Cold: nothing is known. Warm: the validators and articles of the first time are, and every feed answers
304. Memory is the peak of the reading process, from /proc, before and after.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from digest.collect import Memory, collect
from digest.config import CollectConfig, SourceConfig

PARTS = (
    "The harbour council of Vesk,The rescue service,A spokesman for Norra Lines,The ministry of trade,Two dockers,"
    "The regional governor,An insurer from Tarvik,The pilots' union"
).split(","), (
    "closed,reported,denied,opened,inspected,counted,moved,delayed"
).split(","), (
    "the northern quay,twelve containers,a new timetable,the lighthouse,three tugs,the winter levy,the sea wall,"
    "forty passengers"
).split(",")  # fmt: skip
START = datetime(2026, 3, 4, 6, tzinfo=UTC)


def sentence(rng: random.Random) -> str:
    who, did, what = (rng.choice(part) for part in PARTS)
    return f"{who} {did} {what} on {rng.choice(('Monday', 'Tuesday'))}, {rng.randrange(2, 900)} metres off Osmark."


def body(rng: random.Random, words: int) -> str:
    told = []
    while sum(len(one.split()) for one in told) < words:
        told.append(sentence(rng))
    return " ".join(told)


def feed(number: int, *, entries: int, words: int, base: str) -> str:
    rng = random.Random(number)
    parts = []
    for n in range(entries):
        when = (START - timedelta(minutes=7 * n + number)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        parts.append(
            f"<item><title>{sentence(rng)}</title><link>{base}/{number}/{n}</link><guid>{number}-{n}</guid>"
            f"<pubDate>{when}</pubDate><description><![CDATA[<p>{body(rng, words)}</p>]]></description></item>"
        )
    head = f"<title>Outlet {number}</title><link>{base}/</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(parts)}</channel></rss>'


def serve(port_there, *, feeds: int, entries: int, words: int, folder: Path | None) -> None:
    """Answer /feed/N and /N/M on every loopback address, with an ETag each."""
    made = {}

    def content(path: str, base: str) -> bytes | None:
        if folder and path.startswith("/files/"):
            return (folder / path.removeprefix("/files/")).read_bytes()
        bits = path.strip("/").split("/")
        if bits[0] == "feed":
            if path not in made:
                made[path] = feed(int(bits[1]), entries=entries, words=words, base=base).encode()
            return made[path]
        if len(bits) == 2 and bits[0].isdecimal():
            rng = random.Random(int(bits[0]))
            for _ in range(int(bits[1]) + 1):
                title, lead = sentence(rng), body(rng, words)
            rest = "".join(f"<p>{body(random.Random(path + str(n)), 60)}</p>" for n in range(6))
            text = f"<h1>{title}</h1><p>{lead}</p>{rest}"
            return f"<html><head><title>{title}</title></head><body>{text}</body></html>".encode()
        return None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = content(self.path, f"http://{self.headers['Host']}")
            have = self.headers.get("If-None-Match") == '"v1"'
            self.send_response(304 if found and have else 200 if found else 404)
            if not (found and have):
                self.send_header("Content-Length", str(len(found or b"")))
                self.send_header("ETag", '"v1"')
            self.end_headers()
            if found and not have:
                self.wfile.write(found)

        def log_message(self, *arguments) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 512
        daemon_threads = True

    server = Server(("0.0.0.0", 0), Handler)
    if not folder:
        for number in range(feeds):
            content(f"/feed/{number}", f"http://127.0.{1 + number // 250}.{1 + number % 250}:{server.server_port}")
    port_there.send(server.server_port)
    server.serve_forever()


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, sources, settings, memory):
    started, cpu = time.perf_counter(), time.process_time()
    collection = collect(sources, base=Path(), settings=settings, memory=memory)
    wall, busy = time.perf_counter() - started, time.process_time() - cpu
    counts = f"{len(collection.articles):6,} articles  {len(collection.unchanged):4} unchanged"
    print(
        f"{name:5} {wall:6.2f} s  {busy:6.2f} s of processor  {counts}  {len(collection.failures):3} failures"
        f"  peak {peak_megabytes():.0f} MB"
    )
    return collection


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--teasers", action="store_true")
    parser.add_argument("--serve", type=Path)
    options = parser.parse_args()
    here, there = multiprocessing.Pipe()
    keys = {
        "feeds": options.feeds, "entries": options.entries, "words": 30 if options.teasers else 350,
        "folder": options.serve,
    }  # fmt: skip
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), kwargs=keys, daemon=True)
    server.start()
    port = here.recv()
    if options.serve:
        files = sorted(path.name for path in options.serve.glob("*.xml"))
        sources = [
            SourceConfig(feed=f"http://127.0.0.{n}:{port}/files/{name}", local=True, full_text=False)
            for n, name in enumerate(files, start=1)
        ]
        collection = measured("read", sources, CollectConfig(), None)
        for article in collection.articles:
            print(f"\n{article.title}\n  {article.outlet} · {article.published} · stub {article.stub} · {article.link}")
            print(f"  {article.text[:300]!r}")
        for failure in (*collection.failures, *collection.notes):
            print(f"{failure.source}: {failure.reason}")
    else:
        sources = [
            SourceConfig(feed=f"http://127.0.{1 + n // 250}.{1 + n % 250}:{port}/feed/{n}", local=True)
            for n in range(options.feeds)
        ]
        print(f"{options.feeds} feeds of {options.entries} entries; before: peak {peak_megabytes():.0f} MB")
        nothing = Memory()
        cold = measured("cold", sources, CollectConfig(), nothing)
        kept = {article.link: article for article in cold.articles if article.link}
        memory = Memory(validators=nothing.validators, known=lambda source, link: kept.get(link))
        measured("warm", sources, CollectConfig(), memory)
    server.kill()


if __name__ == "__main__":
    main()
