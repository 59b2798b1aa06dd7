// -- The map

const SIZES = [[8, "d4"], [4, "d3"], [2, "d2"], [1, "d1"]];
const MOST_ARCS = 40;
const MOST_LABELS = 60;
const located = n => Boolean(map?.points[n]);
// The places of the selection, each with the number of its partnerships, the most first.
let onMap = [];

function arc([left, top], [right, bottom]) {
  const x = right - left, y = bottom - top;
  return `M${left} ${top}q${x / 2 + y * 0.18} ${y / 2 - x * 0.18} ${x} ${y}`;
}
function dots(numbers, form) {
  const d = numbers.filter(located).map(n => `M${map.points[n].join(" ")}h0`).join("");
  return svg("path", { class: "dot " + form, d });
}
function arcs(numbers) {
  const drawable = numbers.filter(n => pairs[n].places.every(located));
  return drawable.map(n => svg("path.arc", { d: arc(...pairs[n].places.map(place => map.points[place])) }));
}

function drawMap() {
  if (!map) return;
  const here = places.findIndex(place => place.id === state.place);
  const ties = shown.filter(n => pairs[n].places.includes(here));
  const ends = ties.flatMap(n => pairs[n].places);
  onMap = [...counts(shown.flatMap(n => pairs[n].places), n => n)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  byId("chart").ariaLabel = word("map_label");
  put("dots", SIZES.map(dotsOfSize), dots(ends, "d2 on"));
  put("arcs", arcs(ties.length || shown.length > MOST_ARCS ? ties : shown));
  put("labels", labels(ties.length ? [here, ...ends] : onMap.slice(0, MOST_LABELS).map(([n]) => n)));
  put("ties-title", ties.length ? word("of_place", { name: nameOf(places[here]) }) : word("by_number"));
  put("ties-list", ties.length ? tiesOf(here, ties) : html("ul", LIST, onMap.map(placeLine)));
}
function dotsOfSize([least, form], n) {
  const most = n ? SIZES[n - 1][0] : Infinity;
  return dots(onMap.filter(([, ties]) => ties >= least && ties < most).map(([place]) => place), form);
}
const tieLine = (changes, name, more) => html("li", linked(changes, name), html("span.own", more));
const placeLine = ([n, ties]) => tieLine({ place: places[n].id }, named(places[n]), counted("partnerships", ties));

function tiesOf(here, ties) {
  const line = n => {
    const other = pairs[n].places.find(place => place !== here);
    return tieLine({ id: pairs[n].id }, named(places[other]), pairs[n].since || "–");
  };
  return [html("p", linked({ place: "" }, "← " + word("all_places"))), html("ul", LIST, ties.map(line))];
}

// Labels, the most important first; one that would cover another is left out.
function labels(numbers) {
  const taken = [], scale = Math.max(1, 1000 / byId("chart").clientWidth);
  const found = [];
  for (const n of new Set(numbers.filter(located))) {
    const text = nameOf(places[n]), [x, y] = map.points[n];
    const width = sum([...text].map(char => char > "\u2fff" ? 13 : 7.5)) * scale;
    const atLeft = x + 10 + width > 1000, left = atLeft ? x - 10 - width : x + 9;
    const box = { left, right: left + width + 1, top: y - 8 * scale, bottom: y + 8 * scale };
    if (taken.some(other => overlap(box, other))) continue;
    taken.push(box);
    const anchored = atLeft ? { x: x - 10, "text-anchor": "end" } : { x: x + 10 };
    found.push(svg("text", { ...anchored, y: y + 4 * scale, "font-size": 12 * scale }, text));
  }
  return found;
}
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// A small map of one pair.
function spot(ends) {
  const points = ends.map(place => map?.points[places.indexOf(place)]);
  if (!points.every(Boolean)) return "";
  const [[x, y], [x2, y2]] = points;
  const width = Math.max(Math.abs(x - x2) * 1.7, Math.abs(y - y2) * 4, 200), height = width / 2.4;
  const corner = [(x + x2 - width) / 2, (y + y2 - height) / 2 + width * 0.025];
  const label = (place, [x, y]) => svg("text", { x, y: y + width * 0.045, "font-size": width * 0.03 }, nameOf(place));
  return svg("svg.spot", { viewBox: [...corner, width, height].join(" "), preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("use", { href: "#land" }), svg("path.arc", { d: arc(...points) }), dots(ends.map(place => places.indexOf(place)), "d2 on"),
    ends.map((place, n) => label(place, points[n])));
}

// The place under the pointer, if one is near.
function nearestPlace(event) {
  const matrix = byId("chart").getScreenCTM().inverse();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  const reach = 16 * Math.max(1, matrix.a);
  const distance = ([n]) => Math.hypot(map.points[n][0] - at.x, map.points[n][1] - at.y);
  return onMap.filter(entry => located(entry[0]) && distance(entry) < reach).sort(by(distance))[0];
}
