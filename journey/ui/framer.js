// One picture before it is submitted: turn it by quarters, and cut it by dragging a frame or by numbers. What is kept
// is a framing: degrees clockwise, then a box of the turned picture in fractions of it.

const WHOLE = { x: 0, y: 0, w: 1, h: 1 };
const LEAST = 0.02; // of the picture's side: a smaller frame was a click
const SIDES = [["x", entry("Left")], ["y", entry("Top")], ["w", entry("Width")], ["h", entry("Height")]];

const rounded = (number) => Math.round(number * 1e4) / 1e4;
const within = (number, low, high) => Math.min(high, Math.max(low, number));

/** A box inside the picture, whatever was dragged or typed. */
function tidy({ x, y, w, h }) {
  const left = within(x, 0, 1 - LEAST);
  const top = within(y, 0, 1 - LEAST);
  const box = { x: left, y: top, w: within(w, LEAST, 1 - left), h: within(h, LEAST, 1 - top) };
  return Object.fromEntries(Object.entries(box).map(([side, value]) => [side, rounded(value)]));
}

/** A box as it lies after a quarter turn clockwise, or the other way. */
const turnedBox = ({ x, y, w, h }, isClockwise) =>
  isClockwise ? { x: 1 - y - h, y: x, w: h, h: w } : { x: y, y: 1 - x - w, w: h, h: w };

function change(framer, framing, words) {
  framer.framing = { turned: framing.turned, box: tidy(framing.box) };
  paint(framer);
  framer.status.textContent = words;
  framer.keep(framer.framing);
}

function turn(framer, isClockwise) {
  const { turned, box } = framer.framing;
  const degrees = (turned + (isClockwise ? 90 : 270)) % 360;
  change(framer, { turned: degrees, box: turnedBox(box, isClockwise) }, say("Turned, {degrees} degrees clockwise in all", { degrees }));
}

/** What a screen reader hears when the picture was cut. */
function cutInWords(box) {
  const { x, y, w, h } = Object.fromEntries(Object.entries(box).map(([side, part]) => [side, Math.round(part * 100)]));
  return say("Cut to left {x} %, top {y} %, width {w} %, height {h} %", { x, y, w, h });
}

function paint(framer) {
  const { image, canvas, frame, framing } = framer;
  const isSideways = framing.turned % 180 !== 0;
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  if (!width) return;
  canvas.width = isSideways ? height : width;
  canvas.height = isSideways ? width : height;
  framer.sheet.style.aspectRatio = `${canvas.width} / ${canvas.height}`;
  framer.sheet.style.setProperty("--ratio", canvas.width / canvas.height);
  const pen = canvas.getContext("2d");
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((framing.turned * Math.PI) / 180);
  pen.drawImage(image, -width / 2, -height / 2);
  const { x, y, w, h } = framing.box;
  Object.assign(frame.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${w * 100}%`, height: `${h * 100}%` });
  frame.hidden = JSON.stringify(framing.box) === JSON.stringify(WHOLE);
  set(framer.whole, { "aria-disabled": frame.hidden && "true" });
  for (const [side, field] of framer.fields) field.value = Math.round(framing.box[side] * 100);
}

/** Where a pointer is, in fractions of the picture. */
function placeOf(framer, event) {
  const edge = framer.sheet.getBoundingClientRect();
  return [within((event.clientX - edge.left) / edge.width, 0, 1), within((event.clientY - edge.top) / edge.height, 0, 1)];
}

function letDrag(framer) {
  const { sheet } = framer;
  let from = null;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    from = { at: placeOf(framer, event), framing: framer.framing };
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [[x0, y0], [x1, y1]] = [from.at, placeOf(framer, event)];
    const box = { x: Math.min(x0, x1), y: Math.min(y0, y1), w: Math.abs(x1 - x0), h: Math.abs(y1 - y0) };
    if (box.w < LEAST || box.h < LEAST) return;
    framer.framing = { ...framer.framing, box: tidy(box) };
    paint(framer);
  });
  sheet.addEventListener("pointerup", () => {
    const hasChanged = from && framer.framing !== from.framing;
    from = null;
    if (hasChanged) change(framer, framer.framing, cutInWords(framer.framing.box));
  });
  sheet.addEventListener("pointercancel", () => {
    if (from) framer.framing = from.framing;
    from = null;
    paint(framer);
  });
}

function numberField(framer, side, name) {
  const least = side === "w" || side === "h" ? LEAST * 100 : 0;
  const field = set(el("input"), { type: "number", min: least, max: 100, step: 1 });
  field.onchange = () => {
    const box = { ...framer.framing.box, [side]: (Number(field.value) || 0) / 100 };
    change(framer, { ...framer.framing, box }, cutInWords(tidy(box)));
  };
  framer.fields.push([side, field]);
  return el("label", "", `${name} %`, field);
}

function framerTool(words, sign, onClick) {
  const button = set(el("button", "tool", picture(sign), el("span", "", words)), { type: "button" });
  button.onclick = onClick;
  return button;
}

function tools(framer, name) {
  const back = framerTool(say("Turn left"), "turn-left", () => turn(framer, false));
  const on = framerTool(say("Turn right"), "turn-right", () => turn(framer, true));
  const whole = () => change(framer, { ...framer.framing, box: WHOLE }, say("The whole picture is used"));
  framer.whole = framerTool(say("Whole picture"), "full", whole);
  return set(el("div", "tools", back, on, framer.whole), { role: "group", "aria-label": say("Turn and cut {name}", { name }) });
}

function draw(framer, name) {
  framer.fields = [];
  framer.canvas = set(el("canvas"), { role: "img", "aria-label": say("Preview of {name}", { name }) });
  framer.frame = set(el("div", "frame"), { hidden: true });
  framer.sheet = el("div", "sheet", framer.canvas, framer.frame);
  framer.status = set(el("p", "unseen"), { role: "status" });
  const fields = SIDES.map(([side, words]) => numberField(framer, side, say(words)));
  const numbers = el("details", "", el("summary", "", say("Cut by numbers")), el("div", "fields", ...fields));
  const hint = el("p", "hint", say("Drag over the picture to cut it."));
  framer.root.replaceChildren(framer.sheet, tools(framer, name), hint, numbers, framer.status);
  letDrag(framer);
}

export default function ({ data, parentElement, setStateValue }) {
  const framer = stateOf(parentElement, () => ({ root: parentElement.querySelector(".framer"), image: new Image() }));
  framer.keep = (framing) => setStateValue("framing", framing);
  const content = JSON.stringify(data.framing);
  if (framer.topic !== data.topic) {
    framer.topic = data.topic;
    framer.framing = data.framing;
    draw(framer, data.name);
    framer.image.onload = () => paint(framer);
    framer.deafen?.();
    framer.deafen = listen(data.topic, ({ address }) => (framer.image.src = address));
  } else if (content !== framer.content) {
    framer.framing = data.framing;
    paint(framer);
  }
  framer.content = content;
  return () => framer.deafen?.();
}
