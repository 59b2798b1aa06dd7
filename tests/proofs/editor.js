// What an editor shows of data files: the YAML language server (the one of VS Code, Neovim, Helix ...) with
// the schema that `sisterline schema` prints. Called by editor.sh.
//
//   node editor.js SCHEMA ROOT
const fs = require('fs');
const path = require('path');
const { getLanguageService, TextDocument } = require('yaml-language-server');

const [schemaFile, root] = process.argv.slice(2);
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
const service = getLanguageService({
  schemaRequestService: (uri) => Promise.resolve(fs.readFileSync(new URL(uri), 'utf8')),
  workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
  clientCapabilities: {},
  yamlSettings: {},
});
service.configure({
  validate: true,
  completion: true,
  hover: true,
  schemas: [{ uri: 'sisterline.json', fileMatch: ['*.yaml'], schema }],
});

// What only `check` can tell: see ONLY_CHECK of tests/test_init_and_schema.py. Here are also what the server
// leaves to YAML (aliases, merge keys, documents, encodings) and what it sees by itself.
const python = fs.readFileSync(path.join(root, 'tests', 'test_init_and_schema.py'), 'utf8');
const onlyCheck = new Set(
  [...python.split('ONLY_CHECK = {')[1].split('\n}')[0].matchAll(/^ {4}"([a-z0-9-]+)":/gm)].map((match) => match[1]),
);
const notByServer = new Set(['control-character', 'merge-key', 'no-value-in-braces', 'not-utf-8', 'only-comments', 'second-document']);

let failures = 0;
const fail = (text) => {
  failures += 1;
  console.log(`FAILED ${text}`);
};
const files = (...parts) => {
  const folder = path.join(root, ...parts);
  return fs.readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort().map((name) => path.join(folder, name));
};
const document = (file, text) => TextDocument.create(`file://${file}`, 'yaml', 1, text);
const problems = async (file) => service.doValidation(document(file, fs.readFileSync(file, 'utf8')), false);
let typed = 0;
const labels = async (text) => {
  typed += 1; // the server keeps documents by their names
  const file = document(`/typed-${typed}.yaml`, text);
  const found = await service.doComplete(file, file.positionAt(text.length), false);
  return new Map(found.items.map((item) => [item.label, item]));
};

(async () => {
  const good = [...files('data'), ...files('docs', 'examples'), ...files('tests', 'small')];
  for (const file of good) {
    const found = await problems(file);
    if (found.length) fail(`${file}: ${found[0].range.start.line + 1}: ${found[0].message}`);
  }
  console.log(`${good.length} good files: no diagnostics`);

  let marked = 0;
  for (const file of files('tests', 'bad')) {
    const name = path.basename(file, '.yaml');
    const found = await problems(file);
    if (found.length) marked += 1;
    else if (!onlyCheck.has(name) && !notByServer.has(name)) fail(`${file}: nothing is marked`);
  }
  console.log(`${marked} bad files: at least one diagnostic each`);

  const levels = await labels('places:\n  a:\n    level: ');
  if (!levels.has('city') || !levels.has('prefecture')) fail('the words of level are not completed');
  const types = await labels('partnerships:\n- id: a-b\n  events:\n  - type: ');
  if (!types.has('anniversary') || !types.has('gift')) fail('the types of events are not completed');
  const first = await labels('partnerships:\n- ');
  if (!first.has('id')) fail('a new record of partnerships is not completed with id');
  const keys = await labels('partnerships:\n- id: a-b\n  b');
  for (const key of ['between', 'since', 'events', 'exchanges']) {
    if (!keys.has(key)) fail(`the key ${key} is not completed`);
    else if (!keys.get(key).documentation) fail(`the key ${key} is completed without a description`);
  }
  const text = 'places:\n  a: {name: A, country: CN, level: city}\n';
  const hover = await service.doHover(document('/hover.yaml', text), { line: 1, character: 17 });
  if (!JSON.stringify(hover).includes('ISO 3166-1 code')) fail('a key is not described when it is pointed at');
  console.log(`completes ${levels.size} levels, ${types.size} types, ${keys.size} keys of a partnership; describes them`);
  process.exit(failures ? 1 : 0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
