// -- One partnership: a short article

// Safari takes a list whose style has no markers for none.
const LIST = { role: "list" };

// Numbers for the sources of an article, in the order in which it first cites them.
class Citations {
  cited = [];
  links(ids = []) {
    return ids.map(id => {
      if (!this.cited.includes(id)) this.cited.push(id);
      const n = this.cited.indexOf(id) + 1;
      return [" ", html("a.cite", { href: link({ source: n }), "aria-label": word("source", { n }) }, "[" + n + "]")];
    });
  }
  list() {
    return html("ol.sources", LIST, this.cited.map((id, k) => sourceLine(sources[id], k + 1)));
  }
}
function sourceLine(source, n) {
  const by = source.publisher && [spoken(source.publisher), ": "];
  const copy = source.archived && [" (", outside(source.archived, word("archived")), ")"];
  // A title in brackets is ours, of a document that has none.
  const text = say(source.title), own = text[0] !== "[" && source.language;
  const title = html("span", foreign(source.title, own || undefined), text);
  return html("li", { id: "source-" + n, tabindex: "-1" }, html("span", n + "."),
    html("span", by, outside(source.url ?? "", title), copy));
}

const section = (title, ...children) => [html("h3", title), children];

function article(pair) {
  const cite = new Citations(), ends = pair.places.map(n => places[n]);
  return [
    walk(pair),
    html("h2", { id: "pair-title", tabindex: "-1" }, named(ends[0]), " – ", named(ends[1])),
    html("p.lead", lead(pair), cite.links(pair.sources)),
    html(pair.status === "active" ? "p.note" : "p.warn", standing(pair)),
    spot(ends),
    html("div.cards", ends.map(place => placeCard(place, cite))),
    pair.notes && html("p.lead", spoken(pair.notes)),
    pair.disputed.map(dispute => disputeLine(dispute, cite)),
    pair.not_found && html("p.note", word("not_found") + ": ", joined(...Object.entries(pair.not_found).map(gapWords))),
    section(word("history"), story(pair, cite)),
    pair.exchanges.length > 0 && section(word("exchanges"), exchanges(pair, cite)),
    cite.cited.length > 0 && section(word("sources"), cite.list()),
    section(word("terminal"), html("p", html("code", "sisterline show " + pair.id))),
  ];
}
function walk(pair) {
  const at = shown.indexOf(pairs.indexOf(pair));
  const step = (n, key) => at >= 0 && shown[n] !== undefined && linked({ id: pairs[shown[n]].id }, word(key));
  return html("nav.walk", { "aria-label": word("back") },
    linked({ id: "" }, "← " + word("back")), step(at - 1, "before"), step(at + 1, "after"));
}
const dotted = parts => parts.map((part, n) => [n && " · ", part]);
const joined = (...texts) => texts.filter(Boolean).join(" · ");

function lead({ kind, since, basis }) {
  const what = kind ? codeWord("kind", kind) : word("partnership");
  return joined(what, since ? showDate(since) : word("no_date"), basis && say(basis));
}
function standing({ status, years, next, distance }) {
  return joined(codeWord("status", status), years !== undefined && counted("years", years),
    next && nth(next[0]) + " " + showDate(next[1]), distance && word("distance", { n: number(distance) }));
}
const gapWords = ([fact, day]) => word("searched", { fact: word(fact), day: showDate(day) });
function disputeLine(dispute, cite) {
  const value = dispute.field === "since" ? showDate(dispute.value) : codeWord(dispute.field, dispute.value);
  const what = word("disputed", { what: word(dispute.field) + " " + value });
  return html("p.warn", what, cite.links(dispute.sources), dispute.notes && [" – ", spoken(dispute.notes)]);
}

