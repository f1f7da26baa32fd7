"""Two hosts with a network of a set delay between them: two network namespaces, joined by two tun
devices and a thread each way that holds every packet back. Kernels without netem can do this too.

Needs root, iproute2 and /dev/net/tun.
"""
import collections
import contextlib
import ctypes
import fcntl
import os
import shutil
import struct
import subprocess
import threading
import time

from measuring import Unavailable

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
MTU = 1500
QUEUE_PACKETS = 10_000
ANSWER_S = 0.05
CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)


class Host:
    """One end: a namespace with one address, and the device behind it."""

    def __init__(self, name, address, other):
        self.name, self.address = name, address
        self.fd = os.open("/dev/net/tun", os.O_RDWR)
        run("ip", "netns", "add", name)
        try:
            self.join(other)
        except BaseException:
            self.close()
            raise

    def join(self, other):
        name, address = self.name, self.address
        device = f"tun{os.getpid()}{address[-1]}"[:15]
        fcntl.ioctl(self.fd, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
        run("ip", "link", "set", device, "netns", name)
        run("ip", "-n", name, "link", "set", "lo", "up")
        run("ip", "-n", name, "address", "add", address, "peer", other, "dev", device)
        run("ip", "-n", name, "link", "set", device, "mtu", str(MTU), "up")

    def command(self, *command):
        """A command line that runs there."""
        return ["ip", "netns", "exec", self.name, *command]

    @contextlib.contextmanager
    def inside(self):
        """The sockets that this thread makes meanwhile are there."""
        with open("/proc/thread-self/ns/net") as home, open(f"/var/run/netns/{self.name}") as there:
            enter(there)
            try:
                yield
            finally:
                enter(home)

    def close(self):
        os.close(self.fd)
        run("ip", "netns", "delete", self.name)


class DelayedNetwork:
    """Use it in a with statement; near and far are its hosts."""

    def __init__(self, one_way_s):
        self.one_way_s = one_way_s

    def __enter__(self):
        require()
        name = f"beacon-lab-{os.getpid()}"
        with contextlib.ExitStack() as made:
            self.near = Host(name + "-near", "10.99.0.1", "10.99.0.2")
            made.callback(self.near.close)
            self.far = Host(name + "-far", "10.99.0.2", "10.99.0.1")
            made.callback(self.far.close)
            self.to_far = Wire(self.near.fd, self.far.fd, self.one_way_s)
            self.to_near = Wire(self.far.fd, self.near.fd, self.one_way_s)
            self.made = made.pop_all()
        return self

    def cut(self):
        """From now on nothing gets from one to the other, and nobody is told. What has reached the
        far one is still answered.
        """
        self.to_far.is_cut = True
        time.sleep(self.one_way_s + ANSWER_S)
        self.to_near.is_cut = True

    def __exit__(self, *_):
        self.made.close()


class Wire:
    """One direction. Its threads end with the process."""

    def __init__(self, source, sink, one_way_s):
        self.source, self.sink, self.one_way_s = source, sink, one_way_s
        self.is_cut = False
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
            if self.is_cut:
                continue
            try:
                os.write(self.sink, packet)
            except OSError:
                return  # the network is gone


def read(fd):
    try:
        return os.read(fd, MTU + 100)
    except OSError:
        return b""  # the network is gone


def require():
    """Says what is missing before anything is made."""
    if os.geteuid() != 0:
        raise Unavailable("needs root, to make network namespaces: start it with sudo")
    if shutil.which("ip") is None:
        raise Unavailable("needs ip, to make network namespaces: install iproute2")
    if not os.path.exists("/dev/net/tun"):
        raise Unavailable("needs /dev/net/tun, for the network between them: modprobe tun")


def enter(namespace):
    if LIBC.setns(namespace.fileno(), CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns: " + os.strerror(ctypes.get_errno()))


def run(*command):
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(command)}: {done.stderr.strip()}")
