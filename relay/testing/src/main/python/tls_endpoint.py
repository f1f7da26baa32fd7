#!/usr/bin/env python3
"""A BRP/1 endpoint inside outer TLS, by Python's ssl (OpenSSL): shares no line with the relay.

  tls_endpoint.py ROLE PORT INFO_HASH KIND HOW LENGTH

ROLE    bridge or broker
KIND    exact: takes TLS records off the socket exactly, and says so
        plain: as any TLS library, which may read further
HOW     socket: ssl.SSLSocket, whose close_notify goes out after the relay's: it cannot send one
        without looking for the relay's at once
        bio: ssl.SSLObject over memory BIOs; if exact, close_notify and raw early data go out
        right behind the announce
LENGTH  bytes to send; as many as the counterpart sends are received, up to its FIN

Prints "sent SHA256" and "received SHA256".
"""
import hashlib
import random
import socket
import ssl
import struct
import sys
import threading

ROLES = {"bridge": 1, "broker": 2}
EXACT = 1
WAITING, PAIRED, REJECTED = 2, 3, 4


def context():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    tls.set_alpn_protocols(["brp/1"])
    return tls


class OverSocket:
    """TLS that reads and writes the socket by itself."""

    closes_early = False

    def __init__(self, sock, exact):
        self.tls = context().wrap_socket(sock, suppress_ragged_eofs=False)

    def send(self, data):
        self.tls.sendall(data)

    def receive(self, length):
        try:
            return self.tls.recv(length)
        except ssl.SSLZeroReturnError:
            return b""

    def send_close_notify(self):
        self.tls.unwrap()

    def raw(self):
        return socket.socket(fileno=self.tls.detach())


class OverBio:
    """TLS that is fed by hand: record by record if it is to be exact, else with what there is."""

    def __init__(self, sock, exact):
        self.sock, self.exact, self.closes_early = sock, exact, exact
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context().wrap_bio(self.incoming, self.outgoing)
        self.repeat(self.tls.do_handshake)

    def feed(self):
        if self.exact:
            header = self.exactly(5)
            data = header + self.exactly(struct.unpack(">3xH", header)[0])
        else:
            data = self.sock.recv(65536)
        if not data:
            raise ConnectionError("FIN inside TLS")
        self.incoming.write(data)

    def exactly(self, length):
        data = self.sock.recv(length, socket.MSG_WAITALL)
        if len(data) < length:
            raise ConnectionError("FIN inside TLS")
        return data

    def flush(self):
        if self.outgoing.pending:
            self.sock.sendall(self.outgoing.read())

    def repeat(self, step):
        while True:
            try:
                result = step()
                self.flush()
                return result
            except ssl.SSLWantReadError:
                self.flush()
                self.feed()

    def send(self, data):
        self.tls.write(data)
        self.flush()

    def receive(self, length):
        try:
            return self.repeat(lambda: self.tls.read(length))
        except ssl.SSLZeroReturnError:
            return b""

    def send_close_notify(self):
        try:
            self.tls.unwrap()
        except ssl.SSLWantReadError:
            pass
        self.flush()

    def raw(self):
        if self.incoming.pending:
            raise ConnectionError("read past the relay's close_notify")
        return self.sock


def frame(link):
    data = b""
    while len(data) < 16:
        part = link.receive(16 - len(data))
        if not part:
            raise ConnectionError("the end instead of a frame")
        data += part
    magic, kind, code, _, pair_id = struct.unpack(">4sBBHQ", data)
    assert magic == b"BCN1", magic
    return kind, code, pair_id


def announce(role, info_hash, flags=0):
    return struct.pack(">4sBBH32sII", b"BCN1", 1, ROLES[role], flags, info_hash, 0, 0)


def switch_over(link):
    """Takes the outer TLS off, behind PAIRED; returns the socket."""
    if link.receive(1):
        raise ConnectionError("something inside TLS behind PAIRED")
    if not link.closes_early:
        link.send_close_notify()
    return link.raw()


def pair(role, relay, info_hash, exact, how, early, mark=lambda moment: None):
    """Announces, and returns a socket whose next byte is the counterpart's.

    Says by mark() when it is connected, secured, waiting and paired.
    """
    sock = socket.create_connection(relay)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    mark("connected")
    link = (OverSocket if how == "socket" else OverBio)(sock, exact)
    mark("secured")
    link.send(announce(role, info_hash, EXACT if exact else 0))
    if link.closes_early:
        link.send_close_notify()
        sock.sendall(early)
    kind, code, _ = frame(link)
    while kind == WAITING:
        mark("waiting")
        kind, code, _ = frame(link)
    if kind != PAIRED:
        raise ConnectionError(f"rejected, code {code}")
    mark("paired")
    raw = switch_over(link)
    if not link.closes_early:
        raw.sendall(early)
    return raw


def main(role, port, info_hash, kind, how, length):
    payload = random.Random(role).randbytes(int(length))
    early, rest = payload[:1000], payload[1000:]
    relay = ("127.0.0.1", int(port))
    raw = pair(role, relay, bytes.fromhex(info_hash), kind == "exact", how, early)

    def send():
        raw.sendall(rest)
        raw.shutdown(socket.SHUT_WR)

    sender = threading.Thread(target=send)
    sender.start()
    received = hashlib.sha256()
    while data := raw.recv(65536):
        received.update(data)
    sender.join()
    print("sent", hashlib.sha256(payload).hexdigest())
    print("received", received.hexdigest())


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
