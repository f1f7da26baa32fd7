"""Two hosts with a network of a set delay between them: two network namespaces, joined by two tun
devices and a thread each way that holds every packet back. Kernels without netem can do this too.

Needs root, iproute2 and /dev/net/tun.
"""
import collections
import fcntl
import os
import struct
import subprocess
import threading
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
MTU = 1500
QUEUE_PACKETS = 10_000


class Host:
    """One end: a namespace with one address, and the device behind it."""

    def __init__(self, name, address, other):
        self.name, self.address = name, address
        run("ip", "netns", "add", name)
        self.fd = os.open("/dev/net/tun", os.O_RDWR)
        device = f"tun{os.getpid()}{address[-1]}"[:15]
        fcntl.ioctl(self.fd, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
        run("ip", "link", "set", device, "netns", name)
        run("ip", "-n", name, "link", "set", "lo", "up")
        run("ip", "-n", name, "address", "add", address, "peer", other, "dev", device)
        run("ip", "-n", name, "link", "set", device, "mtu", str(MTU), "up")

    def command(self, *command):
        """A command line that runs there."""
        return ["ip", "netns", "exec", self.name, *command]

    def close(self):
        os.close(self.fd)
        run("ip", "netns", "delete", self.name)


class DelayedNetwork:
    """Use it in a with statement; near and far are its hosts."""

    def __init__(self, one_way_s):
        self.one_way_s = one_way_s

    def __enter__(self):
        name = f"beacon-lab-{os.getpid()}"
        self.near = Host(name + "-near", "10.99.0.1", "10.99.0.2")
        self.far = Host(name + "-far", "10.99.0.2", "10.99.0.1")
        for source, sink in ((self.near, self.far), (self.far, self.near)):
            Wire(source.fd, sink.fd, self.one_way_s)
        return self

    def __exit__(self, *_):
        self.near.close()
        self.far.close()


class Wire:
    """One direction. Its threads end with the process."""

    def __init__(self, source, sink, one_way_s):
        self.source, self.sink, self.one_way_s = source, sink, one_way_s
        self.under_way = collections.deque(maxlen=QUEUE_PACKETS)
        self.sent = threading.Semaphore(0)
        for work in (self.take, self.deliver):
            threading.Thread(target=work, daemon=True).start()

    def take(self):
        while packet := read(self.source):
            self.under_way.append((time.monotonic() + self.one_way_s, packet))
            self.sent.release()

    def deliver(self):
        while self.sent.acquire():
            due, packet = self.under_way.popleft()
            time.sleep(max(0, due - time.monotonic()))
            try:
                os.write(self.sink, packet)
            except OSError:
                return  # the network is gone


def read(fd):
    try:
        return os.read(fd, MTU + 100)
    except OSError:
        return b""  # the network is gone


def run(*command):
    subprocess.run(command, check=True)
