// The journey as a flow. Nodes are buttons over a drawing, in the order of the steps; arrow keys go along the links.

const PAPER = 1000; // CSS pixels across a printed sheet
const ROOM = 560; // CSS pixels from which the flow runs along the page and not down it
const KINDS = { start: entry("start"), end: entry("end"), decision: entry("decision") };

/** A step and where it leads, for whoever does not see the lines. */
function nodeInWords(view, station) {
  const titles = new Map(view.stations.map(({ id, number, title }) => [id, `${number} ${title}`]));
  const step = say("Step {n}: {title}", { n: station.number, title: station.title });
  const what = KINDS[station.kind] ? `${step}, ${say(KINDS[station.kind])}.` : `${step}.`;
  const leading = view.ways.filter(({ before }) => before === station.id);
  if (!leading.length) return what;
  const ways = leading.map((way) => leadsTo(titles.get(way.after), way)).join("; ");
  return [what, say("Leads {ways}.", { ways })].join(" ");
}

function leadsTo(step, { kind, label }) {
  const parts = { step, condition: label.replace(/^if /, "") };
  if (kind === "loop") return label ? say("back to {step} if {condition}", parts) : say("back to {step}", parts);
  return label ? say("to {step} if {condition}", parts) : say("to {step}", parts);
}

function nodeButton(flow, drawn, station) {
  const { x, y } = drawn.middle(station);
  const title = foreign("span", "title", station.title);
  const button = el("button", station.kind, el("span", "number", String(station.number)), title);
  set(button, { type: "button", tabindex: "-1", "aria-label": nodeInWords(flow.view, station), title: station.title });
  Object.assign(button.style, { left: `${x - NODE.width / 2}px`, top: `${y - NODE.height / 2}px` });
  button.dataset.id = station.id;
  button.onclick = () => choose(station.id);
  return button;
}

function bandName(drawn, band) {
  const { from, length } = drawn.band(band);
  const name = set(foreign("div", "band-name", band.lane), { title: band.lane });
  const size = drawn.isAcross ? { top: `${from}px`, height: `${length}px` } : { left: `${from}px`, width: `${length}px` };
  Object.assign(name.style, size);
  return name;
}

