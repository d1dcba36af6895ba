"""A fake model server on loopback, with every fault there is."""

import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """A server whose `script` gives the answer to each request in turn, the last one again and again."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/v1"
        self.script = []
        self.asked = []
        self.headers = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    def next(self):
        return self.script[min(len(self.asked), len(self.script)) - 1]


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with fake.lock:
                fake.asked.append((self.path, body))
                fake.headers.append(dict(self.headers))
                answer = fake.next()
                fake.at_once += 1
                fake.most_at_once = max(fake.most_at_once, fake.at_once)
            with suppress(ConnectionError):
                answer(self, body) if callable(answer) else send(self, answer)
            with fake.lock:
                fake.at_once -= 1

        def log_message(self, *arguments):
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request, client_address):
            pass

    http = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake = Server(http.server_port)
    try:
        yield fake
    finally:
        fake.stopped.set()
        http.shutdown()
        http.server_close()
        thread.join()


def completion(text, *, finish="stop", tokens=50):
    message = {"role": "assistant", "content": text}
    return {"choices": [{"message": message, "finish_reason": finish}], "usage": {"total_tokens": tokens}}


def send(handler, body, *, status=200, kind="application/json", **headers):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def refusing(status, message="no", **headers):
    return lambda handler, body: send(handler, {"error": {"message": message}}, status=status, **headers)
