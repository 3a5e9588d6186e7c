/** An answer that isn't a success, in words. */
export class Problem extends Error {
  /** @param kind conflict, unavailable, unknown, ended, invalid, unreachable or broken */
  constructor(kind, message, retryAfterSeconds) {
    super(message);
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The gateways, on the host that this page came from: cookies are shared over ports, but not over names of a host. */
export class Gateways {
  constructor(list, chosen) {
    this.list = list;
    this.chosen = chosen;
    this.onanswer = () => {};
  }

  get others() {
    return this.list.filter((gateway) => gateway !== this.chosen);
  }

  /** Asks the chosen gateway, or another one. Throws a Problem for anything but a success. */
  async ask(method, path, body, gateway = this.chosen) {
    const response = await this.send(method, path, body, gateway);
    this.onanswer(response.headers.get('X-Node') ?? gateway.name);
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    throw problemOf(response, answer, gateway);
  }

  async send(method, path, body, gateway) {
    const url = `${location.protocol}//${location.hostname}:${gateway.port}${path}`;
    const json =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    try {
      return await fetch(url, { method, credentials: 'include', ...json });
    } catch {
      throw new Problem(
        'unreachable',
        `${gateway.name} doesn't answer. The session is safe in the store: the other gateway has it too.`,
      );
    }
  }
}

function problemOf(response, answer, gateway) {
  const retryAfter = Number(response.headers.get('Retry-After') ?? 0);
  if (answer.code === 'COMMIT_UNKNOWN') {
    return new Problem('unknown', 'Whether this was stored is unknown. Look at the cart before you repeat it.', 0);
  }
  if (response.status === 409) {
    return new Problem(
      'conflict',
      'The same thing was changed elsewhere at the same time. Nothing of this click was stored.',
      0,
    );
  }
  if (response.status === 503) {
    return new Problem(
      'unavailable',
      `${gateway.name} can't reach what it needs right now. Nothing of this click was stored.`,
      retryAfter,
    );
  }
  if (response.status === 401)
    return new Problem('ended', 'This session has ended. Begin a new one by adding something.', 0);
  if (response.status === 400) return new Problem('invalid', answer.message ?? 'That was not understood.', 0);
  return new Problem('broken', `${gateway.name} failed (${response.status}).`, 0);
}
