import 'reflect-metadata';
import * as v8 from 'node:v8';
import { instanceToPlain, plainToInstance, Type } from 'class-transformer';
import * as devalue from 'devalue';
import { addExtension, Packr } from 'msgpackr';
import { createClassCatalog, decode, encode } from 'nest-session-sync/core';
import { SuperJSON } from 'superjson';
import { Line } from '../line.js';
import type { Codec } from './codec.js';

export const OURS = 'nest-session-sync';

/** All codecs, each told of the class `Line` if it can be. Made anew for whoever asks: some keep what they are told. */
export function allCodecs(): readonly [Codec, ...Codec[]] {
  const classes = createClassCatalog([{ name: 'Line', prototype: Line.prototype }]);
  return [
    {
      name: OURS,
      isRich: true,
      isJson: true,
      encode: (value) => encode(value, { classes }),
      decode: (data) => decode(textOf(data), { classes }),
      hugeArray: Buffer.from('[{"$holes":4294967295}]'),
      deep: deepJson,
    },
    {
      name: 'JSON',
      isRich: false,
      isJson: true,
      encode: JSON.stringify,
      decode: (data) => parse(data),
      deep: deepJson,
    },
    msgpackr('msgpackr, records'),
    msgpackr('msgpackr, structuredClone', { structuredClone: true, moreTypes: true }),
    v8Codec(),
    devalueCodec(),
    superJson(),
    classTransformer(),
  ];
}

function textOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString();
}

function parse(data: Uint8Array): unknown {
  return JSON.parse(textOf(data));
}

function deepJson(levels: number): Uint8Array {
  return Buffer.from('['.repeat(levels) + ']'.repeat(levels));
}

function msgpackr(name: string, options: { structuredClone?: boolean; moreTypes?: boolean } = {}): Codec {
  const packr = new Packr(options);
  // The registry of classes is one for all of its instances.
  addExtension({ Class: Line, type: 1, write: ({ sku, quantity }: Line) => [sku, quantity], read: lineOf });
  return {
    name,
    isRich: options.structuredClone === true,
    isJson: false,
    encode: (value) => packr.pack(value),
    decode: (data) => packr.unpack(data) as unknown,
    hugeArray: Buffer.from('ddffffffff', 'hex'),
    deep: (levels) => Buffer.alloc(levels, 0x91),
  };
}

function lineOf([sku, quantity]: [string, number]): Line {
  return new Line(sku, quantity);
}

function v8Codec(): Codec {
  return {
    name: 'v8.serialize',
    isRich: true,
    isJson: false,
    encode: (value) => v8.serialize(value),
    decode: (data) => v8.deserialize(data) as unknown,
    // A sparse array of that length with no element in it.
    hugeArray: Buffer.from('ff0f61ffffffff0f4000ffffffff0f', 'hex'),
    // A dense array of one element, whose element is the next one.
    deep: (levels) => Buffer.concat([Buffer.from('ff0f', 'hex'), Buffer.alloc(2 * levels, Buffer.from('4101', 'hex'))]),
  };
}

function devalueCodec(): Codec {
  const reducers = { Line: (value: unknown) => value instanceof Line && [value.sku, value.quantity] };
  return {
    name: 'devalue',
    isRich: true,
    isJson: true,
    encode: (value) => devalue.stringify(value, reducers),
    decode: (data) => devalue.parse(textOf(data), { Line: lineOf }) as unknown,
    hugeArray: Buffer.from('[[-7,4294967295]]'),
    deep: (levels) =>
      Buffer.from(JSON.stringify(Array.from({ length: levels }, (_, level) => [level + 1]).concat([[]]))),
  };
}

function superJson(): Codec {
  const superjson = new SuperJSON();
  superjson.registerClass(Line);
  return {
    name: 'superjson',
    isRich: true,
    isJson: true,
    encode: (value) => superjson.stringify(value),
    decode: (data) => superjson.parse(textOf(data)),
    deep: (levels) => Buffer.from(`{"json":${textOf(deepJson(levels))}}`),
  };
}

function classTransformer(): Codec {
  class TransformedCart {}
  // By hand: declared fields would exist in every instance, with nothing in them.
  for (const property of ['lines', 'line']) Type(() => Line)(TransformedCart.prototype, property);
  return {
    name: 'class-transformer and JSON',
    isRich: false,
    isJson: true,
    input: (plain) => plainToInstance(TransformedCart, plain),
    encode: (value) => JSON.stringify(instanceToPlain(value)),
    decode: (data) => plainToInstance(TransformedCart, parse(data)),
    deep: deepJson,
  };
}
