// The cards of the map and its steps. Every one is a button that can be chosen; its form tells what it rests on.

/** The text of a card; words that somebody said wear quotation marks, words that nobody said never do. */
function cardText(card, lane) {
  const isSpeech = lane === "thoughts" && card.said;
  const words = foreign("span", "text", card.text);
  if (isSpeech) words.replaceChildren("“", card.text, "”");
  return words;
}

function badge(kind, words) {
  return el("span", `badge ${kind}`, picture(kind), words);
}

/** What a card rests on, in words; its form says the same. */
function badges(standing) {
  const shown = el("span", "badges");
  const { origin, quotes, speakers, counter } = standing;
  if (origin === "inferred") shown.append(badge("inferred", say("inferred")));
  if (origin === "user") shown.append(badge("user", quotes ? changedInWords(quotes) : say("added by hand")));
  else if (quotes) shown.append(badge("quoted", quotesInWords(quotes, speakers)));
  if (counter) shown.append(badge("against", say("{n} against", { n: counter })));
  return shown;
}

const changedInWords = (quotes) =>
  sayMany("changed by hand, from {n} quote", "changed by hand, from {n} quotes", quotes);

function quotesInWords(quotes, speakers) {
  const words = sayMany("{n} quote", "{n} quotes", quotes);
  return speakers > 1 ? [words, say("{n} people", { n: speakers })].join(" · ") : words;
}

const formOf = (standing) => `${standing.origin}${standing.counter ? " contradicted" : ""}`;

/** A button that can be chosen; `lane` is its row when moving by arrow keys. */
function choice(kind, id, lane, ...children) {
  const button = set(el("button", kind, ...children), { type: "button", tabindex: "-1" });
  button.dataset.id = id;
  button.dataset.lane = lane;
  return button;
}

/** A lane as a class; a title from a source is none, it may be any words. */
const laneKind = (lane) => (lane.key.startsWith("extra:") ? "extra" : lane.key);

function cardOf(card, lane) {
  const head = el("span", "head");
  if (card.sign) head.append(picture(card.sign));
  head.append(cardText(card, lane.key));
  const made = choice(`card ${laneKind(lane)} t-${lane.tone} ${formOf(card.standing)}`, card.id, lane.key, head);
  const below = badges(card.standing);
  if (card.channel) below.prepend(foreign("span", "channel", card.channel));
  made.append(below);
  return made;
}

/** The cards of a cell; each is a button in a row of its own. */
function cardList(cards, lane) {
  return set(el("ul", "cards", ...cards.map((card) => el("li", "", cardOf(card, lane)))), { role: "list" });
}

function cellOf(step, lane) {
  const cards = step.cells[lane.key];
  const cell = cards ? el("td", "", cardList(cards, lane)) : el("td");
  cell.append(plusOf(step, lane));
  return set(cell, { "data-cell": step.id, "data-lane": lane.key });
}

const KINDS = { start: entry("Start"), end: entry("End"), decision: entry("Decision") };

/** The sign of a step on the line: a numbered circle, a diamond for a decision, a square at the end. */
function station(step) {
  const sign = el("span", `station ${step.kind}`, el("span", "number", String(step.number)));
  if (step.kind in KINDS) sign.append(el("span", "kind", say(KINDS[step.kind])));
  return sign;
}

/** What is said, with elements in the place of its parts. */
const withElements = (said, parts) => said.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? parts[piece] : piece));

function wayInWords({ kind, condition }) {
  if (kind === "loop") return condition ? say("back to {step} if {condition}") : say("back to {step}");
  return condition ? say("goes to {step} if {condition}") : say("goes to {step}");
}

/** Where a step leads besides the next one: by number to the eye, which sees the stations, by title to the ear. */
function wayOf(way) {
  const step = el("span", "", el("b", "", String(way.number)), unseen(` ${way.title}`));
  const words = el("span", "", ...withElements(wayInWords(way), { step, condition: foreign("em", "", way.condition) }));
  return set(el("span", "way", picture(way.kind === "loop" ? "loop" : "branch"), words), { title: way.title });
}

function stepCard(step) {
  const title = el("span", "title", foreign("span", "", step.title));
  const made = choice(`step ${step.kind} ${formOf(step.standing)}`, step.id, "step", station(step), title);
  if (step.moment_of_truth) made.append(el("span", "truth", picture("truth"), say("moment of truth")));
  if (step.role) made.append(el("span", "role", ...withElements(say("by {role}"), { role: foreign("span", "", step.role) })));
  made.append(badges(step.standing), ...step.ways.map(wayOf));
  return made;
}