function placeCard(place, cite) {
  const region = places[place.region];
  const around = [region !== place && region && nameOf(region), say(countries[place.country].name)];
  const known = place.population !== undefined;
  const people = known && word("population", { n: number(place.population), date: showDate(place.population_as_of) });
  const heading = map ? linked({ id: "", view: "map", place: place.id }, nameOf(place)) : nameOf(place);
  return html("section", html("h3", heading), html("p", otherNames(place)), html("p", joined(...around)),
    known && html("p", people, cite.links(place.population_sources)), identifiers(place),
    place.notes && html("p", spoken(place.notes)));
}
function otherNames(place) {
  if (typeof place.name === "string") return "";
  const names = new Map(Object.entries(place.name).map(([tag, name]) => [name, tag]));
  names.delete(nameOf(place));
  return dotted([...names].map(([name, tag]) => html("span", { lang: tag }, name)));
}
function identifiers(place) {
  const site = (label, address, id) => id && outside(address + id, label, label + ": " + nameOf(place));
  const found = [
    site("Wikidata", "https://www.wikidata.org/wiki/", place.wikidata),
    site("GeoNames", "https://www.geonames.org/", place.geonames),
  ];
  return html("p", dotted(found.filter(Boolean)));
}

// The history on a spine, by decade.
function story(pair, cite) {
  if (!pair.events.length) return html("p.note", word("no_events"));
  const log = html("div.log");
  let suspended = false;
  for (const [decade, events] of grouped(pair.events, event => yearOf(event.date) - yearOf(event.date) % 10)) {
    const list = html("ol", LIST);
    for (const event of events) {
      list.append(eventLine(event, suspended, cite));
      suspended = event.type === "suspension" || suspended && event.type !== "resumption";
    }
    log.append(html("h4", word("decade_of", { n: decade })), list);
  }
  const untranslated = pair.events.some(event => tagOf(event.title) !== language);
  return [untranslated && language !== data.language && html("p.note", word("english_only")), log];
}
function eventLine(event, suspended, cite) {
  const type = html("span", codeWord("event type", event.type));
  return html("li." + (event.form ?? "people") + (suspended ? ".off" : ""),
    html("p", showDate(event.date), " ", type, event.announced && [" ", html("span.announced", word("announced"))]),
    spoken(event.title), cite.links(event.sources), event.notes && html("small", spoken(event.notes)));
}

const about = (n, approximate) => approximate ? word("approximately", { n: number(n) }) : number(n);
const originOf = ({ origin }) => origin ?? 2;

// From the one side, from the other, from both; the colors of figures.css have the same order.
const waysBetween = (a, b) => [word("direction", { a, b }), word("direction", { a: b, b: a }), word("both")];

function exchanges(pair, cite) {
  const ways = waysBetween(...pair.places.map(n => nameOf(places[n])));
  const rows = pair.exchanges.map(exchange => exchangeRow(exchange, ways, cite));
  return [sumsOf(pair, ways), html("table.tally", { "aria-label": word("exchanges") }, html("tbody", rows))];
}
function sumsOf(pair, ways) {
  const total = each => (each.exact ?? 0) + (each.approximate ?? 0);
  const ordered = [...pair.sums].sort(by(originOf));
  const people = ordered.filter(each => each.unit === "people");
  const most = Math.max(...people.map(total));
  const other = ordered.filter(each => each.unit !== "people").map(each =>
    unitWords(about(total(each), each.approximate), each.unit) + " (" + ways[originOf(each)] + ")");
  return [
    people.length > 0 && html("div.sums", { "aria-label": word("people_sum"), role: "group" }, people.map(each =>
      [html("span", ways[originOf(each)]), bar(total(each) / most, originOf(each), about(total(each), each.approximate))])),
    other.length > 0 && html("p.others", joined(...other)),
    ordered.length > 0 && html("p.note", word("sums_note")),
  ];
}
const unitWords = (count, unit) => word("unit." + unit, { count });

function exchangeRow(exchange, ways, cite) {
  const way = ways[originOf(exchange)];
  const remark = exchange.announced ? word("announced") : exchange.excluded && word("excluded");
  return html(exchange.excluded ? "tr.part" : "tr", html("td", showDate(exchange.period)),
    html("td.num", unitWords(about(exchange.count, exchange.approximate), exchange.unit)),
    html("td", spoken(exchange.what), cite.links(exchange.sources), html("div.note", joined(way, remark)),
      exchange.notes && html("div.note", spoken(exchange.notes))));
}

// A bar with its number, which is a picture with a name.
function bar(share, color, text) {
  const width = share * 78;
  return svg("svg", { role: "img", "aria-label": text },
    svg("rect", { class: "f" + color, width: width + "%", height: "100%", rx: 2 }),
    svg("text", { x: width + 1.5 + "%", y: "78%", fill: "currentColor" }, text));
}
