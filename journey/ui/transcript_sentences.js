// From the transcript back to the map: a sentence is chosen by a click or by keyboard, the cards that rest on it are
// listed below, and one press makes a new card of it. A turn is cut into sentences when the pointer or the keyboard
// comes to it, so that a long transcript opens as fast as before.

const splitter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "sentence" }) : null;

/** The sentences of a turn as slices of the source, without the space between them. */
function sentencesOf({ start, text, passage, weight }) {
  const parts = splitter ? Array.from(splitter.segment(text), ({ segment }) => segment) : [text];
  let at = start;
  const found = parts.map((part) => {
    const from = at;
    at += Array.from(part).length;
    return { start: from, end: from + Array.from(part.trimEnd()).length, words: part.trim(), passage, weight };
  });
  return found.filter(({ words }) => words);
}

function cutUp(view, turn) {
  if (turn.sentences) return;
  turn.sentences = sentencesOf(turn);
  writeTurn(view, turn);
}

const usesOf = (view, { start, end }) => view.uses.filter((use) => use.start < end && start < use.end);

/** Choose a slice; a card is made of whole sentences of one turn. */
function pickSlice(view, turn, picked) {
  const before = view.pickedTurn;
  Object.assign(view, { picked, pickedTurn: turn });
  for (const one of new Set([before, turn])) if (one) writeTurn(view, one);
  showPicked(view);
}

function pickSentence(view, turn, sentence, { grows = false } = {}) {
  const { picked } = view;
  if (!grows || picked?.passage !== sentence.passage || turn !== view.pickedTurn) return pickSlice(view, turn, sentence);
  const [start, end] = [Math.min(picked.start, sentence.start), Math.max(picked.end, sentence.end)];
  const words = Array.from(turn.text).slice(start - turn.start, end - turn.start).join("");
  return pickSlice(view, turn, { ...sentence, start, end, words });
}

function onTurnClick(view, event) {
  const start = event.target.dataset?.sentence;
  const turn = view.byItem.get(event.target.closest(".turn"));
  const sentence = turn?.sentences?.find((one) => String(one.start) === start);
  if (sentence) pickSentence(view, turn, sentence, { grows: event.shiftKey });
}

const isShown = (view, turn) => !view.isOnlyUnused || turn.item.classList.contains("unused");

/** The sentence before or after the chosen one; with none chosen, the first in sight. */
function sentenceBeside(view, by) {
  const shown = view.turns.filter((turn) => isShown(view, turn) && turn.text.trim());
  let at = shown.indexOf(view.pickedTurn);
  if (at < 0) {
    const top = view.box.getBoundingClientRect().top;
    at = Math.max(0, shown.findIndex(({ item }) => item.getBoundingClientRect().bottom > top + 8));
    cutUp(view, shown[at]);
    return [shown[at], shown[at].sentences[0]];
  }
  const here = shown[at].sentences;
  const next = here.findIndex(({ start }) => start >= view.picked.start) + by;
  if (here[next]) return [shown[at], here[next]];
  const turn = shown[at + by];
  if (!turn) return [];
  cutUp(view, turn);
  return [turn, turn.sentences.at(by > 0 ? 0 : -1)];
}

function onTurnKey(view, event) {
  const by = { ArrowRight: 1, ArrowLeft: -1, Enter: 0 }[event.key];
  if (by === undefined || event.target !== view.box || event.altKey || event.metaKey) return;
  event.preventDefault();
  const [turn, sentence] = sentenceBeside(view, by);
  if (!sentence) return;
  pickSentence(view, turn, sentence, { grows: event.shiftKey });
  const piece = turn.words.querySelector(".picked");
  if (piece) scrollTo(view, piece);
}

// What rests on the chosen words

function useButton(view, use) {
  const kind = use.against ? [picture("against"), unseen(say("says the opposite of")), " "] : [];
  const button = el("button", "claim", ...kind, el("span", "place", use.place), " ", foreign("span", "", use.heading));
  set(button, { type: "button" }).onclick = () => choose(use.id);
  return button;
}

/** The step whose words stand nearest before the chosen ones: a new card most likely belongs there. */
function likelyStep(view, { start }) {
  const before = view.uses.filter((use) => use.start <= start && use.step);
  return before.at(-1)?.step ?? view.steps[0][0];
}

function formFor(view, picked) {
  return cardForm({
    lanes: view.lanes.filter(([, , isOpen]) => picked.weight === "anything" || isOpen),
    steps: view.steps,
    lane: view.lane,
    likely: likelyStep(view, picked),
    make: (place) => {
      view.lane = place.lane;
      view.make({ ...picked, ...place });
    },
  });
}

/** Say what rests on the chosen words, and offer to make a card of them. */
function showPicked(view) {
  const { picked } = view;
  if (!picked) return;
  const uses = usesOf(view, picked);
  const shown = [foreign("p", "said", `“${picked.words.replace(/\s+/g, " ")}”`, view.language)];
  const once = uses.filter(({ id }, at) => uses.findIndex((use) => use.id === id) === at);
  if (once.length) shown.push(el("div", "claims", ...once.map((use) => useButton(view, use))));
  else if (picked.weight === "nothing") shown.push(el("p", "facts", say("The interviewer asked this: it is never evidence.")));
  else shown.push(el("p", "facts", say("No card rests on this yet.")));
  if (view.steps.length && picked.weight !== "nothing") shown.push(formFor(view, picked));
  view.below.replaceChildren(el("div", "", ...shown));
}

// What no card rests on

function markUnused(view) {
  const used = new Set([...view.uses.map(({ passage }) => passage), ...view.linked]);
  let count = 0;
  let last = null;
  for (const { item, passage, weight, text } of view.turns) {
    const isUnused = weight === "anything" && !used.has(passage) && text.trim() !== "";
    item.classList.toggle("unused", isUnused);
    if (isUnused && passage !== last) count += 1;
    last = passage;
  }
  view.filter.replaceChildren(count ? sayMany("Not used yet: {n} turn", "Not used yet: {n} turns", count) : say("Every turn is used"));
  set(view.filter, { disabled: count === 0 && !view.isOnlyUnused });
}

function showOnlyUnused(view, isOnly) {
  view.isOnlyUnused = isOnly;
  const shown = isOnly ? view.turns.filter(({ item }) => item.classList.contains("unused")) : view.turns;
  view.list.replaceChildren(...shown.map(({ item }) => item)); // hiding thousands by a style takes seconds
  set(view.filter, { "aria-pressed": String(isOnly) });
}
