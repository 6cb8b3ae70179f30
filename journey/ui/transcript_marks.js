// Marks in a transcript: slices of its turns, and where to scroll to see one of them. Offsets count code points, as
// Python does; only a turn with a mark in it, or one whose sentences can be chosen, is taken apart into them.

const CLOSE_BY = 1.5; // heights of the box within which scrolling may be seen; a longer way is a jump
const SETTLING = 8; // frames in which blocks that were never laid out may still move the target

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

/** A piece of a turn that lies in marks, in a sentence that can be chosen, in both or in neither. */
function pieceOf(words, spans, sentence, { current, picked }) {
  if (!spans.length && !sentence) return words;
  const isAgainst = spans.length && spans.every((span) => span.against);
  const piece = el(spans.length ? "mark" : "span", isAgainst ? "against" : "", words);
  if (spans.length) set(piece, { "aria-current": spans.includes(current) && "true" });
  if (sentence) piece.dataset.sentence = sentence.start;
  if (sentence && picked && sentence.start < picked.end && picked.start < sentence.end) piece.classList.add("picked");
  return piece;
}

/** Write one turn anew; where slices overlap, the piece they share carries the marks of both. */
function writeTurn(view, turn) {
  const spans = view.marks.get(turn) ?? [];
  const sentences = turn.sentences ?? [];
  if (!spans.length && !sentences.length) {
    turn.words.textContent = turn.text;
    return;
  }
  const letters = Array.from(turn.text);
  const within = (offset) => Math.min(Math.max(offset - turn.start, 0), letters.length);
  const edges = new Set([0, letters.length]);
  for (const { start, end } of [...spans, ...sentences]) edges.add(within(start)).add(within(end));
  const cuts = [...edges].sort((a, b) => a - b);
  const covers = (from, to) => ({ start, end }) => within(start) <= from && within(end) >= to && start < end;
  const pieces = cuts.slice(1).map((to, at) => {
    const isOver = covers(cuts[at], to);
    return pieceOf(letters.slice(cuts[at], to).join(""), spans.filter(isOver), sentences.find(isOver), view);
  });
  turn.words.replaceChildren(...pieces);
}

/** Mark these slices, and no others; `current` is the one being read. */
function mark(view, spans, current) {
  const marks = new Map();
  for (const span of spans) {
    for (const turn of touched(view.turns, span)) marks.set(turn, [...(marks.get(turn) ?? []), span]);
  }
  const stale = [...view.marks.keys()].filter((turn) => !marks.has(turn));
  Object.assign(view, { marks, current });
  for (const turn of [...stale, ...marks.keys()]) writeTurn(view, turn);
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
