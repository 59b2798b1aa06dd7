// -- Figures: of what is selected; each has its numbers as a table

const SERIES = ["friendship-city", "friendship-region", "friendship-exchange"];
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

function table(heads, rows) {
  const cell = value => typeof value === "number" ? html("td.num", number(value)) : html("td", value);
  return html("table.plain", html("thead", html("tr", heads.map(head => html("th", { scope: "col" }, head)))),
    html("tbody", rows.map(([first, ...rest]) => html("tr", html("th", { scope: "row" }, first), rest.map(cell)))));
}
const scrolled = (label, child) => html("div.scroll", { tabindex: 0, role: "region", "aria-label": label }, child);
const figure = (title, note, ...children) => html("section.figure", html("h3", title), note && html("p.note", note), children);

// Numbers by year and series: from [year, series, number].
function byYear(series, items) {
  const years = new Map();
  for (const [year, n, amount] of items) {
    if (!years.has(year)) years.set(year, Array(series).fill(0));
    years.get(year)[n] += amount;
  }
  return new Map([...years].sort(by(([year]) => year)));
}

// Bars upon each other, a column for each year.
function bars(label, names, colors, years) {
  const width = Math.max(320, byId("figures").clientWidth), height = 230, left = 40, foot = height - 24;
  const first = Math.min(...years.keys()), span = Math.max(...years.keys()) - first + 1;
  const most = Math.max(...[...years.values()].map(sum));
  const step = STEPS.find(each => most / each <= 5) ?? STEPS.at(-1);
  const x = year => left + (year - first) / span * (width - left);
  const y = amount => foot - amount / most * (height - 40);
  const thick = Math.max(2, (width - left) / span - 2);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (let amount = 0; amount <= most; amount += step) {
    picture.append(svg("path.grid", { d: `M${left} ${y(amount)}H${width}` }),
      svg("text", { x: left - 8, y: y(amount) + 4, "text-anchor": "end" }, number(amount)));
  }
  const every = STEPS.find(each => span / each <= width / 120);
  for (let year = Math.ceil(first / every) * every; year < first + span; year += every) {
    picture.append(svg("text", { x: Math.min(x(year) + thick / 2, width - 16), y: height - 6, "text-anchor": "middle" }, String(year)));
  }
  for (const [year, amounts] of years) {
    let below = 0;
    amounts.forEach((amount, n) => {
      const tip = year + "\n" + names[n] + ": " + number(amount);
      const box = { x: x(year), width: thick, y: y(below + amount), height: y(below) - y(below + amount) };
      if (amount) picture.append(svg("rect", { class: "f" + colors[n], ...box, "data-tip": tip }));
      below += amount;
    });
  }
  return [legend(names, colors), picture, numbersBelow(label, names, years)];
}
function legend(names, colors) {
  const square = color => svg("svg", { "aria-hidden": "true" }, svg("rect", { class: "f" + color, width: 10, height: 10 }));
  return html("p.legend", names.map((name, n) => html("span", square(colors[n]), name)));
}
function numbersBelow(label, names, years) {
  const rows = [...years].map(([year, amounts]) => [String(year), ...amounts]);
  return html("details", html("summary", word("numbers")), scrolled(label, table([word("year"), ...names], rows)));
}

function foundedFigure(list) {
  const dated = list.filter(pair => pair.since);
  if (!dated.length) return "";
  const names = [...SERIES.map(kind => codeWord("kind", kind)), word("others")];
  const series = kind => SERIES.includes(kind) ? SERIES.indexOf(kind) : SERIES.length;
  const years = byYear(names.length, dated.map(({ since, kind }) => [yearOf(since), series(kind), 1]));
  const title = word("founded_figure");
  return figure(title, word("founded_note", { n: number(dated.length) }), bars(title, names, [0, 3, 1, 2], years));
}

// A table of the regions of one side by those of the other.
function regionsFigure(list) {
  const found = counts(list, pair => regionOf(pair, 0) + " " + regionOf(pair, 1));
  const side = n => regions.filter(region => list.some(pair => regionOf(pair, n) === region));
  const [rows, columns] = [side(0), side(1)];
  if (!report.sides || !rows.length || !columns.length) return "";
  const short = region => nameOf(places[region]).replace(/ (Prefecture|Province)$/, "");
  const head = region => html("th", { scope: "col" }, html("span", short(region)));
  const cell = (row, column) => {
    const n = found.get(row + " " + column);
    if (!n) return html("td");
    const title = short(row) + " – " + short(column) + ": " + counted("partnerships", n);
    const address = link({ view: "", side0: places[row].id, side1: places[column].id });
    return html("td.h" + Math.min(n, 4), html("a", { href: address, "aria-label": title, "data-tip": title }, String(n)));
  };
  const body = rows.map(row => html("tr", html("th", { scope: "row" }, short(row)), columns.map(column => cell(row, column))));
  const title = word("regions_figure");
  return figure(title, word("regions_note"), scrolled(title,
    html("table.matrix", html("thead", html("tr", html("td"), columns.map(head))), html("tbody", body))));
}

// Which of the records say how many people took part in one year; whoever only watches is left out.
function countsPeople({ unit, category, excluded, period }) {
  const years = new Set(period.match(/\d{4}(?!\d)/g));
  return unit === "people" && category !== "attendance" && !excluded && !period.includes("..") && years.size === 1;
}
function peopleFigure(list) {
  const flows = list.flatMap(({ exchanges }) => exchanges.filter(countsPeople));
  if (!flows.length) return "";
  const names = waysBetween(sideName(0), sideName(1));
  const years = byYear(3, flows.map(flow => [yearOf(flow.period), originOf(flow), flow.count]));
  const title = word("people_figure");
  return figure(title, word("people_note"), bars(title, names, [0, 1, 2], years));
}

const precision = pair => pair.since ? parts(pair.since).length : 0;
function sourcesOf({ sources, events, exchanges, disputed }) {
  return new Set([sources, ...[...events, ...exchanges, ...disputed].map(each => each.sources ?? [])].flat());
}
const KNOWN = {
  to_the_day: pair => precision(pair) === 3,
  to_the_month: pair => precision(pair) === 2,
  to_the_year: pair => precision(pair) === 1,
  no_date: pair => precision(pair) === 0,
  with_events: pair => pair.events.some(event => event.form !== "founded" && !event.announced),
  with_exchanges: pair => pair.exchanges.length > 0,
  with_two_sources: pair => sourcesOf(pair).size > 1,
};
function coverageFigure(list) {
  const lines = Object.entries(KNOWN).map(([key, test]) => {
    const n = list.filter(test).length, share = n / list.length;
    return [html("span", word(key)), bar(share, 0, number(n) + " (" + Math.round(share * 100) + " %)")];
  });
  return figure(word("coverage_figure"), word("coverage_note"), html("div.sums", lines));
}
function totalsFigure() {
  if (!report.totals.length) return "";
  const rows = report.totals.map(({ as_of, count, approximate, by: counter, region, counts: what }) => {
    const place = region === undefined ? "" : nameOf(places[region]) + ": ";
    return [showDate(as_of), about(count, approximate), spoken(counter), [place, spoken(what)]];
  });
  const title = word("totals_figure");
  return figure(title, "", scrolled(title, table([word("year"), word("number"), word("counted_by"), word("what")], rows)));
}
function drawFigures() {
  const list = shown.map(n => pairs[n]);
  const figures = [foundedFigure, regionsFigure, peopleFigure, coverageFigure, totalsFigure];
  put("figures-body", list.length ? figures.map(draw => draw(list)) : html("p.empty", word("none")));
}
