// The emotion curve. Each cell draws its own part, so that it needs no measuring, prints, and stops at a gap by itself.

const heightOf = (score) => 50 - score * 13; // percent of the lane from above
const scoreAt = (height) => (50 - height) / 13;

function face(score) {
  const mouth = `M8 ${15.5 - score * 0.7}Q12 ${15.5 + score * 2.2} 16 ${15.5 - score * 0.7}`;
  const shapes = [svg("circle", { cx: 12, cy: 12, r: 10.5 }), svg("path", { d: mouth })];
  const eyes = [9, 15].map((x) => svg("circle", { class: "eye", cx: x, cy: 9.8, r: 1.1 }));
  return svg("svg", { class: "face", viewBox: "0 0 24 24", "aria-hidden": "true" }, ...shapes, ...eyes);
}

const mood = (score) => (score >= 0.5 ? "good" : score <= -0.5 ? "bad" : "even");

const NOT_SAID = { inferred: entry("inferred"), user: entry("added by hand") };

/** A feeling for whoever does not see the curve. */
function feelingInWords({ label, words, score, standing }) {
  const said = say("{label}, feeling {words} ({score} of 2)", { label, words, score: number(score) });
  return NOT_SAID[standing.origin] ? `${said}, ${say(NOT_SAID[standing.origin])}` : said;
}

/** A point of the curve; its words stand above a peak and below a valley, where no line passes. */
function point(feeling, before, after) {
  const around = [before, after].filter(Boolean).map((other) => other.score);
  const isPeak = around.length ? around.every((other) => other <= feeling.score) : feeling.score >= 0;
  const label = el("span", "label", foreign("span", "", feeling.label));
  const { origin } = feeling.standing;
  const name = feelingInWords(feeling);
  const kind = `point ${mood(feeling.score)} ${isPeak ? "peak" : "valley"} ${formOf(feeling.standing)}`;
  const made = set(choice(kind, feeling.id, "emotion", face(feeling.score), label), { "aria-label": name });
  if (feeling.quote) made.append(voiced(feeling));
  else set(made, { title: name });
  if (origin !== "quoted") label.append(badges(feeling.standing));
  made.style.setProperty("--y", `${heightOf(feeling.score)}%`);
  return made;
}

/** The words in which a feeling was voiced, shown while its point is pointed at or has the focus. */
function voiced(feeling) {
  const who = feeling.who.length ? el("span", "who", foreign("span", "", feeling.who[0])) : "";
  return el("span", "voiced", foreign("q", "", feeling.quote, feeling.language), who);
}

/** Half of the curve from one point to its neighbour: this cell's share of it, up to the edge between the two. */
function halfCurve(own, other, side) {
  const [a, b] = [heightOf(own.score), heightOf(other.score)];
  const x = (share) => 50 + side * share;
  return { curve: `C${x(25)} ${a} ${x(37.5)} ${(3 * a + b) / 4} ${x(50)} ${(a + b) / 2}`, edge: x(50) };
}

function curve(feeling, before, after) {
  const stretched = { viewBox: "0 0 100 100", preserveAspectRatio: "none" };
  const drawn = svg("svg", { class: "curve", ...stretched, "aria-hidden": "true" });
  const start = `M50 ${heightOf(feeling.score)}`;
  const neighbours = [[before, -1], [after, 1]].filter(([other]) => other);
  for (const [other, side] of neighbours) {
    const { curve: path, edge } = halfCurve(feeling, other, side);
    drawn.append(svg("path", { class: "area", d: `${start}${path}L${edge} 50L50 50Z` }));
    drawn.append(svg("path", { class: "line", d: start + path }));
  }
  return drawn;
}

/** Where nobody voiced a feeling there is no point and no line; the first cell of such a stretch says so to the eye. */
function gapCell(isFirst) {
  return el("td", "feeling gap", el("span", isFirst ? "" : "unseen", say("not voiced")));
}

function feelingCell(steps, index) {
  const feeling = steps[index]?.feeling;
  const [before, after] = [steps[index - 1]?.feeling, steps[index + 1]?.feeling];
  if (!feeling) return gapCell(index === 0 || Boolean(before));
  return el("td", "feeling", curve(feeling, before, after), point(feeling, before, after));
}

/** The colours of the curve, from good above to bad below; the parts in the cells refer to them. */
function curveColours() {
  const stops = ["good", "even", "bad"].map((kind, at) => svg("stop", { class: kind, offset: at / 2 }));
  const from = { gradientUnits: "userSpaceOnUse", x1: 0, y1: 24, x2: 0, y2: 76 };
  const colours = svg("linearGradient", { id: "mood", ...from }, ...stops);
  return svg("svg", { class: "unseen", "aria-hidden": "true" }, colours);
}
