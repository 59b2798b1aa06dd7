// -- The search: the rules of query/search.py and text/variants.py, held to them by tests/search_examples.csv

const { variants } = data.folding;
const suffixes = new Map(data.folding.suffixes);
const MOST_PROPOSALS = 3;
// The ranks, the best first.
const [WHOLE, START, INSIDE, TEXT, NONE] = [0, 1, 2, 3, 4];
const DROPPED = /[\s\-‐‑–—'’‘ʼʻ′`·・.]|(?![\u3099\u309a])\p{Mn}|\p{Default_Ignorable_Code_Point}/u;

// Characters folded before.
const folds = new Map();
function foldCharacter(char) {
  if (!folds.has(char)) folds.set(char, foldedCharacter(char));
  return folds.get(char);
}
function foldedCharacter(char) {
  const twice = char.normalize("NFKD").toLowerCase().normalize("NFKD").toLowerCase();
  return [...twice].filter(part => !DROPPED.test(part)).map(part => hiragana(variants[part] ?? part)).join("");
}
function hiragana(char) {
  // A small ke or ka in a name is an abbreviated 箇, read "ga".
  if ("ヵヶゕゖ".includes(char)) return "か\u3099";
  return /[\u30a1-\u30f4\u30fd\u30fe]/.test(char) ? String.fromCodePoint(char.codePointAt(0) - 0x60) : char;
}

function fold(text) {
  // A large ke after a kanji or hiragana is the same, but not in a word of katakana.
  if (/[ケｹ]/.test(text)) {
    text = text.normalize("NFKC").replace(/[\s\-·・.]/g, "").replace(/(?<=[^\u30a1-\u30ff])ケ(?![\u3041-\u30ff])/g, "が");
  }
  return [...text].map(foldCharacter).join("").normalize("NFC");
}

// A name with what its suffix says: 北海市, Kumamoto-ken.
function parseName(name) {
  const folded = fold(name), plain = name.normalize("NFKC");
  for (const last of [plain.slice(-3), plain.slice(-1)]) {
    if (/[^\0-\x7f]/.test(last) && suffixes.has(last) && plain.length > last.length) {
      return { folded, stem: fold(plain.slice(0, -last.length)), levels: suffixes.get(last) };
    }
  }
  const [, stem, suffix = ""] = /^(.+)[ -]([^ -]*)$/s.exec(plain) ?? [];
  const levels = suffixes.get(suffix.toLowerCase());
  return levels ? { folded, stem: fold(stem), levels } : { folded, stem: folded, levels: [] };
}

// All names of a place, folded, also as one text with a line for each.
function indexPlace(place) {
  const names = [...texts(place.name), ...(place.aliases ?? []), place.reading ?? "", place.id].map(fold).filter(Boolean);
  return { names, lines: "\n" + names.join("\n"), outer: outerPlaces(place) };
}

function textOf(pair) {
  const events = pair.events.flatMap(event => [event.title, event.notes]);
  const exchanges = pair.exchanges.flatMap(exchange => [exchange.what, exchange.notes]);
  const described = [pair.notes, pair.basis, ...events, ...exchanges].flatMap(texts);
  return [...described, pair.since].map(fold).join("\n");
}

// The numbers of the places that a place lies in.
function outerPlaces({ within }) {
  return within === undefined ? [] : [within, ...outerPlaces(places[within])];
}

let index;
function makeIndex() {
  const indexed = places.map(indexPlace);
  const partnered = [...new Set(pairs.flatMap(pair => pair.places))].sort(by(n => places[n].id));
  const names = partnered.flatMap(n => indexed[n].names.map(name => [name, places[n]]));
  const whole = indexed.flatMap(({ names }, n) => [...names, ...(places[n].stems ?? [])].map(name => [name, n]));
  return {
    places: indexed,
    // The places that have a whole name, with or without its suffix.
    whole: grouped(whole, ([name]) => name),
    // What may be proposed: of places with the same name the first.
    byName: new Map(names.reverse()),
    countries: countries.map(country => country.name === country.code ? [] : texts(country.name).map(fold)),
    pairs: pairs.map(pair => ({ id: fold(pair.id), text: textOf(pair) })),
  };
}

function prepareSearch() {
  index ??= makeIndex();
}

// The rank of each place for a name.
function ranksOfPlaces({ folded, stem, levels }) {
  const ranks = index.places.map(({ lines }) => {
    if (!lines.includes(folded)) return NONE;
    return lines.includes("\n" + folded) ? START : INSIDE;
  });
  for (const [, n] of index.whole.get(folded) ?? []) ranks[n] = WHOLE;
  for (const [, n] of index.whole.get(stem) ?? []) {
    if (levels.includes(places[n].level)) ranks[n] = WHOLE;
  }
  return ranks;
}

// The rank of each partnership for one word, or for several that are taken for one name.
function ranksOfWord(word) {
  const typed = parseName(word), { folded } = typed;
  const ofName = ranksOfPlaces(typed);
  const ofCountry = index.countries.map(names => names.includes(folded));
  const isAround = n => ofCountry[places[n].country] || index.places[n].outer.some(outer => ofName[outer] < NONE);
  const ofPlace = ofName.map((rank, n) => rank === NONE && isAround(n) ? INSIDE : rank);
  return index.pairs.map(({ id, text }, n) => {
    const [place, partner] = pairs[n].places, rank = Math.min(ofPlace[place], ofPlace[partner]);
    if (rank === WHOLE || id === folded) return WHOLE;
    if (rank === START || id.startsWith(folded)) return START;
    return rank === NONE && text.includes(folded) ? TEXT : rank;
  });
}

const searchWords = typed => typed.split(/[\s,;/、，；]+/).filter(word => /[\p{L}\p{N}]/u.test(word));

// The words of the last search that nothing has.
let unknown = [];

// The rank of each partnership for all words together, which is that of the worst; the best without a word.
function search(typed) {
  const words = searchWords(typed);
  unknown = [];
  if (!words.length) return pairs.map(() => WHOLE);
  prepareSearch();
  const ofWords = words.map(ranksOfWord);
  unknown = words.filter((_, n) => ofWords[n].every(rank => rank === NONE));
  const worst = ofWords.reduce((ranks, others) => ranks.map((rank, n) => Math.max(rank, others[n])));
  if (words[0] === typed) return worst;
  const together = ranksOfWord(typed);
  return worst.map((rank, n) => Math.min(rank, together[n]));
}

// How many characters two texts have in common, as Python's difflib.SequenceMatcher counts them: the longest part
// that is in both, and what is in both before and after it.
function inCommon(text, other) {
  let most = 0, at;
  for (let start = 0; start < text.length; start++) {
    while (start + most < text.length && other.includes(text.slice(start, start + most + 1))) {
      at = start;
      most++;
    }
  }
  if (!most) return 0;
  const atOther = other.indexOf(text.slice(at, at + most));
  const before = inCommon(text.slice(0, at), other.slice(0, atOther));
  return before + most + inCommon(text.slice(at + most), other.slice(atOther + most));
}

// The places whose names are closest to a word, the closest first; of equal ones the last by name.
function closest(word) {
  const folded = fold(word), found = [];
  for (const name of index.byName.keys()) {
    const likeness = common => 2 * common / (name.length + folded.length);
    // Most names are too short or too long, which is seen at once.
    const close = likeness(Math.min(name.length, folded.length)) >= 0.6 && likeness(inCommon(name, folded));
    if (close >= 0.6) found.push([close, name]);
  }
  return found.sort().reverse().slice(0, 2 * MOST_PROPOSALS).map(([, name]) => index.byName.get(name));
}

// The places that are proposed for a search that found nothing, as query/search.py proposes them.
function proposals(typed) {
  if (!unknown.length) return [];
  const close = [...new Set([...unknown, typed])].flatMap(word => [...closest(word).entries()]);
  const shown = close.sort(by(([order]) => order)).map(([, place]) => [html("p", named(place)).textContent, place]);
  return [...new Map(shown).values()].slice(0, MOST_PROPOSALS);
}

// A text with the first word that is found in it marked.
function marked(text, words) {
  if (!words.length) return text;
  const characters = [...text], parts = characters.map(foldCharacter), folded = parts.join("");
  const word = words.map(fold).find(each => folded.includes(each));
  if (!word) return text;
  // Which character became the part of the folded text that has a position.
  const origin = at => parts.findIndex(part => (at -= part.length) < 0);
  const start = folded.indexOf(word), first = origin(start), after = origin(start + word.length - 1) + 1;
  const slice = (from, to) => characters.slice(from, to).join("");
  return [slice(0, first), html("mark", slice(first, after)), slice(after)];
}
