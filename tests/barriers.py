"""How tests hold a page in the browser to the rules of accessibility that axe knows."""

#: WCAG 2.2 A and AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]

#: Leaves three of each kind of block on a page: rows, items, paragraphs of the same tags,
#: classes and styles, in the same place, look alike, and a long page has thousands of them.
_THREE_OF_A_KIND = """() => {
  const seen = {}, named = e => `${e.tagName}.${e.className} ${e.getAttribute('style') || ''}`;
  const blocks = ':is(article, body) :is(tbody tr, li, dl, p:not(:is(tr, li, dl) p))';
  for (const block of document.querySelectorAll(blocks)) {
    const around = [];
    for (let e = block; e && e.tagName !== 'BODY'; e = e.parentElement) around.push(named(e));
    const inside = new Set([...block.querySelectorAll('*')].map(named));
    const kind = [...around, ...inside].join();
    seen[kind] = (seen[kind] || 0) + 1;
    if (seen[kind] > 3) block.remove();
  }
}"""


def three_of_a_kind(page):
    """Take out what a page has more than three times."""
    page.evaluate(_THREE_OF_A_KIND)


def barriers(page, rules=RULES, without=(), context=None):
    """Give the faults that axe finds by rules, by their tags or by name; it must find work."""
    from axe_playwright_python.sync_playwright import Axe

    # What passes is thousands of elements: to report it takes longer than to look.
    options = {
        "runOnly": rules,
        "rules": {rule: {"enabled": False} for rule in without},
        "preload": False,
        "resultTypes": ["violations"],
    }
    answer = Axe().run(page, context=context, options=options).response
    assert answer["passes"], "axe looked at nothing"
    return [(it["id"], it["nodes"][0]["html"][:200]) for it in answer["violations"]]
