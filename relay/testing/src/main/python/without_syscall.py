"""Becomes a program that a seccomp filter forbids a system call, as a sandbox would: EPERM.

usage: without_syscall.py NUMBER COMMAND ...
"""

import ctypes
import errno
import os
import struct
import sys

PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
SECCOMP_RET_ERRNO = 0x00050000
SECCOMP_RET_ALLOW = 0x7FFF0000
LOAD_WORD = 0x20
JUMP_IF_EQUAL = 0x15
RETURN = 0x06


def instruction(code, operand, if_true=0, if_false=0):
    return struct.pack("HBBI", code, if_true, if_false, operand)


program = b"".join(
    [
        instruction(LOAD_WORD, 0),  # seccomp_data.nr
        instruction(JUMP_IF_EQUAL, int(sys.argv[1]), 0, 1),
        instruction(RETURN, SECCOMP_RET_ERRNO | errno.EPERM),
        instruction(RETURN, SECCOMP_RET_ALLOW),
    ]
)
memory = ctypes.create_string_buffer(program, len(program))


class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_void_p)]


libc = ctypes.CDLL(None, use_errno=True)
sock_fprog = Filter(len(program) // 8, ctypes.addressof(memory))
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
    PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(sock_fprog)
):
    sys.exit("without_syscall: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[2], sys.argv[2:])
