/* eslint-disable no-unused-vars, no-global-assign, no-undef -- the classes use it, in a context of their own */
// The platform's types, as far as our generated Apex uses them. Runs in a context of its own, in front of the classes.
var $deferred = [];
var $later = (action) => $deferred.push(action);
var $mock = null;
var $authMock = null;

class Exception {
  constructor(message) {
    this.message = message ?? null;
  }
  getMessage() {
    return this.message;
  }
  setMessage(message) {
    this.message = message;
  }
  getTypeName() {
    return `System.${this.constructor.name}`;
  }
}
class CalloutException extends Exception {}
class IllegalArgumentException extends Exception {}
class JSONException extends Exception {}
class NullPointerException extends Exception {}
class OrgCacheException extends Exception {}
class ItemSizeLimitExceededException extends Exception {}
class PlatformCacheInvalidOperationException extends Exception {}
class NoDataFoundException extends Exception {}

var $exception = (thrown) => (thrown instanceof Exception ? thrown : new NullPointerException(String(thrown)));
var $equal = (left, right) =>
  typeof left === 'string' && typeof right === 'string'
    ? left.toLowerCase() === right.toLowerCase()
    : (left ?? null) === (right ?? null);
var $is = (value, type) =>
  type === 'String'
    ? typeof value === 'string'
    : type === 'Integer'
      ? Number.isInteger(value)
      : value instanceof Map && type.startsWith('Map<');
var $record = (fields) => ({ ...$emptyRecord, ...fields });
var $emptyRecord = Object.fromEntries(
  ['Base_Url', 'Token_Endpoint', 'Audience', 'Issuer', 'Consumer_Key', 'Username', 'Certificate_Name', 'Scope']
    .concat(['Additional_Claims', 'Validity_Seconds'])
    .map((name) => [`${name}__c`, null]),
);

var $texts = {
  contains: (text, other) => text.includes(other),
  isAlphanumeric: (text) => /^[A-Za-z0-9]+$/.test(text),
  left: (text, count) => text.slice(0, count),
  length: (text) => text.length,
  replace: (text, from, to) => text.replaceAll(from, to),
  split: (text, by) => List.of(text.split(by)),
  substringAfter: (text, mark) => (text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : ''),
  substringBefore: (text, mark) => (text.includes(mark) ? text.slice(0, text.indexOf(mark)) : text),
};
var $call = (target, name, values) => {
  if (target === null || target === undefined) throw new NullPointerException(name);
  if (typeof target === 'string' && $texts[name]) return $texts[name](target, ...values);
  if (typeof target === 'number' && name === 'intValue') return Math.trunc(target);
  if (typeof target[name] !== 'function') throw new Error(`no method ${name}`);
  return target[name](...values) ?? null;
};

class List extends Array {
  static of(items) {
    const list = new List();
    items.forEach((item) => list.push(item));
    return list;
  }
  add(item) {
    this.push(item);
  }
  size() {
    return this.length;
  }
  isEmpty() {
    return this.length === 0;
  }
}
var $Map = Map;
Map = class extends $Map {
  static of(pairs) {
    const map = new Map();
    pairs.forEach(([key, value]) => map.set(key, value));
    return map;
  }
  put(key, value) {
    this.set(key, value);
  }
  remove(key) {
    this.delete(key);
  }
  isEmpty() {
    return [...this.keys()].length === 0;
  }
  toString() {
    return JSON.serialize(this);
  }
};
var $Set = Set;
Set = class extends $Set {
  static of(items) {
    return new Set(items);
  }
  contains(item) {
    return this.has(item);
  }
};
String.isBlank = (text) => text === null || text.trim() === '';
String.valueOf = (value) => `${value}`;

var $parse = JSON.parse;
var $stringify = JSON.stringify;
var $toApex = (value) =>
  Array.isArray(value)
    ? List.of(value.map($toApex))
    : value !== null && typeof value === 'object'
      ? Map.of(Object.entries(value).map(([key, one]) => [key, $toApex(one)]))
      : value;
JSON = {
  serialize: (value) => $stringify(value, (_, one) => (one instanceof $Map ? Object.fromEntries(one) : one)),
  deserializeUntyped: (text) => {
    try {
      return $toApex($parse(text));
    } catch (error) {
      throw new JSONException(error.message);
    }
  },
};

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
  constructor() {
    if (!$hasCertificate) throw new NoDataFoundException('Data Not Available');
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
  isNull: (value, message) => $assert((value ?? null) === null, message),
  fail: (message) => $assert(false, message),
};
