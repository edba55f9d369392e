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
class JWS {
  constructor(_, certificateName) {
    if (certificateName !== $certificate) throw new NoDataFoundException('Data Not Available');
  }
  getCompactSerialization = () => 'signed';
}
class JWTBearerTokenExchange {
  getAccessToken = () => JSON.deserializeUntyped($authMock.respond(new HttpRequest()).getBody()).get('access_token');
}
var Auth = {
  JWT,
  JWS,
  JWTBearerTokenExchange,
  HttpCalloutMockUtil: { setHttpMock: (mock) => void ($authMock = mock) },
};

var $partition = Map.of([]);
var Cache = {
  Visibility: {},
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
var Crypto = { generateDigest: (_, blob) => blob };
var Blob = { valueOf: (text) => text };
var EncodingUtil = {
  convertToHex: (text) => [...text].map((letter) => letter.codePointAt(0).toString(16)).join(''),
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
