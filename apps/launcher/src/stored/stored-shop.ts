import type { FoldedSession } from './fold-body.js';

/** Ids of the lines in a stored cart, with how many of each. */
export function storedLineIds(session: FoldedSession): readonly string[] {
  const cart = session.get('cart') as { readonly lines?: readonly { readonly id: string }[] } | undefined;
  return (cart?.lines ?? []).map((line) => line.id);
}

export function storedVisits(session: FoldedSession): number {
  return Number(session.get('visits') ?? 0);
}
