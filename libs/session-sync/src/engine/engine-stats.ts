/** Counts since the engine was made. Figures for `stats()`, never a decision's input. */
export class EngineStats {
  /** Units that opened a session. */
  opened = 0;
  /** Attributes mutably accessed by units that committed. */
  candidates = 0;
  /** … of which the comparison found modified. */
  changed = 0;
  /** Times a commit found one object in two attributes: it is stored as two. */
  sharedObjects = 0;
  /** Units whose commit stored something. */
  committed = 0;
  /** Messages accepted by the store: less than `committed` where units were combined. */
  messages = 0;
  /** Bytes of those messages, ours alone: headers and bodies. */
  sentBytes = 0;
  /** Bytes that saving whole sessions would have sent instead. */
  fullSaveBytes = 0;
  /** Messages refused because another node had committed. */
  refused = 0;
  /** Attributes merged three-way. */
  merges = 0;
  /** Units refused with a CommitConflictError. */
  conflicts = 0;
  /** Attributes that a unit accessed and that couldn't be read: their default stood in (`dropAttribute`). */
  droppedAttributes = 0;
  /** Units that went on without the session they came with, because it couldn't be read (`freshSession`). */
  freshSessions = 0;
}

export type EngineFigures = { readonly [K in keyof EngineStats]: number };

/** The counts as they are now. */
export function figuresOf(stats: EngineStats): EngineFigures {
  return Object.assign({}, stats);
}
