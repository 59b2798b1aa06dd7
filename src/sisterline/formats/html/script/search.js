// -- The search: the rules of query/search.py and text/variants.py, held to them by tests/search_examples.csv

const { variants, suffixes } = data.folding;
const RANK = { WHOLE: 0, START: 1, INSIDE: 2, TEXT: 3, NONE: 4 };
const DROPPED = /[\s\-‐‑–—'’‘ʼʻ′`·・.]|(?![\u3099\u309a])\p{Mn}|\p{Default_Ignorable_Code_Point}/u;

function foldCharacter(char) {
  const twice = char.normalize("NFKD").toLowerCase().normalize("NFKD").toLowerCase();
  return [...twice].filter(part => !DROPPED.test(part)).map(part => hiragana(variants[part] ?? part)).join("");
}
function hiragana(char) {
  // A small ke or ka in a name is an abbreviated 箇, read "ga".
  if ("ヵヶゕゖ".includes(char)) return "か\u3099";
  return /[\u30a1-\u30f4\u30fd\u30fe]/.test(char) ? String.fromCodePoint(char.codePointAt(0) - 0x60) : char;
}

const foldedCharacters = new Map();
function fold(text) {
  // A large ke after a kanji or hiragana is the same, but not in a word of katakana.
  if (/[ケｹ]/.test(text)) {
    text = text.normalize("NFKC").replace(/[\s\-·・.]/g, "").replace(/(?<=[^\u30a1-\u30ff])ケ(?![\u3041-\u30ff])/g, "が");
  }
  let folded = "";
  for (const char of text) {
    if (!foldedCharacters.has(char)) foldedCharacters.set(char, foldCharacter(char));
    folded += foldedCharacters.get(char);
  }
  return folded.normalize("NFC");
}

// A name with what its suffix says: 北海市, Kumamoto-ken.
function parseName(name) {
  const folded = fold(name), plain = name.normalize("NFKC");
  for (const last of [plain.slice(-3), plain.slice(-1)]) {
    if (/[^\0-\x7f]/.test(last) && Object.hasOwn(suffixes, last) && plain.length > last.length) {
      return { folded, stem: fold(plain.slice(0, -last.length)), levels: suffixes[last] };
    }
  }
  const [, stem, suffix] = /^(.+)[ -]([^ -]*)$/s.exec(plain) ?? [];
  const levels = suffix && Object.hasOwn(suffixes, suffix.toLowerCase()) && suffixes[suffix.toLowerCase()];
  return levels ? { folded, stem: fold(stem), levels } : { folded, stem: folded, levels: [] };
}

// All names of a place, folded, and those that are a whole name, with or without their suffix.
function indexPlace(place) {
  const names = [...texts(place.name), ...(place.aliases ?? []), place.reading ?? "", place.id].map(fold).filter(Boolean);
  return { names, whole: new Set([...names, ...(place.stems ?? [])]), level: place.level };
}

function rankOfPlace(indexed, typed) {
  const { folded, stem, levels } = typed;
  const suffixed = levels.includes(indexed.level) && indexed.whole.has(stem);
  if (indexed.whole.has(folded) || suffixed) return RANK.WHOLE;
  let rank = RANK.NONE;
  for (const name of indexed.names) {
    if (name.startsWith(folded)) return RANK.START;
    if (name.includes(folded)) rank = RANK.INSIDE;
  }
  return rank;
}

function textOf(pair) {
  const events = pair.events.flatMap(event => [event.title, event.notes]);
  const exchanges = pair.exchanges.flatMap(exchange => [exchange.what, exchange.notes]);
  const described = [pair.notes, pair.basis, ...events, ...exchanges].flatMap(texts);
  return [...described, pair.since].map(fold).join("\n");
}

// The numbers of the places and the countries that the places of a partnership lie in.
function outerPlaces(pair) {
  const found = [];
  for (const n of pair.places) {
    for (let outer = places[n].within; outer !== undefined; outer = places[outer].within) found.push(outer);
  }
  return found;
}

let index;
function makeIndex() {
  return {
    places: places.map(indexPlace),
    countries: countries.map(country => country.name === country.code ? [] : texts(country.name).map(fold)),
    pairs: pairs.map(pair => ({
      id: fold(pair.id),
      text: textOf(pair),
      outer: outerPlaces(pair),
      countries: pair.places.map(n => places[n].country),
    })),
  };
}

// The rank of each partnership for one word, or for several that are taken for one name.
function ranksOfWord(word) {
  const typed = parseName(word), { folded } = typed;
  const ofPlace = index.places.map(indexed => rankOfPlace(indexed, typed));
  const ofCountry = index.countries.map(names => names.includes(folded));
  return index.pairs.map((indexed, n) => {
    const own = Math.min(...pairs[n].places.map(place => ofPlace[place]));
    if (own === RANK.WHOLE || indexed.id === folded) return RANK.WHOLE;
    if (own === RANK.START || indexed.id.startsWith(folded)) return RANK.START;
    const around = indexed.outer.some(place => ofPlace[place] < RANK.NONE) || indexed.countries.some(n => ofCountry[n]);
    if (own === RANK.INSIDE || around) return RANK.INSIDE;
    return indexed.text.includes(folded) ? RANK.TEXT : RANK.NONE;
  });
}

const searchWords = typed => typed.split(/[\s/,、，⇄]+/).filter(word => fold(word));

// The numbers of the partnerships that have all words, each with its rank; all of them without a word.
function search(typed) {
  const words = searchWords(typed);
  if (!words.length) return new Map(pairs.map((_, n) => [n, RANK.WHOLE]));
  index ??= makeIndex();
  const ofWords = words.map(ranksOfWord);
  let ranks = pairs.map((_, n) => Math.max(...ofWords.map(ranks => ranks[n])));
  if (words.length > 1) {
    const together = ranksOfWord(words.join(" "));
    ranks = ranks.map((rank, n) => Math.min(rank, together[n]));
  }
  return new Map([...ranks.entries()].filter(([, rank]) => rank < RANK.NONE));
}

// A text with the first word that is found in it marked.
function marked(text, words) {
  if (!words.length) return text;
  const characters = [...text], origins = [];
  let folded = "";
  characters.forEach((char, n) => {
    for (const part of foldCharacter(char)) {
      origins.push(n);
      folded += part;
    }
  });
  const word = words.map(fold).find(each => folded.includes(each));
  if (!word) return text;
  const start = [...folded.slice(0, folded.indexOf(word))].length;
  const [first, after] = [origins[start], origins[start + [...word].length - 1] + 1];
  const slice = (from, to) => characters.slice(from, to).join("");
  return [slice(0, first), html("mark", slice(first, after)), slice(after)];
}
