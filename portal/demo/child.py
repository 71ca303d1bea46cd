"""Becomes another program: `python child.py SIGNAL IDENTITY PROGRAM ARGUMENT…`, run by its path, standard library only.

The program is out of reach of the terminal's Ctrl-C and gets SIGNAL from the kernel should its parent vanish. IDENTITY
says who it is: `same`, or where root is refused `namespace` (user 1000 in a user namespace of its own) or `nobody`.
"""

import ctypes
import os
import pwd
import signal
import sys
from pathlib import Path

CLONE_NEWUSER, PR_SET_PDEATHSIG = 0x10000000, 1


def enter_namespace() -> None:
    uid, gid = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        sys.exit(os.strerror(ctypes.get_errno()))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {uid} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {gid} 1")


def become_nobody() -> None:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def main() -> None:
    stop, identity, program, *arguments = sys.argv[1:]
    os.setsid()
    {"same": lambda: None, "namespace": enter_namespace, "nobody": become_nobody}[identity]()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.Signals[stop])
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main()
