// Moving on the map by keyboard: one button is in the tab order, the arrow keys move on from it. And what is selected.

const MARGIN = 16; // CSS pixels between a card that was scrolled to and the edge

function buttonsByStep(board) {
  const byStep = new Map();
  for (const button of board.querySelectorAll("button[data-id]:not(.phase-band)")) {
    const { step } = button.closest("[data-step]").dataset;
    byStep.set(step, [...(byStep.get(step) ?? []), button]);
  }
  return [...byStep.values()];
}

/** The button of another step that lies in the same lane, or else in the nearest one, below rather than above. */
function beside(map, from, column) {
  if (!column) return null;
  const below = (button) => map.ranks.get(button.dataset.lane) - map.ranks.get(from.dataset.lane);
  const away = (button) => (below(button) < 0 ? 0.5 - below(button) : below(button));
  return column.reduce((best, button) => (away(button) < away(best) ? button : best));
}

/** From the band of a phase: to the next one, or down to its first step. */
function fromBand(map, from, key) {
  const at = map.bands.indexOf(from);
  const first = map.view.phases.find((phase) => phase.id === from.dataset.id)?.steps[0];
  switch (key) {
    case "ArrowRight": return map.bands[at + 1];
    case "ArrowLeft": return map.bands[at - 1];
    case "ArrowDown": return first && buttonOf(map, first.id);
    case "Home": return map.bands[0];
    case "End": return map.bands.at(-1);
    default: return null;
  }
}

function bandAbove(map, step) {
  const phase = map.view.phases.find((one) => one.steps.some(({ id }) => id === step.dataset.id));
  return phase && buttonOf(map, phase.id);
}

function destination(map, from, { key, ctrlKey }) {
  const { columns: byStep } = map;
  if (map.bands.includes(from)) return fromBand(map, from, key);
  const x = byStep.findIndex((column) => column.includes(from));
  const y = byStep[x].indexOf(from);
  const last = byStep.length - 1;
  switch (key) {
    case "ArrowDown": return byStep[x][y + 1];
    case "ArrowUp": return byStep[x][y - 1] ?? bandAbove(map, from);
    case "ArrowRight": return beside(map, from, byStep[x + 1]);
    case "ArrowLeft": return beside(map, from, byStep[x - 1]);
    case "Home": return ctrlKey ? byStep[0][0] : beside(map, from, byStep[0]);
    case "End": return ctrlKey ? byStep[last].at(-1) : beside(map, from, byStep[last]);
    default: return null;
  }
}

function makeReachable(map, button) {
  map.reachable?.setAttribute("tabindex", "-1");
  map.reachable = button;
  button?.setAttribute("tabindex", "0");
}

function onKey(map, event) {
  const from = event.target.closest("button[data-id]");
  if (map.isEditable && !event.target.matches("select, input, textarea") && onEditKey(map, event, from)) return;
  if (!from || event.altKey || event.metaKey) return;
  const to = destination(map, from, event);
  if (!to) return;
  event.preventDefault();
  to.focus({ preventScroll: true });
  reveal(to);
}

/** Bring a button out from under the headings that stay in place. */
function reveal(button) {
  button.scrollIntoView({ block: "nearest", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

/** How far to scroll so that something lies between two edges; when it is too big, its beginning does. */
function shift(from, to, first, last) {
  if (from < first) return from - first;
  return Math.max(0, Math.min(from - first, to - last));
}

/** Bring a button and its column into the sight of the board, without moving the page around it. */
function revealOnBoard(button) {
  const board = button.closest(".board");
  if (!board) return;
  const edge = board.getBoundingClientRect();
  const column = (button.closest("[data-step]") ?? button).getBoundingClientRect();
  const { top, bottom } = button.getBoundingClientRect();
  const { scrollPaddingLeft, scrollPaddingTop } = getComputedStyle(board);
  const first = edge.left + Number.parseFloat(scrollPaddingLeft) - MARGIN;
  board.scrollLeft += shift(column.left, column.right, first, edge.left + board.clientWidth);
  if (button.closest("thead")) return;
  const below = edge.top + Number.parseFloat(scrollPaddingTop);
  board.scrollTop += shift(top, bottom, below, edge.top + board.clientHeight - MARGIN);
}

const buttonOf = (map, id) => map.root.querySelector(`button[data-id="${CSS.escape(id)}"]`);

function goTo(map, id) {
  const button = buttonOf(map, id);
  button?.focus({ preventScroll: true });
  button?.scrollIntoView({ block: "center", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

function showSelected(map, id) {
  map.selected = id;
  map.root.querySelectorAll("[aria-current]").forEach((button) => button.removeAttribute("aria-current"));
  const chosen = id && buttonOf(map, id);
  if (!chosen) return;
  chosen.setAttribute("aria-current", "true");
  if (map.isPresenting) return;
  if (map.root.contains(map.root.getRootNode().activeElement)) return;
  makeReachable(map, chosen);
  revealOnBoard(chosen);
}
