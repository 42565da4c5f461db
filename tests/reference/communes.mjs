// Writes src/rules/civil_status/data/communes.tsv: every commune code of the COG since 1943, with its name and the
// dates between which it was one. docs/decisions/0023-reference-of-communes.md says where each part comes from.
//
//     node tests/reference/communes.mjs            writes the file again (npm fetches the pinned packages)
//     node tests/reference/communes.mjs --check    compares instead of writing
//
// For the next yearly COG: add its package to VINTAGES, run, read the difference, commit both.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@etalab/decoupage-administratif';
// the last version that has the history with its dates, and the yearly lists that follow; the history stops at the
// first of January 2019, and no version has the list of 2020
const HISTORY = { version: '0.8.0', on: '2019-01-01' };
const VINTAGES = [
  { version: '1.1.1', on: '2021-01-01', since: '2020-01-01' },
  { version: '2.3.1', on: '2022-01-01' },
  { version: '3.1.1', on: '2023-01-01' },
  { version: '4.1.0', on: '2024-01-01' },
  { version: '5.3.0', on: '2025-01-01' },
  { version: '6.0.0', on: '2026-01-01' },
];
// the beginning of the reference: what was there then has no first day
const BEGINNING = '1943-01-01';

// What the history leaves out. Dates overlap where a code may have been given by either text: both are accepted.
const FORMER = [
  // organic law 2007-223 of 21 February 2007, in force as a whole on 15 July 2007
  { code: '97123', name: 'Saint-Barthélemy', until: '2007-07-15', successor: '97701' },
  { code: '97127', name: 'Saint-Martin', until: '2007-07-15', successor: '97801' },
];
const SINCE = { 97701: '2007-02-22', 97801: '2007-02-22' };
// Mayotte became a department on 31 March 2011; its codes went from 985xx to 976xx
const MAYOTTE_DEPARTMENT = '2011-03-31';
// territories without inhabitants born there: French Southern Lands, Clipperton
const LEFT_OUT = /^98[49]/;

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../../src/rules/civil_status/data/communes.tsv');

function fetched(folder, version, file) {
  const name = execFileSync('npm', ['pack', '--silent', `${PACKAGE}@${version}`], { cwd: folder, encoding: 'utf8' });
  const options = { cwd: folder, maxBuffer: 1 << 27 };
  return JSON.parse(execFileSync('tar', ['xzOf', name.trim(), `package/data/${file}.json`], options));
}

/** The commune that holds an entry of the history: itself, or the one that its pole leads to. */
function holder(entries, id) {
  const seen = new Set();
  let entry = entries.get(id);
  while (entry && entry.type !== 'COM' && entry.pole && !seen.has(entry.id)) {
    seen.add(entry.id);
    entry = entries.get(entry.pole);
  }
  return entry?.type === 'COM' ? entry.code : undefined;
}

function fromHistory(history) {
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  return history
    .filter((entry) => entry.type === 'COM')
    .map(({ code, nom, dateDebut, dateFin, successeur }) => ({
      code,
      name: nom,
      since: dateDebut === BEGINNING ? undefined : dateDebut,
      until: dateFin,
      successor: successeur && holder(entries, successeur),
    }))
    .filter(({ since, until }) => !until || !since || since < until);
}

function byCode(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.code, [...(groups.get(row.code) ?? []), row]);
  return groups;
}

/** Rows of one code that follow each other under one name become one. */
function joined(rows) {
  return [...byCode(rows).values()].flatMap((same) => {
    same.sort((a, b) => (a.since ?? '').localeCompare(b.since ?? ''));
    return same.reduce((kept, row) => {
      const last = kept.at(-1);
      if (!last || last.name !== row.name || last.until !== row.since) return [...kept, row];
      return [...kept.slice(0, -1), { ...row, since: last.since }];
    }, []);
  });
}

const present = (communes) => communes.filter((one) => one.type === 'commune-actuelle' && !LEFT_OUT.test(one.code));

