import { Constructed } from 'asn1js';
import type { BaseBlock } from 'asn1js';

/** What a SEQUENCE, a SET or a tagged value holds; nothing for any other value. */
export function asn1Children(block: unknown): readonly BaseBlock[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}
