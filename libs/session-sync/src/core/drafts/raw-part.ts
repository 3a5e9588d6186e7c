/**
 * In the slots of a draft: an object that isn't the base's but was put there. Whoever put it there may still hold it, so
 * it is handed back as it is, and looked through in full at each commit.
 */
export class RawPart {
  constructor(readonly object: object) {}
}
