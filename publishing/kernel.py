"""A chapter's kernel, in a process forked from one that has loaded the libraries.

It is Jupyter's own kernel, asked directly and not over sockets, so it needs no network. Nothing of
the project is imported here: a chapter imports its own, and what it imports is on its record.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

#: What chapters load besides the project: two of the three seconds that each would take.
_LIBRARIES = (
    "ipykernel.inprocess.ipkernel",
    "ipykernel.inprocess.manager",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "mpl_toolkits.basemap",
    "networkx",
    "pandas",
    "pandera.pandas",
    "pybtex.database",
    "pydantic",
)
_SHOWN = {"stream", "display_data", "execute_result", "error"}
_ENVIRONMENT = {"MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
_forks = multiprocessing.get_context("forkserver")


def prepare() -> None:
    """Start the process that kernels are forked from; it ends with this one."""
    os.environ.update(_ENVIRONMENT)
    _forks.set_forkserver_preload([*_LIBRARIES, __name__])
    # Ctrl-C goes to all that a terminal has started; kernels are stopped by the one that uses them.
    # What tracks resources lets signals through as it starts: it comes first.
    resource_tracker.ensure_running()
    with deaf():
        forkserver.ensure_running()


@contextmanager
def deaf() -> Iterator[None]:
    """Hear no signal to stop until the end, and let what is started here hear none ever."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start(folder: Path, root: Path, sources: list[str]) -> tuple[ForkServerProcess, Connection]:
    """Start a kernel that runs cells of code in a folder, on the code of a project.

    Returns
    -------
    ForkServerProcess, Connection
        The process, and where it sends a list of outputs as each cell is done; an error is the last
        output that it sends.
    """
    here, there = _forks.Pipe(duplex=False)
    process = _forks.Process(target=_run, args=(there, folder, root.resolve(), sources))
    process.start()
    there.close()
    return process, here


def _run(told: Connection, folder: Path, root: Path, sources: list[str]) -> None:
    from ipykernel.inprocess.manager import InProcessKernelManager  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    die_with_parent()
    os.chdir(folder)
    sys.path.insert(0, str(root))
    manager = InProcessKernelManager(config=Config(HistoryManager={"enabled": False}))
    manager.start_kernel()  # type: ignore[no-untyped-call]
    client = manager.client()  # type: ignore[no-untyped-call]
    client.start_channels()
    for source in sources:
        client.execute(source)
        shown = [it for it in client.iopub_channel.get_msgs() if it["msg_type"] in _SHOWN]
        outputs = _joined([output_from_msg(it) for it in shown])
        told.send(outputs)
        if any(it.output_type == "error" for it in outputs):
            return


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Make one of what was printed piece by piece."""
    joined: list[NotebookNode] = []
    for output in outputs:
        # Of all outputs only what is printed has a name: stdout or stderr.
        if joined and "name" in output and output.name == joined[-1].get("name"):
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def die_with_parent() -> None:
    """Let this process end when the one that started it has ended, however that came about.

    What is left of a build that was killed would otherwise go on writing into the next one's
    folder.
    """
    if parent := multiprocessing.parent_process():
        sentinel = parent.sentinel

        def watch() -> None:
            wait([sentinel])
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
