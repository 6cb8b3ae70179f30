// The quotes of one element, one of them being read. Tells the transcript which slices to mark and where to scroll.

const ORIGINS = {
  inferred: "Nobody said this in these words: it was inferred.",
  user: "Added by hand.",
  quoted: "",
};
const CHANGED = "Changed by hand. It is based on these words, which stay as they were said.";

/** Who said it, when, in which source, and whether the words were found as they were copied. */
function placeOf(quote, sources) {
  const place = el("span", "place");
  if (quote.speaker) place.append(foreign("span", `who t-${quote.tone}`, quote.speaker));
  if (quote.time) place.append(el("span", "time", quote.time));
  if (sources > 1) place.append(foreign("span", "file", quote.source_name));
  if (quote.match) place.append(el("span", "match", quote.match));
  return place;
}

function quoteItem(list, quote, index) {
  const kind = `quote t-${quote.tone}${quote.against ? " against" : ""}`;
  const words = el("span", "said", "“", foreign("span", "", quote.text), "”");
  const button = set(el("button", kind), { type: "button" });
  if (quote.against) button.append(el("span", "badge against", picture("against"), "says the opposite"));
  button.append(words, placeOf(quote, list.sources));
  button.onclick = () => read(list, index);
  return el("li", "", button);
}

function stepButton(words, sign, onClick) {
  const button = set(el("button", "turn-page", picture(sign), unseen(words)), { type: "button", title: words });
  button.onclick = onClick;
  return button;
}

/** Previous and next; at an end the button stays, so that focus does, and does nothing. */
function pager(list) {
  list.previous = stepButton("Previous quote", "previous", () => read(list, list.at - 1));
  list.next = stepButton("Next quote", "next", () => read(list, list.at + 1));
  list.count = el("span", "count");
  return el("div", "pager", list.previous, list.count, list.next);
}

/** On a narrow screen the map lies out of sight above: go back to the card that led here. */
function wayBack(id) {
  const button = stepButton("Back to the map", "up", () => tell("back", id)());
  button.classList.add("back");
  return button;
}

function head(list) {
  const { place, heading, origin, quotes } = list.chosen;
  const words = el("div", "words", el("p", "place", place), foreign("h2", "", heading));
  const made = el("header", "", words);
  if (quotes.length > 1) made.append(pager(list));
  made.append(wayBack(list.chosen.id));
  const isBased = quotes.some((quote) => !quote.against);
  const based = origin === "user" ? CHANGED : "";
  const notes = isBased ? based : ORIGINS[origin];
  return notes ? [made, el("p", "origin", picture(origin), notes)] : [made];
}

/** Read one quote: mark it here, have it marked and scrolled to in its transcript, and say it. */
function read(list, index) {
  const { quotes } = list.chosen;
  if (!quotes[index]) return;
  list.at = index;
  list.items.forEach((item, at) => set(item.firstChild, { "aria-current": at === index && "true" }));
  scrollWithin(list.box, list.items[index]);
  tellTranscript(list);
  showCount(list);
}

function tellTranscript(list) {
  const { quotes } = list.chosen;
  const { source } = quotes[list.at];
  const spans = quotes.map(({ source: from, start, end, against }) => ({ source: from, start, end, against }));
  list.silence?.();
  list.silence = tell(`${list.topic}:reading`, { source, spans, at: list.at });
  if (source !== list.shown) list.show(source);
}

function showCount(list) {
  const { quotes } = list.chosen;
  const { speaker, time, text } = quotes[list.at];
  const said = [speaker, time, text].filter(Boolean).join(", ");
  list.status.textContent = `Quote ${list.at + 1} of ${quotes.length}: ${said}`;
  if (!list.count) return;
  list.count.textContent = `${list.at + 1} / ${quotes.length}`;
  set(list.previous, { "aria-disabled": list.at === 0 && "true" });
  set(list.next, { "aria-disabled": list.at === quotes.length - 1 && "true" });
}

/** Scroll a box, and nothing around it, until one of its children is in sight. */
function scrollWithin(box, child) {
  const below = child.offsetTop + child.offsetHeight - box.offsetTop - box.clientHeight;
  const above = child.offsetTop - box.offsetTop;
  if (box.scrollTop > above) box.scrollTop = above;
  else if (box.scrollTop < below) box.scrollTop = below;
}

function draw(list) {
  list.count = null;
  list.items = list.chosen.quotes.map((quote, index) => quoteItem(list, quote, index));
  list.box = set(el("ol", "list", ...list.items), { role: "list" });
  list.status = set(el("p", "unseen"), { role: "status" });
  list.root.replaceChildren(...head(list), list.box, list.status);
}

/** On a narrow screen the panel lies below the map: come into sight when the reader has chosen something. */
function comeIntoSight(root) {
  if (!navigator.userActivation?.hasBeenActive) return;
  const { top } = root.getBoundingClientRect();
  if (top >= 0 && top < window.innerHeight / 2) return;
  root.scrollIntoView({ block: "start", behavior: isCalm() ? "auto" : "smooth" });
}

/** Show another element; told the same one again, stay at the quote being read. `shown` is the source on the page. */
function choose(list, { chosen, sources, shown }) {
  list.shown = shown;
  const content = JSON.stringify(chosen);
  if (content === list.content) return;
  Object.assign(list, { content, chosen, sources });
  draw(list);
  read(list, 0);
  comeIntoSight(list.root);
}

export default function ({ data, parentElement, setStateValue }) {
  const list = stateOf(parentElement, () => ({ root: parentElement.querySelector(".quotes"), topic: data.topic }));
  list.show = (source) => {
    list.shown = source;
    setStateValue("source", source);
  };
  list.ends ??= [
    listen(`${data.topic}:chosen`, (message) => choose(list, message)),
    listen(`${data.topic}:drawn`, () => comeIntoSight(list.root)), // the page has only now become long enough
  ];
  return () => {
    list.ends.forEach((end) => end());
    list.silence?.();
  };
}
