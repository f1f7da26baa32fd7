// Links, as the relay would disclose them.

const ROWS = 500; // no more are shown
const HIDDEN = new Set(["closed", "close_reason"]); // of links that have ended: always null here

// unwritten: records of links that have ended, and that wait in memory.
function showLinks(links, unwritten) {
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
  const more =
    links.length > shown.length ? ` These are ${number(ROWS)} of ${number(links.length)}; beacon disclose tells of all.` : "";
  const ended =
    unwritten > 0 ? ` Records of links that have ended, which the connection log has not yet written: ${number(unwritten)}.` : "";
  const none = ended ? "No link is open." : "No link is open: the relay holds nothing that it could disclose.";
  const open = "All that it holds of links that are open: what is not in the table is not there.";
  say("links-about", (links.length === 0 ? none : open + more) + ended);
}

async function discloseNow() {
  const disclosed = await ask("/disclose");
  showLinks(disclosed.links, disclosed.unwritten_records);
}
