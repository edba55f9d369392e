/**
 * How sure we are that Salesforce does the same: Salesforce documents it; people or tests saw a real org, or a real client
 * that expects it, do it; we think so, and nobody has shown it yet; or it is a local org's own, and no org does it.
 */
export type Grade = 'documented' | 'seen' | 'assumed' | 'own';

/** One thing that a local org does. */
export type Behaviour = {
  /** What it does, as a sentence for a reader who knows Salesforce. */
  readonly does: string;
  /** What it says then, word for word; `{}` stands for what changes. */
  readonly says?: readonly string[];
  readonly grade: Grade;
  /** Where that stands or was seen: a page, a thread, a test. For an assumption, why we think so. */
  readonly source: string;
};

/** The behaviours of one part of a local org, as the fidelity ledger shows them. */
export type EvidenceArea = { readonly title: string; readonly behaviours: readonly Behaviour[] };
