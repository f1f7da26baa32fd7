"""An HTTP service on loopback: /secret is answered at once, /long with a line every 100 ms for ten minutes.

usage: slow_service.py PORT SECRET
"""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LINE = b"still at it\n"
LINES = 6000
LINE_S = 0.1


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/secret":
            self.begin(len(SECRET))
            self.wfile.write(SECRET)
            return
        self.begin(LINES * len(LINE))
        for _ in range(LINES):
            self.wfile.write(LINE)
            time.sleep(LINE_S)

    def begin(self, length):
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()


SECRET = sys.argv[2].encode()
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
