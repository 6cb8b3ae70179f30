// Edits of the map by keyboard: Alt and the arrow keys move what has the focus, other keys rename, add, delete, undo.

const KEYS = [
  [entry("Arrow keys"), entry("go from card to card")],
  [entry("Enter"), entry("shows the quotes")],
  [entry("Alt + arrow keys"), entry("move a card, step or phase; a feeling up and down")],
  [entry("Alt + Shift + up, down"), entry("moves a card to another lane")],
  [entry("F2, double click"), entry("rename in place")],
  [entry("Insert"), entry("adds a card or step after this one")],
  [entry("Del"), entry("deletes")],
  [entry("Ctrl + Z, Ctrl + Shift + Z"), entry("undo, redo")],
  [entry("Drag"), entry("moves whatever you take hold of; on a touch screen, hold it first")],
];

/** Where something stands in the whole map, by its id. */
function placeOf(view, id) {
  for (const [phaseAt, phase] of view.phases.entries()) {
    if (phase.id === id) return { part: "phase", phase, at: phaseAt, words: phase.name };
    for (const [at, step] of phase.steps.entries()) {
      const here = { phase, phaseAt, step, stepAt: at };
      if (step.id === id) return { part: "step", at, words: step.title, ...here };
      if (step.feeling?.id === id) return { part: "feeling", words: step.feeling.label, ...here };
      const found = cardPlace(step, id);
      if (found) return { ...found, ...here };
    }
  }
  return null;
}

function cardPlace(step, id) {
  for (const [lane, cards] of Object.entries(step.cells)) {
    const at = cards.findIndex((card) => card.id === id);
    if (at >= 0) return { part: "card", lane, at, count: cards.length, words: cards[at].text };
  }
  return null;
}

const moveItem = (item, step, lane, at) => ({ edit: { kind: "move_item", item, step: step.id, lane, at } });

function cardMoved(map, id, place, key, isShifted) {
  const steps = stepsOf(map.view);
  const number = steps.indexOf(place.step);
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const there = steps[number + (key === "ArrowRight" ? 1 : -1)];
    return there && moveItem(id, there, place.lane, null);
  }
  const by = key === "ArrowDown" ? 1 : -1;
  if (!isShifted) {
    const at = place.at + by;
    return at >= 0 && at < place.count ? moveItem(id, place.step, place.lane, at) : null;
  }
  const lanes = map.shown.lanes.map((lane) => lane.key).filter((lane) => lane !== "emotion");
  const lane = lanes[lanes.indexOf(place.lane) + by];
  return lane ? moveItem(id, place.step, lane, null) : null;
}

function stepMoved(map, id, place, key) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (!by) return null;
  const at = place.at + by;
  const isInside = at >= 0 && at < place.phase.steps.length;
  const phase = isInside ? place.phase : map.view.phases[place.phaseAt + by];
  if (!phase) return null;
  return { edit: { kind: "move_step", step: id, phase: phase.id, at: isInside ? at : by > 0 ? 0 : phase.steps.length } };
}

function phaseMoved(map, id, place, key) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const at = place.at + (by ?? 0);
  return by && at >= 0 && at < map.view.phases.length ? { edit: { kind: "move_phase", phase: id, at } } : null;
}

/** Another score for a feeling; its word stays when it is the user's or the source's own, and not just the score's. */
function felt(step, score) {
  const { label, words } = step.feeling;
  const within = Math.max(-2, Math.min(2, score));
  if (within === step.feeling.score) return null;
  return { edit: { kind: "set_emotion", step: step.id, score: within, label: label === words ? "" : label } };
}

function feelingMoved(map, id, place, key) {
  const by = { ArrowUp: 0.5, ArrowDown: -0.5 }[key];
  return by ? felt(place.step, place.step.feeling.score + by) : null;
}

const MOVES = { card: cardMoved, step: stepMoved, phase: phaseMoved, feeling: feelingMoved };

function moveByKey(map, id, { key, shiftKey }) {
  ask(map, () => {
    const place = placeOf(map.view, id);
    const edit = place && MOVES[place.part](map, id, place, key, shiftKey);
    if (!edit) showTold(map, { words: say("It cannot go further that way."), isHint: true });
    return edit;
  });
}

function deletion(place, id) {
  if (place.part === "feeling") return { edit: { kind: "clear_emotion", step: place.step.id } };
  if (place.part === "card") return { edit: { kind: "delete_item", item: id } };
  return { edit: { kind: `delete_${place.part}`, [place.part]: id } };
}

/** Delete what has the focus, which then goes to what stood beside it. */
function deleteByKey(map, button) {
  const id = button.dataset.id;
  const all = map.columns.flat();
  const next = all[all.indexOf(button) + 1] ?? all[all.indexOf(button) - 1];
  ask(map, () => {
    const place = placeOf(map.view, id);
    if (next) map.focusNext = next.dataset.id;
    return place && deletion(place, id);
  });
}

/** The keys that change the map; tells whether one was. */
function onEditKey(map, event, button) {
  const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
  if ((ctrlKey || metaKey) && !altKey && "zyZY".includes(key)) {
    const isRedo = shiftKey || key.toLowerCase() === "y";
    ask(map, () => ({ ask: isRedo ? "redo" : "undo" }));
  } else if (!button || ctrlKey || metaKey) return false;
  else if (altKey && key.startsWith("Arrow")) moveByKey(map, button.dataset.id, event);
  else if (altKey) return false;
  else if (key === "F2") rename(map, button);
  else if (key === "Insert") addAfter(map, button);
  else if (key === "Delete") deleteByKey(map, button);
  else return false;
  event.preventDefault();
  return true;
}

function keysHelp() {
  const rows = KEYS.flatMap(([keys, what]) => [el("dt", "", say(keys)), el("dd", "", say(what))]);
  const panel = set(el("div", "panel", el("dl", "keys", ...rows)), { hidden: true });
  const opener = tool(say("Keys"), "keys", () => {
    panel.hidden = !panel.hidden;
    set(opener, { "aria-expanded": String(!panel.hidden) });
  });
  set(opener, { "aria-expanded": "false" });
  const group = el("div", "lane-tools keys-help", opener, panel);
  group.onkeydown = (event) => {
    if (event.key === "Escape" && !panel.hidden) opener.click();
  };
  group.addEventListener("focusout", (event) => {
    if (!panel.hidden && event.relatedTarget && !group.contains(event.relatedTarget)) opener.click();
  });
  return group;
}
