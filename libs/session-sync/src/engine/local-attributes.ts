import { LRUCache } from 'lru-cache';
import type { Attribute } from '../core/access/index.js';
import type { SessionKey } from '../core/session/identity.js';

/** The local attributes of one session on this node: not copied, not compared, the same for all its units here. */
export class LocalAttributes {
  private readonly values = new Map<string, unknown>();

  /** The value; the default, made now, where there is none yet. */
  get({ name, makeFresh }: Attribute): unknown {
    if (!this.values.has(name)) this.values.set(name, makeFresh());
    return this.values.get(name);
  }

  set({ name }: Attribute, value: unknown): void {
    this.values.set(name, value);
  }

  /** Begins again with the default. */
  delete({ name }: Attribute): void {
    this.values.delete(name);
  }

  takeOver({ values }: LocalAttributes): void {
    for (const [name, value] of values) this.values.set(name, value);
  }
}

/** Local attributes of all sessions of a node; as bounded as its client state, and dropped with that of their session. */
export class LocalStates {
  private readonly sessions: LRUCache<SessionKey, LocalAttributes>;

  constructor(limits: { readonly maxSessions: number }) {
    this.sessions = new LRUCache({ max: limits.maxSessions });
  }

  of(key: SessionKey): LocalAttributes {
    const known = this.sessions.get(key) ?? new LocalAttributes();
    this.sessions.set(key, known);
    return known;
  }

  /** The session goes on under another key. */
  move(from: SessionKey, to: SessionKey): void {
    const known = this.sessions.get(from);
    if (known === undefined) return;
    this.sessions.delete(from);
    if (this.sessions.has(to)) this.of(to).takeOver(known);
    else this.sessions.set(to, known);
  }

  forget(key: SessionKey): void {
    this.sessions.delete(key);
  }
}

/** The local attributes that one unit works with: its own as long as the session has no key. */
export class UnitLocals {
  private mine: LocalAttributes | undefined;

  constructor(
    private readonly states: LocalStates,
    private key: SessionKey | undefined,
  ) {}

  get now(): LocalAttributes {
    this.mine ??= this.key === undefined ? new LocalAttributes() : this.states.of(this.key);
    return this.mine;
  }

  /** The session is stored under `key`: what this unit wrote so far is the session's from now on. */
  settle(key: SessionKey): void {
    if (this.key === key) return;
    const before = this.key === undefined ? this.mine : undefined;
    this.key = key;
    this.mine = undefined;
    if (before === undefined) return;
    this.now.takeOver(before);
  }
}
