import type { Attribute, SessionShape, UndecodablePolicy } from '../core/access/index.js';
import { attributeOf } from '../core/access/index.js';
import { AttributeCodec } from '../core/codec/attribute-codec.js';
import { SecretCodec } from '../core/codec/secret-codec.js';
import { passThroughCatalog, utf8Length } from '../core/codec/index.js';
import type { ClassCatalog } from '../core/graph/index.js';
import type { AttributeDecodeError } from '../core/errors/index.js';
import { StoredAttribute, type CodecFor, type SessionRecord } from '../core/record/index.js';

/** A session class as the engine works with it: declarations, codecs, and what attributes are before they are stored. */
export class SessionSchema {
  /** Codec of an attribute; undeclared ones, of a newer version of the application, pass through untouched. */
  readonly codecFor: CodecFor;
  private readonly initials = new Map<string, StoredAttribute>();
  private readonly givesUpSession: readonly Attribute[];

  /**
   * @param onUndecodable for attributes that don't say it themselves
   * @throws UnsupportedValueError when a default can't be stored
   */
  constructor(
    readonly shape: SessionShape,
    classes: ClassCatalog,
    onUndecodable: UndecodablePolicy = 'throw',
  ) {
    const codecs = new Map<string, AttributeCodec>();
    const passed = passThroughCatalog();
    this.codecFor = (name) => codecs.get(name) ?? new AttributeCodec({ classes: passed, name });
    const policyOf = (attribute: Attribute): UndecodablePolicy => attribute.onUndecodable ?? onUndecodable;
    const attributes = [...shape.attributes.values()].filter(({ isLocal }) => !isLocal);
    this.givesUpSession = attributes.filter((attribute) => policyOf(attribute) === 'freshSession');
    for (const attribute of attributes) {
      const { name, initial, versions, isSecret } = attribute;
      const standIn =
        policyOf(attribute) === 'dropAttribute' ? () => this.initial(attribute).valueBy(codec) : undefined;
      const Codec = isSecret ? SecretCodec : AttributeCodec;
      const codec: AttributeCodec = new Codec({ classes, name }, { versions, standIn });
      codecs.set(name, codec);
      const value = codec.copyFrozen(initial);
      const text = codec.encode(value);
      this.initials.set(name, StoredAttribute.ofValue(value, utf8Length(text), codec.version, text));
    }
  }

  /**
   * Why a record is of no use to a unit: an attribute that such a session is given up for can't be read. What a newer
   * version of the application stored is none of this one's business.
   */
  whyGivenUp({ attributes }: SessionRecord): AttributeDecodeError | undefined {
    for (const { name, versions } of this.givesUpSession) {
      const stored = attributes.get(name);
      if (stored === undefined || stored.version > versions.version) continue;
      const reason = stored.whyUndecodable(this.codecFor(name));
      if (reason !== undefined) return reason;
    }
    return undefined;
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