/** What one yearly list changes: codes that left, codes that came, names that changed. */
function advance(rows, communes, { on, since = on }) {
  const now = new Map(present(communes).map((one) => [one.code, one]));
  const successors = new Map(present(communes).flatMap((one) => (one.anciensCodes ?? []).map((old) => [old, one.code])));
  const open = new Map(rows.filter((row) => !row.until).map((row) => [row.code, row]));
  for (const [code, row] of open) {
    if (now.get(code)?.nom === row.name) continue;
    row.until = on;
    row.successor = now.has(code) ? undefined : successors.get(code);
  }
  for (const [code, { nom }] of now) {
    if (open.get(code)?.name !== nom) rows.push({ code, name: nom, since });
  }
}

/** The codes that the history does not know: territories, districts of Paris, Lyon and Marseille, former overseas codes. */
function besides(communes) {
  const territories = present(communes).filter(({ code }) => /^97[578]|^98/.test(code));
  const districts = communes.filter((one) => one.type === 'arrondissement-municipal');
  const mayotte = present(communes).filter(({ code }) => code.startsWith('976'));
  return [
    ...[...territories, ...districts].map(({ code, nom }) => ({ code, name: nom, since: SINCE[code] })),
    ...mayotte.map(({ code, nom }) => ({
      code: code.replace(/^976/, '985'),
      name: nom,
      until: MAYOTTE_DEPARTMENT,
      successor: code,
    })),
    ...FORMER,
  ];
}

const line = ({ code, name, since = '', until = '', successor = '' }) =>
  [code, name.replaceAll("'", '’'), since, until, successor === code ? '' : successor].join('\t').trimEnd();

function checked(rows) {
  for (const [code, same] of byCode(rows)) {
    if (!/^(\d{5}|2[AB]\d{3})$/.test(code)) throw new Error(`not a code: ${code}`);
    for (const [index, row] of same.entries()) {
      const next = same[index + 1];
      if (row.until && row.since && row.since >= row.until) throw new Error(`no day: ${line(row)}`);
      if (next && !row.until) throw new Error(`two present names: ${line(row)} / ${line(next)}`);
      // a year of doubt at most
      const overlap = next && new Date(row.until) - new Date(next.since ?? BEGINNING);
      if (overlap > 366 * 86_400_000) throw new Error(`overlap: ${line(row)} / ${line(next)}`);
    }
  }
  const codes = new Set(rows.map((row) => row.code));
  for (const row of rows) {
    if (row.successor && !codes.has(row.successor)) throw new Error(`unknown successor: ${line(row)}`);
  }
  return rows;
}

function build(folder) {
  let rows = joined(fromHistory(fetched(folder, HISTORY.version, 'historique-communes')));
  const known = (communes) => present(communes).filter(({ code }) => !/^97[578]|^98/.test(code));
  const first = new Map(known(fetched(folder, HISTORY.version, 'communes')).map(({ code, nom }) => [code, nom]));
  const differences = rows.filter(({ code, name, until }) => !until && first.get(code) !== name);
  const open = rows.filter(({ until }) => !until).length;
  if (differences.length || open !== first.size) {
    throw new Error(`the history does not end at the list of ${HISTORY.on}: ${differences.map(line).join(', ')}`);
  }
  let last;
  for (const vintage of VINTAGES) {
    last = fetched(folder, vintage.version, 'communes');
    advance(rows, known(last), vintage);
  }
  rows = checked([...joined(rows), ...besides(last)]);
  rows.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : (a.since ?? '').localeCompare(b.since ?? '')));
  return rows.map((row) => `${line(row)}\n`).join('');
}

const folder = mkdtempSync(join(tmpdir(), 'communes-'));
try {
  const text = build(folder);
  const lines = text.split('\n').length - 1;
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) throw new Error('the file differs from its sources');
    console.log(`${lines} lines, as committed`);
  } else {
    writeFileSync(target, text);
    console.log(`${lines} lines, ${Buffer.byteLength(text)} bytes`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
