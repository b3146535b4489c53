"""Processes of this machine, told apart for as long as it runs."""

import os
import socket
from pathlib import Path


def machine() -> str:
    """Names what shares a process table: two containers of one host, or a host before and after it was started
    anew, are two."""
    boot, namespace = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
    if not (boot.exists() and namespace.exists()):
        return socket.gethostname()
    return f"{boot.read_text().strip()}/{os.readlink(namespace)}"


def process(pid: int | None = None) -> str:
    """This process, or that of the pid, by pid and start; a pid alone where it is not there."""
    pid = os.getpid() if pid is None else pid
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return str(pid)
    return str(pid) if fields[0] == "Z" else f"{pid}@{fields[19]}"


def is_running(name: str) -> bool:
    """Whether the process that `process` named is there; where there is no /proc, whether its pid is."""
    pid = int(name.partition("@")[0])
    if Path("/proc/self/stat").exists():
        return process(pid) == name
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
