"""Buttons that open a chapter on Binder and the book on Colab.

One setting configures them: ``repository: url:`` in ``_config.yml``, with ``branch:`` beside it.
While it is empty no page has a button. Binder reads the folder ``.binder``. Colab reads nothing
of the kind, so its button opens `starter`, a notebook that fetches the book and its libraries;
``python -m analysis describe`` writes it, and a test keeps it in step with the setting.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from sphinx.application import Sphinx

from analysis.errors import BuildError

_BINDER, _COLAB = "https://mybinder.org", "https://colab.research.google.com"
#: Where the notebook for Colab lies in the repository.
STARTER = ".binder/colab.ipynb"
_GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")


def addresses(repository: str, branch: str, chapter: str) -> dict[str, str]:
    """Say where a chapter opens.

    Parameters
    ----------
    repository : str
        ``https://github.com/OWNER/NAME``, or nothing.
    branch : str
        The branch that readers get.
    chapter : str
        Path of the notebook in the repository.

    Returns
    -------
    dict of str to str
        By the name of the service; empty without a repository.

    Raises
    ------
    BuildError
        The address is no repository on GitHub, which both services can read.

    Examples
    --------
    >>> addresses("https://github.com/a/b", "main", "chapters/trade.ipynb")["Binder"]
    'https://mybinder.org/v2/gh/a/b/main?urlpath=lab/tree/chapters/trade.ipynb'
    >>> addresses("", "main", "chapters/trade.ipynb")
    {}
    """
    if not repository:
        return {}
    owner, name = _parts(repository)
    at = quote(branch, safe="")
    return {
        "Binder": f"{_BINDER}/v2/gh/{owner}/{name}/{at}?urlpath=lab/tree/{chapter}",
        "Colab": f"{_COLAB}/github/{owner}/{name}/blob/{quote(branch)}/{STARTER}",
    }


def starter(repository: str, branch: str) -> str:
    """Give the notebook that sets the book up on Colab and runs its chapters."""
    owner, name = _parts(repository)
    cells = [
        _cell("markdown", "# The Turkic States in Figures on Colab\n\nRun the cells in order. The "
              "first fetches the book and makes an environment of its own, about five minutes; the "
              "second runs every chapter. Then change a table in `data/` or a rule in `analysis/`, "
              "run the second again, and see which numbers move."),
        _cell("code", f"!git clone --depth 1 --branch {branch} "
              f"https://github.com/{owner}/{name}.git book\n"
              "!apt-get -qq install python3-venv > /dev/null\n!make -C book setup"),
        _cell("code", "!make -C book run\n!cd book && .venv/bin/python -m analysis claims"),
        _cell("code", "!make -C book book\n!cd book/_build && zip -qr /content/book.zip html pdf\n"
              "# Then take book.zip from the files at the left."),
    ]  # fmt: skip
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def setting(root: Path) -> tuple[str, str]:
    """Read the repository and its branch from ``_config.yml``."""
    told = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")).get("repository", {})
    return told.get("url") or "", told.get("branch") or "main"


def write_starter(root: Path) -> None:
    """Write the notebook for Colab where a repository is set; remove it where none is."""
    repository, branch = setting(root)
    if repository:
        (root / STARTER).write_text(starter(repository, branch), encoding="utf-8")
    else:
        (root / STARTER).unlink(missing_ok=True)


def _parts(repository: str) -> tuple[str, str]:
    found = _GITHUB.fullmatch(repository)
    if not found:
        raise BuildError(
            f"repository {repository!r}",
            where="_config.yml",
            allowed="https://github.com/OWNER/NAME, or nothing",
        )
    return found[1], found[2]


def _cell(kind: str, source: str) -> dict[str, Any]:
    more = {"execution_count": None, "outputs": []} if kind == "code" else {}
    name = f"{kind}-{len(source)}"
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source, **more}


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    if app.builder.name != "html" or not (Path(app.srcdir) / f"{name}.ipynb").is_file():
        return
    options = app.config.html_theme_options
    found = addresses(
        options.get("repository_url", ""),
        options.get("repository_branch") or "main",
        f"{name}.ipynb",
    )
    buttons = [
        {
            "type": "link",
            "text": service,
            "tooltip": f"Open on {service}",
            "icon": f"_static/images/logo_{service.lower()}.{kind}",
            "url": found[service],
        }
        for service, kind in (("Binder", "svg"), ("Colab", "png"))
        if service in found
    ]
    if buttons:
        context["header_buttons"].append(
            {
                "type": "group",
                "tooltip": "Open the chapter where it runs",
                "icon": "fas fa-rocket",
                "buttons": buttons,
                "label": "launch-buttons",
            }
        )


def setup(app: Sphinx) -> None:
    """Add the buttons, after the theme has made its place for them."""
    app.connect("html-page-context", _add, priority=502)
