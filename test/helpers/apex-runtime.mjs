/* eslint-disable no-unused-vars, no-global-assign, no-undef -- the classes use it, in a context of their own */
// The language's own types, as far as our generated Apex uses them. Runs in a context of its own, in front of the classes.
var $deferred = [];
var $later = (action) => $deferred.push(action);

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
      : type.startsWith('Map<')
        ? value instanceof Map
        : (value?.constructor.$interfaces ?? []).includes(type);
class SObject {
  constructor(fields) {
    Object.assign(this, fields);
  }
  get(field) {
    return this[field] ?? null;
  }
  put(field, value) {
    this[field] = value;
  }
}
var $record = (fields) => new SObject({ ...$emptyRecord, ...fields });
var $emptyRecord = Object.fromEntries(
  ['Base_Url', 'Token_Endpoint', 'Audience', 'Issuer', 'Consumer_Key', 'Username', 'Certificate_Name', 'Scope']
    .concat(['Additional_Claims', 'Validity_Seconds'])
    .map((name) => [`${name}__c`, null]),
);
/** Records have the fields that were asked for, and no others. */
var $query = (fields, type, developerName) =>
  List.of(
    $records
      .filter((one) => one.type === type && one.developerName === developerName)
      .map(({ values }) => new SObject(Object.fromEntries(fields.map((field) => [field, values[field] ?? null])))),
  );

var $texts = {
  equals: (text, other) => text === other,
  isNumeric: (text) => /^\d+$/.test(text),
  removeEnd: (text, end) => (text.endsWith(end) ? text.slice(0, -end.length) : text),
  substringBetween: (text, open, close) => {
    const from = text.indexOf(open) + open.length;
    const to = text.indexOf(close, from);
    return text.includes(open) && to >= 0 ? text.slice(from, to) : null;
  },
  contains: (text, other) => text.includes(other),
  countMatches: (text, other) => text.split(other).length - 1,
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
var $callIfAny = (target, name, values) => ((target ?? null) === null ? null : $call(target, name, values));

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
    return this.size() === 0;
  }
  size() {
    return [...this.keys()].length;
  }
  keySet() {
    return [...this.keys()];
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
String.valueOf = (value) => ((value ?? null) === null ? null : `${value}`);

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
