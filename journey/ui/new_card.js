// What the reader makes a card of: words of a source, put into a lane of a step.

function choiceOf(words, options, kept) {
  const list = el("select", "", ...options.map(([value, name]) => set(el("option", "", name), { value })));
  if (options.some(([value]) => value === kept)) list.value = kept;
  return [el("label", "", unseen(words), list), list];
}

/** The form for a card; `lanes` are those that may rest on these words, `likely` the step it most likely belongs to. */
function cardForm({ lanes, steps, lane, likely, make }) {
  const [laneField, laneList] = choiceOf(say("Lane"), lanes, lane);
  const [stepField, stepList] = choiceOf(say("Step"), steps.map(([id, title], at) => [id, `${at + 1} ${title}`]), likely);
  const form = el("form", "card-of", laneField, stepField, set(el("button", "primary", say("Make a card")), { type: "submit" }));
  form.onsubmit = (event) => {
    event.preventDefault();
    make({ step: stepList.value, lane: laneList.value });
  };
  return form;
}
