// Words typed where they stand: a field in the place of a card, step or phase, kept at Enter or when it is left.

function fieldOver(button, value, label, keep) {
  const field = set(el("textarea", "renaming"), { rows: 1, "aria-label": label, maxlength: 2000 });
  field.value = value;
  let isOver = false;
  const end = (isKept) => {
    if (isOver) return;
    isOver = true;
    const hadFocus = field.matches(":focus");
    field.remove();
    button.hidden = false;
    if (hadFocus) button.focus();
    const words = field.value.trim().replace(/\s+/g, " ");
    if (isKept && words && words !== value) keep(words);
  };
  field.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end(false);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) end(true);
    else return;
    event.preventDefault();
  };
  field.onblur = () => end(true);
  return field;
}

function openField(field) {
  field.focus();
  field.select();
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };
  field.oninput = grow;
  grow();
}

const PARTS = { card: "item", step: "step", phase: "phase" };

/** Let the words of a card, step, phase or feeling be typed anew in its place. */
function rename(map, button) {
  const id = button.dataset.id;
  const place = placeOf(map.view, id);
  if (!place || map.isPresenting || !map.isEditable) return;
  const keep = (words) => {
    const target = button.querySelector(".text, .title, .name .words, .label > span");
    if (target) target.textContent = words;
    ask(map, () => ({ edit: renamed(place, id, words) }));
  };
  const field = fieldOver(button, place.words, say("New words for {card}", { card: place.words }), keep);
  button.after(field);
  button.hidden = true;
  openField(field);
}

function renamed(place, id, words) {
  if (place.part !== "feeling") return { kind: "set_text", part: PARTS[place.part], id, text: words };
  return { kind: "set_emotion", step: place.step.id, score: place.step.feeling.score, label: words };
}

/** Let a new card be typed in a cell, or after a card; or a new step after a step. */
function addAfter(map, button) {
  const place = placeOf(map.view, button.dataset.id);
  if (place?.part === "card") addCard(map, button, place.step.id, place.lane, place.at + 1);
  else if (place?.part === "step") addStep(map, button, place.phase.id, place.at + 1);
  else if (place?.part === "phase") addStep(map, button, place.phase.id, null);
}

function addCard(map, beside, step, lane, at) {
  const keep = (text) => ask(map, () => ({ edit: { kind: "add_item", step, lane, text, at } }));
  const field = fieldOver(beside, "", say("Words of the new card"), keep);
  beside.after(field);
  openField(field);
}

function addStep(map, beside, phase, at) {
  const keep = (title) => ask(map, () => ({ edit: { kind: "add_step", phase, title, at } }));
  const field = fieldOver(beside, "", say("Title of the new step"), keep);
  beside.after(field);
  openField(field);
}

/** A plus for the mouse in every cell; the keyboard has Insert, so it is out of the tab order. */
function plusOf(step, lane) {
  const button = set(el("button", "plus", picture("gains")), { type: "button", tabindex: -1, "aria-hidden": "true" });
  button.dataset.of = step.id;
  button.dataset.lane = lane.key;
  return set(button, { title: say("Add to {lane}", { lane: lane.title }) });
}

function onPlus(map, button) {
  const { of: step, lane } = button.dataset;
  addCard(map, button, step, lane, null);
}
