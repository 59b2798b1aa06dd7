// -- The list, whose one column is the axis of time

const STEP = 400;
const ROOM = 36; // pixels of the window for each row, those of the head included
const PAUSE = 200; // milliseconds
const MARKS = ["people", "thing", "planned", "paper", "some", "many"];
const written = [...byId("rows").rows];
const SHAPES = { paper: "9v6", thing: "8.75v6.5" };
let drawn = 0;

// The parts of a lane as formats/html/drawing.py has them: class, and data of an SVG path.
function lanePaths([founded, active, suspended, stops, marks]) {
  const dot = (at, form) => "M" + at + " " + (SHAPES[form] ?? "12h0");
  const lines = (form, stretches) => stretches.map(([start, end]) => [form, `M${start} 12H${end}`]);
  const paths = [...lines("line", active), ...lines("off", suspended)];
  for (const form of MARKS) {
    if (marks[form]) paths.push([form, marks[form].map(at => dot(at, form)).join("")]);
  }
  paths.push(...stops.map(at => ["stop", `M${at} 5v14`]));
  if (founded !== null) paths.push(["founded", dot(founded)], ["hole", dot(founded)]);
  return paths;
}
function drawLane(lane) {
  return svg("svg", { viewBox: "0 0 1000 24", preserveAspectRatio: "none", "aria-hidden": "true" },
    lanePaths(lane).map(([form, d]) => svg("path", { class: form, d })));
}

// The event whose title has what was searched for, below the lane.
function drawHit(pair, words) {
  const folded = words.map(fold);
  const event = pair.events.find(({ title }) => texts(title).some(text => folded.some(word => fold(text).includes(word))));
  return event && html("span.hit", yearOf(event.date) + " ", marked(say(event.title), words));
}

function drawRow(n, words) {
  const pair = pairs[n], [place, partner] = pair.places.map(end => places[end]);
  const cell = (name, ...children) => html("td", { role: "cell", class: name }, children);
  return html("tr", { role: "row", "data-n": n },
    cell("when", pair.since || "–"),
    cell("place", linked({ id: pair.id }, named(place, words))),
    cell("place", named(partner, words)),
    cell("lane", drawLane(pair.lane), ranks[n] === TEXT && drawHit(pair, words)),
    cell("num", String(pair.events.length || "")));
}
let waiting;
function drawList() {
  clearTimeout(waiting);
  drawn = 0;
  put("rows");
  // What is below the screen waits until typing pauses.
  const typing = document.activeElement === finder, screen = Math.ceil(innerHeight / ROOM);
  drawRows(typing ? screen : STEP);
  if (typing) waiting = setTimeout(drawRows, PAUSE, STEP);
  byId("none").hidden = shown.length > 0;
  put("closest", !shown.length && closestLinks());
  byId("rows").parentNode.hidden = !shown.length;
}
function closestLinks() {
  const links = proposals(state.q ?? "").map(place => html("li", linked({ q: nameOf(place) }, named(place))));
  return links.length > 0 && [html("p", word("closest")), html("ul", LIST, links)];
}
function drawRows(most) {
  const words = searchWords(state.q ?? "");
  const asWritten = !words.length && language === data.language;
  const next = shown.slice(drawn, drawn + most);
  byId("rows").append(...next.map(n => asWritten && written[n] ? written[n] : drawRow(n, words)));
  drawn += most;
  byId("more").hidden = drawn >= shown.length;
  byId("more").firstChild.textContent = word("more", { n: number(Math.min(STEP, shown.length - drawn)) });
  markChosen();
}
function markChosen() {
  for (const row of byId("rows").rows) {
    row.ariaCurrent = pairs[row.dataset.n].id === state.id || null;
  }
}
