import { describe } from 'node:test';
import { testAssemblies } from './conformance/assemblies.ts';
import type { OpenedStore } from './conformance/bodies.ts';
import { testFullStore } from './conformance/full.ts';
import { testObjects } from './conformance/objects.ts';

/** The tests every adapter of the ObjectStore port passes. `open` makes an empty store; each test file stops its own. */
export function describeObjectStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    testObjects(open);
    testAssemblies(open);
    testFullStore(open);
  });
}
