// One codec in a process of its own: `fidelity-process.js CODEC`. Asked for a row by its number, it answers with what
// became of the value.
import process from 'node:process';
import { bytesOf } from './codec.js';
import { allCodecs } from './codecs.js';
import { fidelityRows } from './fidelity-rows.js';

const codec = allCodecs().find(({ name }) => name === process.argv[2]);
const rows = fidelityRows();

process.on('message', (number: number) => process.send?.(fateOf(number)));

function fateOf(number: number): string {
  const row = rows[number];
  if (codec === undefined || row === undefined) throw new Error(`no codec or row: ${process.argv[2]}, ${number}`);
  let data: Uint8Array;
  try {
    data = bytesOf(codec.encode(row.value));
  } catch (error) {
    return isOverflow(error) ? 'overflows' : 'refused';
  }
  let decoded: unknown;
  try {
    decoded = codec.decode(data);
  } catch (error) {
    return isOverflow(error) ? 'overflows' : 'unreadable';
  }
  try {
    return row.isKept(decoded as object) ? 'kept' : 'lost';
  } catch {
    // What can't even be looked at as what it was isn't that any more.
    return 'lost';
  }
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}
