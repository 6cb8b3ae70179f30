// A picture with the regions its words were read from. Told what is chosen on the map, it outlines where that stands;
// told by the reader which region they mean, it says what was read there, what rests on it, and takes a correction.

const NOTHING_PICKED = entry("Choose a region to see what was read there and which card rests on it.");

function factsOf(region) {
  const facts = [STATES[region.state] && say(STATES[region.state])];
  if (region.confidence != null && region.state !== "user" && region.state !== "unread") {
    facts.push(say("legibility {n} %", { n: Math.round(region.confidence * 100) }));
  }
  return facts.filter(Boolean).join(" · ");
}

/** Where the words of a region stand on the map; a press goes there. */
function claimButtons(viewer, region) {
  return region.claims.map((id) => {
    const claim = viewer.data.claims[id];
    const words = [el("span", "place", claim.place), " ", foreign("span", "", claim.heading)];
    const button = set(el("button", "claim", ...words), { type: "button" });
    button.onclick = () => choose(id);
    return button;
  });
}

function correctionForm(viewer, region) {
  const field = set(el("textarea", "", region.words), { rows: 2, maxlength: 2000, dir: "auto" });
  const label = el("label", "", region.words ? say("What it says") : say("What stands here"), field);
  const save = set(el("button", "primary", say("Keep this reading")), { type: "submit" });
  const cancel = set(el("button", "", say("Cancel")), { type: "button" });
  const form = el("form", "correct", label, el("div", "row", save, cancel));
  cancel.onclick = () => showPicked(viewer, region, { focus: true });
  form.onkeydown = (event) => event.key === "Escape" && cancel.click();
  form.onsubmit = (event) => {
    event.preventDefault();
    viewer.correct(region, field.value);
  };
  return [form, field];
}

function correctButton(viewer, region, said) {
  const button = set(el("button", "", region.words ? say("Correct the reading") : say("Type what it says")), { type: "button" });
  button.onclick = () => {
    const [form, field] = correctionForm(viewer, region);
    said.replaceChildren(form);
    field.focus();
    field.select();
  };
  return button;
}

/** The step whose region lies nearest: a card of this one most likely belongs there. */
function likelyStep(viewer, { box }) {
  const places = new Map(viewer.data.regions.flatMap((region) => region.claims.map((id) => [id, region.box])));
  const away = ([id]) => {
    const other = places.get(id);
    return other ? Math.hypot(other.x + other.w / 2 - box.x - box.w / 2, other.y + other.h / 2 - box.y - box.h / 2) : Infinity;
  };
  return viewer.data.steps.reduce((best, step) => (away(step) < away(best) ? step : best))[0];
}

function formFor(viewer, region) {
  const { lanes, steps } = viewer.data;
  return cardForm({
    lanes,
    steps,
    lane: viewer.lane,
    likely: likelyStep(viewer, region),
    make: (place) => {
      viewer.lane = place.lane;
      viewer.make({ passage: region.id, start: region.start, end: region.end, ...place });
    },
  });
}

/** Say of one region what was read and how, and what rests on it. */
function showPicked(viewer, region, { focus = false } = {}) {
  const words = region.words ? foreign("p", "said", `“${region.words}”`, viewer.data.language) : el("p", "said quiet", say("No words read here"));
  const said = el("div", "", words);
  const facts = factsOf(region);
  if (facts) said.append(el("p", `facts ${region.state}`, facts));
  if (region.claims.length) said.append(el("div", "claims", ...claimButtons(viewer, region)));
  else said.append(el("p", "facts", say("Nothing on the map rests on this.")));
  if (viewer.data.editable) said.append(correctButton(viewer, region, said));
  if (viewer.data.steps.length && region.words && !region.claims.length) said.append(formFor(viewer, region));
  viewer.said.replaceChildren(said);
  if (focus) said.querySelector(":scope > button")?.focus();
}

