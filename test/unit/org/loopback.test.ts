import { expect } from 'chai';
import { isLoopback } from '../../../src/org/loopback.js';

describe('isLoopback', () => {
  it('knows the names and addresses of this machine', () => {
    for (const url of ['http://localhost:8080', 'http://127.0.0.1', 'http://127.9.8.7:1', 'http://[::1]:80/']) {
      expect(isLoopback(url), url).to.equal(true);
    }
  });

  it('is not taken in by names that only look like it', () => {
    for (const url of [
      'https://localhost.example.com',
      'https://127.0.0.1.example.com',
      'https://example.com/localhost',
    ]) {
      expect(isLoopback(url), url).to.equal(false);
    }
  });
});
