import type { SubjectReader } from './subject-reader.js';

/** One of the buckets that sessions are spread over, as it was found at the start. */
export interface SessionBucket {
  readonly bucket: string;
  readonly stream: string;
  readonly reader: SubjectReader;
  /** Whether single messages expire there (`Nats-TTL`). */
  readonly expiresMessages: boolean;
  /** The stream's own limit; infinite when it has none. */
  readonly maxMessageBytes: number;
}
