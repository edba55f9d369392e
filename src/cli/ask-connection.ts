import { Messages } from '@salesforce/core';
import { clientTypes } from '../config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../config/draft.js';
import { resolveConnection, type MissingField } from '../config/resolve.js';
import { connectionName } from '../config/validate.js';
import { claimText, refused, username, webUrl } from '../artifacts/names.js';
import { JwtError } from '../errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'questions');

export type UnnamedDraft = {
  readonly name: string | undefined;
  readonly draft: ConnectionDraft;
  /** What is known of a connection once it has a name. */
  readonly draftOf?: (name: string) => ConnectionDraft;
};

/** Asks for every field that is missing; the contact email is left, since the org can tell it. */
export async function askForMissing({ name, draft, draftOf }: UnnamedDraft): Promise<UnnamedDraft> {
  const chosen = name ?? (await askText('connection', connectionName));
  let asked = name === undefined && draftOf ? draftOf(chosen) : draft;
  for (let field = nextMissing(chosen, asked); field; field = nextMissing(chosen, asked)) {
    asked = mergeDrafts(asked, await questions[field](asked));
  }
  return { name: chosen, draft: asked };
}

type Askable = Exclude<MissingField, 'contact-email'>;

const questions: Readonly<Record<Askable, (asked: ConnectionDraft) => Promise<ConnectionDraft>>> = {
  'target-org': async () => ({ server: { org: await askText('target-org') } }),
  'token-endpoint': async () => ({
    server: { tokenEndpoint: await askText('token-endpoint', asUrl('token endpoint')) },
  }),
  issuer: async () => ({ server: { issuer: await askText('issuer', (value) => claimText('issuer', value)) } }),
  'base-url': async () => ({ server: { baseUrl: await askText('base-url', asUrl('base URL')) } }),
  username: async (asked) => ({ server: { username: await askText('username', asUser(asked)) } }),
  'client-type': async (asked) => ({ client: { type: await askClientType(asked) } }),
  'client-org': async () => ({ client: { org: await askText('client-org') } }),
};

/** Only an org has usernames in the form of an email address. */
const asUser = (asked: ConnectionDraft) => (value: string) =>
  (isOAuth(asked) ? claimText : username)('username', value);

const isOAuth = ({ server }: ConnectionDraft): boolean => server?.type === 'oauth2';

const asUrl = (field: string) => (value: string) => webUrl(field, value);

function nextMissing(name: string, draft: ConnectionDraft): Askable | undefined {
  const resolution = resolveConnection(name, draft);
  if (resolution.kind === 'complete') return undefined;
  return resolution.missing.find((field): field is Askable => field !== 'contact-email');
}

async function askText(field: 'connection' | Askable, check: (value: string) => string = required): Promise<string> {
  const { default: input } = await import('@inquirer/input');
  const validate = (value: string): true | string => judge(value.trim(), check);
  return (await input({ message: messages.getMessage(field), validate })).trim();
}

async function askClientType(asked: ConnectionDraft): Promise<(typeof clientTypes)[number]> {
  const { default: select } = await import('@inquirer/select');
  // Without an org on either side there is nothing to set up.
  const fit = clientTypes.filter((type) => type !== 'external' || !isOAuth(asked));
  return select({
    message: messages.getMessage('client-type'),
    choices: fit.map((value) => ({ value, name: messages.getMessage(`client-type.${value}`) })),
  });
}

const required = (value: string): string => {
  if (value === '') throw refused('answer', value, 'an answer is needed');
  return value;
};

function judge(value: string, check: (value: string) => string): true | string {
  try {
    check(value);
    return true;
  } catch (error) {
    if (!(error instanceof JwtError)) throw error;
    return messages.getMessage('refused', [error.tokens.at(-1) ?? '']);
  }
}
