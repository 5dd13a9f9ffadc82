"""The pages in a real browser, from disk, with the network off, for everyone."""

import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import pytest

from analysis.project import ROOT
from tests.barriers import COLOURS, RULES, barriers, three_of_a_kind

HTML = ROOT / "_build" / "html"
PAGES = sorted([*(HTML / "chapters").glob("*.html"), HTML / "404.html", HTML / "search.html"])
#: Kilobytes over the wire for the first view, style sheets and scripts among them.
MOST_KB, MOST_KB_INDEX = 350, 250
pytestmark = [pytest.mark.book, pytest.mark.browser]


@pytest.fixture
def page(browser):
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def opened(page, path, width=1280, looks="light"):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=looks, reduced_motion="reduce")
    page.goto(path.as_uri())


@dataclass
class View:
    """A page as it is opened once, for all tests of every page."""

    path: Path
    width: int
    page: Any
    first: list[str]
    asked: list[str]
    faults: list[str]


@pytest.fixture(
    scope="module",
    params=[(path, width) for path in PAGES for width in (390, 1280)],
    ids=lambda param: f"{param[0].stem}, {param[1]} px",
)
def view(browser, request):
    path, width = request.param
    context = browser.new_context(offline=True)
    page, asked, faults = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    opened(page, path, width)
    page.evaluate("document.fonts.ready.then(() => new Promise(requestIdleCallback))")
    yield View(path, width, page, list(asked), asked, faults)
    context.close()


