// -- Words, names, numbers and dates in the chosen language

let language = data.language;
const number = value => value.toLocaleString(language);

function word(key, values = {}) {
  const known = { ...data.facts, ...values };
  return data.words[language][key].replace(/\{(\w+)\}/g, (whole, name) => known[name] ?? whole);
}
const counted = (key, n) => word(key + (n === 1 ? "_one" : "_other"), { n: number(n) });
const codeWord = (vocabulary, code) => word(vocabulary + "." + code);

// The n-th anniversary; English has four endings, other languages one.
const nth = n => word("nth_" + new Intl.PluralRules(language, { type: "ordinal" }).select(n), { n });

// The language that a text of the data is shown in: the wanted one, a kindred one, English, or its first;
// undefined where the data does not give it.
function tagOf(text, wanted = language) {
  if (typeof text === "string") return undefined;
  const tags = Object.keys(text);
  const kindred = tags.find(tag => tag.startsWith(wanted + "-"));
  return [wanted, kindred, "en"].find(tag => tags.includes(tag)) ?? tags[0];
}
const say = (text, wanted) => text[tagOf(text, wanted)] ?? text;
// The attribute of an element with a text; none where the text is in the language of the page. A text that is
// not given by language is taken for English, as those of the bundled data are.
const foreign = (text, tag = tagOf(text) ?? "en") => tag === language ? {} : { lang: tag };

// A text of the data, marked with its language where that is another one.
const spoken = text => text && html("span", foreign(text), say(text));
const texts = text => typeof text === "string" ? [text] : Object.values(text ?? {});

const nameOf = place => say(place.name);
const titleOf = pair => pair.places.map(n => nameOf(places[n])).join(" – ");
const sideName = side => report.sides ? say(countries[report.sides[side]].name) : word(side ? "partner" : "place");

// Whether two names are the same, or most likely the same characters in other forms: 神户市 and 神戸市. Who reads
// Chinese or Japanese needs one of them only.
function sameName(name, other) {
  const inForm = language !== "en" && [...name].length === [...other].length;
  return name === other || inForm && /^[々〇\u3400-\u9fff\u{20000}-\u{3ffff}]+$/u.test(name + other);
}

// A place by its name and, if that is another one, its name in the language of its country.
function named(place, words = []) {
  const name = nameOf(place), tag = countries[place.country].language ?? "en", native = say(place.name, tag);
  const own = html("span.own", { lang: tagOf(place.name, tag) }, marked(native, words));
  return [html("span", foreign(place.name), marked(name, words)), !sameName(name, native) && [" ", own]];
}

// -- Dates, which are EDTF: 1996, 1996-03, 1996-03-05~, 2007/2023, 1979/..

const parts = date => date.replace(/[?~]/g, "").split("-").map(Number);
const anchor = period => parts(period.split("/").find(part => part !== ".."));
const yearOf = period => anchor(period)[0];

// Date.UTC takes the years to 99 for those of the 20th century.
const utc = ([year, month = 1, day = 1]) => new Date(0).setUTCFullYear(year, month - 1, day);
function dateFormat([, month, day]) {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", year: "numeric", month: month && "short", day: day && "numeric" });
}
function oneDate(date) {
  if (date === "..") return "";
  const known = parts(date), shown = dateFormat(known).format(utc(known));
  if (date.endsWith("~")) return word("approximately", { n: shown });
  return date.endsWith("?") ? shown + "?" : shown;
}
function showDate(period) {
  const [first, last] = period.split("/");
  if (!last) return oneDate(first);
  const [start, end] = [first, last].map(parts);
  if (/[?~]|\.\./.test(period) || start.length !== end.length) return [first, last].map(oneDate).join(" – ").trim();
  return dateFormat(start).formatRange(utc(start), utc(end));
}
