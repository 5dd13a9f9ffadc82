"""A number's card in a real browser: it opens in place, and leads to its row."""

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]


@pytest.fixture(scope="module")
def pages(tmp_path_factory, second_book, command):
    root = second_book(tmp_path_factory.mktemp("cards"))
    done = command(root, "book")
    assert (done.returncode, done.stderr) == (0, "")
    return root / "_build" / "html" / "chapters"


@pytest.fixture(params=[1280, 390], ids="{} px".format)
def page(browser, pages, request):
    # No script runs: a card needs none.
    size = {"width": request.param, "height": 800}
    context = browser.new_context(offline=True, viewport=size, java_script_enabled=False)
    found = context.new_page()
    found.goto((pages / "index.html").as_uri())
    yield found
    context.close()


CARD = "#number-index-judged"


@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_card_opens_in_place_and_closes_by_escape(page, how):
    number, card = page.locator("button.number").first, page.locator(CARD)
    assert not card.is_visible()
    if how == "click":
        number.click()
    else:
        number.focus()
        page.keyboard.press(how)
    assert card.is_visible()
    assert "3 claims" in card.inner_text()
    box, size = card.bounding_box(), page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"]
    assert number.is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_card_leads_to_the_row_of_its_number(page):
    page.locator("button.number").first.click()
    page.locator(CARD).get_by_text("Its row in the evidence").click()
    assert page.url.endswith("index-evidence.html#row-number-index-judged")
    assert "3 claims" in page.locator("#row-number-index-judged").inner_text()


def test_a_figure_shows_its_evidence(page):
    page.get_by_text("Show the evidence").click()
    assert page.url.endswith("index-evidence.html#rows-by-year")
    assert page.locator("#rows-by-year").is_visible()


@pytest.mark.parametrize("looks", ["light", "dark"])
def test_axe_finds_no_barrier_in_an_open_card(browser, pages, looks):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(offline=True, color_scheme=looks)
    page = context.new_page()
    page.goto((pages / "index.html").as_uri())
    page.locator("button.number").first.click()
    found = Axe().run(page, context=CARD, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
    assert not found.response["violations"]
    context.close()
