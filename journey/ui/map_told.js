// Edits on their way: one after the other to the server, and what came of each in a line below the map.

const PATIENCE = 20_000; // milliseconds for an answer
const TOLD = 12_000; // milliseconds that a line stays when nobody looks at it

let lastSent = Date.now();

/** Ask for an edit; `make` is called when its turn comes, on the map as it is then, and may return null. */
function ask(map, make) {
  if (!map.isEditable || map.isPresenting) return;
  map.asked.push(make);
  sendNext(map);
}

function sendNext(map) {
  if (map.pending) return;
  const make = map.asked.shift();
  if (!make) return;
  const edit = make();
  if (!edit) return sendNext(map);
  map.pending = { seq: ++lastSent, late: setTimeout(() => giveUp(map), PATIENCE) };
  map.root.setAttribute("aria-busy", "true");
  map.edit({ seq: map.pending.seq, ...edit });
}

function settle(map) {
  const { answer } = map.pending ?? {};
  if (!answer || (answer.revision !== map.revision && !answer.refused)) return;
  clearTimeout(map.pending.late);
  map.pending = null;
  map.root.removeAttribute("aria-busy");
  if (answer.refused) {
    map.asked = [];
    draw(map);
  }
  showTold(map, answer);
  sendNext(map);
}

/** The server has answered; the map that shows it may come a moment later. */
function onAnswer(map, answer) {
  if (!answer || map.pending?.seq !== answer.seq) return;
  map.pending.answer = answer;
  settle(map);
}

function giveUp(map) {
  map.pending = null;
  map.asked = [];
  map.root.removeAttribute("aria-busy");
  draw(map);
  showTold(map, { words: say("No answer from the server: this change may not have been kept. Reload to see."), refused: true });
}

/** Say something below the map; to what was done it offers the way back. */
function showTold(map, { words, refused = false, isHint = false }) {
  const { told } = map;
  told.line.className = refused ? "told refused" : "told";
  told.spoken.textContent = words;
  told.undo.hidden = refused || isHint;
  told.line.hidden = !words;
  clearTimeout(told.timer);
  told.timer = setTimeout(() => hideTold(map), TOLD);
}

function hideTold(map) {
  const { line } = map.told;
  if (line.matches(":hover, :focus-within")) map.told.timer = setTimeout(() => hideTold(map), TOLD);
  else line.hidden = true;
}

function undo(map) {
  ask(map, () => ({ ask: "undo" }));
}

function toldLine(map) {
  const spoken = el("span", "words");
  const button = tool(say("Undo"), "undo", () => {
    undo(map);
    map.reachable?.focus();
  });
  const close = tool(say("Close this line"), "close", () => {
    map.told.line.hidden = true;
    map.reachable?.focus();
  }, { hides: true });
  const line = set(el("div", "told", spoken, button, close), { hidden: true });
  map.told = { line, spoken, undo: button };
  return set(el("div", "telling", line), { role: "status" });
}