/** The reader means this region: say what it holds, and choose what rests on it unless that is chosen already. */
function pick(viewer, region) {
  viewer.picked = region.id;
  outline(viewer, viewer.chosen, region.id);
  showPicked(viewer, region);
  const isChosen = viewer.chosen.has(region.id);
  if (region.claims.length && !isChosen) choose(region.claims[0]);
}

const touches = ({ start, end }, span) => start < span.end && span.start < end;

/** The words being read stand in these regions; the one at hand is scrolled to. */
function hear(viewer, { source, spans, at }) {
  const here = spans.filter((span) => span.source === viewer.data.source);
  const found = (span) => viewer.data.regions.filter((region) => touches(region, span));
  viewer.chosen = new Set(here.flatMap(found).map((region) => region.id));
  const [current] = source === viewer.data.source && spans[at] ? found(spans[at]) : [];
  outline(viewer, viewer.chosen, current?.id);
  if (!current) return;
  viewer.picked = current.id;
  reach(viewer, current);
  showPicked(viewer, current);
  viewer.whenShown(() => bringIntoSight(viewer, current, { isRead: true }));
}

function sheetOf(viewer) {
  const { name, width, height } = viewer.data;
  viewer.image = set(el("img"), { alt: say("Picture {name}", { name }), width, height, draggable: "false" });
  viewer.list = drawRegions(viewer);
  const sheet = el("div", "sheet", viewer.image, viewer.list);
  sheet.style.aspectRatio = `${width} / ${height}`;
  return sheet;
}

function draw(viewer) {
  const { name, count } = viewer.data;
  viewer.sheet = sheetOf(viewer);
  viewer.stage = set(el("div", "stage", viewer.sheet), {
    tabindex: "0",
    role: "region",
    "aria-label": say("Picture {name}: plus and minus zoom, arrow keys scroll", { name }),
  });
  viewer.said = set(el("div", "reading", el("p", "facts", say(NOTHING_PICKED))), { "aria-live": "polite" });
  const bar = el("div", "bar", foreign("h3", "file", name), zoomTools(viewer));
  viewer.root.replaceChildren(bar, viewer.stage, el("p", "count", count), viewer.said);
  viewer.stage.addEventListener("keydown", (event) => onZoomKey(viewer, event));
  viewer.stage.addEventListener("wheel", (event) => onWheel(viewer, event), { passive: false });
  letDrag(viewer.stage);
  zoomTo(viewer, viewer.zoom ?? 1);
  showImage(viewer);
}

function showImage(viewer) {
  if (viewer.address) viewer.image.src = viewer.address;
}

function begin(parent, topic) {
  const viewer = { root: parent.querySelector(".viewer"), chosen: new Set(), zoom: 1 };
  viewer.pick = (region) => pick(viewer, region);
  viewer.whenShown = (act) => requestAnimationFrame(() => requestAnimationFrame(act)); // once it is laid out
  viewer.begin = () => [
    listen(`${topic}:pixels`, ({ source, address }) => {
      if (source !== viewer.data.source) return;
      viewer.address = address;
      showImage(viewer);
    }),
    listen(`${topic}:reading`, (message) => hear(viewer, message)),
  ];
  return viewer;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const viewer = stateOf(parentElement, () => begin(parentElement, data.topic));
  viewer.correct = ({ id }, words) => setTriggerValue("reading", { source: data.source, passage: id, words });
  viewer.make = (card) => setTriggerValue("card", { source: data.source, ...card });
  const content = JSON.stringify(data);
  if (content !== viewer.content) {
    Object.assign(viewer, { content, data });
    viewer.ends?.forEach((end) => end());
    draw(viewer);
    viewer.ends = viewer.begin();
    if (viewer.picked && viewer.regions.has(viewer.picked)) showPicked(viewer, viewer.regions.get(viewer.picked));
  }
  return () => viewer.ends.forEach((end) => end());
}
