/** Reading JSON that a server wrote: nothing is taken for granted, nothing is cast. */

export type JsonRecord = Readonly<Record<string, unknown>>;

/** The object in `text`; undefined when it is anything else. */
export function parseRecord(text: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asRecord(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined;
}

export function recordAt(record: JsonRecord | undefined, name: string): JsonRecord | undefined {
  return asRecord(record?.[name]);
}

export function numberAt(record: JsonRecord | undefined, name: string): number | undefined {
  const value = record?.[name];
  return typeof value === 'number' ? value : undefined;
}

export function textAt(record: JsonRecord | undefined, name: string): string | undefined {
  const value = record?.[name];
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
