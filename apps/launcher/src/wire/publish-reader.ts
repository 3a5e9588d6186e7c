/** One publish as it went over the wire. */
export interface WirePublish {
  readonly subject: string;
  /** The line `HPUB subject reply sizes`, with its line end. */
  readonly lineBytes: number;
  readonly headerBytes: number;
  readonly bodyBytes: number;
  /** All of it, the line end behind the payload included. */
  readonly bytes: number;
  readonly headers: string;
}

const LINE_END = '\r\n';

/** Reads what a NATS client sends, in whatever pieces it arrives, and tells each publish. */
export class PublishReader {
  private pending: Buffer = Buffer.alloc(0);

  constructor(private readonly published: (publish: WirePublish) => void) {}

  take(chunk: Buffer): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    for (;;) {
      const end = this.pending.indexOf(LINE_END);
      if (end === -1) return;
      const taken = this.readCommand(this.pending.toString('latin1', 0, end), end + LINE_END.length);
      if (taken === undefined) return;
      this.pending = this.pending.subarray(taken);
    }
  }

  /** Bytes of the command that begins with this line; undefined while its payload isn't all there. */
  private readCommand(line: string, lineBytes: number): number | undefined {
    const [verb, subject = '', ...rest] = line.split(' ');
    if (verb !== 'PUB' && verb !== 'HPUB') return lineBytes;
    const payloadBytes = Number(rest.at(-1));
    const bytes = lineBytes + payloadBytes + LINE_END.length;
    if (this.pending.length < bytes) return undefined;
    const headerBytes = verb === 'HPUB' ? Number(rest.at(-2)) : 0;
    const headers = this.pending.toString('latin1', lineBytes, lineBytes + headerBytes);
    this.published({ subject, lineBytes, headerBytes, bodyBytes: payloadBytes - headerBytes, bytes, headers });
    return bytes;
  }
}