function drawing(flow, drawn) {
  const { view } = flow;
  const { x: width, y: height } = drawn.size;
  const bands = view.bands.map((band, at) => bandShape(drawn, band, at));
  const ways = view.ways.flatMap((way) => wayLine(drawn, way));
  const nodes = view.stations.map((station) => outlineOf(drawn, station));
  const lines = ways.filter(({ tagName }) => tagName === "path");
  const labels = ways.filter(({ tagName }) => tagName === "text");
  const size = { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" };
  return svg("svg", size, tip(), ...bands, ...lines, ...nodes, ...labels);
}

function draw(flow) {
  const { view } = flow;
  const drawn = plan(view, flow.isWide);
  const items = view.stations.map((station) => el("li", "", nodeButton(flow, drawn, station)));
  flow.buttons = new Map(items.map((item) => [item.firstChild.dataset.id, item.firstChild]));
  const list = set(el("ol", "nodes", ...items), { role: "list", "aria-label": say("Steps of the flow") });
  const sheet = el("div", "sheet", drawing(flow, drawn), ...view.bands.map((band) => bandName(drawn, band)), list);
  Object.assign(sheet.style, { width: `${drawn.size.x}px`, height: `${drawn.size.y}px` });
  sheet.style.setProperty("--print-zoom", Math.min(1, PAPER / drawn.size.x).toFixed(2));
  const name = sayMany("Flow of {n} step: {title}", "Flow of {n} steps: {title}", view.stations.length, { title: view.title });
  const kind = flow.isWide ? "stage across" : "stage down";
  flow.stage = set(el("div", kind, sheet), { role: "group", "aria-label": name });
  const hint = el("p", "unseen", say("Arrow keys go along the links, Enter shows what a step rests on."));
  flow.root.replaceChildren(hint, flow.stage, legend(view));
  reach(flow, view.stations[0]?.id);
  showSelected(flow, flow.selected);
}

function legend(view) {
  const forms = [["loop", say("goes back")], ["branch", say("one of several ways")]];
  const shown = forms.filter(([kind]) => view.ways.some((way) => way.kind === kind));
  const made = shown.map(([kind, words]) => el("span", `key ${kind}`, el("i"), words));
  if (view.stations.some(({ kind }) => kind === "decision")) made.push(el("span", "key decision", el("i"), say("decision")));
  if (view.ways.some((way) => way.is_implied)) made.push(el("span", "key implied", el("i"), say("order as told")));
  return el("p", "legend", ...made);
}

function reach(flow, id) {
  flow.buttons.get(flow.reachable)?.setAttribute("tabindex", "-1");
  flow.reachable = id;
  flow.buttons.get(id)?.setAttribute("tabindex", "0");
}

/** Mark the step that is chosen, or the one that what is chosen belongs to. */
function showSelected(flow, element) {
  const id = flow.homes[element] ?? element;
  flow.selected = id;
  for (const [own, button] of flow.buttons) set(button, { "aria-current": own === id && "true" });
  for (const shape of flow.stage.querySelectorAll(".node")) shape.classList.toggle("chosen", shape.dataset.node === id);
  if (!flow.buttons.has(id)) return;
  reach(flow, id);
  if (!flow.root.contains(flow.root.getRootNode().activeElement)) revealOnStage(flow, flow.buttons.get(id));
}

/** Bring a step into the sight of its box, without moving the page around it. */
function revealOnStage({ stage }, button) {
  const [box, own] = [stage.getBoundingClientRect(), button.getBoundingClientRect()];
  if (own.left < box.left || own.right > box.right) stage.scrollLeft += own.left - box.left - (box.width - own.width) / 2;
}

/** The step that a key leads to: along a link, back along one, or to the step beside in the same layer. */
function destination(flow, id, key) {
  const { stations, ways } = flow.view;
  const along = flow.isWide ? ["ArrowRight", "ArrowLeft"] : ["ArrowDown", "ArrowUp"];
  const across = flow.isWide ? ["ArrowDown", "ArrowUp"] : ["ArrowRight", "ArrowLeft"];
  const here = stations.find((station) => station.id === id);
  const leads = (way) => way.before !== way.after && !way.route.is_back;
  if (key === along[0]) return ways.find((way) => way.before === id && leads(way))?.after;
  if (key === along[1]) return ways.find((way) => way.after === id && leads(way))?.before;
  if (key === "Home") return stations[0].id;
  if (key === "End") return stations.at(-1).id;
  const by = { [across[0]]: 1, [across[1]]: -1 }[key];
  const beside = stations.filter(({ layer, row }) => layer === here.layer && (row - here.row) * by > 0);
  return by && beside.sort((one, other) => Math.abs(one.row - here.row) - Math.abs(other.row - here.row))[0]?.id;
}

function onKey(flow, event) {
  const { id } = event.target.dataset ?? {};
  if (!id || event.altKey || event.metaKey || event.ctrlKey) return;
  const to = destination(flow, id, event.key);
  if (!to) return;
  event.preventDefault();
  reach(flow, to);
  const button = flow.buttons.get(to);
  button.focus({ preventScroll: true });
  button.scrollIntoView({ block: "nearest", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

/** On a narrow screen what a step rests on lies below: come back to the step that led there. */
function goTo(flow, id) {
  const button = flow.buttons.get(id) ?? flow.buttons.get(flow.selected);
  button?.focus({ preventScroll: true });
  button?.scrollIntoView({ block: "center", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

function watchWidth(flow) {
  const observer = new ResizeObserver(([{ contentRect }]) => {
    const isWide = contentRect.width >= ROOM;
    if (isWide === flow.isWide || !flow.view) return;
    flow.isWide = isWide;
    draw(flow);
  });
  observer.observe(flow.root);
  return () => observer.disconnect();
}

function begin(parent) {
  const root = parent.querySelector(".flow");
  const flow = { root, selected: null, isWide: root.clientWidth >= ROOM, buttons: new Map() };
  root.addEventListener("keydown", (event) => onKey(flow, event));
  root.addEventListener("focusin", (event) => event.target.dataset?.id && reach(flow, event.target.dataset.id));
  return flow;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const flow = stateOf(parentElement, () => begin(parentElement));
  flow.pass = (choice) => setTriggerValue("chosen", choice);
  flow.homes = data.homes;
  const content = JSON.stringify(data.view);
  if (content !== flow.content) {
    Object.assign(flow, { content, view: data.view });
    draw(flow);
  }
  flow.ends ??= [
    watchWidth(flow),
    followChoices((id) => showSelected(flow, id), (choice) => flow.pass(choice)),
    listen("back", (id) => goTo(flow, id)),
  ];
  return () => {
    flow.ends.forEach((end) => end());
    flow.ends = null;
  };
}
