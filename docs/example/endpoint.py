#!/usr/bin/env python3
"""A minimal BRP/1 endpoint: gives a TCP program a link through a relay.

  endpoint.py bridge RELAY INFO_HASH HOST:PORT   connects to the service at HOST:PORT for each pair
  endpoint.py broker RELAY INFO_HASH HOST:PORT   listens at HOST:PORT and gets a pair for each caller

An example to read, not a product: one thread a direction, one waiting link at a time, no retry.
"""
import socket
import sys
import threading

ROLES = {"bridge": 1, "broker": 2}
WAITING, PAIRED, REJECTED = 2, 3, 4


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def read_exactly(sock, length):
    data = b""
    while len(data) < length:
        chunk = sock.recv(length - len(data))
        if not chunk:
            sys.exit("endpoint: the relay closed the link")
        data += chunk
    return data


def pair(relay, role, info_hash):
    """Announces, and returns the link once it has a counterpart."""
    link = socket.create_connection(address(relay))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    announce = b"BCN1" + bytes([1, ROLES[role], 0, 0]) + bytes.fromhex(info_hash) + bytes(8)
    link.sendall(announce)
    while True:
        frame = read_exactly(link, 16)
        if frame[:4] != b"BCN1":
            sys.exit("endpoint: that is no BRP/1 relay")
        if frame[4] == REJECTED:
            sys.exit(f"endpoint: rejected, code {frame[5]}")
        if frame[4] == PAIRED:
            return link


def copy(source, sink):
    try:
        while chunk := source.recv(65536):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for sock in (source, sink):
            sock.close()


def join(link, other):
    for source, sink in ((link, other), (other, link)):
        threading.Thread(target=copy, args=(source, sink), daemon=True).start()


def main(role, relay, info_hash, local):
    if role == "bridge":
        while True:
            link = pair(relay, role, info_hash)
            join(link, socket.create_connection(address(local)))
    listener = socket.create_server(address(local))
    while True:
        caller, _ = listener.accept()
        join(pair(relay, role, info_hash), caller)


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in ROLES:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        pass