def sideways(page):
    """Say by how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


# --- every page, on a phone and on a desk: in this order, for a walk begins where a page opens ----


def test_nothing_moves_while_a_page_loads(view):
    """Pictures have their size before they come, so no line of text jumps."""
    assert view.page.evaluate(
        "[...document.querySelectorAll('article figure img')]"
        ".every(i => i.getAttribute('width') > 0 && i.getAttribute('height') > 0)"
    )
    shift = view.page.evaluate(
        """() => new Promise(done => { let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
            .observe({type: 'layout-shift', buffered: true});
          setTimeout(() => done(sum), 50); })"""
    )
    assert shift < 0.1


#: Pressed one by one at the head and at the end of a page; between them each stop takes the focus
#: as a key would give it, which takes a thousandth of the time.
PRESSED = 20


def test_a_page_can_be_walked_by_keyboard(view):
    """The skip link comes first, every stop can be seen, and the walk comes to the last one."""
    page = view.page
    page.evaluate(
        """() => {
          window.name_of = e => e.getAttribute('href') || e.outerHTML.slice(0, 120);
          window.order = [...document.querySelectorAll(
            'a[href], button:not([disabled]), input, select, summary, [tabindex="0"]')]
            .filter(e => e.checkVisibility({visibilityProperty: true})
              && !e.closest('dialog:not([open])') && !e.closest('[inert]'));
          window.stops = [];
          document.addEventListener('focusin', ({target}) => {
            const s = getComputedStyle(target), box = target.getBoundingClientRect();
            const ring = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
              || s.boxShadow !== 'none';
            stops.push([name_of(target), ring, box.width * box.height > 0, order.indexOf(target)]);
          });
        }"""
    )
    for _ in range(min(PRESSED, page.evaluate("order.length"))):
        page.keyboard.press("Tab")
    pressed = page.evaluate("stops")
    assert "#main-content" in pressed[0][0], "the skip link is the first stop"
    places = [place for *_, place in pressed]
    assert places == sorted(places), "the walk does not follow the page"
    lost = page.evaluate(
        "order.filter(e => (e.focus(), document.activeElement !== e)).map(name_of)"
    )
    assert lost == [], "the focus is sent elsewhere"
    page.evaluate("order.at(-3).focus()")
    # The list of contents unfolds the part in view, so that stops may have come between the last.
    for _ in range(PRESSED):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === order.at(-1)"):
            break
    else:
        pytest.fail("the walk ends before the page")
    # What has the focus may show a hint, and the next tests look at the page at rest.
    stops = page.evaluate("document.activeElement.blur(), stops")
    assert [html for html, ring, *_ in stops if not ring] == [], "focus that cannot be seen"
    assert [html for html, _, box, _ in stops[1:] if not box] == []


def test_a_page_opens_from_disk_fits_its_width_and_asks_nobody(view):
    page = view.page
    assert [url for url in view.asked if not url.startswith(("file:", "data:"))] == []
    assert view.faults == []
    assert sideways(page) <= 0, "the page scrolls sideways"
    page.evaluate(
        "Promise.all([...document.querySelectorAll('article img')]"
        ".map(i => (i.loading = 'eager', i.decode().catch(() => 0))))"
    )
    images = "[...document.querySelectorAll('article img')]"
    broken = f"{images}.filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"
    assert page.evaluate(broken) == []
    wide = f"{images}.filter(i => i.getBoundingClientRect().right > innerWidth).map(i => i.src)"
    assert page.evaluate(wide) == []
    if view.width > 1000:
        frames = "[...document.querySelectorAll('.scroll')]"
        hidden = f"{frames}.filter(i => i.scrollWidth > i.clientWidth).map(i => i.ariaLabel)"
        assert page.evaluate(hidden) == [], "a table that a desk shows in part"


#: A mark and a number are blocks in their line, and browsers end a line before and after a block.
TORN = """() => {
  const edge = (text, at) => { const range = document.createRange();
    range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect(); };
  const apart = (one, other) => one.top > other.bottom - 4 || other.top > one.bottom - 4;
  const before = node => { const walk = document.createTreeWalker(document.body, 4);
    walk.currentNode = node; const text = walk.previousNode(); return text; };
  const marks = [...document.querySelectorAll('sup.note')].filter(mark => {
    let text = before(mark);
    while (text && !text.data.trim()) text = before(text);
    return apart(edge(text, text.data.trimEnd().length - 1), mark.getBoundingClientRect()); });
  const numbers = [...document.querySelectorAll('button.number')].filter(number => {
    const text = number.nextSibling;
    return text && text.nodeType === 3 && /^[^\\w\\s]/.test(text.data)
      && apart(edge(text, 0), number.getBoundingClientRect()); });
  return [...marks, ...numbers].map(node => node.parentElement.textContent);
}"""


def test_no_line_begins_with_the_mark_of_a_note_or_with_a_full_stop(view):
    assert view.page.evaluate(TORN) == []


def test_the_first_view_is_light(view):
    files = {Path(unquote(urlsplit(url).path)) for url in view.first if url.startswith("file:")}
    assert view.path.resolve() in {file.resolve() for file in files}
    packed = {".png", ".woff2", ".jpg"}
    weight = sum(
        len(data if file.suffix in packed else gzip.compress(data, 6, mtime=0))
        for file in files
        for data in [file.read_bytes()]
    )
    most = MOST_KB_INDEX if view.path.stem == "index" else MOST_KB
    assert weight <= most * 1024, f"{weight // 1024} KB"


def test_no_button_is_blank(view):
    """An icon whose rule is lost leaves a button that takes the focus and shows nothing."""
    blank = view.page.evaluate(
        """() => [...document.querySelectorAll('button, a.btn')]
          .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.innerText.trim())
          .filter(e => ![...e.querySelectorAll('*')].some(inner => {
            const box = inner.getBoundingClientRect(), style = getComputedStyle(inner);
            const drawn = style.maskImage !== 'none' || style.backgroundImage !== 'none'
              || inner.tagName === 'svg';
            return drawn && box.width > 8 && box.height > 8;
          }))
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert blank == []


def test_letters_that_are_not_english_stand_in_words_that_say_their_language(view):
    unmarked = view.page.evaluate(
        """() => {
          const walk = document.createTreeWalker(
            document.querySelector('article') || document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (walk.nextNode()) {
            const text = walk.currentNode, inside = text.parentElement;
            if (/[\\u0400-\\u04ff]/.test(text.data) && !inside.closest('code, pre, script')
                && inside.closest('[lang]') === document.documentElement)
              found.push(text.data.slice(0, 60));
          }
          return found;
        }"""
    )
    assert unmarked == []


def test_who_asks_for_less_motion_gets_none(view):
    moving = """() => [...document.querySelectorAll('*')].find(e =>
      [null, '::before', '::after'].some(part => {
        const s = getComputedStyle(e, part);
        return s.animationName !== 'none' || s.transitionProperty !== 'none'
          && s.transitionDuration.split(',').some(time => parseFloat(time) > 0)
          || s.scrollBehavior === 'smooth';
      }))?.outerHTML.slice(0, 80)"""
    assert view.page.evaluate(moving) is None
    # The check sees what moves for everyone else.
    view.page.emulate_media(reduced_motion="no-preference")
    assert view.page.evaluate(moving)
    view.page.emulate_media(reduced_motion="reduce")


