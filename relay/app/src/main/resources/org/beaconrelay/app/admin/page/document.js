// Changes the document. What the relay says is put in as text, never as HTML.
const $ = id => document.getElementById(id);

function element(name, text, look) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (look) made.className = look;
  return made;
}

function row(head, ...cells) {
  const made = element("tr");
  const first = element("th", head);
  first.scope = "row";
  made.append(first, ...cells);
  return made;
}

const cell = (text, look) => element("td", text, look);

// Replaced only where something has changed, so that a reader is not interrupted, nor a selection lost.
function fill(id, rows) {
  const place = $(id);
  const next = element(place.tagName);
  next.append(...rows);
  if (next.innerHTML !== place.innerHTML) place.replaceChildren(...next.childNodes);
}

function say(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}
