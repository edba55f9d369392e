// Loaded into the real CLI by NODE_OPTIONS: after a refusal it sends the assertion on to login.salesforce.com and
// test.salesforce.com. Every TCP connection of Node goes through Socket.connect, so this one place is enough.
import net from 'node:net';

const connect = net.Socket.prototype.connect;

function target(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first.path ? undefined : (first.host ?? 'localhost');
  return Number.isNaN(Number(first)) ? undefined : typeof second === 'string' ? second : 'localhost';
}

net.Socket.prototype.connect = function (...args) {
  const host = target(args);
  if (host === undefined || ['localhost', '127.0.0.1', '::1'].includes(host)) return connect.apply(this, args);
  const refusal = Object.assign(new Error(`no network in tests: ${host}`), { code: 'ECONNREFUSED' });
  process.nextTick(() => this.destroy(refusal));
  return this;
};
