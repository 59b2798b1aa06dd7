"use strict";

// -- The data, as formats/html/content.py writes it, and the making of elements

const byId = id => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const { report, map } = data;
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
  node.append(...children.flat(9).filter(child => child || child === 0));
  return node;
}
const html = (name, ...parts) => make("1999/xhtml", name, parts);
const svg = (name, ...parts) => make("2000/svg", name, parts);
const linked = (address, ...children) => html("a", { href: address }, children);

function outside(address, text, label) {
  if (!/^https?:/.test(address)) return text;
  return html("a", { href: address, rel: "noopener noreferrer", target: "_blank", "aria-label": label }, text);
}

function setCurrent(node, value) {
  value ? node.setAttribute("aria-current", value) : node.removeAttribute("aria-current");
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

function by(keyOf) {
  return (a, b) => {
    const [first, second] = [keyOf(a), keyOf(b)];
    return first < second ? -1 : Number(first > second);
  };
}
