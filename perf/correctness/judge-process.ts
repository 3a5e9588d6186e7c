// One library in a process of its own, since some never come back from a row: `judge-process.js LIBRARY`. Asked for a
// row by its number, it answers with the verdict.
import process from 'node:process';
import { judge } from './judge.js';
import { ours } from './ours.js';
import { peers } from './peers.js';
import { correctnessRows } from './rows.js';

const library = [ours, ...peers()].find(({ name }) => name === process.argv[2]);
const rows = correctnessRows();

process.on('message', (number: number) => {
  const row = rows[number];
  if (library === undefined || row === undefined) throw new Error(`no library or row: ${process.argv[2]}, ${number}`);
  process.send?.(judge(library, row));
});
