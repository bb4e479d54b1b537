import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NonceStore } from './store.ts';

/** Opens stores that share what they remember, one after the other or side by side; `now` is their clock. */
export interface NonceStoreFixture extends AsyncDisposable {
  open(): NonceStore;
  now: number;
}

export const WINDOW_MS = 7_200_000;

/** What every NonceStore promises. */
export function nonceStoreConformance(name: string, fixture: () => Promise<NonceStoreFixture>): void {
  describe(`NonceStore: ${name}`, () => {
    test('the first claim of a signature is granted, every later one is not', async () => {
      await using stores = await fixture();
      const store = stores.open();
      assert.equal(await store.claim('id', 'signature', stores.now), true);
      assert.equal(await store.claim('id', 'signature', stores.now), false);
      assert.equal(await store.claim('id', 'another', stores.now), true);
      assert.equal(await store.claim('other', 'signature', stores.now), true);
      await store.close();
    });

    test('of many claims at the same moment one is granted', async () => {
      await using stores = await fixture();
      const store = stores.open();
      const claims = await Promise.all(
        Array.from({ length: 200 }, (_, i) => store.claim('id', `signature ${i % 20}`, stores.now)),
      );
      assert.equal(claims.filter((granted) => granted).length, 20);
      await store.close();
    });

    test('what was claimed is known after a restart', async () => {
      await using stores = await fixture();
      const before = stores.open();
      const ages = [-WINDOW_MS, -1000, 0, 1000, WINDOW_MS];
      for (const age of ages) assert.equal(await before.claim('id', `at ${age}`, stores.now + age), true);
      await before.close();
      const after = stores.open();
      for (const age of ages) assert.equal(await after.claim('id', `at ${age}`, stores.now + age), false);
      assert.equal(await after.claim('id', 'new', stores.now), true);
      await after.close();
    });

    test('thousands of signatures are told apart', async () => {
      await using stores = await fixture();
      const store = stores.open();
      const claimAll = () =>
        Promise.all(Array.from({ length: 5000 }, (_, i) => store.claim('id', String(i), stores.now)));
      assert.ok((await claimAll()).every((granted) => granted));
      assert.ok((await claimAll()).every((granted) => !granted));
      await store.close();
    });
  });
}
