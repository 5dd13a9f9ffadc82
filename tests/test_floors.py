"""A module imports only from the floors below its own."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "analysis"

#: From the ground up. A line is a floor, or a landing of one: within reading, tables stand on
#: sources; within reckoning, claims stand on the rest; within drawing, charts stand on their style.
FLOORS = [
    {"errors", "places", "countries", "quantities", "sphere"},
    {"article", "sources", "sections", "settings"},
    {"tables"},
    {"trade", "routes", "simulation", "priorities", "context"},
    {"claims"},
    {"refresh"},
    {"charts"},
    {"publishing"},
    {"__main__"},
]
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Rooms of this package that a file imports, wherever the import stands."""
    depth = len(path.relative_to(PACKAGE).parts) - 1
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        if node.level == depth + 1:
            names = [node.module.split(".")[0]] if node.module else [a.name for a in node.names]
            found.update(names)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_lower_floors(path):
    own = room(path)
    if own == "__init__":
        return
    for other in imported_rooms(path) - {own}:
        assert HEIGHT[other] < HEIGHT[own], f"{path.name} on {own} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_reading_and_publishing_open_files(path):
    if room(path) in {"article", "sources", "tables", "refresh", "publishing", "__main__"}:
        return
    calls = {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    forbidden = {"open", "read_text", "read_bytes", "read_csv", "print", "show", "write_text"}
    assert not calls & forbidden


#: Packages that open connections.
NETWORK = {
    "requests", "urllib3", "http", "socket", "ssl", "ftplib", "smtplib", "aiohttp", "httpx",
    "wbgapi", "comtradeapicall",
}  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_fetching_opens_a_connection(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    asks = {name for name in found if name.split(".")[0] in NETWORK or name == "urllib.request"}
    if path == PACKAGE / "publishing" / "paints.py":
        assert asks == {"http.server"}  # which answers the bench's own browser, and asks nobody
    elif path != PACKAGE / "refresh" / "fetch.py":
        assert not asks


def test_only_the_command_refresh_leads_to_fetching():
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in (*(node.module or "").split("."), *(alias.name for alias in node.names))
        }
        if room(path) != "refresh" and "fetch" in named:
            assert path == PACKAGE / "publishing" / "refreshing.py"
        if "refreshing" in named:
            assert path == PACKAGE / "__main__.py"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_that_reads_does_not_print(path):
    if room(path) in {"publishing", "__main__"}:
        return
    calls = {
        getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert "print" not in calls