def test_a_reading_is_no_longer_than_a_reader_will_scroll(view):
    if view.path.stem in {"index", "context", "trade", "priorities", "routes", "verdicts"}:
        height = view.page.evaluate("document.documentElement.scrollHeight")
        assert height <= {1280: 12_000, 390: 14_000}[view.width]


def test_text_of_twice_the_size_fits(view):
    style = view.page.add_style_tag(content="html { font-size: 200% !important; }")
    assert sideways(view.page) <= 0
    style.evaluate("e => e.remove()")


def test_axe_finds_no_barrier_in_light_or_dark(view):
    """Zero violations: on a desk of the whole page; on a phone, a tablet, of colours each kind."""
    page = view.page
    page.evaluate("scrollTo(0, 0)")  # as it opens, without the button that leads back to the top

    def look(width, looks, rules=RULES, without=()):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=looks, reduced_motion="reduce")
        page.wait_for_function(f"document.documentElement.dataset.theme === '{looks}'")
        assert barriers(page, rules, without) == [], f"{looks}, {width} px"

    colours = {"type": "rule", "values": COLOURS}
    if view.width == 1280:
        # The size of a target is asked of each beside all others: of three of a kind, see below.
        look(1280, "light", without=[*COLOURS, "target-size"])
    three_of_a_kind(page)
    # Other rules do not hang on the dark, nor colours on the width of a desk.
    look(view.width, "dark", colours)
    if view.width == 1280:
        look(1280, "light", {"type": "rule", "values": [*COLOURS, "target-size"]})
        look(768, "light", without=COLOURS)
    else:
        look(390, "light")


# --- pages of their own ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chapter", "name"),
    [("priorities", "letters"), ("priorities-evidence", "topics"),
     ("priorities-evidence", "indicators"), ("routes-evidence", "settings")],
)  # fmt: skip
def test_on_a_phone_a_row_of_words_is_a_card_and_each_cell_names_its_column(page, chapter, name):
    opened(page, HTML / "chapters" / f"{chapter}.html", 390)
    table = page.locator(f"#tab-{chapter}-{name}")
    heads = table.locator("thead th").all_text_contents()
    box = page.locator(".scroll", has=table)
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth"), "the table scrolls sideways"
    row = table.locator("tbody tr").first
    assert row.locator("td").evaluate_all("cells => cells.map(c => c.dataset.head)") == heads[1:]
    told = row.locator("td").evaluate_all(
        "cells => cells.map(c => getComputedStyle(c, '::before').content)"
    )
    assert told == [f'"{head}:\N{NO-BREAK SPACE}"' for head in heads[1:]]
    # On a wide screen it is a table again, and says nothing twice.
    opened(page, HTML / "chapters" / f"{chapter}.html", 1280)
    assert row.evaluate("e => getComputedStyle(e).display") == "table-row"
    assert row.locator("td").first.evaluate("e => getComputedStyle(e, '::before').content") in (
        "none",
        "normal",
    )


@pytest.mark.parametrize("chapter", ["routes", "trade-evidence", "context-evidence", "made"])
def test_no_card_on_a_phone_is_wider_than_the_page(page, chapter):
    opened(page, HTML / "chapters" / f"{chapter}.html", 390)
    boxes = page.locator(".scroll:has(> table.cards)")
    assert not boxes.evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText.slice(0, 60))"
    )


def test_a_pair_of_names_is_not_broken_after_its_dash(page):
    opened(page, HTML / "chapters" / "trade-evidence.html")
    heads = page.locator("#tab-trade-evidence-editions tbody th p")
    lines = heads.evaluate_all("all => all.map(e => e.getClientRects().length && e.offsetHeight)")
    assert len(lines) == 10
    assert len(set(lines)) == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_in_the_article_no_line_begins_with_what_ends_a_claim(page, width):
    opened(page, HTML / "chapters" / "index.html", width)
    tops = page.locator(".annotated .whole:has(.rating)").evaluate_all(
        """all => all.map(e => {
            const text = document.createRange(); text.selectNodeContents(e.lastChild);
            const [stop, box] = [text, e.firstChild].map(it => it.getBoundingClientRect());
            return [e.lastChild.textContent, stop.top < box.bottom && stop.bottom > box.top];
        })"""
    )
    assert {mark for mark, _ in tops} == {",", ".", ",”", ".“", "”", ".”"}
    assert all(beside for _, beside in tops)


