// -- Anniversaries in the range of the page

const monthName = month => new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month - 1));

function drawAnniversaries() {
  const due = shown.flatMap(n => pairs[n].anniversaries.map(([ordinal, date]) => ({ n, ordinal, date })));
  due.sort(by(({ date }) => date));
  put("due-title", word("due_title", { first: showDate(report.first), last: showDate(report.last) }));
  put("due-note", counted("due", due.length));
  put("due-body", [...grouped(due, ({ date }) => yearOf(date))].map(dueYear));
}
function dueYear([year, due]) {
  const months = [...grouped(due, ({ date }) => anchor(date)[1] ?? 13)].sort(by(([month]) => month));
  return html("section.year", html("h3", String(year)), html("div.months", months.map(([month, some]) =>
    html("section", html("h4", month === 13 ? word("no_month") : monthName(month)), html("ul", LIST, some.map(dueLine))))));
}
function dueLine({ n, ordinal, date }) {
  const day = anchor(date)[2] ?? "", title = nth(ordinal);
  return html("li", html("time", { datetime: date.replace(/[?~]/, "") }, String(day)),
    linked({ id: pairs[n].id }, titleOf(pairs[n])),
    html(ordinal % 10 ? "span" : "span.round", { title }, title));
}
