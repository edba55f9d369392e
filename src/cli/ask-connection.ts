import { Messages } from '@salesforce/core';
import { clientTypes, type ClientType } from '../config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../config/draft.js';
import { resolveConnection, type MissingField } from '../config/resolve.js';
import { connectionName } from '../config/validate.js';
import { apiUrl, claimText, refused, username, webUrl } from '../artifacts/names.js';
import { JwtError } from '../errors.js';
import { knowsOrg } from './known-org.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'questions');

export type UnnamedDraft = {
  readonly name: string | undefined;
  readonly draft: ConnectionDraft;
  /** What is known of a connection once it has a name. */
  readonly draftOf?: (name: string) => ConnectionDraft;
};

type ClientTypeChoice = { readonly value: ClientType; readonly name: string };

/** How a person is asked; injected in tests. */
export type Prompts = {
  readonly text: (message: string, validate: (answer: string) => Promise<true | string>) => Promise<string>;
  readonly choice: (message: string, choices: readonly ClientTypeChoice[]) => Promise<ClientType>;
  /** Whether the CLI is logged in to an org: a typo must not cost all the answers. */
  readonly knowsOrg: (aliasOrUsername: string) => Promise<boolean>;
};

/** Asks for every field that is missing; the contact email is left, since the org can tell it. */
export async function askForMissing(
  { name, draft, draftOf }: UnnamedDraft,
  prompts: Prompts = terminal,
): Promise<UnnamedDraft> {
  const chosen = name ?? (await askText(prompts, 'connection', connectionName));
  let asked = name === undefined && draftOf ? draftOf(chosen) : draft;
  for (let field = nextMissing(chosen, asked); field; field = nextMissing(chosen, asked)) {
    asked = mergeDrafts(asked, await questions[field](asked, prompts));
  }
  return { name: chosen, draft: asked };
}

type Askable = Exclude<MissingField, 'contact-email'>;

type Question = (asked: ConnectionDraft, prompts: Prompts) => Promise<ConnectionDraft>;

const questions: Readonly<Record<Askable, Question>> = {
  'target-org': async (_, prompts) => ({ server: { org: await askText(prompts, 'target-org', asOrg(prompts)) } }),
  'token-endpoint': async (_, prompts) => ({
    server: { tokenEndpoint: await askText(prompts, 'token-endpoint', (value) => webUrl('token endpoint', value)) },
  }),
  issuer: async (_, prompts) => ({
    server: { issuer: await askText(prompts, 'issuer', (value) => claimText('issuer', value)) },
  }),
  'base-url': async (_, prompts) => ({
    server: { baseUrl: await askText(prompts, 'base-url', (value) => apiUrl('base URL', value)) },
  }),
  username: async (asked, prompts) => ({ server: { username: await askText(prompts, 'username', asUser(asked)) } }),
  'client-type': async (asked, prompts) => ({ client: { type: await askClientType(prompts, asked) } }),
  'client-org': async (_, prompts) => ({ client: { org: await askText(prompts, 'client-org', asOrg(prompts)) } }),
};

/** Only an org has usernames in the form of an email address. */
const asUser = (asked: ConnectionDraft) => (value: string) =>
  (isOAuth(asked) ? claimText : username)('username', value);

const isOAuth = ({ server }: ConnectionDraft): boolean => server?.type === 'oauth2';

function nextMissing(name: string, draft: ConnectionDraft): Askable | undefined {
  const resolution = resolveConnection(name, draft);
  if (resolution.kind === 'complete') return undefined;
  return resolution.missing.find((field): field is Askable => field !== 'contact-email');
}

/** Gives the answer back, or refuses it. */
type AnswerCheck = (value: string) => string | Promise<string>;

async function askText(prompts: Prompts, field: 'connection' | Askable, check: AnswerCheck): Promise<string> {
  return (await prompts.text(messages.getMessage(field), (value) => judge(value.trim(), check))).trim();
}

const asOrg =
  ({ knowsOrg }: Prompts): AnswerCheck =>
  async (value) => {
    if (value === '') throw refused('answer', value, 'an answer is needed');
    if (!(await knowsOrg(value))) throw refused('answer', value, messages.getMessage('unknownOrg', [value]));
    return value;
  };

function askClientType(prompts: Prompts, asked: ConnectionDraft): Promise<ClientType> {
  // Without an org on either side there is nothing to set up; whoever has named the client org means one of the others.
  const needsClientOrg = isOAuth(asked) || asked.client?.org !== undefined;
  const fit = clientTypes.filter((type) => type !== 'external' || !needsClientOrg);
  const choices = fit.map((value) => ({ value, name: messages.getMessage(`client-type.${value}`) }));
  return prompts.choice(messages.getMessage('client-type'), choices);
}

const terminal: Prompts = {
  text: async (message, validate) => (await import('@inquirer/input')).default({ message, validate }),
  choice: async (message, choices) => (await import('@inquirer/select')).default({ message, choices }),
  knowsOrg,
};

async function judge(value: string, check: AnswerCheck): Promise<true | string> {
  try {
    await check(value);
    return true;
  } catch (error) {
    if (!(error instanceof JwtError)) throw error;
    return messages.getMessage('refused', [error.tokens.at(-1) ?? '']);
  }
}
