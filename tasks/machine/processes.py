"""Names of processes that stay unique while the machine runs, although pids are reused."""

import os
import socket
from pathlib import Path


def machine() -> str:
    """The name of this process table: two containers of one host differ, and a host differs after a reboot."""
    boot, namespace = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
    if not (boot.exists() and namespace.exists()):
        return socket.gethostname()
    return f"{boot.read_text().strip()}/{os.readlink(namespace)}"


def process(pid: int | None = None) -> str:
    """The name of this process, or of the pid: pid and start time. The pid alone if there is no such process."""
    pid = os.getpid() if pid is None else pid
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return str(pid)
    return str(pid) if fields[0] == "Z" else f"{pid}@{fields[19]}"


def is_running(name: str) -> bool:
    """Whether the process that `process` named runs; without /proc, whether its pid exists."""
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
