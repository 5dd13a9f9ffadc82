"""How tests hold a page in the browser to the rules of accessibility that axe knows."""

#: WCAG 2.2 A and AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]

#: Leaves three of each kind of element on a page: rows, items, paragraphs whose elements all stand,
#: with the same tags, classes and styles, in the same place three times more, look as those do, and
#: a long page has thousands of them.
_THREE_OF_A_KIND = """() => {
  const chains = new Map(), count = {};
  const kind = e => {
    if (!chains.has(e)) {
      const above = e.parentElement ? kind(e.parentElement) : '';
      chains.set(e, `${above}/${e.tagName}.${e.className} ${e.getAttribute('style') || ''}`);
    }
    return chains.get(e);
  };
  for (const e of document.body.querySelectorAll('*')) count[kind(e)] = (count[kind(e)] || 0) + 1;
  const blocks = ':is(article, body) :is(tbody tr, li, dl, p:not(:is(tr, li, dl) p))';
  for (const block of [...document.querySelectorAll(blocks)].reverse()) {
    const own = {};
    for (const e of [block, ...block.querySelectorAll('*')]) own[kind(e)] = (own[kind(e)] || 0) + 1;
    if (Object.keys(own).some(name => count[name] - own[name] < 3)) continue;
    for (const name in own) count[name] -= own[name];
    block.remove();
  }
}"""


def three_of_a_kind(page):
    """Take out what a page has more than three times; axe is then done in a tenth of the time."""
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
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    ask = "([context, options]) => axe.run(context || document, options)"
    answer = page.evaluate(ask, [context, options])
    assert answer["passes"], "axe looked at nothing"
    return [(it["id"], it["nodes"][0]["html"][:200]) for it in answer["violations"]]
