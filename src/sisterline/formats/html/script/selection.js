// -- The selection: which partnerships search and filters leave, and in what order

let state = {};
let shown = [];
let ranks = [];

const REGIONAL = ["state", "region", "province", "prefecture", "municipality"];
const isRegional = pair => pair.places.every(n => REGIONAL.includes(places[n].level));
const regionOf = (pair, side) => places[pair.places[side]].region;
const regionId = side => pair => places[regionOf(pair, side)]?.id;
const regionName = id => nameOf(places.find(place => place.id === id));
const decadeOf = pair => pair.since ? pair.since.slice(0, 3) + "0" : "unknown";
const kindOf = pair => pair.kind ?? "unknown";

// What can be filtered by: the value of a partnership, and its words.
const facets = {
  side0: { of: regionId(0), say: regionName },
  side1: { of: regionId(1), say: regionName },
  kind: { of: kindOf, say: value => codeWord("kind", value) },
  level: { of: pair => isRegional(pair) ? "regional" : "local", say: word },
  decade: { of: decadeOf, say: value => value === "unknown" ? word(value) : word("decade_of", { n: value }) },
  status: { of: pair => pair.status, say: value => codeWord("status", value) },
};
const facetNames = Object.keys(facets);
const facetTitle = name => name.startsWith("side") ? sideName(Number(name.slice(4))) : word(name);
const regionOrder = new Map(regions.map((n, order) => [places[n].id, order]));

// What can be sorted by; founding is the order of the file.
const sorts = {
  since: undefined,
  next: pair => pair.next?.[1] ?? "9999-99",
  events: pair => -pair.events.length,
  name: pair => fold(titleOf(pair)),
};

const activeFacets = () => facetNames.filter(name => state[name]);

function select() {
  const active = activeFacets(), keyOf = sorts[state.sort];
  ranks = search(state.q ?? "");
  const fits = (pair, n) => ranks[n] < NONE && active.every(name => facets[name].of(pair) === state[name]);
  const keys = keyOf ? pairs.map(keyOf) : ranks;
  shown = [...pairs.keys()].filter(n => fits(pairs[n], n)).sort(by(n => keys[n]));
  showCount(active.length);
}
function showCount(active) {
  const everything = counted("partnerships", pairs.length);
  const some = word("shown", { n: number(shown.length), of: everything });
  put("count", shown.length === pairs.length ? everything : some);
  byId("clear").hidden = !state.q && !active;
  put("filtered", active && " (" + active + ")");
}

function facetOptions(name) {
  const facet = facets[name];
  const found = [...counts(pairs, facet.of)].filter(([value]) => value !== undefined);
  if (name === "kind") return found.sort(by(([, n]) => -n));
  return found.sort(by(([value]) => regionOrder.get(value) ?? value));
}
function facetControl(name) {
  const options = facetOptions(name);
  if (options.length < 2) return undefined;
  const box = html("select", { id: name }, html("option", { value: "" }, word("all")), options.map(([value, n]) =>
    html("option", { value }, facets[name].say(value) + " (" + number(n) + ")")));
  box.onchange = () => go({ [name]: box.value });
  return html("label", html("span", facetTitle(name)), box);
}
function drawControls() {
  put("facets", facetNames.map(facetControl));
  put("sort", Object.keys(sorts).map(key => html("option", { value: key }, word(key))));
}
// The controls show what the address says, except for what somebody types.
function setControls() {
  for (const box of all("#controls select")) box.value = state[box.id] ?? (box.id === "sort" ? "since" : "");
  if (document.activeElement !== finder) finder.value = state.q ?? "";
}
