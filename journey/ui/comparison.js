// Two versions side by side: a table in which a sign, a word and a form tell what became of every part.

const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "⇄", same: "" };
const BECAME = { added: entry("added"), removed: entry("removed"), changed: entry("changed"), moved: entry("moved") };

/** One side of a row; words that differ are marked as deleted on the left and inserted on the right. */
function sideOf(pieces, mark) {
  const words = pieces.map((piece) => (piece.differs ? el(mark, "", piece.words) : piece.words));
  return set(el("td", "", words.length ? set(el("span", "words", ...words), { dir: "auto" }) : ""), {});
}

function comparedRow(row) {
  const word = row.what === "same" ? unseen(say("unchanged")) : el("span", "word", say(BECAME[row.what]));
  const head = set(el("th", "what", el("span", "sign", SIGNS[row.what]), word), { scope: "row" });
  if (row.lane) head.append(el("span", "lane", row.lane));
  return el("tr", `${row.part} ${row.what}`, head, sideOf(row.before, "del"), sideOf(row.after, "ins"));
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".comparison");
  const corner = set(el("th", "what", unseen(say("What became of it"))), { scope: "col" });
  const names = [data.left, data.right].map((name) => set(foreign("th", "", name), { scope: "col" }));
  const head = el("thead", "", el("tr", "", corner, ...names));
  root.replaceChildren(el("table", "", head, el("tbody", "", ...data.rows.map(comparedRow))));
}
