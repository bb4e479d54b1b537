import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REFUSAL_CODES } from '@openvod/contract/v2';
import { Refused } from '../common/faults/refused.ts';
import { DatabaseUnavailable, type UnavailableReason } from '../database/index.ts';
import { refusalOf } from './refusal-of.ts';

const unavailable = (reason: UnavailableReason, unsure: boolean) =>
  new DatabaseUnavailable(reason, new Error('secret host'), unsure);

const cases: [what: string, error: unknown, begun: boolean, text: number, upload: number][] = [
  ['a database that is away', unavailable('away', false), true, 6200, -10004],
  ['one that goes while it writes', unavailable('away', true), true, 6000, -10004],
  ['one that goes before the action has begun', unavailable('away', true), false, 6200, -10004],
  ['one that is busy', unavailable('busy', true), true, 6200, -10004],
  ['one whose disk fails', unavailable('disk', false), true, 6200, -10004],
  ['one without room', unavailable('full', false), true, 5100, -10004],
];

for (const [what, error, begun, text, upload] of cases) {
  test(`${what}: ${text}, ${upload} with a retry, and no word of where it is`, () => {
    const refused = refusalOf(error, begun)!;
    assert.deepEqual(REFUSAL_CODES[refused.kind], { text, upload, canRetry: true });
    assert.doesNotMatch(refused.message, /secret/);
    assert.equal(refused.cause, error);
  });
}

test('a refusal stays what it is, and a fault of ours is none', () => {
  const refused = new Refused('video.notFound', 'there is no such video');
  assert.equal(refusalOf(refused, true), refused);
  assert.equal(refusalOf(new TypeError('x'), true), null);
});
