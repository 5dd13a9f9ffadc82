"""What the theme leaves to be mended: pages lighter, and open to everyone.

The theme's templates are its own, and to override one is to copy a hundred lines of it; what they
write is put right here, once, when the pages are finished. Each step names the fault that it mends.
Patterns take 0.05 seconds for all pages, where a parser takes 1.6.
"""

import re
import shutil
from collections.abc import Iterator, Set
from html import escape, unescape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from analysis import article
from analysis.seeds import book

from . import find, metadata, sections

#: Files of the theme that no page of the book asks for.
_UNUSED = (
    "_static/scripts/fontawesome.js*",
    "_static/vendor",
    "_static/*webpack-macros.html",
    "_static/**/*.map",
    "_static/sphinx-thebe*",
    "_static/sphinx-design*",
    "_static/design-tabs.js",
    "_static/togglebutton*",
    "_static/copybutton*",
    "_static/clipboard*",
    "_static/check-solid.svg",
    "_static/copy-button.svg",
    "_static/locales",
    "_static/play-solid.svg",
    "_static/searchtools.js",
    "_static/language_data.js",
    "_static/sphinx_highlight.js",
    "searchindex.js",
)
#: A rule, its selectors, and the classes that a selector asks for; what `:not` names may be absent.
_RULE = re.compile(r"([^{}]*)(\{[^{}]*\})")
_AHEAD = re.compile(r"(?:\s|/\*.*?\*/|@\w+[^;{]*;)*", re.DOTALL)
_SELECTOR = re.compile(r"(?:[^,(]|\((?:[^()]|\([^()]*\))*\))+")
_CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
_ABSENT = re.compile(r":(?:not|is|where)\((?:[^()]|\([^()]*\))*\)")
#: The icon font: `icons.css` draws the few icons that are left.
_ICON = re.compile(r"@font-face|\.(?:fa|fab|far|fas)(?![a-z])")
#: What every page holds and no reader needs; what a screen reader would stumble over.
_MENDED = (
    # The icon script, 1.49 MB: `icons.css` draws the few icons that are left.
    (re.compile(r"<script defer src=\"[^\"]*fontawesome\.js[^\"]*\"></script>\s*"), ""),
    (re.compile(r"<script type=\"text/x-thebe-config\">.*?</script>\s*", re.S), ""),
    (re.compile(r"<script>kernelName = [^<]*</script>\s*"), ""),
    (re.compile(r"<div id=\"ethical-ad-placement\".*?</div>\s*", re.S), ""),
    # On a slow line scripts come after what is read: a tenth of a second earlier it stands.
    (re.compile(r"<link rel=\"preload\" as=\"script\"[^>]*>\s*"), ""),
    # A sheet that does nothing but ask for another one, once it has come itself.
    (re.compile(r"styles/theme\.css\?[^\"]*"), "basic.css"),
    # axe: "region", content outside of landmarks, and "aria-deprecated-role".
    (
        re.compile(r"<div id=\"pst-primary-sidebar\" class"),
        '<div id="pst-primary-sidebar" role="complementary" aria-label="The book" class',
    ),
    (re.compile(r" role=\"doc-biblioentry\""), ""),
    # The button that folds a chapter's evidence in the contents has no words of its own.
    (
        re.compile(r"<summary><span class=\"toctree-toggle\""),
        '<summary aria-label="The evidence"><span class="toctree-toggle"',
    ),
    (re.compile(r"<div role=\"list\" class=\"citation-list\">"), '<div class="citation-list">'),
    # An address in a hint on hovering can be neither followed nor copied; in 800 hints: 8 kB.
    (re.compile(r'( title="[^"]*?)\s*URL: [^"]*"'), r'\1"'),
    # Without its size beforehand a picture pushes the text down when it comes.
    (
        re.compile(r'style="width: (\d+)px; height: (\d+)px;" />'),
        r'width="\1" height="\2" loading="lazy" decoding="async" />',
    ),
    # The button prints the page by script; the book itself is there as a file.
    (re.compile(r"<button onclick=\"window\.print\(\)\".*?</button>", re.S), "{downloads}"),
    # A file to take is saved; shown in the window, a notebook is a screen of braces.
    (
        re.compile(
            r'<a (?![^>]*\bdownload\b)([^>]*href="(?!https?:)[^"#]*'
            r'\.(?:csv|zip|json|bib|cff|epub|ipynb|md)")(?: target="_blank")?'
        ),
        r"<a download \1",
    ),
)
#: Sphinx's search, and what marks its words on the pages: see `find`.
_SEARCHING = re.compile(
    r"<script src=\"[^\"]*(?:searchtools|language_data|searchindex|sphinx_highlight)\.js[^\"]*\">"
    r"</script>\s*"
)
_TEXT = "book-text.js"
_FINDING = "".join(f'<script defer src="_static/{it}"></script>' for it in (_TEXT, "find.js"))
#: A page in a sandboxed frame has no storage, and the theme's scripts would stop at its first line.
#: On a phone the contents cover the page: who has chosen a section wants to see it.
_STORAGE = """<script>
for (const name of ["localStorage", "sessionStorage"]) try { window[name] } catch {
  const kept = new Map();
  Object.defineProperty(window, name, { value: {
    getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key) } });
}
addEventListener("click", ({ target }) =>
  target.closest("dialog[open] a[href^='#']")?.closest("dialog").close());
</script>
"""
#: An address on a page of the folder of chapters.
_ADDRESS = re.compile(
    r'\b(href|src|action|content_root|poster|contentUrl|url)(="|":")(?![a-z]+:|#|/)([^"]*)"'
)
#: The whole book, as files beside the pages: file name, format, description.
BOOKS = (
    (f"{book().file}.pdf", "PDF", "tagged for screen readers"),
    (f"{book().file}.epub", "EPUB", "for e-readers"),
)
_OFFER = '<a href="{href}">{text}</a>'
#: Where a reader of PDF opens the book: at a named place, which the compiler gives each chapter.
_AT = "#nameddest=chapter-{number}"
#: The types of running text and of headings, asked for before the style sheet is read.
_TYPES = ("regular", "semibold")
_PRELOAD = '<link rel="preload" as="font" type="font/woff2" href="{href}" crossorigin />'
#: The landing page names the place; the files are named here.
_BOOKS_PLACE = re.compile(r"(<div class=\"[^\"]*\bbooks\b[^\"]*\">\s*<p>[^<]*)(</p>)")
_WORD = re.compile(r"[\w-]+")
_LOST = """<h1>There is no such page</h1>
<p>The address may be old, or mistyped. <a href="{start}">The book begins here</a>; its chapters are
listed beside this text, and <a href="{search}">the search</a> knows every page.</p>"""
_CARD = "_static/card.png"
#: Characters that a description takes, and what is too short for one.
_MOST, _LEAST = 200, 90
_DOWNLOAD = (
    '<a href="{href}" class="btn btn-sm dropdown-item" title="{title}">'
    '<span class="btn__icon-container"><i class="fas fa-file-pdf"></i></span>'
    '<span class="btn__text-container">{text}</span></a>'
)


