import { AttributeDecodeError, UnsupportedValueError } from '../errors/index.js';
import { classesOf } from '../graph/graph-options.js';
import { FIRST_VERSION, type AttributeVersions } from './attribute-versions.js';
import type { DecodeOptions } from './decode-options.js';
import { decode } from './decode.js';
import { encode } from './encode.js';
import { refuse } from './read-error.js';
import { asImage, asInstanceIfPossible, tolerantCatalog } from './tolerant-catalog.js';

/** How `decodeVersion` reads text of another version. */
export interface VersionOptions extends DecodeOptions, AttributeVersions {}

/**
 * The value of text that was stored under `storedVersion`, in the version that `options` declares: an older one goes
 * through the migrations from there on, a newer one is read as it is. Instances of classes that aren't known, and in what
 * migrations get those that class-transformer converts, are plain objects. Each step gets what the version before it
 * would have stored. The result shares nothing with anything but what the last step put in.
 * @throws AttributeDecodeError for text that can't be read, a version from which no migration leads on, and a migration
 *   that throws (`cause`), gives undefined, or gives what the next one can't be given
 *
 * @example
 * const migrate = { 1: (old: unknown) => ({ lines: Object.keys((old as { items: object }).items) }) };
 * decodeVersion('{"items":{"tea":1}}', 1, { version: 2, migrate }); // → { lines: ['tea'] }
 * decodeVersion('{"rows":[]}', 3, { version: 2, migrate }); // → { rows: [] }
 * decodeVersion('{"items":null}', 1, { version: 2, migrate }); // throws AttributeDecodeError
 */
export function decodeVersion(text: string, storedVersion: number, options: VersionOptions): unknown {
  const { version, migrate } = options;
  if (!Number.isSafeInteger(storedVersion) || storedVersion < FIRST_VERSION) refuse(`${storedVersion} is no version`);
  const known = classesOf(options);
  if (storedVersion === version) return decode(text, options);
  if (storedVersion > version) {
    return decode(text, { ...options, classes: tolerantCatalog(known, asInstanceIfPossible) });
  }
  const tolerant = { ...options, classes: tolerantCatalog(known, asImage) };
  let value = decode(text, tolerant);
  for (let from = storedVersion; from < version; from++) {
    value = take(from, migrate, value);
    if (from + 1 < version)
      value = decode(
        attempt(from, () => encode(value, options)),
        tolerant,
      );
  }
  return value;
}

function take(from: number, migrate: AttributeVersions['migrate'], old: unknown): unknown {
  const step = Object.hasOwn(migrate, from) ? migrate[from] : undefined;
  if (step === undefined) return refuse(`it is of version ${from}, and no migration leads on from there`);
  const value = attempt(from, () => step(old));
  return value === undefined ? refuse(`its migration from version ${from} gave undefined instead of a value`) : value;
}

/** What a migration does wrong, it does to this attribute: its own errors, which may quote data, are for the cause. */
function attempt<T>(from: number, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof AttributeDecodeError) throw cause;
    return refuse(
      cause instanceof UnsupportedValueError
        ? `its migration from version ${from} gave what can't be stored (${cause.message})`
        : `its migration from version ${from} failed`,
      cause,
    );
  }
}
