import { expect } from 'chai';
import { adviseOnFault } from '../../../src/verify/fault-advice.js';
import { classifyFault, type FaultKind } from '../../../src/verify/network-fault.js';

const thrownBy = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });

describe('classifyFault', () => {
  const kinds: Readonly<Record<string, FaultKind>> = {
    ENOTFOUND: 'dns',
    EAI_AGAIN: 'dns',
    ECONNREFUSED: 'refused',
    ENETUNREACH: 'unreachable',
    EHOSTUNREACH: 'unreachable',
    ECONNRESET: 'reset',
    UND_ERR_SOCKET: 'reset',
    HPE_INVALID_CONSTANT: 'reset',
    ETIMEDOUT: 'timeout',
    UND_ERR_CONNECT_TIMEOUT: 'timeout',
    UND_ERR_HEADERS_TIMEOUT: 'timeout',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
    SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
    CERT_HAS_EXPIRED: 'tls',
    ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
    ERR_SSL_WRONG_VERSION_NUMBER: 'tls',
    EPROTO: 'tls',
  };
  for (const [code, fault] of Object.entries(kinds)) {
    it(`takes ${code} for ${fault}`, () => {
      expect(classifyFault(thrownBy(code))).to.deep.equal({ kind: 'fault', fault, code });
    });
  }

  it('looks through the attempts at several addresses', () => {
    const attempts = new AggregateError([Object.assign(new Error('one'), { code: 'ECONNREFUSED' })]);

    expect(classifyFault(new TypeError('fetch failed', { cause: attempts })).fault).to.equal('refused');
  });

  it('takes a signal that fired for a timeout', () => {
    expect(classifyFault(new DOMException('too late', 'TimeoutError'))).to.deep.equal({
      kind: 'fault',
      fault: 'timeout',
      code: 'TimeoutError',
    });
  });

  it('keeps an unknown code, and says nothing of what has none', () => {
    expect(classifyFault(thrownBy('ESOMETHING'))).to.deep.equal({ kind: 'fault', fault: 'other', code: 'ESOMETHING' });
    expect(classifyFault(new Error('no code'))).to.deep.equal({ kind: 'fault', fault: 'other' });
    expect(classifyFault('text')).to.deep.equal({ kind: 'fault', fault: 'other' });
  });

  it('ends on causes that go in a circle', () => {
    const circle = new Error('circle');
    circle.cause = circle;

    expect(classifyFault(circle).fault).to.equal('other');
  });
});

describe('adviseOnFault', () => {
  const faults: readonly FaultKind[] = [
    'dns',
    'refused',
    'unreachable',
    'reset',
    'tls-untrusted',
    'tls',
    'timeout',
    'insecure',
    'too-large',
    'other',
  ];
  for (const fault of faults) {
    it(`has a cause and next steps for ${fault}`, () => {
      const { cause, actions } = adviseOnFault({ kind: 'fault', fault, code: 'ECODE' });

      expect(cause).to.match(/^[a-z].* \(ECODE\)$/);
      expect(actions).not.to.be.empty;
      for (const action of actions) expect(action).to.match(/^[A-Z]\w+ /);
    });
  }

  it('leaves the code out where there is none', () => {
    expect(adviseOnFault({ kind: 'fault', fault: 'dns' }).cause).to.equal('the host name is not known');
  });
});
