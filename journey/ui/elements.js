// What every component here draws with: elements that hold text only, and small pictures.
// Text from a journey reaches the page through text nodes alone, so that nothing in it can become markup.

const SVG = "http://www.w3.org/2000/svg";

const PICTURES = {
  // channels
  web: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M3 12h18M12 3c3.4 3.6 3.4 14.4 0 18M12 3c-3.4 3.6-3.4 14.4 0 18",
  phone: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  app: "M8 2.5h8A1.5 1.5 0 0 1 17.5 4v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5zM10.5 18.5h3",
  email: "M3 5.5h18v13H3zM3.5 6l8.5 7 8.5-7",
  chat: "M4 4.5h16v11H11l-5 4v-4H4z",
  shop: "M4.5 11v9h15v-9M3 9.5 5.5 4h13L21 9.5zM10 20v-5.5h4V20",
  post: "M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5 12 12l8.5-4.5M12 12v9",
  person: "M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7M4.5 20.5c.5-4.5 3.5-6.5 7.5-6.5s7 2 7.5 6.5",
  social: "M12 20s-8-5-8-10.5A4.4 4.4 0 0 1 12 7a4.4 4.4 0 0 1 8 2.5C20 15 12 20 12 20z",
  machine: "M4 4h16v11H4zM8.5 20h7M12 15v5",
  paper: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  other: "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7",
  // standing
  quoted: "M10 7c-3 .6-5 2.8-5 6v4h5v-5H7.6c.1-1.7.9-2.8 2.4-3.3zM19 7c-3 .6-5 2.8-5 6v4h5v-5h-2.4c.1-1.7.9-2.8 2.4-3.3z",
  inferred: "M9.5 4.4a8 8 0 0 1 5 0M18.5 7.2a8 8 0 0 1 1.5 4.8M18.5 16.8a8 8 0 0 1-4 2.8M9.5 19.6a8 8 0 0 1-4-2.8M4 12a8 8 0 0 1 1.5-4.8",
  user: "M4 20l1-4.2L16 4.8l3.2 3.2L8.2 19zM13.5 7.3l3.2 3.2",
  against: "M5 9.5h14M5 14.5h14M15.5 5l-7 14",
  // steps
  truth: "M12 3.5l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6L3.3 9.8l6.1-.7z",
  start: "M8 5.5v13l10.5-6.5z",
  end: "M6 21V4M6 5h12l-3 4 3 4H6",
  branch: "M5 20v-5a5 5 0 0 1 5-5h8.5M15 6.5 18.5 10 15 13.5",
  loop: "M19 19v-4.5a5 5 0 0 0-5-5H5.5M9 6 5.5 9.5 9 13",
  // moving
  previous: "M14.5 5.5 8 12l6.5 6.5",
  up: "M12 19.5V5M5.5 11.5 12 5l6.5 6.5",
  next: "M9.5 5.5 16 12l-6.5 6.5",
  // a picture and its regions
  smaller: "M6 12h12",
  larger: "M12 6v12M6 12h12",
  fit: "M3 12h18M6.5 8 3 12l3.5 4M17.5 8l3.5 4-3.5 4",
  "turn-left": "M4 5v5h5M4.5 10a8 8 0 1 1-.3 4.5",
  "turn-right": "M20 5v5h-5M19.5 10a8 8 0 1 0 .3 4.5",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  unread: "M9 9a3 3 0 1 1 4 2.8c-.8.4-1 1-1 2.2M12 17.5v.5",
  unsure: "M5 13c2-4 4.5-4 7-1.5s5 2.5 7-1.5",
  model: "M5 8h14v10H5zM12 8V4M9.5 12.5v1M14.5 12.5v1",
  // lanes and notes
  actions: "M4 12h15M13.5 6.5 19 12l-5.5 5.5",
  touchpoints: "M6.5 12a2.5 2.5 0 1 0-5 0 2.5 2.5 0 1 0 5 0M22.5 12a2.5 2.5 0 1 0-5 0 2.5 2.5 0 1 0 5 0M6.5 12h11",
  thoughts: "M4 4.5h16v11H11l-5 4v-4H4z",
  emotion: "M2.5 15c3 0 3.5-7 7-7s4 8 7 8 3-4 5-4",
  pains: "M13 3 5 13.5h6L10 21l8-10.5h-6z",
  gains: "M12 5v14M5 12h14",
  needs: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7",
  opportunities: "M9 17.5h6M10 20.5h4M9 17.5c0-2.5-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5-3 7.5",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17v.5",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 11v5.5M12 7.5V8",
  notes: "M5 4h14v10l-5 6H5zM14 20v-6h5",
};

const FILLED = new Set(["quoted", "truth", "start"]);

/** Create an element with a class and children; a string becomes text. */
function el(tag, kind = "", ...children) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
}

/** Set attributes; one that is false, null or undefined is left out. */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

/** Words for a screen reader alone. */
const unseen = (words) => el("span", "unseen", words);

/** Words of a source: in their own direction of writing and, where it is known, marked as of their own language. */
const foreign = (tag, kind, words, language) => set(el(tag, kind, words), { dir: "auto", lang: language || null });

function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** A picture by name; always beside words, so it is hidden from a screen reader. */
function picture(name) {
  const kind = FILLED.has(name) ? "picture filled" : "picture";
  const known = PICTURES[name] ?? PICTURES.other;
  return svg("svg", { class: kind, viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: known }));
}

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
