import { expect } from 'chai';
import { hostOrgs, type Answer, type HostedOrg } from '../hosted-org.js';

/** How many requests each fuzz test sends; more with FUZZ=20000, to look for longer. */
export const iterations = Number(process.env['FUZZ'] ?? 300);

export const odd: readonly string[] = [
  ...['"', "'", '\\', '{', '}', '[', ']', '(', ')', ',', ':', ';', '%', '_', '*', '?', '&', '=', '#', '/', '..', '//'],
  ...['\u0000', '\n', '\r\n', '\t', '\u007f', '\u2028', '\ud800', '\u{1f600}', '\ufeff', '%00', '%2f', '%ZZ', '%C0%AF'],
  ...['null', 'true', '-1', '1e999', '9999999999999999999', '__proto__', 'constructor', 'toString', '${x}', '{{x}}'],
  ...['SELECT', 'FROM', 'WHERE', 'AND', 'NOT', 'IN', 'COUNT()', 'LIKE', '--', '/*', 'x'.repeat(300), '('.repeat(50)],
];

/** An org that is asked for anything, and has to stay what it is. */
export type FuzzedOrg = {
  readonly host: HostedOrg;
  /** Fails where an answer is not one that an org gives, or a refusal has changed something. */
  judge(answer: Answer, what: string): void;
  close(): Promise<void>;
};

export async function fuzzedOrg(): Promise<FuzzedOrg> {
  const host = (await hostOrgs(['jwt-server']))[0]!;
  let before = stateOf(host);
  return {
    host,
    judge({ status, headers, text, body }, what) {
      expect(status, what).to.be.within(200, 599);
      // Faults of the SOAP APIs come with status 500 (SOAP 1.1 section 6.2); nothing else may.
      if (status === 500) expect(text, what).to.match(/^<\?xml.*<faultcode>/);
      expect(text, what).not.to.match(/\n\s+at |node:internal|\.[jt]s:\d|TypeError|RangeError|SyntaxError/);
      if (headers.get('content-type')?.startsWith('application/json') && text !== '')
        expect(body, what).not.to.equal(undefined);
      expect(host.faults, what).to.deep.equal([]);
      const now = stateOf(host);
      if (status >= 400) expect(now === before, `changed by what was refused: ${what}`).to.equal(true);
      before = now;
    },
    async close() {
      expect((await host.send('GET', '/services/data/v67.0/limits')).status).to.equal(200);
      await host.close();
    },
  };
}

function stateOf({ org }: HostedOrg): string {
  const objects = ['Account', 'Contact', 'User', 'PermissionSet', 'PermissionSetAssignment', 'SetupEntityAccess'];
  return JSON.stringify(objects.map((name) => org.records.all(name)));
}
