import { Line } from '../line.js';
import { cartOf, richCartOf } from '../session-data.js';
import { bytesOf, type Codec } from './codec.js';
import { Dice } from './dice.js';
import { mutateJson } from './mutate-json.js';

const NODES = 60;
const MOST_MUTATIONS = 4;
const MOST_RANDOM_BYTES = 400;

/**
 * Bytes that nobody's encoder wrote: every tenth time noise, else what it did write with mutations: of the bytes, or,
 * half of the time where it writes JSON, of what the JSON says.
 */
export class HostileInputs {
  private readonly honest: readonly Uint8Array[];
  private readonly isJson: boolean;

  constructor(
    codec: Codec,
    private readonly seed: number,
  ) {
    this.honest = honestInputs(codec);
    this.isJson = codec.isJson;
  }

  /** The same bytes for the same number, whatever was asked before. */
  input(number: number): Uint8Array {
    const dice = new Dice(this.seed + number);
    if (number % 10 === 0) return dice.bytes(dice.below(MOST_RANDOM_BYTES));
    let bytes: Buffer = Buffer.from(this.honestInput(dice));
    const isMeaning = this.isJson && dice.below(2) === 0;
    for (let left = 1 + dice.below(MOST_MUTATIONS); left > 0; left--) {
      bytes = isMeaning ? Buffer.from(mutateJson(bytes.toString(), dice)) : this.mutate(bytes, dice);
    }
    return bytes;
  }

  private mutate(bytes: Buffer, dice: Dice): Buffer {
    const at = dice.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + dice.below(16));
    switch (dice.below(7)) {
      case 0:
        return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(to - at, 0xff), bytes.subarray(to)]);
      case 1:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
      case 2:
        return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
      case 3:
        return Buffer.concat([bytes.subarray(0, at), dice.bytes(8), bytes.subarray(at)]);
      case 4:
        return bytes.subarray(0, at);
      case 5:
        return Buffer.concat([bytes.subarray(0, at), this.honestInput(dice).subarray(at)]);
      default:
        return flipped(bytes, at, dice);
    }
  }

  private honestInput(dice: Dice): Uint8Array {
    return this.honest[dice.below(this.honest.length)] ?? new Uint8Array();
  }
}

function flipped(bytes: Buffer, at: number, dice: Dice): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
  return copy;
}

function honestInputs({ encode }: Codec): readonly Uint8Array[] {
  const one = { x: 1 };
  const ring: { self?: object; line: Line } = { line: new Line('x', 1) };
  ring.self = ring;
  const values = [
    cartOf(NODES),
    richCartOf(NODES),
    { a: one, b: one, ring },
    { bytes: new Float64Array(8), n: 2n ** 80n },
  ];
  return values.flatMap((value) => {
    try {
      return [bytesOf(encode(value))];
    } catch {
      // Not of this codec's world.
      return [];
    }
  });
}
