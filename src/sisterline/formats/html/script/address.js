// -- The address holds the state, as #pair&view=map&q=..., so that a link gives the same view and Back works

const VIEWS = { list: drawList, map: drawMap, figures: drawFigures, anniversaries: drawAnniversaries };
const KNOWN_VALUES = { view: VIEWS, sort: sorts, lang: data.words };
const opening = { id: report.opened, view: report.view === "list" ? "" : report.view };

function readAddress() {
  const [first, ...rest] = location.hash.slice(1).split("&");
  const address = [first.includes("=") || !first ? first : "id=" + first, ...rest].join("&");
  const found = location.hash ? Object.fromEntries(new URLSearchParams(address)) : { ...opening };
  for (const [key, known] of Object.entries(KNOWN_VALUES)) {
    if (!Object.hasOwn(known, found[key] ?? "")) delete found[key];
  }
  return found;
}
function link(changes) {
  const { id, ...rest } = { ...state, source: "", ...changes };
  const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value)).toString();
  return "#" + ([id && encodeURIComponent(id), query].filter(Boolean).join("&") || "view=list");
}
function go(changes) {
  location.hash = link(changes);
}
// While somebody types there is one entry for Back, not one for each letter.
function replace(changes) {
  history.replaceState(null, "", link(changes));
  render();
}

let before = {};
let ready = false;
function render() {
  state = readAddress();
  const view = state.view && (state.view !== "map" || map) ? state.view : "list";
  const changed = (...keys) => !ready || keys.some(key => (state[key] ?? "") !== (before[key] ?? ""));
  const pair = pairs.find(each => each.id === state.id);
  const other = changed("q", "sort", "lang", ...facetNames);
  if (changed("lang")) speak();
  if (other) {
    select();
    setControls();
  }
  // Before a view is drawn that is as wide as there is room.
  byId("main").classList.toggle("open", Boolean(pair));
  byId("pair").hidden = !pair;
  for (const each of all("main > section")) each.hidden = each.dataset.view !== view;
  if (other || changed("view", "place")) VIEWS[view]();
  showTabs(view);
  if (changed("id", "lang")) showPair(pair);
  showSource();
  if (ready) moveFocus(pair);
  before = state;
}
function showTabs(view) {
  for (const tab of all("#views a")) {
    tab.href = link({ view: tab.dataset.view === "list" ? "" : tab.dataset.view, id: "", place: "" });
    tab.ariaCurrent = tab.dataset.view === view ? "page" : null;
  }
}
function showPair(pair) {
  document.title = (pair ? titleOf(pair) + " · " : "") + byId("title").textContent;
  put("pair", pair && article(pair));
  byId("pair").scrollTop = 0;
  markChosen();
}
// Focus goes to what was opened, and back to where it was opened from. Where that has gone, it begins with the view.
function moveFocus(pair) {
  if (pair && pair.id !== before.id) byId("pair-title").focus({ preventScroll: innerWidth > 1024 });
  else if (state.place !== before.place) byId("ties-title")?.focus({ preventScroll: true });
  else if (!pair && before.id) linkTo(before.id)?.focus();
  // Neither what is hidden nor the body lies in another element.
  if (!document.activeElement.offsetParent) byId("main").focus({ preventScroll: true });
}
const linkTo = id => all("main > section a").find(each => each.hash.split("&")[0] === "#" + id && each.offsetParent);
function showSource() {
  const line = byId("source-" + state.source);
  line?.focus();
  line?.scrollIntoView({ block: "center" });
}

function speak() {
  language = state.lang ?? data.language;
  root.lang = byId("language").value = language;
  put("title", say(report.title) || word("untitled"));
  put("description", say(report.description));
  const texts = {
    word,
    count: (key, { n }) => counted(key, +n),
    side: n => sideName(+n),
    era: n => say(eras[n].label),
  };
  drawControls();
  for (const [name, textOf] of Object.entries(texts)) {
    for (const { dataset, firstChild } of all(`[data-${name}]`)) firstChild.data = textOf(dataset[name], dataset);
  }
  finder.placeholder = word("hint");
  byId("views").ariaLabel = word("views");
  const about = report.data;
  if (about) put("citation", joined(byId("title").textContent, about.version, about.license));
}