def test_figures_to_compare_stay_in_columns_on_a_phone(page):
    opened(page, HTML / "chapters" / "trade-evidence.html", 390)
    row = page.locator("#tab-trade-evidence-by-pair tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).display") == "table-row"


def test_on_a_phone_a_head_that_comes_again_is_heard_and_not_seen_again(page):
    opened(page, HTML / "chapters" / "priorities-evidence.html", 390)
    heads = page.locator("#tab-priorities-evidence-indicators tbody th")
    told = heads.all_text_contents()
    seen = heads.evaluate_all("all => all.map(e => e.getBoundingClientRect().height > 1)")
    assert seen == [not n or told[n] != told[n - 1] for n in range(len(told))]
    assert not all(seen)
    # On a wide screen each row has its head.
    opened(page, HTML / "chapters" / "priorities-evidence.html", 1280)
    assert all(heads.evaluate_all("all => all.map(e => e.getBoundingClientRect().height > 1)"))


def test_on_a_phone_a_register_needs_no_scrolling_sideways(page):
    for name in ("context", "trade", "priorities", "routes"):
        opened(page, HTML / "chapters" / f"{name}-evidence.html", 390)
        box = page.locator(".scroll", has=page.locator("table.register"))
        assert box.count() == 1, name
        assert box.evaluate("e => e.scrollWidth <= e.clientWidth"), name


def test_light_and_dark_are_chosen_by_a_button_too(page):
    opened(page, HTML / "chapters" / "index.html", looks="dark")
    button = page.locator("button.theme-switch-button")
    seen = []
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        seen.append(page.evaluate("[document.documentElement.dataset.theme, "
                                  "document.documentElement.dataset.mode].join(' ')"))  # fmt: skip
        assert button.locator(".theme-switch:visible").count() == 1
    assert sorted(seen) == ["dark auto", "dark dark", "light light"]


def test_search_and_menus_open_and_close_by_keyboard(page):
    """Ctrl K opens the search, Escape leaves it; a menu does as much, and gives the focus back."""
    opened(page, HTML / "chapters" / "trade.html")
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog[open]")
    assert dialog.count() == 1
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    menu = page.locator("button[aria-label='Download this page']")
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.dropdown-menu') !== null")
    page.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Download this page"
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.dropdown-download-buttons') === null")


def test_the_type_of_the_house_comes_from_the_book_itself(page):
    opened(page, HTML / "chapters" / "index.html")
    page.wait_for_function("document.fonts.status === 'loaded'")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded' && f.family.includes('Libertinus'))"
        ".map(f => `${f.style} ${f.weight}`).sort()"
    )
    assert loaded == ["italic 400", "normal 400", "normal 600 700"]


