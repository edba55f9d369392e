import { shellQuoted } from '../shell-quoted.js';
import type { Check } from './check.js';
import type { OnProgress } from './check-run.js';

const words = [
  'MY_CONNECTION',
  'MY_ORG',
  'MY_PERMISSION_SET',
  'MY_CLIENT_ORG',
  'MY_CLIENT_USER',
  'MY_CALLOUT_PERMISSION_SET',
  'MY_CERTIFICATE.crt',
  'MY_KEY.key',
] as const;

/** Words in next steps, like `MY_CLIENT_ORG`, and what they are in this connection. */
export type Names = Readonly<Partial<Record<(typeof words)[number], string>>>;

/**
 * Puts the names of a connection into the next steps of a check, quoted for a shell. A step about something that the
 * connection does not have, like a permission set at a server that is no org, is left out.
 */
export const fillNames = (check: Check, names: Names): Check =>
  check.actions === undefined
    ? check
    : {
        ...check,
        actions: check.actions.map((action) => fill(action, names)).filter((action) => !action.includes(nameless)),
      };

/** The same for checks that are shown while they run. */
export const fillingNames =
  (names: Names, onProgress: OnProgress): OnProgress =>
  (event) =>
    onProgress(event.kind === 'finished' ? { ...event, check: fillNames(event.check, names) } : event);

/** Stands for a word that has no name in this connection, and in no text of ours. */
const nameless = '\0';

const fill = (action: string, names: Names): string =>
  // Only whole words: a username or a path may hold the same letters.
  action.replaceAll(/(?<=^|[\s(])MY_[A-Z_]+(?:\.\w+)?(?=$|[\s),.:;])/g, (word) => {
    const name: unknown = Reflect.get(names, word);
    if (typeof name === 'string') return shellQuoted(name);
    return words.some((known) => known === word) ? nameless : word;
  });
