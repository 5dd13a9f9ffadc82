/* The search: sections whose words all begin with what is sought, letters without their marks. The
   text of the book, BOOK, is a script beside this one, for a page on disk may not fetch others. */
(() => {
  "use strict";
  const MOST = 40, AROUND = 110;
  const input = document.querySelector(".bd-search-container input[name=q]");
  const out = document.getElementById("search-results");
  const status = document.createElement("p"), list = document.createElement("ul");
  status.setAttribute("role", "status");
  list.className = "found";
  out.append(status, list);
  // Letter by letter, so that a place in what comes out is the same place in the text.
  const fold = (text) => Array.from({ length: text.length }, (_, at) => {
    const letter = text[at].normalize("NFD")[0].toLowerCase()[0];
    return letter === "ı" ? "i" : "’‘".includes(letter) ? "'" : letter;
  }).join("");
  const book = BOOK.map(([page, anchor, title, heading, text]) =>
    ({ page, anchor, title, heading, text, head: fold(`${title} ${heading}`), body: fold(text) }));

  const pattern = (word) => {
    const whole = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return /^[\d.,]+$/.test(word)
      ? new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,])${whole}(?![\\p{N}])`, "gu")
      : new RegExp(`(?<![\\p{L}\\p{N}])${whole}`, "gu");
  };

  const score = (section, words, phrase) => {
    let sum = section.page.includes("-evidence") ? 0 : 3;
    if (/(bibliography|catalogue|figures|made|refresh)\.html/.test(section.page)) sum -= 4;
    if (words.length > 1 && section.body.includes(phrase)) sum += 6;
    for (const word of words) {
      const inHead = section.head.match(word), inBody = section.body.match(word);
      if (!inHead && !inBody) return 0;
      sum += (inHead ? 8 : 0) + Math.min(inBody?.length ?? 0, 4);
    }
    return sum + 10;
  };

  const excerpt = ({ text, body }, words) => {
    const marks = words.flatMap((word) => [...body.matchAll(word)]
      .map((it) => [it.index, it.index + it[0].length])).sort((a, b) => a[0] - b[0]);
    const line = document.createElement("p");
    const from = Math.max(0, (marks[0]?.[0] ?? 0) - AROUND), to = from + 2.4 * AROUND;
    let at = from ? text.indexOf(" ", from) + 1 : 0;
    line.append(from ? "… " : "");
    for (const [start, end] of marks.filter((it) => it[0] >= at && it[1] < to)) {
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      line.append(text.slice(at, start), mark);
      at = end;
    }
    const end = to < text.length ? Math.max(text.lastIndexOf(" ", to), at) : text.length;
    line.append(text.slice(at, end), end < text.length ? " …" : "");
    return line;
  };

  const search = () => {
    const phrase = fold(input.value.trim()).replace(/^["“”]|["“”]$/g, "");
    const words = phrase.split(/[^\p{L}\p{N}.,'-]+/u)
      .map((word) => word.replace(/^[.,'-]+|[.,'-]+$/g, "")).filter(Boolean).map(pattern);
    list.replaceChildren();
    status.textContent = "";
    if (!words.length) return;
    const found = book.map((section) => [score(section, words, phrase), section])
      .filter(([sum]) => sum > 0).sort((a, b) => b[0] - a[0]);
    status.textContent = found.length === 1 ? "1 section"
      : `${found.length || "No"} sections${found.length > MOST ? `; the best ${MOST} follow` : ""}`;
    for (const [, section] of found.slice(0, MOST)) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = section.page + (section.heading === section.title ? "" : `#${section.anchor}`);
      link.textContent = section.heading === section.title ? section.title
        : `${section.heading} · ${section.title}`;
      item.append(link, excerpt(section, words));
      list.append(item);
    }
  };

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", search);
  input.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  search();
})();
