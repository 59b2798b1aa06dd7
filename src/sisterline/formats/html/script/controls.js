// -- Pointer, keys and controls; then the page is drawn

function tipAt(event, text) {
  const tip = byId("tip");
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  const beside = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
  const below = event.clientY + 18, above = event.clientY - tip.offsetHeight - 10;
  tip.style.left = Math.max(8, beside) + "px";
  tip.style.top = (below + tip.offsetHeight > innerHeight ? above : below) + "px";
}

// What lies under the pointer on a lane, as far as 8 pixels away.
function laneTip(event, cell) {
  const { events } = pairs[cell.closest("tr").dataset.n];
  const frame = cell.getBoundingClientRect();
  const at = (event.clientX - frame.left) / frame.width * 1000, reach = 8000 / frame.width;
  const near = events.filter(({ date }) => Math.abs(onAxis(date) - at) < reach);
  return near.slice(0, 5).map(each => showDate(each.date) + "  " + say(each.title)).join("\n");
}
// Where a date lies on the axis, in thousandths, to the month.
function onAxis(date) {
  const [year, month = 6.5, day = 15.5] = anchor(date);
  const { first, last } = report.axis;
  return (year + (month - 1 + day / 31) / 12 - first) / (last + 1 - first) * 1000;
}
function tipFor(event) {
  const { target } = event;
  if (event.pointerType === "touch" || !target.closest) return "";
  const cell = target.closest("td.lane"), tipped = target.closest("[data-tip]");
  if (cell) return laneTip(event, cell);
  if (tipped) return tipped.dataset.tip;
  const place = target.closest("#chart") && nearestPlace(event);
  return place ? nameOf(places[place[0]]) + " · " + counted("partnerships", place[1]) : "";
}

function openRow(event) {
  const row = event.target.closest("tr");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!row || elsewhere || getSelection().toString()) return;
  event.preventDefault();
  go({ id: pairs[row.dataset.n].id });
}
function choosePlace(event) {
  const place = nearestPlace(event);
  go({ place: place ? places[place[0]].id : "" });
}
function clearSelection() {
  finder.value = "";
  go({ q: "", ...Object.fromEntries(facetNames.map(name => [name, ""])) });
  finder.focus();
}
function switchTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.style.colorScheme = (root.style.colorScheme || system) === "dark" ? "light" : "dark";
}
function onKey(event) {
  const typing = /INPUT|SELECT/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    finder.focus();
  }
  if (event.key === "Escape") goBack(event.target);
}
// Esc closes what is open, one thing after the other: filters, search, pair.
function goBack(target) {
  const filters = byId("filters");
  if (filters.open) {
    filters.open = false;
    filters.firstElementChild.focus();
  } else if (target === finder && state.q) {
    finder.value = "";
    replace({ q: "" });
  } else if (state.id) {
    go({ id: "" });
  }
}

window.onhashchange = render;
window.onpointermove = event => tipAt(event, tipFor(event));
window.onkeydown = onKey;
window.onclick = event => {
  if (!event.target.closest("#filters")) byId("filters").open = false;
};
byId("rows").onclick = openRow;
byId("none").onclick = () => byId("main").focus();
if (map) byId("chart").onclick = choosePlace;
// So that the first letter need not wait for it.
finder.onfocus = () => setTimeout(prepareSearch);
finder.oninput = () => replace({ q: finder.value });
byId("sort").onchange = () => go({ sort: byId("sort").value === "since" ? "" : byId("sort").value });
byId("language").onchange = () => go({ lang: byId("language").value });
byId("clear").onclick = clearSelection;
byId("controls").onsubmit = event => event.preventDefault();
byId("more").firstChild.onclick = () => {
  const { length } = byId("rows").rows;
  drawRows(STEP);
  byId("rows").rows[length].querySelector("a").focus();
};
byId("theme").onclick = switchTheme;
document.querySelector(".skip").onclick = event => {
  event.preventDefault();
  byId("main").focus();
};
let resized;
window.onresize = () => {
  clearTimeout(resized);
  resized = setTimeout(() => {
    if (state.view === "figures" || state.view === "map") VIEWS[state.view]();
  }, 150);
};

for (const node of all("#controls, #views, .settings")) node.hidden = false;
render();
ready = true;
