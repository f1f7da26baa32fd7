// Links, as the relay would disclose them.

const ROWS = 500; // no more are shown
const HIDDEN = new Set(["closed", "close_reason"]); // of links that have ended: always null here

function showLinks(links) {
  const rank = link => (link.pair_id ? 0 : link.role ? 1 : 2);
  const text = value => value ?? "";
  links.sort(
    (one, other) =>
      rank(one) - rank(other) ||
      text(other.paired).localeCompare(text(one.paired)) ||
      text(one.pair_id).localeCompare(text(other.pair_id)) ||
      text(one.role).localeCompare(text(other.role)) ||
      one.opened.localeCompare(other.opened),
  );
  const shown = links.slice(0, ROWS);
  const keys = links.length > 0 ? Object.keys(links[0]).filter(key => !HIDDEN.has(key)) : [];
  fill(
    "links-head",
    keys.map(key => {
      const head = element("th", words(key), typeof links[0][key] === "number" ? "number" : "");
      head.scope = "col";
      return head;
    }),
  );
  fill(
    "links",
    shown.map(link => {
      const cells = keys.map(key =>
        typeof link[key] === "number" ? cell(number(link[key]), "number") : cell(link[key] ?? "–", "code"),
      );
      const made = element("tr");
      made.append(...cells);
      return made;
    }),
  );
  say(
    "links-about",
    links.length === 0
      ? "No link is open: the relay holds nothing that it could disclose."
      : "All that it holds of links: what is not in the table is not there." +
          (links.length > shown.length ? ` These are ${number(ROWS)} of ${number(links.length)}; beacon disclose tells of all.` : ""),
  );
}

async function discloseNow() {
  showLinks((await ask("/disclose")).links);
}
