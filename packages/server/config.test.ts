import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({});
  assert.equal(config.port, 8620);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.role, 'all');
  assert.equal(config.rateLimit, null);
  assert.deepEqual(config.signedHosts, ['vod.api.qcloud.com', 'vod2.qcloud.com']);
});

test('an empty value counts as unset', () => {
  assert.equal(readConfig({ OPENVOD_PORT: '' }).port, 8620);
});

const wrong: [env: Record<string, string>, problem: RegExp][] = [
  [{ OPENVOD_PORT: 'http' }, /OPENVOD_PORT must be a whole number/],
  [{ OPENVOD_ROLE: 'boss' }, /OPENVOD_ROLE must be one of all, api, worker/],
  [{ OPENVOD_ROLE: 'api' }, /needs OPENVOD_DATABASE_URL/],
  [{ OPENVOD_TLS_CERT: 'a.pem' }, /go together/],
  [{ OPENVOD_SECRET_ID: 'a' }, /go together/],
  [{ OPENVOD_APP_ID: 'shop' }, /must be digits/],
  [{ OPENVOD_RATE_LIMIT: 'fast' }, /off, documented, or a number/],
  [{ OPENVOD_EVENT_MODE: 'callback' }, /needs OPENVOD_CALLBACK_URL/],
  [{ OPENVOD_EVENT_MODE: 'push' }, /OPENVOD_EVENT_MODE must be pull or callback/],
  [{ OPENVOD_CALLBACK_URL: 'nonsense' }, /OPENVOD_CALLBACK_URL must begin with http/],
  [{ OPENVOD_TRANSCODE_DEFAULTS: '20,x' }, /OPENVOD_TRANSCODE_DEFAULTS must be definition ids/],
  [{ OPENVOD_PUBLIC_URL: 'media.example.com' }, /must begin with http/],
  [{ OPENVOD_METRICS_HOST: '0.0.0.0' }, /needs OPENVOD_METRICS_PORT/],
  [{ OPENVOD_METRICS_PORT: '8620' }, /OPENVOD_METRICS_PORT must be another than OPENVOD_PORT/],
  [{ OPENVOD_METRICS_PORT: 'x' }, /OPENVOD_METRICS_PORT must be a whole number/],
  [{ OPENVOD_START_TIMEOUT: '0' }, /OPENVOD_START_TIMEOUT must be a whole number/],
  [{ OPENVOD_PROT: '80' }, /OPENVOD_PROT is not a setting/],
];

for (const [env, problem] of wrong) {
  test(`${JSON.stringify(env)} is refused with a word on why`, () => {
    assert.throws(
      () => readConfig(env),
      (error) => error instanceof ConfigError && problem.test(error.message),
    );
  });
}

test('what the command beside it reads is no fault of the server', () => {
  readConfig({ OPENVOD_URL: 'http://127.0.0.1:8620', OPENVOD_TEST_SEED: '1' });
});

test('all problems are told at once', () => {
  assert.throws(() => readConfig({ OPENVOD_PORT: 'x', OPENVOD_ROLE: 'y' }), /OPENVOD_PORT.*\n.*OPENVOD_ROLE/);
});

test('a number scales the documented rate limits', () => {
  assert.equal(readConfig({ OPENVOD_RATE_LIMIT: '2.5' }).rateLimit, 2.5);
  assert.equal(readConfig({ OPENVOD_RATE_LIMIT: 'documented' }).rateLimit, 1);
});
