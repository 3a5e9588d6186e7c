import { encodeCanonical } from 'nest-session-sync/core';
import { cpuDuel, type CpuDuelOptions, type Work } from '../cpu-duel.js';
import { duelRow } from '../duel-row.js';
import { spreadOf } from '../rounds.js';
import type { Row } from '../scenario.js';
import { cartOf, richCartOf } from '../session-data.js';
import { bytesOf, type Codec } from './codec.js';
import { allCodecs } from './codecs.js';

/** Writing, reading and weighing plain data of one size, beside each peer. */
export function plainRows(nodes: number, options: CpuDuelOptions): Row[] {
  const cart = cartOf(nodes);
  return rowsOf(
    String(nodes),
    (codec) => codec.input?.(cart) ?? cart,
    () => true,
    options,
  );
}

/** The same of data with Map, Set and Date, beside those who keep it. */
export function richRows(nodes: number, options: CpuDuelOptions): Row[] {
  const cart = richCartOf(nodes);
  return rowsOf(
    `${nodes}/rich`,
    () => cart,
    ({ isRich }) => isRich,
    options,
  );
}

function rowsOf(
  size: string,
  inputOf: (codec: Codec) => object,
  isAsked: (codec: Codec) => boolean,
  options: CpuDuelOptions,
): Row[] {
  const [ours, ...others] = allCodecs();
  const peers = others.filter(isAsked);
  const mine = preparedOf(ours, inputOf(ours));
  const all = peers.map((codec) => preparedOf(codec, inputOf(codec)));
  const timed = (['encode', 'decode'] as const).flatMap((direction) =>
    all.map((peer) => {
      const label = { name: `${direction}/${size}`, metric: 'time a call, median', unit: 'us', peer: peer.name };
      return duelRow(label, cpuDuel(mine[direction], peer[direction], options));
    }),
  );
  return [...timed, ...all.map((peer) => weightRow(size, mine.bytes, peer))];
}

interface Prepared {
  readonly name: string;
  readonly bytes: number;
  readonly encode: Work;
  readonly decode: Work;
}

function preparedOf({ name, encode, decode }: Codec, value: object): Prepared {
  const data = bytesOf(encode(value));
  // class-transformer gives instances of its classes: the same data, which is what counts here.
  const [before, after] = [value, decode(data)].map((one) => encodeCanonical(structuredClone(one)));
  if (before !== after) throw new Error(`${name} doesn't give back what it was given: not worth timing`);
  return {
    name,
    bytes: data.byteLength,
    encode: () => bytesOf(encode(value)).byteLength,
    decode: () => Number(decode(data) !== undefined),
  };
}

function weightRow(size: string, value: number, { name: peer, bytes: peerValue }: Prepared): Row {
  const ratio = value / peerValue;
  const label = { name: `size/${size}`, metric: 'encoded', unit: 'bytes' };
  return { ...label, value, peer, peerValue, ratio, spread: spreadOf([ratio]) };
}