def test_wide_tables_are_reached_and_scrolled_by_keyboard(page):
    opened(page, HTML / "chapters" / "trade-evidence.html", 390)
    table = page.locator(".scroll").filter(
        has=page.locator("table.columns-5:not(.cards), table.columns-6:not(.cards)")
    )
    table.first.focus()
    before = table.first.evaluate("e => e.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=table.first.element_handle())
    assert table.first.evaluate("e => e.scrollLeft") > before


def citation(page, number):
    """Open the page on citing, and give what is to be copied there, and its button."""
    opened(page, HTML / "chapters" / "citing.html")
    block = page.locator(".to-copy").nth(number)
    return block.locator("pre").inner_text().strip(), page.locator("button.copy").nth(number)


@pytest.mark.parametrize(("number", "how"), [(0, "click"), (1, "Enter")])
def test_a_citation_is_copied_by_a_button_and_by_keyboard(page, number, how):
    """What lands on the clipboard is the text to the letter: it is pasted, and compared."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text, button = citation(page, number)
    assert text.startswith(["The Turkic States in Figures project (", "@misc{"][number])
    assert page.locator("button.copy").count() == 2
    assert button.inner_text() == "Copy"
    if how == "click":
        button.click()
    else:
        button.focus()
        page.keyboard.press(how)
    page.wait_for_function("e => e.textContent === 'Copied'", arg=button.element_handle())
    # Whoever listens hears it; whoever goes by keyboard is where they were.
    assert button.get_attribute("aria-live") == "polite"
    assert page.evaluate("navigator.clipboard.readText()") == text
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("textarea").last.focus()
    page.keyboard.press("Control+v")
    assert page.locator("textarea").last.input_value() == text


def test_where_copying_is_refused_the_button_says_so(page):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    _, button = citation(page, 0)
    button.click()
    page.wait_for_function("e => e.textContent === 'Copy by hand'", arg=button.element_handle())


def test_where_a_page_may_not_copy_there_is_no_button(page):
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {value: null})")
    opened(page, HTML / "chapters" / "citing.html")
    assert page.locator(".to-copy pre").count() == 2
    assert page.locator("button.copy").count() == 0


@pytest.mark.parametrize(
    ("sought", "section"),
    [
        ("45", "Trade exceeded $45 billion · Verdicts"),
        ("exceeded $45 billion", "Trade exceeded $45 billion · Verdicts"),
        ("Turkistan capital", "Turkistan, the spiritual capital · Verdicts"),
        ("TURKIYE", ""),
    ],
)
def test_the_search_finds_sections_from_disk_and_shows_where_the_words_stand(page, sought, section):
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{(HTML / 'search.html').as_uri()}?{urlencode({'q': sought})}")
    first = page.locator(".found li").first
    assert first.locator("a").inner_text().startswith(section)
    marked = {it.casefold() for it in first.locator("mark").all_inner_texts()}
    plain = unicodedata.normalize("NFD", " ".join(marked)).encode("ascii", "ignore").decode()
    words = sought.casefold().replace("$", "").split()
    assert any(word in plain for word in words), plain
    assert re.match(r"\d+ sections", page.locator("[role=status]").inner_text())
    address = first.locator("a").get_attribute("href")
    first.locator("a").click()
    assert page.url.endswith(address)
    page.locator(f"#{address.partition('#')[2]}").wait_for(timeout=10_000)
    assert faults == []


def test_the_search_says_when_it_finds_nothing_and_answers_as_one_types(page):
    page.goto(f"{(HTML / 'search.html').as_uri()}?q=xyzzy")
    assert page.locator("[role=status]").inner_text() == "No sections"
    page.locator(".bd-search-container input").fill("corridor")
    assert page.locator(".found li").count() > 1
    # A number is whole: 45 is not in 450, nor in 1.45.
    page.locator(".bd-search-container input").fill("45")
    told = page.locator(".found mark").all_inner_texts()
    assert told
    assert set(told) == {"45"}


def test_search_and_dark_mode_work_where_a_page_may_store_nothing(browser, tmp_path):
    """As in a preview inside a sandboxed frame, which only a server can show."""
    frames = "".join(
        f'<iframe sandbox="allow-scripts" width="1000" height="600" src="/html/{it}"></iframe>'
        for it in ("chapters/index.html", "search.html?q=45")
    )
    (tmp_path / "frames.html").write_text(frames)
    (tmp_path / "html").symlink_to(HTML.resolve())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    faults = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.server_port}/frames.html")
        page.wait_for_load_state("networkidle")
        _, first, search = page.frames
        themes = set()
        for _ in range(3):
            first.locator("button.theme-switch-button").click()
            themes.add(first.evaluate("document.documentElement.dataset.theme"))
        assert themes == {"light", "dark"}
        assert search.locator(".found li").count() > 5
    server.shutdown()
    server.server_close()
    assert faults == []


def test_a_number_leads_to_its_rule_and_its_sources_in_two_clicks(page):
    opened(page, HTML / "chapters" / "trade.html")
    number = page.locator("button.number", has_text="$50.1 billion").first
    number.click()
    card = page.locator(f"#{number.get_attribute('popovertarget')}")
    assert "each flow counted twice" in card.inner_text()
    card.locator("a[href*='row-number']").last.click()
    assert "trade-evidence.html" in page.url
    assert "each flow counted twice" in page.locator("tr:target").inner_text()


def test_on_a_phone_contents_and_top_are_in_reach_from_anywhere(page):
    opened(page, HTML / "chapters" / "trade.html", 390)
    page.mouse.wheel(0, 6000)
    page.wait_for_function("scrollY > 3000")
    page.locator("button.secondary-toggle:visible").click()
    contents = page.locator("dialog[open] a", has_text="How does the group compare?")
    contents.click()
    page.wait_for_function("location.hash === '#how-does-the-group-compare'")
    page.mouse.wheel(0, -200)
    page.locator("#pst-back-to-top").click()
    page.wait_for_function("scrollY === 0")


def test_figures_turn_dark_with_the_page_and_their_letters_measure_eleven_pixels(page):
    from analysis.charts import style

    opened(page, HTML / "chapters" / "trade.html", 390, "dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    pictures = page.locator("figure.result img")
    assert "invert" in pictures.first.evaluate("e => getComputedStyle(e).filter")
    wide = min(pictures.evaluate_all("all => all.map(e => e.getBoundingClientRect().width)"))
    assert style.SIZE * wide / (style.WIDTH * 72) >= 11
    page.emulate_media(color_scheme="light")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    assert pictures.first.evaluate("e => getComputedStyle(e).filter") == "none"


def test_words_of_other_languages_say_which(page):
    opened(page, HTML / "chapters" / "context.html")
    marked = page.locator("article [lang]")
    assert {
        e.inner_text(): e.get_attribute("lang")
        for e in marked.all()
        if re.fullmatch("Ana Tili|duchowa stolica", e.inner_text())
    } == {"Ana Tili": "kk-Latn", "duchowa stolica": "pl"}
    assert page.evaluate("document.documentElement.lang") == "en"


# --- what a page answers: the same as Python ------------------------------------------------------


def answers(page, chapter, settings):
    """Set the controls of a page's form, by selector and value, and give what it says each time."""
    opened(page, HTML / "chapters" / f"{chapter}.html", 390)
    return page.evaluate(
        """all => all.map(settings => {
          const form = document.querySelector('form.ask');
          for (const [selector, value] of settings) {
            const control = form.querySelector(selector);
            if (control.type === 'radio') control.checked = true; else control.value = value;
          }
          form.dispatchEvent(new Event('input'));
          return form.querySelector('output').textContent;
        })""",
        settings,
    )


@pytest.mark.parametrize("chapter", ["index", "trade"])
def test_every_way_of_counting_that_a_reader_chooses_is_as_python_counts_it(page, chapter):
    from analysis import tables, trade

    records = trade.Records.of(tables.read)
    path = trade.path(records.pairs, records.flows, records.stated)
    settings, expected = [], []
    for year in (2023, 2024):
        counts = trade.counts(path, records, year)
        for row in trade.reads(counts[counts["count"] != trade.OWN], 45).to_dict("records"):
            keys = ("count", "membership", "year")
            settings.append([[f'[data-key="{key}"][value="{row[key]}"]', ""] for key in keys])
            spread = year == 2024
            ends = f" ({row['low']:.1f} to {row['high']:.1f}), our estimate" if spread else ""
            it = "that range" if spread else "it"
            expected.append(
                f"Each flow counted {row['count']}, {row['membership']}, {year}: "
                f"${row['central']:.1f} billion{ends}. "
                f"The article’s $45 billion is {row['where']} {it}."
            )
    assert len(expected) == 8
    assert answers(page, chapter, settings) == expected


def test_which_way_wins_at_a_shippers_prices_is_as_python_ranks_it(page):
    import json
    from itertools import product

    import pandas as pd

    from analysis import routes
    from analysis.quantities import Quantity

    opened(page, HTML / "chapters" / "routes.html")
    asked = json.loads(page.locator("form.ask script").text_content())
    days = pd.DataFrame(asked["rows"]).rename(columns={"days": "mean"})
    settings, expected = [], []
    for market, group in days.groupby("market"):
        names = group["corridor"].tolist()
        means = {it.corridor: Quantity(it.mean, "days", "", (), ()) for it in group.itertuples()}
        for first, second, third, value in product(
            ("", 2500, 9000), (3000, 9000), ("", 1999.5), (0, 99.5, 400)
        ):
            price = dict(zip(names, (first, second, third), strict=False))
            settings.append(
                [['[name="market"]', market], ['[name="value"]', str(value)]]
                + [[f'[data-way="{it}"]', str(price.get(it, ""))] for it in names]
            )
            known = {it: usd for it, usd in price.items() if usd != ""}
            ranked = routes.cheapest(days, market, known, value)
            even = routes.break_even(ranked, means)
            expected.append(
                None
                if len(ranked) < 2
                else (*ranked["corridor"][:2], *ranked["cost"][:2], even and even.value)
            )
    found = answers(page, "routes", settings)
    for said, row in zip(found, expected, strict=True):
        if row is None:
            assert said == "Enter prices of two ways or more."
            continue
        first, second, cost, next_cost, even = row
        if cost == next_cost:
            assert said.startswith(f"{first} and {second} cost the same")
            continue
        least, more = re.search(r"come to \$([\d,]+), \$([\d,]+) less", said).groups()
        assert said.startswith(f"{first} wins:")
        assert f"less than {second}." in said
        assert abs(int(least.replace(",", "")) - cost) <= 0.5
        assert abs(int(more.replace(",", "")) - (next_cost - cost)) <= 0.5
        at = re.search(r"at \$([\d,]+) a day", said)
        assert bool(at) == (even is not None), said
        assert not at or abs(int(at[1].replace(",", "")) - even) <= 0.5
    assert len({it and it[:2] for it in expected}) > 6, "a grid in which one way always wins"


def test_verdicts_are_found_by_their_words_and_their_rating(page):
    opened(page, HTML / "chapters" / "verdicts.html")
    ratings = page.locator(".verdict .rating").all_text_contents()
    rating, words = '[name="rating"]', '[name="words"]'
    found = answers(
        page,
        "verdicts",
        [
            [[words, ""], [rating, "supported"]],
            [[words, "TURKISTAN capital"], [rating, ""]],
            [[words, "xyzzy"], [rating, ""]],
        ],
    )
    assert found[0] == f"{ratings.count('supported')} of {len(ratings)} verdicts"
    assert re.fullmatch(rf"\d of {len(ratings)} verdicts", found[1])
    assert found[2] == f"None of {len(ratings)} verdicts"
    assert page.locator(".verdict:visible").count() == 0
    # Türkiye is found without its dots, and a link to a verdict that is hidden shows it again.
    page.locator(words).fill("turkiye")
    shown = page.locator(".verdict:visible").count()
    assert 0 < shown < len(ratings)
    hidden = page.locator("section[hidden] .verdict").first.get_attribute("id")
    page.evaluate(
        "id => { const a = document.createElement('a'); a.href = '#' + id;"
        " document.body.append(a); a.click(); }",
        hidden,
    )
    assert page.locator(f"#{hidden}").is_visible()


def test_a_page_that_is_dark_on_screen_is_printed_dark_on_white(page):
    opened(page, HTML / "chapters" / "verdicts.html", looks="dark")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    colours = """of => [...document.querySelectorAll(of)].map(it =>
        getComputedStyle(it).color.match(/[\\d.]+/g).slice(0, 3).map(Number))"""
    words = "article :is(h1, h2, p, li, th, td, a:not(.headerlink), .rating, .caption-text)"
    for red, green, blue in page.evaluate(colours, words):
        assert 0.2126 * red + 0.7152 * green + 0.0722 * blue < 120
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_the_sources_of_a_verdict_open_without_a_script_and_are_printed(browser):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((HTML / "chapters" / "verdicts.html").as_uri())
    fold = page.locator("#claim-eighty-events details")
    sources = fold.locator(".provenance")
    assert not sources.is_visible()
    page.emulate_media(media="print")
    assert sources.bounding_box()["height"] > 10
    page.emulate_media(media="screen")
    fold.locator("summary").press("Enter")
    assert sources.is_visible()
    context.close()


@pytest.mark.parametrize("chapter", ["index", "trade", "routes", "verdicts"])
def test_controls_are_large_and_answer_the_keyboard_and_who_listens(page, chapter):
    opened(page, HTML / "chapters" / f"{chapter}.html", 390)
    sizes = page.locator("form.ask :is(input, select):visible").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert len(sizes) >= 2
    assert min(sizes) >= 44
    output = page.locator("form.ask output")
    assert output.count() == 1  # an element that announces its changes by itself
    before = output.inner_text()
    if page.locator("form.ask [type=radio]").count():
        page.locator("form.ask [type=radio]").first.focus()
        page.keyboard.press("ArrowRight")
    else:
        page.locator("form.ask input:visible").first.focus()
        page.keyboard.type("-x")
        page.keyboard.press("Enter")
    assert output.inner_text() != before
    page.emulate_media(media="print")
    assert not page.locator("form.ask").is_visible()


def test_without_scripts_figure_and_table_stand_alone(browser):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    for chapter, shown in (("index", "#fig-index-ladder"), ("routes", "#tab-routes-shipper"),
                           ("verdicts", ".verdict")):  # fmt: skip
        page.goto((HTML / "chapters" / f"{chapter}.html").as_uri())
        assert page.locator(shown).first.is_visible()
        assert not page.locator("form.ask").is_visible()
    context.close()
