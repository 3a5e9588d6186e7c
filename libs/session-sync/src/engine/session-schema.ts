import type { Attribute, SessionShape } from '../core/access/index.js';
import { attributeOf } from '../core/access/index.js';
import { AttributeCodec } from '../core/codec/attribute-codec.js';
import { SecretCodec } from '../core/codec/secret-codec.js';
import { passThroughCatalog, utf8Length } from '../core/codec/index.js';
import type { ClassCatalog } from '../core/graph/index.js';
import { StoredAttribute, type CodecFor } from '../core/record/index.js';

/** A session class as the engine works with it: declarations, codecs, and what attributes are before they are stored. */
export class SessionSchema {
  /** Codec of an attribute; undeclared ones, of a newer version of the application, pass through untouched. */
  readonly codecFor: CodecFor;
  private readonly initials = new Map<string, StoredAttribute>();

  /** @throws UnsupportedValueError when a default can't be stored */
  constructor(
    readonly shape: SessionShape,
    classes: ClassCatalog,
  ) {
    const codecs = new Map<string, AttributeCodec>();
    const stored = [...shape.attributes.values()].filter(({ isLocal }) => !isLocal);
    for (const { name, isSecret } of stored) {
      codecs.set(name, isSecret ? new SecretCodec({ classes, name }) : new AttributeCodec({ classes, name }));
    }
    const passThrough = new AttributeCodec({ classes: passThroughCatalog() });
    this.codecFor = (name) => codecs.get(name) ?? passThrough;
    for (const { name, initial } of stored) {
      const codec = this.codecFor(name);
      const text = codec.encode(initial);
      this.initials.set(name, StoredAttribute.ofValue(codec.copyFrozen(initial), utf8Length(text), text));
    }
  }

  /** @throws UnknownAttributeError */
  attribute(name: string): Attribute {
    return attributeOf(this.shape, name);
  }

  /** The attribute's default, as if it were stored. */
  initial(attribute: Attribute): StoredAttribute {
    const initial = this.initials.get(attribute.name);
    if (initial === undefined) throw new TypeError(`"${attribute.name}" belongs to another session class`);
    return initial;
  }
}
