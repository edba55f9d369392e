import type { AssertionSigner, Check } from './check.js';

/** What a look at one thing brought to light; a check is a finding with a name. */
export type Finding = Omit<Check, 'name'>;

/** A finding, and what later checks need from it: without a value they are skipped. */
export type Seen<T> = { readonly finding: Finding; readonly value?: T };

export const passed = (detail: string): Finding => ({ status: 'passed', detail });
export const warning = (detail: string, actions: readonly string[]): Finding => ({
  status: 'warning',
  detail,
  actions,
});
export const failed = (detail: string, actions: readonly string[]): Finding => ({ status: 'failed', detail, actions });
export const skipped = (detail: string): Finding => ({ status: 'skipped', detail });

export const signedBy = (signer: AssertionSigner, finding: Finding): Finding => ({ ...finding, signer });
