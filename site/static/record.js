/* Searches, filters and sorts a table of the record. What is chosen stands in the address behind '#', which also works
   for a page opened from a folder. Without this script the whole table is shown. */
"use strict";

function tableOf(form) {
  const table = document.getElementById(form.dataset.for);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).map((row, place) => ({
    row, place, text: `${row.textContent} ${row.dataset.words || ""}`.toLowerCase(),
    came: Array.from(row.querySelectorAll("td.state"), (cell) => ({
      state: cell.dataset.label, code: cell.firstChild.classList[1], guest: cell.firstChild.classList.contains("guest"),
    })),
  }));
  const heads = Array.from(table.tHead.querySelectorAll("[data-sort]"));
  const count = form.querySelector(".count");
  const usual = form.elements.sort.value;

  /* The text by which a row stands in the order of a column. */
  const keyOf = (row, name) => row.dataset[name]
    || row.cells[heads.find((head) => head.dataset.sort === name).cellIndex].textContent.trim();

  /* State and attendance are one question: how did this state, or any, come? Nobody expects a guest. */
  const asked = (value) => {
    const option = Array.from(form.elements.attendance.options).find((one) => one.value === value);
    const codes = (option.dataset.codes || value).split(" ");
    return (cell) => codes.includes(cell.code) && !(value === "expected" && cell.guest);
  };
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
    const wanted = Array.from(chosen()).filter(([name]) => name !== "sort" && name !== "down");
    let shown = 0;
    for (const entry of rows) {
      const fits = wanted.every(([name, value]) => (tests[name] || usualTest(name))(entry, value));
      entry.row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${rows.length} shown`;
  }

  function sort() {
    const name = form.elements.sort.value;
    const down = form.elements.down.value === "1" ? -1 : 1;
    const order = rows.slice();
    if (name !== usual) {
      order.sort((one, other) => down * keyOf(one.row, name).localeCompare(keyOf(other.row, name)) || one.place - other.place);
    }
    if (order.some((entry, at) => body.rows[at] !== entry.row)) body.append(...order.map((entry) => entry.row));
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
    const words = decodeURIComponent(location.hash).includes("=") ? location.hash.slice(1) : "";
    const pairs = new URLSearchParams(words);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = pairs.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
    }
    renew();
    document.querySelector(":target")?.scrollIntoView({ behavior: "instant" });
  }

  function renew() {
    sort();
    show();
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "sort") form.elements.down.value = "";
    renew();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { form.elements.down.value = ""; renew(); remember(); }));
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
  form.hidden = false;
  recall();
}

/* A table whose rows become cards on a phone stays a table to who listens. */
function spoken(table) {
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "th[scope=col]": "columnheader", "th[scope=row]": "rowheader" };
  for (const [names, role] of Object.entries(roles)) {
    for (const part of table.parentNode.querySelectorAll(`.cards ${names}, ${names}.cards`)) part.setAttribute("role", role);
  }
}

/* Whatever scrolls in place can be reached with the keyboard. */
function reachable() {
  for (const part of document.querySelectorAll(".cell_output, .table-wrapper, pre")) {
    if (part.scrollWidth > part.clientWidth + 1) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}

/* The theme opens its drawers with labels, which no key reaches: they become buttons, and Escape closes. */
function opened(label) {
  const box = document.getElementById(label.htmlFor);
  const name = label.htmlFor === "__navigation" ? "Pages of the record" : "On this page";
  const tell = () => label.setAttribute("aria-expanded", String(box.checked));
  label.tabIndex = 0;
  label.setAttribute("role", "button");
  label.setAttribute("aria-label", name);
  label.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    box.click();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && box.checked) box.click(); });
  box.addEventListener("change", tell);
  tell();
}

document.querySelectorAll("table.cards").forEach(spoken);
document.querySelectorAll("form.filters").forEach(tableOf);
document.querySelectorAll("label.nav-overlay-icon, label.toc-overlay-icon").forEach(opened);
reachable();
window.addEventListener("resize", reachable);
window.addEventListener("beforeprint", () => document.querySelectorAll("details.key").forEach((part) => { part.open = true; }));
