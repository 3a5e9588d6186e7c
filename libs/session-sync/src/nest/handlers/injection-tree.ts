import 'reflect-metadata';
import type { ModulesContainer } from '@nestjs/core';
import { CONSTRUCTOR_TOKENS, CONSTRUCTOR_TYPES, PROPERTY_TOKENS } from '../nest-metadata.js';

export type NestModule = ReturnType<ModulesContainer['get']> & object;
export type Wrapper = NestModule['providers'] extends Map<unknown, infer W> ? W : never;
type Token = NestModule['providers'] extends Map<infer T, unknown> ? T : never;

/** Something that is injected: its token, and its wrapper where a provider is known. */
export interface Injected {
  readonly token: unknown;
  readonly wrapper: Wrapper | undefined;
}

/**
 * Whether an injectable, or anything that gets injected into it, is one that is wanted. Read from the declarations, so
 * it holds before anything is instantiated and whatever the scopes are.
 */
export class InjectionTree {
  /** Only what was found is kept: in a circle of injectables a "no" holds for the one asked, not for those on the way. */
  private readonly reaching = new Set<Wrapper>();

  constructor(private readonly isWanted: (injected: Injected) => boolean) {}

  reaches(wrapper: Wrapper, host: NestModule): boolean {
    return this.isWanted({ token: wrapper.token, wrapper }) || this.search(wrapper, host, new Set());
  }

  private search(wrapper: Wrapper, host: NestModule, seen: Set<Wrapper>): boolean {
    if (this.reaching.has(wrapper)) return true;
    if (seen.has(wrapper)) return false;
    seen.add(wrapper);
    const isFound = tokensOf(wrapper).some((token) => {
      const provided = findProvider(token as Token, host, new Set());
      if (this.isWanted({ token, wrapper: provided?.wrapper })) return true;
      return provided !== undefined && this.search(provided.wrapper, provided.host, seen);
    });
    if (isFound) this.reaching.add(wrapper);
    return isFound;
  }
}

interface Provided {
  readonly wrapper: Wrapper;
  readonly host: NestModule;
}

/** As Nest looks tokens up: in the module itself, then in what its imports export. */
function findProvider(token: Token, host: NestModule, seen: Set<NestModule>): Provided | undefined {
  const own = host.providers.get(token);
  if (own !== undefined) return { wrapper: own, host };
  seen.add(host);
  for (const imported of host.imports) {
    if (seen.has(imported) || !imported.exports.has(token)) continue;
    const found = findProvider(token, imported, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tokensOf(wrapper: Wrapper): unknown[] {
  if (Array.isArray(wrapper.inject)) return wrapper.inject.map(bareToken);
  const cls: unknown = wrapper.metatype;
  if (typeof cls !== 'function') return [];
  const tokens = [...metadataList(CONSTRUCTOR_TYPES, cls)];
  for (const { index, param } of metadataList(CONSTRUCTOR_TOKENS, cls) as readonly SelfDeclared[]) {
    tokens[index] = param;
  }
  const properties = (metadataList(PROPERTY_TOKENS, cls) as readonly DeclaredProperty[]).map(({ type }) => type);
  return [...tokens, ...properties].map(bareToken);
}

/** `@Inject(token)` on a constructor parameter. */
interface SelfDeclared {
  readonly index: number;
  readonly param: unknown;
}

/** `@Inject(token)` on a property. */
interface DeclaredProperty {
  readonly type: unknown;
}

function metadataList(key: string, cls: object): readonly unknown[] {
  return (Reflect.getMetadata(key, cls) as readonly unknown[] | undefined) ?? [];
}

/** The token of `forwardRef(() => X)` and of `{ token: X, optional: true }`. */
function bareToken(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  if (isForwardReference(entry)) return bareToken(entry.forwardRef());
  return 'token' in entry ? bareToken(entry.token) : entry;
}

function isForwardReference(entry: object): entry is { forwardRef(): unknown } {
  return 'forwardRef' in entry && typeof entry.forwardRef === 'function';
}
