/** The one place where milliseconds meet what NATS writes: nanoseconds, duration strings, timestamps. */

const NANOS_PER_MS = 1_000_000;

export function toNanos(ms: number): number {
  return Math.round(ms * NANOS_PER_MS);
}

export function fromNanos(nanos: number): number {
  return nanos / NANOS_PER_MS;
}

/** Value of `Nats-TTL`: whole seconds, rounded up; the server takes no less than one. */
export function toTtl(ms: number): string {
  return `${Math.max(1, Math.ceil(ms / 1000))}s`;
}

/** Epoch milliseconds of an RFC 3339 timestamp, undefined when it is none. */
export function fromTimestamp(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
