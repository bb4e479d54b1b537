import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenVodError, OpenVodNetworkError } from '../errors.ts';
import type { Requester } from '../request.ts';
import { patient, type Waiting } from './patience.ts';

const network = (kind: OpenVodNetworkError['kind'], reason: string) =>
  new OpenVodNetworkError('UploadPart', reason, { kind });
const refusal = (code: number, canRetry: number) =>
  new OpenVodError('UploadPart', { code, canRetry, message: 'no' });

/** Answers each call with the next of `script`: an error is thrown, null is an answer. */
function service(script: (Error | null)[]) {
  let calls = 0;
  const request: Requester = async () => {
    const next = script[calls++] ?? null;
    if (next) throw next;
    return { code: 0 };
  };
  return { request, calls: () => calls };
}

const passing: Record<string, Error> = {
  'a connection that is refused': network('away', 'ECONNREFUSED'),
  'a gateway whose server is away': network('away', 'HTTP status 502'),
  'a service whose database is away or full': refusal(-10004, 1),
  'the same of an ordinary call': refusal(6200, 0),
};
for (const [what, error] of Object.entries(passing)) {
  test(`${what} is waited out, and told`, async () => {
    const { request, calls } = service([error, null]);
    const told: (Waiting | null)[] = [];
    await patient(request, (waiting) => told.push(waiting))('UploadPart', {});
    assert.equal(calls(), 2);
    assert.equal(told.length, 2);
    assert.equal(told[0]!.reason, error.message);
    assert.ok(told[0]!.forMs > 59_000 && told[0]!.forMs <= 60_000);
    assert.equal(told[1], null);
  });
}

const lasting: Record<string, Error> = {
  'a certificate that is not trusted': network('lasting', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  'an address of something else': network('lasting', 'HTTP status 404'),
  'a host that never answered and is not known': network('away', 'ENOTFOUND'),
  'a wrong key': refusal(-10002, 0),
  'a part that was changed on the way': refusal(-10006, 1),
  'what is no answer at all': new TypeError('a fault of ours'),
};
for (const [what, error] of Object.entries(lasting)) {
  test(`${what} ends it at once`, async () => {
    const { request, calls } = service([error, null]);
    const told: (Waiting | null)[] = [];
    await assert.rejects(patient(request, (waiting) => told.push(waiting))('UploadPart', {}), error);
    assert.equal(calls(), 1);
    assert.deepEqual(told, []);
  });
}

test('the name of a host that has answered may be gone for a while', async () => {
  const { request, calls } = service([null, network('away', 'ENOTFOUND'), null]);
  const upload = patient(request, () => {});
  await upload('InitUpload', {});
  await upload('UploadPart', {});
  assert.equal(calls(), 3);
});

test('patience ends, with what was wrong', async () => {
  const away = network('away', 'ECONNREFUSED');
  const { request, calls } = service(Array.from({ length: 100 }, () => away));
  await assert.rejects(patient(request, () => {}, 300)('UploadPart', {}), away);
  assert.ok(calls() > 1 && calls() < 100);
});

test('patience begins anew with every answer', async () => {
  const away = network('away', 'ECONNREFUSED');
  const { request } = service([away, null, away, null]);
  const left: number[] = [];
  const upload = patient(request, (waiting) => waiting && left.push(waiting.forMs), 60_000);
  await upload('UploadPart', {});
  await upload('UploadPart', {});
  assert.deepEqual(
    left.map((ms) => Math.round(ms / 1000)),
    [60, 60],
  );
});

test('an abort ends the waiting', async () => {
  const stop = new AbortController();
  const { request } = service(Array.from({ length: 100 }, () => network('away', 'ECONNREFUSED')));
  const upload = patient(request, () => stop.abort(new Error('changed my mind')));
  await assert.rejects(upload('UploadPart', {}, { signal: stop.signal }));
});
