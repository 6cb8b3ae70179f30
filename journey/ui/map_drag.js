// Dragging: a card to another cell, a step to another place, a phase among phases, a feeling up and down.
// A mouse takes hold at once, a finger after a moment, so that it can still scroll.

const SLACK = 6; // CSS pixels that a press may wander without being a drag
const HOLD = 400; // milliseconds until a finger has hold of something
const EDGE = 48; // CSS pixels from the edge of the board at which it scrolls
const SPEED = 14; // CSS pixels a frame

function onPointerDown(map, event) {
  const button = event.target.closest?.("button[data-id]");
  if (!button || event.button !== 0 || !map.isEditable || map.isPresenting || map.drag) return;
  const place = placeOf(map.view, button.dataset.id);
  if (!place) return;
  map.drag = { button, place, id: button.dataset.id, pointer: event.pointerId, x: event.clientX, y: event.clientY };
  if (event.pointerType === "touch") map.drag.held = setTimeout(() => lift(map), HOLD);
}

function onPointerMove(map, event) {
  const { drag } = map;
  if (!drag || event.pointerId !== drag.pointer) return;
  const hasWandered = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLACK;
  if (!drag.ghost && hasWandered) {
    if (event.pointerType === "touch") return letGo(map); // it scrolls
    lift(map);
  }
  if (!drag.ghost) return;
  event.preventDefault();
  Object.assign(drag, { nowX: event.clientX, nowY: event.clientY });
  showAim(map);
}

function lift(map) {
  const { drag } = map;
  const { button } = drag;
  const box = button.getBoundingClientRect();
  const ghost = set(button.cloneNode(true), { "aria-hidden": "true", "data-id": null });
  ghost.classList.add("ghost");
  ghost.style.width = `${box.width}px`;
  map.frame.append(ghost);
  const home = ghost.getBoundingClientRect();
  Object.assign(drag, { ghost, dx: box.left - home.left - drag.x, dy: box.top - home.top - drag.y, nowX: drag.x, nowY: drag.y });
  button.classList.add("lifted");
  map.root.classList.add("dragging");
  drag.marker = map.frame.appendChild(set(el("div", "marker"), { "aria-hidden": "true" }));
  drag.frame = requestAnimationFrame(() => scrollAtEdge(map));
  showAim(map);
}

/** Scroll the board while something is held at its edge. */
function scrollAtEdge(map) {
  const { drag } = map;
  if (!drag) return;
  const board = map.root.querySelector(".board");
  if (board) {
    const edge = board.getBoundingClientRect();
    const pull = (at, from, to) => (at < from + EDGE ? -SPEED : at > to - EDGE ? SPEED : 0);
    const before = board.scrollLeft + board.scrollTop;
    const lanes = drag.place.part === "card" ? pull(drag.nowY, edge.top + EDGE, edge.bottom) : 0;
    board.scrollBy(pull(drag.nowX, edge.left + EDGE, edge.right), lanes);
    if (board.scrollLeft + board.scrollTop !== before) showAim(map);
  }
  drag.frame = requestAnimationFrame(() => scrollAtEdge(map));
}

function showAim(map) {
  const { drag } = map;
  drag.ghost.style.translate = `${drag.nowX + drag.dx}px ${drag.nowY + drag.dy}px`;
  drag.aim = AIMS[drag.place.part](map, drag);
  drag.marker.hidden = !drag.aim?.line;
  if (drag.aim?.line) lay(drag.marker, drag.aim.line);
}

/** Lay the marker along an edge, whatever its own coordinates begin at. */
function lay(marker, { left, top, width, height }) {
  Object.assign(marker.style, { translate: "0 0", width: `${width}px`, height: `${height}px` });
  const home = marker.getBoundingClientRect();
  marker.style.translate = `${left - home.left}px ${top - home.top}px`;
}

const under = (map, drag) => map.root.getRootNode().elementFromPoint(drag.nowX, drag.nowY);

/** Where a card would land: in which cell, before which card. */
function aimCard(map, drag) {
  const cell = under(map, drag)?.closest?.("[data-cell]");
  if (!cell) return null;
  const others = [...cell.querySelectorAll("button.card")].filter((card) => card !== drag.button);
  const before = others.find((card) => drag.nowY < middle(card.getBoundingClientRect(), "y"));
  const box = (before ?? others.at(-1) ?? cell).getBoundingClientRect();
  const top = before || !others.length ? box.top - 3 : box.bottom + 1;
  const { cell: step, lane } = cell.dataset;
  const cards = placeOf(map.view, step).step.cells[lane]?.filter((card) => card.id !== drag.id) ?? [];
  const at = before ? cards.findIndex((card) => card.id === before.dataset.id) : null;
  return {
    edit: { kind: "move_item", item: drag.id, step, lane, at },
    line: { left: box.left, top: others.length ? top : top + 8, width: box.width, height: 3 },
  };
}

