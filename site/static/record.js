/* Searches, filters and sorts a table of the record. What is chosen stands in the address behind '#', which also works
   for a page opened from a folder. Without this script the whole table is shown. */
"use strict";

const everyOne = (query, act, within = document) => within.querySelectorAll(query).forEach(act);
const record = JSON.parse(document.getElementById("citation").textContent);

/* What a question needs is worked out when it is first asked: a long table is ready sooner. */
function keep(entry, name, value) {
  Object.defineProperty(entry, name, { value });
  return value;
}

function tableOf(form) {
  const table = document.getElementById(form.dataset.for);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).map((row, place) => ({
    row, place,
    get text() { return keep(this, "text", `${row.textContent} ${row.dataset.words || ""}`.toLowerCase()); },
    get came() {
      return keep(this, "came", Array.from(row.querySelectorAll(".mark[data-state]"), (mark) => ({
        state: mark.dataset.state, code: mark.classList[1], guest: "guest" in mark.dataset,
      })));
    },
  }));
  const heads = Array.from(table.tHead.querySelectorAll("[data-sort]"));
  const count = document.querySelector(`.count[data-of="${table.id}"]`);
  const usual = form.elements.sort.value;
  const box = form.parentNode;
  const years = table.dataset.years ? yearsOf(rows, tell) : [];

  /* The text by which a row stands in the order of a column. */
  const keyOf = (row, name) => row.dataset[name]
    || row.cells[heads.find((head) => head.dataset.sort === name).cellIndex].textContent.trim();

  /* State and attendance are one question: how did this state, or any, come? Nobody expects a guest. */
  const asked = (value) => {
    const option = Array.from(form.elements.attendance.options).find((one) => one.value === value);
    const codes = (option.dataset.codes || value).split(" ");
    return (cell) => codes.includes(cell.code) && !(value === "expected" && cell.guest);
  };
  /* Who ran it: blank stands for the organisation itself, so that exercises of others are there for who asks, searches or
     chooses a series. */
  const runs = form.elements.run;
  const whose = () => runs.value || (form.elements.q.value || form.elements.series.value ? "any" : "own");
  const isRun = ({ row }) => !runs || [row.dataset.run, "any"].includes(whose());
  const tests = {
    q: (entry, value) => value.toLowerCase().split(/\s+/).every((word) => entry.text.includes(word)),
    state: ({ came }, value) => came.filter((cell) => cell.state === value).some(asked(form.elements.attendance.value || "expected")),
    attendance: ({ came }, value) => form.elements.state.value !== "" || came.some(asked(value)),
  };
  const usualTest = (name) => ({ row }, value) => row.dataset[name].split(" ").includes(value);

  function chosen() {
    const pairs = new URLSearchParams();
    for (const field of form.elements) {
      if (field.name && field.value !== "") pairs.set(field.name, field.value);
    }
    return pairs;
  }

  function show() {
    const wanted = Array.from(chosen()).filter(([name]) => !["sort", "down", "run"].includes(name));
    for (const entry of rows) {
      entry.row.hidden = !(isRun(entry) && wanted.every(([name, value]) => (tests[name] || usualTest(name))(entry, value)));
    }
    for (const year of years) year.show(!wanted.length && form.elements.sort.value === usual);
    tell();
    const carried = chosen();
    for (const name of ["year", "quarter"]) carried.delete(name);
    everyOne("a.same-choice", (link) => { link.hash = carried.toString(); });
    const quarter = form.elements.quarter?.value;
    everyOne(".quarters a", (bar) => bar.toggleAttribute("aria-current", bar.dataset.quarter === quarter));
  }

  function tell() {
    const found = rows.filter(({ row }) => !row.hidden);
    const shown = found.filter(({ row }) => !row.classList.contains("folded"));
    count.textContent = `${found.length} of ${rows.length} ${shown.length < found.length ? `found, ${shown.length} ` : ""}shown`;
  }

  function sort() {
    const name = form.elements.sort.value;
    const down = form.elements.down.value === "1" ? -1 : 1;
    const order = rows.slice();
    if (name !== usual) {
      order.sort((one, other) => down * keyOf(one.row, name).localeCompare(keyOf(other.row, name)) || one.place - other.place);
    }
    const lines = name === usual && years.length ? years.flatMap((year) => [year.head, ...year.rows]) : order.map((entry) => entry.row);
    if (lines.some((row, at) => body.rows[at] !== row)) body.append(...lines);
    for (const head of heads) {
      if (head.dataset.sort === name) head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
  }

  function remember() {
    const words = chosen().toString();
    history.replaceState(null, "", words ? `#${words}` : location.pathname + location.search);
  }

  /* An address with '=' holds choices, of which those that the table does not know are dropped; any other leads to a
     row, for which all rows are shown. */
  function recall() {
    const other = table.dataset.years && otherPage();
    if (other) {
      location.replace(other);
      return;
    }
    const words = decodeURIComponent(location.hash).includes("=") ? location.hash.slice(1) : "";
    const pairs = new URLSearchParams(words);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = pairs.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
    }
    renew();
    if (words && !box.open) count.scrollIntoView({ behavior: "instant" });
    const target = words ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
    years.find((year) => year.rows.includes(target?.closest("tr")))?.open();
    target?.scrollIntoView({ behavior: "instant" });
  }

  function renew() {
    sort();
    show();
  }

  /* The rows that are found, as a file: what is chosen stands in no other. */
  function take() {
    const cells = (row) => Array.from(row.cells, (cell) =>
      Array.from(cell.querySelectorAll(".mark"), (mark) => mark.getAttribute("aria-label")).join("; ") || cell.textContent.trim().replace(/\s+/g, " "));
    const quoted = (text) => `"${(/^[=+\-@\t]/.test(text) ? "'" : "") + text.replace(/"/g, '""')}"`;
    const lines = [table.tHead.rows[0], ...rows.map((entry) => entry.row).filter((row) => !row.hidden)];
    const text = lines.map((row) => cells(row).map(quoted).join(",")).join("\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${text}\n`], { type: "text/csv" }));
    link.download = form.dataset.csv;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "sort") form.elements.down.value = "";
    renew();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    for (const name of ["down", "quarter"]) if (form.elements[name]) form.elements[name].value = "";
    renew();
    remember();
  }));
  form.querySelector(".take").addEventListener("click", take);
  window.addEventListener("hashchange", recall);
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const again = form.elements.sort.value === head.dataset.sort && form.elements.down.value === "";
      form.elements.sort.value = head.dataset.sort;
      form.elements.down.value = again ? "1" : "";
      renew();
      remember();
    });
  }
  box.hidden = false;
  box.open = window.innerWidth > 960;
  recall();
}

