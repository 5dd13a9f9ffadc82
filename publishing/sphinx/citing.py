"""How to cite the book, from ``CITATION.cff``: a line, BibTeX, the file itself."""

from docutils import nodes
from sphinx.application import Sphinx

from .. import citation
from . import sections

#: A button for each block, where the browser lets a page copy; by hand it can always be done.
_COPY = """<script>
document.querySelectorAll(".to-copy").forEach(block => {
  if (!navigator.clipboard) return;
  const button = document.createElement("button"), text = block.querySelector("pre").textContent;
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.onclick = () => navigator.clipboard.writeText(text.trim()).then(
    () => { button.textContent = "Copied"; }, () => { button.textContent = "Copy by hand"; });
  block.after(button);
});
</script>"""


class _HowToCite(sections.Appendix):
    """``{how-to-cite}``: the line, BibTeX, and what else may be cited."""

    def run(self) -> list[nodes.Node]:
        self.follow(citation.FILE)
        book = citation.read(self.root, self.config.html_theme_options.get("repository_url", ""))
        file = sections.link(citation.FILE, f"../data/{citation.FILE}", "download-file")
        words = "Reference managers and repositories read the same from "
        return [
            sections.section("as-a-line", "As a line", _to_copy(book.line, "text")),
            sections.section("as-bibtex", "As BibTeX", _to_copy(book.bibtex, "bibtex")),
            sections.section(
                "as-a-file",
                "As a file",
                sections.paragraph(words, file, "."),
                classes=[sections.SCREEN],
            ),
            nodes.raw("", _COPY, format="html"),
        ]


def _to_copy(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block("", text, language=language, classes=["to-copy"])


def setup(app: Sphinx) -> None:
    """Make the directive known."""
    app.add_directive("how-to-cite", _HowToCite)
