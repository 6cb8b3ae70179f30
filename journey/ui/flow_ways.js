// The lines of a flow. A place of the layout's grid becomes pixels here, along the page or, where there is no room for
// that, down it; lines leave a node on the far side and enter it on the near one.

const NODE = { width: 148, height: 68 };
const GAP = { along: 72, down: 60, across: 28 };
const MOST_LETTERS = 26; // of a label
const LETTER = 6.2; // CSS pixels that one of them takes, about
const NAMES = 28; // CSS pixels at the beginning of a band for its name
const LOOP = 16; // how far beside its middle a line that goes back leaves and enters
const BOW = { room: 16, above: 17 }; // above the first steps for the words of a bow, and from a node to those words

/** How far apart two layers stand: the longest label of a line between them lies there. */
function gapAfter(layer, { ways }) {
  const isHere = ({ route: { points: [from, to] } }) => Math.min(from.layer, to?.layer) === layer && from.layer !== to.layer;
  const letters = ways.filter(isHere).map(({ label }) => Math.min(label.length, MOST_LETTERS));
  return Math.max(GAP.along, Math.max(0, ...letters) * LETTER + 28);
}

/** Where each layer begins along the flow; the last number is where the flow ends. */
function beginnings(view, isAcross) {
  const begins = [0];
  for (let layer = 0; layer < view.layers; layer += 1) {
    const length = isAcross ? NODE.width + gapAfter(layer, view) : NODE.height + GAP.down;
    begins.push(begins[layer] + length);
  }
  return begins;
}

/** The middle of a place, and which way the flow runs there. */
function plan(view, isAcross) {
  const begins = beginnings(view, isAcross);
  const row = (isAcross ? NODE.height : NODE.width) + GAP.across;
  const margin = view.bands.length ? NAMES : 0;
  const half = isAcross ? [NODE.width / 2, NODE.height / 2] : [NODE.height / 2, NODE.width / 2];
  const turned = (along, across) => (isAcross ? { x: along, y: across } : { x: across, y: along });
  const end = begins[view.layers - 1] + 2 * half[0];
  const room = view.ways.some(({ before, after, label }) => before === after && label) ? BOW.room : 0;
  const top = { along: isAcross ? 0 : room, across: isAcross ? room : 0 };
  const across = (at) => top.across + at * row;
  return {
    isAcross,
    middle: ({ layer, row: at }) => turned(top.along + margin + 12 + half[0] + begins[layer], GAP.across / 2 + half[1] + across(at)),
    size: turned(top.along + margin + 24 + end, across(view.rows)),
    band: ({ first, rows }) => ({ from: first && across(first), length: rows * row + (first ? 0 : top.across) }),
    turned,
    half,
  };
}

/** The points a line goes through, from the edge of one node to the edge of the other, in pixels. */
function pointsOf(drawn, { points, is_back: isBack }) {
  const middles = points.map((point) => drawn.middle(point));
  const [first, last] = [middles[0], middles.at(-1)];
  const sign = isBack ? -1 : 1;
  const aside = isBack ? LOOP : 0;
  const out = drawn.turned(sign * drawn.half[0], aside);
  const into = drawn.turned(-sign * drawn.half[0], aside);
  const ends = [{ x: first.x + out.x, y: first.y + out.y }, { x: last.x + into.x, y: last.y + into.y }];
  return [ends[0], ...middles.slice(1, -1), ends[1]];
}

/** A smooth line through points: every piece leaves and arrives along the flow. */
function pathThrough(drawn, points) {
  const pieces = points.slice(1).map((to, at) => {
    const from = points[at];
    const bend = drawn.isAcross ? { x: (from.x + to.x) / 2, y: null } : { x: null, y: (from.y + to.y) / 2 };
    const one = { x: bend.x ?? from.x, y: bend.y ?? from.y };
    const other = { x: bend.x ?? to.x, y: bend.y ?? to.y };
    return `C${one.x} ${one.y} ${other.x} ${other.y} ${to.x} ${to.y}`;
  });
  return `M${points[0].x} ${points[0].y}${pieces.join("")}`;
}