const middle = (box, axis) => (axis === "x" ? box.left + box.width / 2 : box.top + box.height / 2);

/** The element under the pointer's column or row, whether the pointer is past its middle, and the line at that edge. */
function aimBeside(map, drag, selector) {
  const board = map.root.querySelector(".board");
  const here = board ? columnUnder(map, drag, selector) : under(map, drag)?.closest?.(selector);
  if (!here) return null;
  const box = here.getBoundingClientRect();
  const isPast = board ? drag.nowX > middle(box, "x") : drag.nowY > middle(box, "y");
  if (!board) return { here, isPast, line: { left: box.left, top: isPast ? box.bottom : box.top, width: box.width, height: 3 } };
  const { top, height } = board.getBoundingClientRect();
  return { here, isPast, line: { left: isPast ? box.right - 2 : box.left - 1, top, width: 3, height } };
}

function columnUnder(map, drag, selector) {
  const heads = [...map.root.querySelectorAll(`thead ${selector}`)];
  return heads.find((head) => {
    const { left, right } = head.getBoundingClientRect();
    return drag.nowX >= left && drag.nowX < right;
  });
}

function aimStep(map, drag) {
  const aim = aimBeside(map, drag, "[data-in]");
  const phase = aim && map.view.phases.find((one) => one.id === aim.here.dataset.in);
  if (!phase) return null;
  const steps = phase.steps.filter((step) => step.id !== drag.id);
  const here = steps.findIndex((step) => String(step.number) === aim.here.dataset.step);
  const own = phase.steps.findIndex((step) => step.id === drag.id);
  const at = here < 0 ? Math.max(own, 0) : here + (aim.isPast ? 1 : 0);
  if (phase.id === drag.place.phase.id && at === drag.place.at) return null;
  return { edit: { kind: "move_step", step: drag.id, phase: phase.id, at }, line: aim.line };
}

function aimPhase(map, drag) {
  const aim = aimBeside(map, drag, "[data-phase]");
  if (!aim) return null;
  const others = map.view.phases.filter((phase) => phase.id !== drag.id);
  const here = others.findIndex((phase) => phase.id === aim.here.dataset.phase);
  const at = here + (aim.isPast ? 1 : 0);
  if (here < 0 || at === drag.place.at) return null;
  return { edit: { kind: "move_phase", phase: drag.id, at }, line: aim.line };
}

/** A feeling goes up and down in its own cell, by half points. */
function aimFeeling(map, drag) {
  const lane = drag.button.closest("td")?.getBoundingClientRect();
  if (!lane) return null;
  const score = Math.round(scoreAt(((drag.nowY - lane.top) / lane.height) * 100) * 2) / 2;
  const top = lane.top + (heightOf(Math.max(-2, Math.min(2, score))) / 100) * lane.height;
  return { ...felt(drag.place.step, score), line: { left: lane.left, top: top - 1, width: lane.width, height: 2 } };
}

const AIMS = { card: aimCard, step: aimStep, phase: aimPhase, feeling: aimFeeling };

function onPointerUp(map, event) {
  const { drag } = map;
  if (!drag || event.pointerId !== drag.pointer) return;
  const edit = drag.ghost && drag.aim?.edit;
  if (drag.ghost) map.isDropping = true; // the click that follows chooses nothing
  setTimeout(() => { map.isDropping = false; }, 0);
  letGo(map);
  if (edit) ask(map, () => ({ edit }));
}

function letGo(map) {
  const { drag } = map;
  if (!drag) return;
  clearTimeout(drag.held);
  cancelAnimationFrame(drag.frame);
  drag.ghost?.remove();
  drag.marker?.remove();
  drag.button.classList.remove("lifted");
  map.root.classList.remove("dragging");
  map.drag = null;
}

/** Hear the pointer; moves and releases anywhere, because it may leave the map. Returns how to stop. */
function watchPointer(map) {
  const ends = new AbortController();
  const { signal } = ends;
  map.root.addEventListener("pointerdown", (event) => onPointerDown(map, event), { signal });
  window.addEventListener("pointermove", (event) => onPointerMove(map, event), { signal });
  window.addEventListener("pointerup", (event) => onPointerUp(map, event), { signal });
  window.addEventListener("pointercancel", () => letGo(map), { signal });
  window.addEventListener("keydown", (event) => event.key === "Escape" && letGo(map), { signal });
  map.root.addEventListener("touchmove", (event) => map.drag?.ghost && event.preventDefault(), { signal, passive: false });
  map.root.addEventListener("contextmenu", (event) => map.drag?.ghost && event.preventDefault(), { signal });
  return () => ends.abort();
}
