/* Answers where a page asks. What is added up here is added up in Python too, and a test holds one
   against the other; without this script the controls stay hidden, and figure and table suffice. */
(() => {
  "use strict";
  const dollars = (usd) => "$" + Math.round(usd).toLocaleString("en-US");
  const element = (name, classes, text = "") =>
    Object.assign(document.createElement(name), { className: classes, textContent: text });
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");

  const kinds = {
    ladder(form, { rows, amount, said }) {
      const bars = form.querySelector(".ask-bars");
      const most = 1.02 * Math.max(amount, ...rows.map((row) => row.high));
      const share = (value) => `${(100 * value) / most}%`;
      return () => {
        const chosen = Object.fromEntries(
          [...form.querySelectorAll("input:checked")].map((it) => [it.dataset.key, it.value]));
        const shown = rows.filter((row) => String(row.year) === chosen.year);
        const row = shown.find((it) =>
          it.count === chosen.count && it.membership === chosen.membership);
        const head = element("small", "", said);
        head.style.marginLeft = share(amount);
        bars.replaceChildren(head, ...shown.map((it) => {
          const line = element("div", it === row ? "ask-bar chosen" : "ask-bar");
          const track = element("div", "ask-track");
          track.append(element("i", it.estimate ? "value estimate" : "value"),
            element("i", "ends"), element("i", "claimed"));
          track.style.cssText = `--value: ${share(it.central)}; --low: ${share(it.low)}; `
            + `--high: ${share(it.high)}; --claimed: ${share(amount)}`;
          line.append(element("span", "", `${it.membership}, ${it.count}`), track,
            element("b", "", it.text));
          return line;
        }));
        const range = row.range ? "that range" : "it";
        const where = { above: `above ${range}`, inside: "inside that range", below: `below ${range}` };
        return `Each flow counted ${row.count}, ${row.membership}, ${row.year}: ${row.text}`
          + (row.range ? ` (${row.range})` : "") + (row.estimate ? ", our estimate" : "")
          + `. The article’s ${said} is ${where[row.where]}.`;
      };
    },

    shipper(form, { rows }) {
      return () => {
        const market = form.elements.market.value;
        const day = form.elements.value.valueAsNumber;
        for (const label of form.querySelectorAll("[data-market]"))
          label.hidden = label.dataset.market !== market;
        const known = rows.filter((row) => row.market === market).map((row) => {
          const price = form.querySelector(`[data-way="${CSS.escape(row.corridor)}"]`).valueAsNumber;
          return { ...row, price, cost: price + day * row.days };
        }).filter((row) => row.price > 0);
        if (!(day >= 0)) return "Enter what a day is worth: 0 or more.";
        if (known.length < 2) return "Enter prices of two ways or more.";
        known.sort((a, b) => a.cost - b.cost);
        const [first, second] = known;
        const saved = second.days - first.days, dearer = first.price - second.price;
        const even = saved && dearer / saved;
        if (first.cost === second.cost)
          return `${first.corridor} and ${second.corridor} cost the same: ${dollars(first.cost)}.`;
        return `${first.corridor} wins: its price and ${first.days} days on average come to `
          + `${dollars(first.cost)}, ${dollars(second.cost - first.cost)} less than ${second.corridor}. `
          + (even > 0 ? `Break-even: at ${dollars(even)} a day the two cost the same.`
            : "No value of a day above $0 would change that.");
      };
    },

    verdicts(form) {
      const all = [...document.querySelectorAll(".verdict")].map((verdict) => {
        const section = verdict.closest("section");
        const rating = verdict.querySelector(".rating").className;
        return { section, rating, text: fold(section.textContent) };
      });
      const parts = [...new Set(all.map(({ section }) => section.parentElement))]
        .filter((part) => !part.contains(form));
      const answer = () => {
        const words = fold(form.elements.words.value).split(/\s+/).filter(Boolean);
        const rating = form.elements.rating.value;
        let found = 0;
        for (const { section, text, rating: given } of all) {
          const wanted = words.every((word) => text.includes(word))
            && (!rating || given.split(" ").includes(`rating-${rating}`));
          section.hidden = !wanted;
          found += wanted;
        }
        for (const part of parts)
          part.hidden = !part.querySelector("section:not([hidden])");
        return `${found || "None"} of ${all.length} verdicts`;
      };
      // A link to a verdict that is not among the chosen shows them all again.
      addEventListener("click", (event) => {
        const hash = event.target.closest?.("a[href^='#']")?.hash;
        if (hash && document.getElementById(hash.slice(1))?.closest("section[hidden]")) {
          form.reset();
          form.dispatchEvent(new Event("input"));
        }
      }, true);
      return answer;
    },
  };

  for (const form of document.querySelectorAll("form.ask")) {
    const data = JSON.parse(form.querySelector("script").textContent);
    const answer = kinds[data.kind](form, data);
    const said = form.querySelector("output");
    const tell = () => { said.textContent = answer(); };
    form.addEventListener("input", tell);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    tell();
  }
})();
