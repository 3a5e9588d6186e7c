/** A cart as sessions have them: plain data, which every rival knows. */
export interface Cart {
  readonly lines: Line[];
  /** Fills up to the exact number of nodes. */
  readonly recentlySeen?: number[];
}

export interface Line {
  readonly sku: string;
  readonly name: string;
  quantity: number;
  readonly price: number;
  readonly isGift: boolean;
  /** In nested lines. */
  readonly options?: { readonly size: string };
}

interface FlatLine extends Line {
  readonly size: string;
  readonly note: string | null;
}

/**
 * What the lines of a cart are made of. `flat`: primitives, as the rows of a list mostly are. `nested`: one of them inside
 * an object of its own, so that there are twice as many objects to as many nodes.
 */
export type Layout = 'flat' | 'nested';

const NODES_OF_CART = 2;
const NODES_OF_LINE = 8;
const SIZES = ['S', 'M', 'L', 'XL'];

/** A cart of exactly so many nodes. A node is a value of the graph: an object, an array, or a primitive. */
export function cartOf(nodes: number, layout: Layout = 'flat'): Cart {
  const count = Math.floor((nodes - NODES_OF_CART) / NODES_OF_LINE);
  const lines = Array.from({ length: count }, (_, index) => (layout === 'flat' ? flatLine(index) : nestedLine(index)));
  const left = nodes - NODES_OF_CART - count * NODES_OF_LINE;
  if (left === 0) return { lines };
  return { lines, recentlySeen: Array.from({ length: left - 1 }, (_, index) => 10_000 + index) };
}

function lineOf(index: number): Line {
  return {
    sku: `SKU-${String(index).padStart(6, '0')}`,
    name: `Darjeeling first flush, tin ${index}`,
    quantity: 1 + (index % 9),
    price: 4.5 + (index % 40) / 4,
    isGift: index % 5 === 0,
  };
}

function flatLine(index: number): FlatLine {
  return {
    ...lineOf(index),
    size: sizeOf(index),
    note: index % 3 === 0 ? 'wrapped' : null,
  };
}

function nestedLine(index: number): Line {
  return { ...lineOf(index), options: { size: sizeOf(index) } };
}

function sizeOf(index: number): string {
  return SIZES[index % SIZES.length] ?? '';
}

/** Other objects with the very same strings, laid out as literals lay them out: what suits the peers best. */
export function copyOfCart({ lines, recentlySeen }: Cart): Cart {
  const copied = lines.map(copyOfLine);
  return recentlySeen === undefined ? { lines: copied } : { lines: copied, recentlySeen: [...recentlySeen] };
}

function copyOfLine(line: Line): Line {
  return line.options === undefined ? { ...line } : { ...line, options: { ...line.options } };
}

export type Changed = 'none' | 'one' | '1pct';

/** Numbers of the lines of which one node, the quantity, is changed; spread evenly. */
export function changedLines({ lines }: Cart, nodes: number, changed: Changed): readonly number[] {
  if (changed === 'none') return [];
  const count = changed === 'one' ? 1 : Math.ceil(nodes / 100);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * lines.length) / count));
}

/**
 * Changes the same lines whenever it is called, each time to another quantity that the line didn't have at first: so
 * every comparison meets the same amount of change, and none can answer from memory.
 */
export function changerOf({ lines }: Cart, numbers: readonly number[]): () => void {
  const changing = numbers.map((number) => lines[number]).filter((line) => line !== undefined);
  let turn = 0;
  return () => {
    turn = 1 - turn;
    for (const line of changing) line.quantity = 100 + turn;
  };
}

/** A cart with what JSON can't say, of about so many nodes: Map, Set and Date. */
export function richCartOf(nodes: number): object {
  const { lines } = cartOf(nodes);
  return {
    lines: new Map(lines.map((line, index) => [line.sku, { ...line, addedAt: new Date(1_700_000_000_000 + index) }])),
    recentlySeen: new Set(lines.map(({ sku }) => sku)),
  };
}
