import type { Table } from '../table.js';
import type { Verdicts } from './find-verdicts.js';
import type { Need } from './library.js';
import type { CorrectnessRow } from './correctness-row.js';

const NAMES: Readonly<Record<Need, string>> = {
  json: 'JSON documents',
  values: 'all JavaScript primitives',
  date: 'Date',
  regexp: 'RegExp',
  collections: 'Map and Set',
  classes: 'classes it is told of',
  cycles: 'cycles',
  graphs: 'everything else here',
};

const ABOUT: readonly string[] = [
  'Every row is a few probes: a change that must be seen, and mostly an equal value in other objects of which nothing must be reported. A cell says what the first probe that went wrong did.',
  "*missed*: doesn't report a change. *false report*: reports what didn't change. *wrong patch*: reports the change, and its patch, applied to a fresh copy of the value before, doesn't lead to the changed value. *calls it*: runs a getter. *overflows*: \"Maximum call stack size exceeded\". *doesn't end*: out of 256 MB of memory, or of a minute.",
  '¹ More than the library says it handles; it is no defect there, but it is what happens.',
  'nest-session-sync is asked three times: changed in place, as a working copy, and assigned in other objects; all three must be right.',
  'microdiff and just-diff come without a way to apply what they found: their patches are taken for right.',
  'jsondiffpatch is told the ids of rows (`objectHash`), immer and mutative of the class (`immerable`, `mark`). Those two compare nothing: the change is made through a draft, and equal values are a draft in which nothing is done.',
];

/** The verdicts as a table, with what each library claims beside them. */
export function correctnessTable(
  rows: readonly CorrectnessRow[],
  found: readonly Verdicts[],
  versions: Readonly<Record<string, string>>,
): Table {
  const lines = rows.map(({ name, needs }, number) => [
    name,
    ...found.map((verdicts) => cell(verdicts, needs, number)),
  ]);
  const claims = found
    .filter(({ library }) => library.name in versions)
    .map(({ library: { name, claims } }) => `${name}: ${claims.map((need) => NAMES[need]).join(', ')}`);
  return {
    title: 'What is seen',
    head: ['row', ...found.map(({ library: { name } }) => [name, versions[name]].filter(Boolean).join(' '))],
    lines,
    notes: [
      ...ABOUT,
      `What they handle by their documentation, or where it is silent by their sources: ${claims.join('; ')}.`,
    ],
  };
}

function cell({ library, verdicts }: Verdicts, needs: Need, number: number): string {
  const verdict = verdicts[number] ?? '';
  return verdict === 'right' || library.claims.includes(needs) ? verdict : `${verdict} ¹`;
}
