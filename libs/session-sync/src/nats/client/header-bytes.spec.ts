import { describe, expect, it } from 'vitest';
import { headerBytes, type SizedBytes } from './header-bytes.js';

const encoder = new TextEncoder();

/** As the client keeps a message: header block and body side by side in a larger buffer. */
function delivered(head: string, body: string, subject = 'inbox.1', reply = ''): SizedBytes {
  const all = encoder.encode(`MSG whatever ${head}${body}`);
  const bodyLength = encoder.encode(body).length;
  const data = all.subarray(all.length - bodyLength);
  return { subject, reply, data, size: () => subject.length + reply.length + encoder.encode(head).length + bodyLength };
}

describe('the header block of a delivered message', () => {
  it.each([
    ['NATS/1.0\r\nA: 1\r\n\r\n', 'body'],
    ['NATS/1.0 404 Message Not Found\r\n\r\n', ''],
    ['NATS/1.0\r\nA: Zürich ☂\r\n\r\n', 'Grüße'],
  ])('%j lies before the body', (head, body) => {
    for (const reply of ['', '$JS.ACK.1']) {
      expect(new TextDecoder().decode(headerBytes(delivered(head, body, 'a.b', reply)))).toBe(head);
    }
  });

  it('is not found where there is none, or the library keeps it elsewhere', () => {
    expect(headerBytes(delivered('', 'body'))).toBeUndefined();
    const message = delivered('NATS/1.0\r\nA: 1\r\n\r\n', 'body');
    expect(headerBytes({ ...message, data: message.data.slice() })).toBeUndefined();
    const { size: _size, ...unsized } = message;
    expect(headerBytes(unsized)).toBeUndefined();
    for (const size of [0, message.size() - 1]) {
      const wrong: SizedBytes = { ...message, size: () => size };
      expect(headerBytes(wrong)).toBeUndefined();
    }
  });
});
