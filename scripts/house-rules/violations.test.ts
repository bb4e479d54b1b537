import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeCheckout } from './violations.ts';

test('the checkout keeps the house rules', async () => {
  assert.deepEqual((await judgeCheckout(process.cwd())).violations, []);
});