/** A step that leads to itself: a bow at the end of its node. */
function bowAt(drawn, place) {
  const { x, y } = drawn.middle(place);
  const [right, top] = [x + NODE.width / 2, y - NODE.height / 2];
  return { path: `M${right} ${y - 10}C${right + 34} ${y - 12} ${right + 20} ${top - 26} ${right - 24} ${top}`, at: { x: right - 8, y: top - BOW.above } };
}

function labelOf(words, { x, y }) {
  const label = svg("text", { class: "label", x, y, "text-anchor": "middle" });
  label.textContent = words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS - 1)}…` : words;
  label.append(svg("title", {}, words));
  return label;
}

/** Where the words of a line stand: in the gap behind the node it leaves; those of a line that goes back, below it. */
function besideLine([from, to, ...more], drawn, isBack) {
  const part = more.length ? 0.3 : 0.5; // a line that goes on ends its first piece beside a node, behind the gap
  const along = 1.5 * part * (1 - part) + part ** 3; // the curve of pathThrough() at that part of it
  const across = part ** 2 * (3 - 2 * part);
  const by = drawn.turned(along, across);
  const place = { x: from.x + (to.x - from.x) * by.x, y: from.y + (to.y - from.y) * by.y };
  return drawn.isAcross ? { x: place.x, y: place.y + (isBack ? 15 : -6) } : { x: place.x, y: place.y + (isBack ? 12 : 0) };
}

function wayLine(drawn, way) {
  const { route, kind, label } = way;
  const isBow = way.before === way.after;
  const points = isBow ? [] : pointsOf(drawn, route);
  const bow = isBow && bowAt(drawn, route.points[0]);
  const look = `way ${kind}${route.is_back ? " back" : ""}${way.is_implied ? " implied" : ""}`;
  const line = svg("path", { class: look, d: isBow ? bow.path : pathThrough(drawn, points), "marker-end": "url(#tip)" });
  const words = label.replace(/^if /, "");
  return words ? [line, labelOf(words, isBow ? bow.at : besideLine(points, drawn, route.is_back))] : [line];
}

function tip() {
  const head = svg("path", { class: "tip", d: "M0 0 9 4.5 0 9z" });
  const box = { id: "tip", viewBox: "0 0 9 9", refX: 8, refY: 4.5, markerWidth: 9, markerHeight: 9, orient: "auto" };
  return svg("defs", {}, svg("marker", { ...box, markerUnits: "userSpaceOnUse" }, head));
}

/** The outline of a node: its form tells what kind of step it is. */
function outlineOf(drawn, station) {
  const { x, y } = drawn.middle(station);
  const [w, h] = [NODE.width, NODE.height];
  const [left, top] = [x - w / 2, y - h / 2];
  const look = { class: `node ${station.kind} ${station.origin}`, "data-node": station.id };
  if (station.kind === "decision") {
    const cut = 18;
    const corners = [[left, y], [left + cut, top], [left + w - cut, top], [left + w, y], [left + w - cut, top + h], [left + cut, top + h]];
    return svg("polygon", { ...look, points: corners.map((corner) => corner.join(",")).join(" ") });
  }
  const rx = station.kind === "start" || station.kind === "end" ? h / 2 : 10;
  return svg("rect", { ...look, x: left, y: top, width: w, height: h, rx });
}

function bandShape(drawn, band, at) {
  const { from, length } = drawn.band(band);
  const { x, y } = drawn.turned(0, from);
  const { x: width, y: height } = drawn.isAcross ? { x: drawn.size.x, y: length } : { x: length, y: drawn.size.y };
  return svg("rect", { class: `band ${at % 2 ? "odd" : "even"}`, x, y, width, height });
}
