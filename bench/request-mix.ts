import { smallFiles, zipOfFiles } from './deploy-bodies.js';
import { rest, type OrgClient } from './org-client.js';

/** One thing that clients do, and how often out of a hundred times. Returns how many requests it took. */
type Step = { readonly weight: number; readonly run: (client: OrgClient, serial: number) => Promise<number> };

const zips = Array.from({ length: 10 }, (_, serial) => zipOfFiles(smallFiles(serial)).toString('base64'));

const account = `${rest}/sobjects/Account`;

/** @param forms Token requests that are signed already */
function stepsOf(forms: () => readonly string[]): readonly Step[] {
  const token = (client: OrgClient, serial: number): Promise<string> =>
    client.token(forms()[serial % forms().length] ?? '');
  return [
    { weight: 35, run: (client, serial) => token(client, serial).then(() => 1) },
    {
      weight: 5,
      async run(client, serial) {
        const body = new URLSearchParams({ token: await token(client, serial) }).toString();
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        await client.send('POST', '/services/oauth2/revoke', { body, headers });
        return 2;
      },
    },
    {
      weight: 30,
      run: (client) => client.query('SELECT Id, Name FROM User WHERE IsActive = true LIMIT 5').then(() => 1),
    },
    { weight: 10, run: (client) => client.send('GET', '/services/oauth2/userinfo').then(() => 1) },
    { weight: 5, run: (client) => client.send('GET', `${rest}/sobjects/User/describe`).then(() => 1) },
    {
      weight: 10,
      async run(client, serial) {
        const { id } = await client.json<{ id: string }>('POST', account, { Name: `Account ${serial}` });
        await client.send('PATCH', `${account}/${id}`, { body: '{"Phone":"1"}' });
        await client.send('DELETE', `${account}/${id}`);
        return 3;
      },
    },
    { weight: 3, run: (client) => client.soap('describeMetadata', '<asOfVersion>67.0</asOfVersion>').then(() => 1) },
    { weight: 2, run: (client, serial) => client.deploySoap(zips[serial % zips.length] ?? '') },
  ];
}

/** A hundred steps, each as often as it weighs, spread evenly: the same in every run. */
export function requestMix(forms: () => readonly string[]): Step['run'] {
  const spread = stepsOf(forms).flatMap(({ weight, run }) =>
    Array.from({ length: weight }, (_, index) => ({ place: (index + 0.5) / weight, run })),
  );
  const order = spread.toSorted((left, right) => left.place - right.place);
  return (client, serial) => order[serial % order.length]!.run(client, serial);
}
