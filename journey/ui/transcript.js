// A source, turn by turn. Drawn once; told which slices to mark and which of them to scroll to.
// Offsets count code points, as Python does; only a turn with a mark in it is taken apart into them.

const CLOSE_BY = 1.5; // heights of the box within which scrolling may be seen; a longer way is a jump
const SETTLING = 8; // frames in which blocks that were never laid out may still move the target

function turnItem([start, text, speaker, tone, time]) {
  const words = foreign("p", "words", text);
  const item = el("li", `turn t-${tone}${speaker ? "" : " unnamed"}`);
  if (speaker || time) item.append(el("p", "label", foreign("span", "who", speaker), " ", el("span", "time", time)));
  item.append(words);
  return { start, text, words, item };
}

/** The turns that a slice touches; turns are in order of their starts. */
function touched(turns, { start, end }) {
  let [low, high] = [0, turns.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (turns[middle].start <= start) low = middle;
    else high = middle;
  }
  const found = [];
  for (let at = low; at < turns.length && turns[at].start < end; at += 1) found.push(turns[at]);
  return found;
}

/** Mark slices of one turn; where slices overlap, the piece they share carries the marks of both. */
function markTurn(turn, spans, current) {
  const letters = Array.from(turn.text);
  const within = (offset) => Math.min(Math.max(offset - turn.start, 0), letters.length);
  const slices = spans.map((span) => ({ span, from: within(span.start), to: within(span.end) }));
  const edges = [...new Set([0, letters.length, ...slices.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const pieces = edges.slice(1).map((to, at) => {
    const words = letters.slice(edges[at], to).join("");
    const covering = slices.filter((slice) => slice.from <= edges[at] && slice.to >= to && slice.from < slice.to);
    return covering.length ? markOf(words, covering.map(({ span }) => span), current) : words;
  });
  turn.words.replaceChildren(...pieces);
}

function markOf(words, spans, current) {
  const isCurrent = spans.includes(current);
  const isAgainst = spans.every((span) => span.against);
  return set(el("mark", isAgainst ? "against" : "", words), { "aria-current": isCurrent && "true" });
}

function mark(view, spans, current) {
  const marked = new Map();
  for (const span of spans) {
    for (const turn of touched(view.turns, span)) marked.set(turn, [...(marked.get(turn) ?? []), span]);
  }
  for (const turn of view.marked) if (!marked.has(turn)) turn.words.textContent = turn.text;
  for (const [turn, found] of marked) markTurn(turn, found, current);
  view.marked = [...marked.keys()];
}

/** How far the box must scroll for a mark to lie a third below its top. */
function distance(box, target) {
  const from = box.getBoundingClientRect().top + box.clientHeight / 3;
  return target.getBoundingClientRect().top - from;
}

/** Go to a mark; blocks on the way are laid out as they come near and move it, so look again until it rests. */
function scrollTo(view, target, frames = SETTLING) {
  const away = distance(view.box, target);
  const isClose = Math.abs(away) < CLOSE_BY * view.box.clientHeight;
  if (isClose && frames === SETTLING && !isCalm()) return view.box.scrollBy({ top: away, behavior: "smooth" });
  view.box.scrollBy({ top: away, behavior: "instant" });
  if (frames > 0 && target.isConnected) requestAnimationFrame(() => scrollTo(view, target, frames - 1));
}

function hear(view, { source, spans, at }) {
  if (source !== view.source) return;
  const current = spans[at];
  mark(view, spans.filter((span) => span.source === source), current);
  const target = view.box.querySelector("mark[aria-current]");
  if (target) scrollTo(view, target);
}

function draw(view, { name, turns }) {
  view.turns = turns.map(turnItem);
  view.marked = [];
  const list = set(el("ol", "turns", ...view.turns.map(({ item }) => item)), { role: "list" });
  view.box = set(el("div", "scroll", list), { tabindex: "0", role: "region", "aria-label": `Transcript ${name}` });
  view.root.replaceChildren(foreign("h3", "file", name), view.box);
}

export default function ({ data, parentElement }) {
  const view = stateOf(parentElement, () => ({ root: parentElement.querySelector(".transcript") }));
  if (view.source !== data.source) {
    view.source = data.source;
    draw(view, data);
    view.deafen?.();
    tell(`${data.topic}:drawn`, data.source)();
    view.deafen = listen(`${data.topic}:reading`, (message) => hear(view, message));
  }
  return () => view.deafen?.();
}
