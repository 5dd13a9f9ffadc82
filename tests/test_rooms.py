"""Arrows run one way: from tools to refresh, publishing and analysis, and there by floors."""

import ast
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: Room -> the other rooms that it may import.
ROOMS = {
    "analysis": set(),
    "publishing": {"analysis"},
    "refresh": {"analysis", "publishing"},
    "tools": {"analysis", "publishing", "refresh"},
}
#: The floors of ``analysis/`` from the ground up; a module imports from lower ones alone.
FLOORS = [
    {"errors", "project", "countries", "formats", "geodesy", "stages"},
    {"quantities", "rows", "seeds", "dates"},
    {"article", "sources", "sections", "settings"},
    {"tables"},
    {"trade", "routes", "simulation", "priorities", "context"},
    {"claims"},
    {"charts"},
    {"chapter"},
]
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}
#: The one command line: it leads to every room, so it stands above them all.
DOOR = Path("analysis/__main__.py")
READING = {"article", "seeds", "sources", "tables"}
OPENING = {"open", "read_text", "read_bytes", "read_csv", "print", "show", "write_text"}
NETWORK = {"requests", "urllib3", "http", "socket", "ssl", "ftplib", "smtplib", "aiohttp", "httpx"}
#: Modules that open connections; the second serves the bench's own browser and asks nobody.
CONNECTED = {Path("refresh/fetch.py"), Path("tools/loading.py")}


def modules():
    """Every module with its place in the project and its tree."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


MODULES = dict(modules())


def imported(place, tree):
    """Every module that a file names in an import, absolute, wherever the import stands."""
    package = place.parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple((node.module or "").split(".")) if node.module else ()
            yield from ((*base, alias.name) for alias in node.names)


def called(tree):
    return {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }


def test_a_room_imports_only_from_the_rooms_below_it():
    for place, tree in MODULES.items():
        own = place.parts[0]
        for name in () if place == DOOR else imported(place, tree):
            if name[0] in ROOMS.keys() - {own}:
                assert name[0] in ROOMS[own], f"{place} imports {'.'.join(name)}: an arrow upward"


def test_a_floor_of_the_analysis_imports_only_from_lower_floors():
    for place, tree in MODULES.items():
        if place.parts[0] != "analysis" or place.name in ("__main__.py", "__init__.py"):
            continue
        own = place.parts[1].removesuffix(".py")
        for name in imported(place, tree):
            if name[0] != "analysis" or name[1] in (own, "__init__"):
                continue
            assert name[1] in FLOOR, f"{place} imports {'.'.join(name)}, which is on no floor"
            assert FLOOR[name[1]] < FLOOR[own], f"{place} imports {'.'.join(name)}, not below it"


def test_a_room_of_the_reckoning_gives_no_name_that_nothing_asks_for():
    """A function that its tests alone call is written for nobody."""
    chapters = [json.loads(path.read_text("utf-8")) for path in (ROOT / "chapters").glob("*.ipynb")]
    cells = ["".join(cell["source"]) for chapter in chapters for cell in chapter["cells"]]
    rooms = [place for place in MODULES if place.name != "__init__.py"]
    code = "\n".join([*cells, *((ROOT / place).read_text("utf-8") for place in rooms)])
    for room in FLOORS[4]:
        given = Path("analysis", room, "__init__.py")
        own = [tree for place, tree in MODULES.items() if place.parts[:2] == ("analysis", room)]
        loaded = {getattr(node, "id", "") for tree in own for node in ast.walk(tree)}
        for *_, name in imported(given, MODULES[given]):
            asked = re.search(rf"\b{room}\.{name}\b|import .*\b{name}\b", code)
            assert asked or name in loaded, f"analysis.{room}.{name}: nothing asks for it"


def test_reckoning_and_drawing_open_no_file_and_print_nothing():
    for place, tree in MODULES.items():
        if place.parts[0] == "analysis" and place != DOOR:
            if place.parts[1].removesuffix(".py") in READING:
                assert "print" not in called(tree), f"{place} prints"
            else:
                assert not called(tree) & OPENING, f"{place} calls {called(tree) & OPENING}"


def test_only_fetching_opens_a_connection_and_only_a_refresh_leads_there():
    for place, tree in MODULES.items():
        names = set(imported(place, tree))
        asks = {name for name in names if name[0] in NETWORK or name[:2] == ("urllib", "request")}
        assert place in CONNECTED or not asks, f"{place} imports {asks}"
        if ("refresh", "fetch") in {name[:2] for name in names}:
            assert place.parts[0] == "refresh", f"{place} leads to the network"
