/* eslint-disable no-unused-vars, no-undef -- the classes use it, in a context of their own */
// What the platform has around the language: callouts, Auth, Platform Cache, assertions. Runs behind apex-runtime.mjs.
var $mock = null;
var $authMock = null;

class HttpRequest {
  headers = {};
  body = '';
  setMethod(method) {
    this.method = method;
  }
  getMethod() {
    return this.method;
  }
  setEndpoint(endpoint) {
    this.endpoint = endpoint;
  }
  getEndpoint() {
    return this.endpoint;
  }
  setHeader(name, value) {
    this.headers[name] = value;
  }
  getHeader(name) {
    return this.headers[name] ?? null;
  }
  setTimeout(milliseconds) {
    if (!(milliseconds >= 1 && milliseconds <= 120000)) throw new CalloutException('timeout');
    this.timeout = milliseconds;
  }
  setBody(body) {
    this.body = body;
  }
  getBody() {
    return this.body;
  }
}
class HttpResponse extends HttpRequest {
  setStatusCode(status) {
    this.status = status;
  }
  getStatusCode() {
    return this.status;
  }
}
class Http {
  send(request) {
    if (!$mock) throw new Error('a callout without a mock');
    // An org takes 10 seconds then, which no test in it can see.
    if (request.timeout !== 20000) throw new Error(`a callout with a timeout of ${request.timeout}`);
    $callouts += 1;
    return $mock.respond(request);
  }
}
var $callouts = 0;
var Limits = { getCallouts: () => $callouts, getLimitCallouts: () => 100 };
var Test = { setMock: (_, mock) => void ($mock = mock) };

class JWT {
  claims = Map.of([]);
  setIss = (value) => void (this.iss = value);
  getIss = () => this.iss;
  setSub = (value) => void (this.sub = value);
  getSub = () => this.sub;
  setAud = (value) => void (this.aud = value);
  getAud = () => this.aud;
  setValidityLength = (value) => void (this.validity = value);
  getValidityLength = () => this.validity;
  setAdditionalClaims = (value) => void (this.claims = value);
  getAdditionalClaims = () => this.claims;
}
/** Whether an org misses the certificate here or where it signs is not known; later is harder to tell apart. */
class JWS {
  constructor(_, certificateName) {
    this.certificateName = certificateName;
  }
  getCompactSerialization() {
    if (this.certificateName !== $certificate) throw new NoDataFoundException('Data Not Available');
    return 'header.claims.signature';
  }
}
/** Nobody says what an org does here in a test (`apex-run.ts` lists what it may do), but for the mock of its own. */
class JWTBearerTokenExchange {
  constructor(tokenEndpoint, assertion) {
    this.request = new HttpRequest();
    this.request.setEndpoint(tokenEndpoint);
    this.request.setMethod('POST');
    this.assertion = assertion;
  }
  getAccessToken() {
    if (this.assertion === null) throw new NullPointerException('assertion');
    $askedAt(this.request.getEndpoint());
    this.request.setBody(`assertion=${this.assertion.getCompactSerialization()}`);
    if ($exchange === 'makes no callout in a test') throw new CalloutException('no callouts');
    if ($exchange === 'fails in a way of its own') throw new NoDataFoundException('no');
    if ($exchange === 'has no token in a test') return null;
    if ($exchange === 'has a token of its own') return 'token-of-the-platform';
    const mock = $exchange === 'is reached by Test.setMock alone' ? $mock : $authMock;
    const shown = { 'shows the mock no request': null, 'shows the mock an empty request': new HttpRequest() };
    const answer = mock.respond($exchange in shown ? shown[$exchange] : this.request);
    return JSON.deserializeUntyped(answer.getBody()).get('access_token');
  }
}
var setHttpMock = (mock) => {
  if ($exchange === 'takes no mock') throw new NoDataFoundException('no mock');
  $authMock = mock;
};
var Auth = {
  JWT,
  JWS,
  JWTBearerTokenExchange,
  HttpCalloutMockUtil: { setHttpMock },
};

/** Takes what an org takes and our classes want: nothing that the code of other namespaces may see. */
class OrgPartition {
  items = Map.of([]);
  get(key) {
    $usesCache('get');
    return this.items.get($cacheKey(key)) ?? null;
  }
  remove(key) {
    $usesCache('remove');
    this.items.remove($cacheKey(key));
  }
  put(key, value, seconds, visibility, isImmutable) {
    if (visibility !== 'NAMESPACE' || isImmutable !== false) throw new Error(`a token for ${visibility}`);
    if (!(seconds >= 300 && seconds <= 172800)) throw new OrgCacheException('time to live');
    $usesCache('put');
    this.items.put($cacheKey(key), value);
  }
}
var $cacheKey = (key) => {
  if (!/^[A-Za-z0-9]{1,50}$/.test(key)) throw new Error(`no key of a cache: ${key}`);
  return key;
};
var $partition = new OrgPartition();
var Cache = {
  Visibility: { ALL: 'ALL', NAMESPACE: 'NAMESPACE' },
  Org: {
    OrgCacheException,
    getPartition: (name) => {
      if (!$partitions.includes(name)) throw new OrgCacheException(name);
      return $partition;
    },
  },
  ItemSizeLimitExceededException,
  PlatformCacheInvalidOperationException,
};
var Crypto = { generateDigest: (algorithm, text) => $digest(algorithm, text) };
var Blob = { valueOf: (text) => text };
var EncodingUtil = {
  convertToHex: (digest) => digest.toString('hex'),
  urlEncode: (text) => encodeURIComponent(text).replaceAll('%20', '+'),
};

class AssertException extends Error {}
var $assert = (holds, message) => {
  if (!holds) throw new AssertException(message);
};
/** Maps are the same where what is in them is. */
var $isSame = (left, right) =>
  left === right || (left instanceof Map && right instanceof Map && `${left}` === `${right}`);
var Assert = {
  areEqual: (left, right, message) =>
    $assert($isSame(left ?? null, right ?? null), `${message}: ${left} is not ${right}`),
  areNotEqual: (left, right, message) => $assert(left !== right, message),
  isTrue: (value, message) => $assert(value === true, message),
  isFalse: (value, message) => $assert(value === false, message),
  isNotNull: (value, message) => $assert((value ?? null) !== null, message),
  isNull: (value, message) => $assert((value ?? null) === null, message),
  fail: (message) => $assert(false, message),
};
