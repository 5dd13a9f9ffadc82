"""Kernels that start at once: forked from a process that has loaded what every chapter loads.

A kernel of its own for every chapter costs five seconds of imports each. Here the standard
library's fork server loads them once; each kernel is a fresh copy of it, before any chapter ran.
Jupyter finds `Forked` through the entry point ``jupyter_client.kernel_provisioners``.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

#: The name of the entry point.
NAME = "forked"
_LOADED = [
    "ipykernel.kernelapp",
    "analysis.chapter.outputs",
    "analysis.chapter.ledger",
    "analysis.charts.maps",
]


def use() -> None:
    """Let the kernels that this process starts be forked ones."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(_LOADED)
    KernelProvisionerFactory.instance().default_provisioner_name = NAME


def die_with_parent() -> None:
    """Let this process end when the one that started it has ended, however that came about.

    What is left of a build that was killed would otherwise go on writing into the next one's
    folder, and its kernels would never end.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="die with parent", daemon=True).start()


class Forked(LocalProvisioner):
    """Starts a kernel as a copy of the fork server."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel that ``cmd`` describes: its arguments from the connection file on."""
        arguments = cmd[cmd.index("-f") :]
        context = multiprocessing.get_context("forkserver")
        process = context.Process(
            target=_serve, args=(arguments, kwargs["cwd"], dict(kwargs["env"])), daemon=True
        )
        await asyncio.to_thread(process.start)
        self.process = _Process(process)
        self.pid, self.pgid = process.pid, None  # no group: it would be the build's own
        return self.connection_info


class _Process:
    """A forked process with the face of a ``subprocess.Popen``."""

    def __init__(self, process: Any) -> None:
        self._process, self.pid = process, process.pid
        self.stdin = self.stdout = self.stderr = None

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _serve(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Be a kernel until told to stop."""
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415  (loaded in the fork server)

    die_with_parent()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    # What a kernel prints for a person at a terminal; outputs of cells go another way.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    IPKernelApp.launch_instance(arguments)
