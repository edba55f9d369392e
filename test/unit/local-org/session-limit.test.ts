import { expect } from 'chai';
import { findSession, startSession } from '../../../src/local-org/sessions.js';
import { hostOrgs, type HostedOrg } from './hosted-org.js';

describe('local org: how many sessions it keeps', () => {
  let hosted: HostedOrg;
  let admin: string;
  let other: string;
  beforeEach(async () => {
    [hosted] = (await hostOrgs(['limits'])) as [HostedOrg];
    const users = new Map(hosted.org.records.all('User').map(({ Id, Username }) => [Username, Id]));
    admin = users.get('admin@limits.local') ?? '';
    other = users.get('integration@limits.local') ?? '';
  });
  afterEach(() => hosted.close());

  const startMany = (count: number, user: string): readonly string[] =>
    Array.from({ length: count }, () => startSession(hosted.org, user, 'api'));
  const isLive = (token: string): boolean => hosted.org.sessions.has(token);

  it('keeps a hundred of a user, and ends the one that was used longest ago', () => {
    const tokens = startMany(99, admin);
    const ofOther = startMany(1, other);
    // The session of the fixture makes a hundred. Using the first two leaves the third as the oldest.
    expect(findSession(hosted.org, hosted.admin)).not.to.equal(undefined);
    expect(findSession(hosted.org, tokens[0])).not.to.equal(undefined);
    startMany(1, admin);
    expect(
      [hosted.admin, ...tokens, ...ofOther].filter((token) => !isLive(token)).map((token) => tokens.indexOf(token)),
    ).to.deep.equal([1]);
  });

  it('does not count sessions that were ended', () => {
    const [first = ''] = startMany(1, other);
    for (const token of startMany(99, other)) hosted.org.sessions.delete(token);
    startMany(99, other);
    expect(isLive(first)).to.equal(true);
    startMany(1, other);
    expect(isLive(first)).to.equal(false);
  });

  it('forgets sessions that have run out while it runs, those of every user', () => {
    startMany(30, other);
    hosted.clock += 2 * 60 * 60 * 1000 + 1;
    startMany(1, admin);
    expect(hosted.org.sessions.size).to.equal(1);
  });
});
