// Search in the archive: no server, no request but for search-index.js beside this file, and only when somebody asks.
(() => {
  "use strict";
  const MOST = 100;
  const form = document.querySelector(".search");
  const box = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const found = document.querySelector(".found");
  const all = document.querySelector(".issues-list");
  let rows = null;
  let asked = false;

  const plain = (text) =>
    ` ${text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  // A word is found where a word begins; in scripts without spaces, anywhere.
  const holds = (text, word) => text.includes(` ${word}`) || (/[^\x00-\u024f]/.test(word) && text.includes(word));

  const element = (name, text, more = {}) =>
    Object.assign(document.createElement(name), { textContent: text, dir: "auto" }, more);

  const read = () => {
    rows = window.digestIndex.flatMap((issue) =>
      issue.rows.map(([id, line, story, sources]) => ({
        issue, id, line, story, sources, text: plain(`${line} ${story} ${sources}`),
      })),
    );
  };

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = "search-index.js";
    script.onload = () => { read(); show(); };
    script.onerror = () => { status.textContent = "The search index (search-index.js) is missing."; };
    document.head.append(script);
  };

  const resultOf = (row) => {
    const line = document.createElement("li");
    const address = `${encodeURIComponent(row.issue.folder)}/brief.html#${encodeURIComponent(row.id)}`;
    line.append(element("a", row.line, { href: address }));
    if (row.sources) line.append(" ", element("span", row.sources));
    return line;
  };

  const list = (matches) => {
    const parts = [];
    let issue = null;
    for (const row of matches) {
      if (row.issue !== issue) {
        issue = row.issue;
        parts.push(element("h2", issue.title), document.createElement("ul"));
      }
      parts[parts.length - 1].append(resultOf(row));
    }
    found.replaceChildren(...parts);
  };

  const show = () => {
    const words = plain(box.value).trim().split(" ").filter(Boolean);
    all.hidden = words.length > 0;
    found.hidden = words.length === 0;
    if (words.length === 0 || rows === null) {
      status.textContent = "";
      found.replaceChildren();
      return;
    }
    const matches = rows.filter((row) => words.every((word) => holds(row.text, word)));
    const shown = matches.slice(0, MOST);
    const more = matches.length > MOST ? `, the newest ${MOST} shown` : "";
    status.textContent = matches.length === 0 ? "Nothing found" : `${matches.length} found${more}`;
    list(shown);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("focus", load);
  box.addEventListener("input", () => { load(); show(); });
  if (box.value) load();
})();