#: What Jupyter Book links to and this book has no use for; thebe would name a host of its own.
_IDLE = re.compile(
    "thebe|togglebutton|toggleHint|toggleOpen|copybutton|clipboard|design-tabs|sphinx-design"
)


def _read_no_index(app: Sphinx) -> None:
    """Let a second build into a folder go without the index that the first one dropped."""
    if hasattr(app.builder, "load_indexer"):
        app.builder.load_indexer = lambda docnames: None


def setup(app: Sphinx) -> None:
    """Put the house's style sheets in, and the theme's idle parts out."""
    app.add_css_file("book.css")
    app.add_css_file("icons.css")
    app.connect("builder-inited", _read_no_index)
    app.connect("html-page-context", _drop_idle, priority=900)
    app.connect("html-page-context", _describe)
    app.connect("html-collect-pages", _lost)
    app.connect("build-finished", _finish)


def _drop_idle(app: Sphinx, name: str, template: str, context: dict[str, Any], _: object) -> None:
    for files in ("script_files", "css_files"):
        context[files] = [
            file
            for file in context.get(files, [])
            if not _IDLE.search(
                f"{getattr(file, 'filename', file)} {getattr(file, 'attributes', {}).get('body')}"
            )
        ]


def _describe(
    app: Sphinx, name: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Say in the page's head what it is about, for search engines and for those who share it."""
    if tree is None:
        return
    opening = next(
        (
            node.astext()
            for node in tree.findall(nodes.paragraph)
            if len(node.astext()) > _LEAST
            and "screen" not in node.parent.get("classes", ())
            and not isinstance(node.parent, nodes.citation)
            and not metadata.quotes(node)
        ),
        context["title"],
    )
    properties = {
        "og:title": context["title"],
        "og:type": "article",
        "og:site_name": app.config.html_title,
        "og:description": _shortened(opening),
    }
    if base := app.config.html_baseurl:
        properties |= {
            "og:image": f"{base.rstrip('/')}/{_CARD}",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": _said_on(Path(app.srcdir)),
            "og:url": f"{base.rstrip('/')}/{name}.html",
        }
    tags = [f'<meta name="description" content="{escape(properties["og:description"])}" />']
    tags += [
        f'<meta property="{key}" content="{escape(unescape(value))}" />'
        for key, value in properties.items()
    ]
    tags += [
        _PRELOAD.format(href=context["pathto"](f"_static/type/libertinus-serif-{cut}.woff2", 1))
        for cut in _TYPES
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags])