/* The page of the timeline to which an address behind '#' leads: a step, a year or a quarter; blank if it is this one. */
function otherPage() {
  const asked = decodeURIComponent(location.hash).match(/^#y?(\d{4})\b|\b(?:year|quarter)=(\d{4})/);
  const year = asked && (asked[1] || asked[2]);
  const link = Array.from(document.querySelectorAll(".years a")).find((one) => one.textContent === year);
  const [page] = link ? link.getAttribute("href").split("#") : [""];
  return page && page + location.hash;
}

/* The rows of each year stand behind a button, as long as nothing is chosen; the page says which are open at first. */
function yearsOf(rows, tell) {
  const found = new Map();
  for (const { row } of rows) {
    const year = row.dataset.year.split(" ")[0];
    if (!found.has(year)) found.set(year, []);
    found.get(year).push(row);
  }
  return Array.from(found, ([year, own]) => {
    const head = document.createElement("tr"), button = document.createElement("button");
    head.className = "year-row";
    head.insertCell().colSpan = own[0].cells.length;
    button.type = "button";
    button.textContent = `${year}: ${own.length} ${own.length > 1 ? "steps" : "step"}`;
    head.cells[0].append(button);
    own[0].before(head);
    let open = !own[0].classList.contains("folded"), whole = true;
    const show = (unchosen) => {
      whole = unchosen;
      head.hidden = !whole;
      button.setAttribute("aria-expanded", String(open));
      for (const row of own) row.classList.toggle("folded", whole && !open);
    };
    const turn = (way) => { open = way; show(whole); tell(); };
    button.addEventListener("click", () => turn(!open));
    return { head, rows: own, show, open: () => turn(true) };
  });
}

/* On a phone a long table of a notebook opens when it is asked for. */
function fold(table) {
  if (window.innerWidth > 640 || table.tBodies[0].rows.length <= 6) return;
  const box = document.createElement("details"), summary = document.createElement("summary");
  box.className = "table-fold";
  summary.textContent = `Table: ${table.caption?.textContent || `${table.tBodies[0].rows.length} rows`}`;
  table.before(box);
  box.append(summary, table);
}

/* A table whose rows become cards on a phone stays a table to who listens. */
function spoken(table) {
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "th[scope=col]": "columnheader", "th[scope=row]": "rowheader" };
  table.setAttribute("role", "table");
  for (const [names, role] of Object.entries(roles)) everyOne(names, (part) => part.setAttribute("role", role), table);
}

/* Whatever scrolls in place can be reached with the keyboard. */
function reachable() {
  everyOne(".cell_output, .table-wrapper, pre", (part) => {
    if (part.scrollWidth > part.clientWidth + 1) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  });
}

