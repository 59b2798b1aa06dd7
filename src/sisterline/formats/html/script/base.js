"use strict";

// -- The data, as formats/html/content.py writes it, and the making of elements

const byId = id => document.getElementById(id);
const finder = byId("find");
const data = JSON.parse(byId("data").textContent);

// The values of a column, see formats/html/columns.py; a row without a value is a hole.
function unpack(column) {
  if (Array.isArray(column)) return column;
  const { fields, rows, parts, of, numbers, gaps, lengths } = column;
  if (fields) return unpackRecords(fields, rows);
  if (parts) return Object.assign([], ...parts.map(unpack));
  const values = unpack(of), found = [];
  let at = 0;
  if (numbers) return numbers.map(n => values[n]);
  if (lengths) return lengths.map(length => values.slice(at, at += length));
  gaps.forEach((gap, n) => found[at += gap] = values[n]);
  return found;
}
function unpackRecords(fields, rows) {
  const records = Array.from({ length: rows }, () => ({}));
  for (const [name, column] of Object.entries(fields)) unpack(column).forEach((value, n) => records[n][name] = value);
  return records;
}

const [report] = unpack(data.report);
const { map } = data;
const { places, partnerships: pairs, countries, sources, regions, eras } = report;
const root = document.documentElement;
const all = selector => [...document.querySelectorAll(selector)];

// A field that has its default is left out of the file.
for (const pair of pairs) {
  for (const list of ["events", "exchanges", "sums", "sources", "disputed", "anniversaries"]) pair[list] ??= [];
  pair.next ??= pair.anniversaries[0];
  pair.status ??= "active";
  pair.since ??= "";
}

// What an element may hold, of lists in lists with parts that are not there.
const nodes = children => children.flat(9).filter(Boolean);
const put = (id, ...children) => byId(id).replaceChildren(...nodes(children));

// An element by its name, with classes after dots; attributes, if any, come before the children.
function make(namespace, name, parts) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElementNS("http://www.w3.org/" + namespace, tag);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  const [first, ...rest] = parts;
  const attributes = first?.constructor === Object ? first : {};
  const children = first === attributes ? rest : parts;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, value);
  }
  node.append(...nodes(children));
  return node;
}
const html = (name, ...parts) => make("1999/xhtml", name, parts);
const svg = (name, ...parts) => make("2000/svg", name, parts);
// A link to the state after some changes.
const linked = (changes, ...children) => html("a", { href: link(changes) }, children);

function outside(address, text, label) {
  if (!/^https?:/.test(address)) return text;
  return html("a", { href: address, rel: "noopener noreferrer", target: "_blank", "aria-label": label }, text);
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
const counts = (items, keyOf) => new Map([...grouped(items, keyOf)].map(([key, group]) => [key, group.length]));
const sum = numbers => numbers.reduce((total, number) => total + number, 0);

const by = keyOf => (a, b) => {
  const first = keyOf(a), second = keyOf(b);
  return first < second ? -1 : Number(first > second);
};
