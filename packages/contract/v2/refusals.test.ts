import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS } from './actions/index.ts';
import { REFUSAL_CODES, refusalDescription } from './refusals.ts';

for (const [kind, codes] of Object.entries(REFUSAL_CODES)) {
  test(`${kind}: text calls get a positive code, upload calls a negative one`, () => {
    assert.ok(codes.text > 2);
    assert.ok(codes.upload < 0);
    assert.notEqual(refusalDescription(codes), '');
  });
}

test('an action answers another code only for a refusal that there is', () => {
  const kinds = Object.keys(REFUSAL_CODES);
  for (const { name, refusals = {} } of ACTIONS) {
    for (const [kind, code] of Object.entries(refusals)) {
      assert.ok(kinds.includes(kind), `${name}: ${kind}`);
      assert.ok(Number.isInteger(code));
    }
  }
});