def _said_on(root: Path) -> str:
    """Say what stands on the card."""
    report = article.read(root / "seeds" / f"{book().article}.txt")
    return f"{report.about['outlet']}: “{report.about.get('cover', '')}” {book().question}"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST else words[:_MOST].rsplit(" ", 1)[0] + " …"


def _lost(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Make a page for addresses that lead nowhere."""
    if app.builder.name == "html":
        start = app.builder.get_relative_uri("404", app.config.root_doc)
        search = app.builder.get_relative_uri("404", "search")
        body = _LOST.format(start=start, search=search)
        yield "404", {"title": "There is no such page", "body": body}, "page.html"


def _printed(root: Path) -> list[str]:
    """Name the pages in the order of the printed book: the reading, what proves it, the rest."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    reading: list[str] = [toc["root"]]
    proofs: list[str] = []
    rest: list[str] = []
    for part in toc.get("parts", ()):
        names = [chapter["file"] for chapter in part["chapters"]]
        below = [it["file"] for chapter in part["chapters"] for it in chapter.get("sections", ())]
        proofs += below
        (reading if below else rest).extend(names)
    return [*reading, *proofs, *rest]


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.name == "html":
        out = Path(app.outdir)
        root = app.config.root_doc
        printed = [name for name in _printed(Path(app.srcdir)) if name not in sections.SCREEN_ONLY]
        numbers = {name: number for number, name in enumerate(printed, 1)}
        searched = (out / "_static" / _TEXT).exists()
        finish(out, BOOKS, numbers, whole=not (app.config.book_draft and searched))
        if base := app.config.html_baseurl:
            # A server shows this page at any depth: its links must not hang on where that is.
            lost = out / "404.html"
            text = lost.read_text(encoding="utf-8")
            root = f'<head><base href="{escape(base.rstrip("/"))}/">'
            lost.write_text(text.replace("<head>", root, 1), encoding="utf-8")
        # The first address is the first page itself.
        first = Path(app.config.root_doc).with_suffix(".html")
        text = (out / first).read_text(encoding="utf-8")
        (out / "index.html").write_text(moved(text, first.parent.name), encoding="utf-8")


def finish(
    out: Path, books: tuple[tuple[str, str, str], ...], numbers: dict[str, int], *, whole: bool
) -> None:
    """Mend the pages of a finished build, and leave out the files that none of them uses.

    ``books`` has file name, format and description of each whole book that lies beside the pages;
    ``numbers`` says which chapter of the printed book a page is, by its name without ending. Where
    the pages are not ``whole`` but a draft of one, style sheets and search stay as they are.
    """
    for pattern in _UNUSED:
        for path in list(out.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    # The first address is a copy of the first page, made last.
    pages = [*(set(out.glob("*.html")) - {out / "index.html"}), *out.glob("chapters/*.html")]
    # Of the theme's 300 kB of rules the book uses a third.
    if whole:
        used = set[str]()
        for path in [*pages, *out.glob("_static/**/*.js")]:
            used.update(_WORD.findall(path.read_text(encoding="utf-8")))
        for sheet in (*out.glob("_static/styles/*-theme.css"), *out.glob("_static/mystnb.*.css")):
            sheet.write_text(pruned(sheet.read_text(encoding="utf-8"), used), encoding="utf-8")
    for path in pages:
        text = path.read_text(encoding="utf-8")
        if _STORAGE in text:  # of a draft, mended when it was made
            continue
        place = path.relative_to(out)
        number = numbers.get(place.with_suffix("").as_posix(), 0)
        path.write_text(mended(text, place, books, number), encoding="utf-8")
    if not whole:
        return
    found = {path.relative_to(out).with_suffix("").as_posix(): path for path in pages}
    texts = find.text_of(found[name] for name in {**numbers, **found} if name in found)
    (out / "_static" / _TEXT).write_text(texts, encoding="utf-8")


def pruned(sheet: str, used: Set[str]) -> str:
    """Take out of a style sheet what no page uses, and the icon font.

    A rule is dropped whole or keeps its other selectors; half a rule would spoil the next one.
    ``used`` holds every word of the pages and of their scripts: the classes that are there, or may
    come.

    Examples
    --------
    >>> rules = "/* x.com */@font-face{src:x}.a .fa-lg{top:0}.b,.c .fas{top:0}"
    >>> pruned(rules + ".d:not(.e){left:0}.f{top:0}", {"a", "b", "c", "d"})
    '/* x.com */.b{top:0}.d:not(.e){left:0}'
    """

    def needed(selector: str) -> bool:
        names = _CLASS.findall(_ABSENT.sub("", selector))
        return not _ICON.search(selector) and all(name.replace("\\", "") in used for name in names)

    def kept(rule: re.Match[str]) -> str:
        ahead = "".join(_AHEAD.findall(rule[1])[:1])
        others = [one for one in _SELECTOR.findall(rule[1][len(ahead) :]) if needed(one)]
        return f"{ahead}{','.join(others)}{rule[2]}" if others else ahead

    return _RULE.sub(kept, sheet)


def mended(
    text: str, place: Path, books: tuple[tuple[str, str, str], ...] = (), number: int = 0
) -> str:
    """Mend one page, which lies at ``place`` in the book; the rest as in `finish`.

    Examples
    --------
    >>> mended('<link rel="preload" as="script" href="x.js"><p>Trade</p>', Path("a.html"))
    '<p>Trade</p>'
    >>> mended('<a title="CEPII. BACI. 2025. URL: https://x.org/a.">it</a>', Path("a.html"))
    '<a title="CEPII. BACI. 2025.">it</a>'
    >>> mended('<a href="a.ipynb" target="_blank">it</a>', Path("a.html"))
    '<a download href="a.ipynb">it</a>'
    """
    up = "../" * (len(place.parts) - 1)
    files = [(up + name, f"Book ({form})", f"The whole book, {said}") for name, form, said in books]
    if number and files:
        href = files[0][0] + _AT.format(number=number)
        files.insert(0, (href, "This page (PDF)", "Opens the printed book at this page"))
    offered = "</li>\n<li>".join(
        _DOWNLOAD.format(href=href, title=title, text=text) for href, text, title in files
    )
    named = " ".join(
        _OFFER.format(href=up + name, text=f"{form}, {said}") for name, form, said in books
    )
    text = _BOOKS_PLACE.sub(rf"\1 {named}\2", text)
    for fault, remedy in _MENDED:
        text = fault.sub(remedy.replace("{downloads}", offered), text)
    text = _SEARCHING.sub("", text)
    text = text.replace('<script data-cfasync="false">', f'{_STORAGE}<script data-cfasync="false">')
    return text.replace("</body>", f"{_FINDING}</body>") if place.name == "search.html" else text


def moved(text: str, folder: str) -> str:
    """Let a page of a folder stand above it.

    Examples
    --------
    >>> moved('<a href="a.html#b"><img src="../c.svg"><a href="#d"><a href="https://x.org">', "e")
    '<a href="e/a.html#b"><img src="c.svg"><a href="#d"><a href="https://x.org">'
    """

    def there(found: re.Match[str]) -> str:
        address = found[3]
        up = address.startswith("../")
        return f'{found[1]}{found[2]}{address[3:] or "./" if up else f"{folder}/{address}"}"'

    return _ADDRESS.sub(there, text)