/* A figure tells below itself what the mark stands for that is pointed at. A finger needs not hit a mark: the nearest is told,
   and a second tap on it leads on. Its many marks are one stop of the tab key; arrow keys go on from there: left and right in
   the order drawn, up and down to the nearest mark above or below. */
function living(figure) {
  const told = figure.querySelector(".pointed");
  const tell = (event) => {
    const mark = event.target.closest?.(".mark");
    if (mark && told) told.textContent = mark.getAttribute("aria-label");
  };
  figure.addEventListener("pointerover", tell);
  figure.addEventListener("focusin", tell);
  let finger = false, tapped = null;
  figure.addEventListener("pointerdown", (event) => { finger = event.pointerType === "touch"; });
  figure.addEventListener("click", (event) => {
    const svg = event.target.closest?.("svg");
    const mark = finger && told && svg && markNear(svg, event.clientX, event.clientY);
    if (!mark) return;
    event.preventDefault();
    if (mark === tapped && mark.href) location.href = mark.href.baseVal;
    tapped = mark;
    told.textContent = mark.getAttribute("aria-label");
  });
  everyOne("svg", (svg) => {
    const marks = Array.from(svg.querySelectorAll(".mark"));
    marks.forEach((mark, at) => mark.setAttribute("tabindex", at ? "-1" : "0"));
    svg.addEventListener("keydown", (event) => {
      const from = marks.indexOf(document.activeElement);
      const next = from >= 0 && nextMark(marks, from, event.key);
      if (!next) return;
      event.preventDefault();
      marks[from].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }, figure);
}

function centre(mark) {
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/* The mark of a drawing that lies nearest to a point, within the breadth of a finger. */
function markNear(svg, x, y) {
  let best = null, least = 24;
  for (const mark of svg.querySelectorAll(".mark")) {
    const [to, at] = centre(mark);
    const far = Math.hypot(to - x, at - y);
    if (far < least) [best, least] = [mark, far];
  }
  return best;
}

function nextMark(marks, from, key) {
  const [x, y] = centre(marks[from]);
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  if (!(key in ways)) return null;
  const [right, down] = ways[key];
  let best = null, least = Infinity;
  for (const mark of marks) {
    const [to, at] = centre(mark).map((place, axis) => place - (axis ? y : x));
    const ahead = to * right + at * down;
    if (ahead < 1) continue;
    const way = ahead + 4 * Math.abs(to * down + at * right);
    if (way < least) [best, least] = [mark, way];
  }
  return best;
}

/* Citations: of what has no page of its own, a figure or a step, they are made here. */
function citation(what, anchor) {
  const page = location.protocol.startsWith("http") ? location.href.split("#")[0] : "";
  const address = page ? ` ${page}#${anchor}` : "";
  const text = `${record.author} (${record.year}). “${what}”. In: ${record.title} (version ${record.version}, ${record.published}) [data set].${address}`;
  const tex = (words) => words.replace(/([{}\\#$%&_])/g, "\\$1");
  const url = page ? `,\n  url = {${page}#${anchor}}` : "";
  const bibtex = `@misc{csto_${anchor.replace(/[^A-Za-z0-9]+/g, "_")},\n  author = {{${tex(record.author)}}},\n  title = {${tex(what)}},\n  year = {${record.year}},\n  version = {${record.version}},\n  note = {In: ${tex(record.title)}. Data set, version ${record.version}, released ${record.published}}${url}\n}\n`;
  return { text, bibtex };
}

function showCitation(what, anchor) {
  const { text, bibtex } = citation(what, anchor);
  const box = document.createElement("dialog");
  box.className = "citation";
  box.setAttribute("aria-label", "How to cite");
  const said = document.createElement("p");
  said.textContent = text;
  const source = document.createElement("pre");
  source.textContent = bibtex;
  const row = document.createElement("p");
  for (const [words, copied] of [["Copy the citation", text], ["Copy BibTeX", bibtex], ["Close", ""]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => (copied ? copy(button, copied) : box.close()));
    row.append(button, " ");
  }
  box.append(said, source, row);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function copy(button, text) {
  const done = () => { button.textContent = "Copied"; };
  const byHand = () => {
    const field = document.createElement("textarea");
    field.value = text;
    button.after(field);
    field.select();
    if (document.execCommand("copy")) done();
    field.remove();
    button.focus();
  };
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, byHand);
  else byHand();
}

/* The step that the address names can be cited. */
function citable() {
  everyOne(".cite-step", (button) => button.remove());
  const row = document.querySelector("#timeline-table tr:target");
  if (!row) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite-step";
  button.textContent = "cite this step";
  const what = row.querySelector(".what");
  const words = what.firstChild.textContent.trim();
  button.addEventListener("click", () => showCitation(words, row.id));
  row.cells[0].append(button);
}

/* Two members side by side. */
function pairs(form) {
  const { states, names, rows } = JSON.parse(document.getElementById("pairs").textContent);
  const place = document.getElementById("pair");
  const element = (tag, words = "", more = {}) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const words = { c: "came", a: "stayed away", u: "not clear" };

  function table(label, head, body) {
    const made = element("table", "", { className: "record" });
    made.setAttribute("aria-label", label);
    const top = made.createTHead().insertRow();
    head.forEach((text, at) => top.append(element("th", text, { scope: "col", className: at && typeof body[0][at] === "number" ? "number" : "" })));
    const below = made.createTBody();
    for (const row of body) {
      const line = below.insertRow();
      row.forEach((cell, at) => line.append(at ? element("td", String(cell), { className: typeof cell === "number" ? "number" : "" }) : cell instanceof Node ? cell : element("th", String(cell), { scope: "row" })));
    }
    return made;
  }

  function show() {
    const [a, b] = ["a", "b"].map((name) => states.indexOf(form.elements[name].value));
    place.replaceChildren();
    if (a === b) {
      place.append(element("p", "Choose two different members."));
      return;
    }
    const shared = rows.filter(([, , , told]) => told[a] !== "-" && told[b] !== "-");
    const known = shared.filter(([, , , told]) => told[a] !== "u" && told[b] !== "u");
    const met = known.filter(([, , , told]) => told[a] === "c" && told[b] === "c").length;
    place.append(element("p", shared.length
      ? `${names[a]} and ${names[b]} were both expected at ${shared.length}. Of the ${known.length} on which sources are clear for both, they came together to ${met}.`
      : `${names[a]} and ${names[b]} were expected together at none.`, { className: "lead" }));
    if (!shared.length) return;
    const kinds = ["c", "a", "u"];
    place.append(element("h2", "Who did what"), table("Three by three", [`${names[a]} ↓  ${names[b]} →`, ...kinds.map((kind) => words[kind])],
      kinds.map((mine) => [words[mine], ...kinds.map((other) => shared.filter(([, , , told]) => told[a] === mine && told[b] === other).length)])));
    const years = [...new Set(shared.map(([, , year]) => year))];
    place.append(element("h2", "Together by year"), table("Together by year", ["Year", "Both expected", "Clear for both", "Came together"],
      years.map((year) => {
        const of = (list) => list.filter((row) => row[2] === year);
        return [year, of(shared).length, of(known).length, of(known).filter(([, , , told]) => told[a] === "c" && told[b] === "c").length];
      })));
    const differ = known.filter(([, , , told]) => told[a] !== told[b]).reverse();
    place.append(element("h2", "Where they differed"));
    if (!differ.length) place.append(element("p", "At none of which sources are clear."));
    else place.append(table("Where they differed", ["Exercise", names[a], names[b]], differ.map(([id, name, , told, hosts]) => {
      const head = element("th", "", { scope: "row" });
      head.append(element("a", name, { href: `exercises/${id}.html` }));
      return [head, ...[a, b].map((at) => words[told[at]] + (hosts.includes(at) ? ", host" : ""))];
    })));
  }

  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of ["a", "b"]) if (states.includes(asked.get(name))) form.elements[name].value = asked.get(name);
    if (form.elements.a.value === form.elements.b.value && !asked.has("b")) form.elements.b.value = states.find((one) => one !== form.elements.a.value);
    show();
  }
  form.addEventListener("input", () => {
    history.replaceState(null, "", `#a=${form.elements.a.value}&b=${form.elements.b.value}`);
    show();
  });
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
}

const phone = matchMedia("(max-width: 40rem)");
const speak = () => { if (phone.matches) everyOne("table.cards, table.rows, .cell_output table.record", spoken); };
speak();
phone.addEventListener("change", speak);
everyOne(".cell_output table.record", fold);
everyOne("form.filters", tableOf);
everyOne("figure.living", living);
everyOne("form.pair", pairs);
everyOne("button.copy", (button) => { button.hidden = false; button.addEventListener("click", () => copy(button, button.dataset.copy)); });
everyOne("button.cite-this", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => showCitation(button.dataset.what, button.closest("figure").id));
});
everyOne("button.print", (button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
everyOne("button.code-switch", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = document.body.classList.toggle("with-code");
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Hide code" : "Show code";
    reachable();
  });
});
everyOne("form.find", (form) => {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${form.action.split("#")[0]}#q=${encodeURIComponent(form.elements.q.value)}`;
  });
});
if (window.innerWidth < 1180) everyOne("nav.sections details", (part) => { part.open = false; });
reachable();
citable();
window.addEventListener("load", citable); // the row is the target only then
window.addEventListener("hashchange", citable);
window.addEventListener("resize", reachable);
window.addEventListener("beforeprint", () => everyOne("details.key, details.table-fold", (part) => { part.open = true; }));
