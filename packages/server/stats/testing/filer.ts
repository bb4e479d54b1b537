/**
 * A node that writes files of statistics, for tests: `filer.ts <dataDir> <postgres://…|''> <now, ms> <objects>`. When it has stored so
 * many objects it says so, and does nothing more: it is to be killed.
 */
import { openDatabase } from '../../database/index.ts';
import { createFixture } from './fixture.ts';

const [dataDir, url, now, objects] = process.argv.slice(2);
if (!dataDir) throw new Error('which folder?');
const database = await openDatabase(url || undefined, dataDir);
const fixture = await createFixture({ database, url, dataDir, [Symbol.asyncDispose]: async () => {} });
fixture.time.now = Number(now);
let stored = 0;
const { store } = fixture;
for (const name of ['put', 'putFile'] as const) {
  const write = store[name].bind(store) as (...args: unknown[]) => ReturnType<typeof store.put>;
  store[name] = async (...args: unknown[]) => {
    const result = await write(...args);
    if (++stored < Number(objects)) return result;
    process.send?.('stored');
    return new Promise(() => {});
  };
}
process.on('disconnect', () => process.exit());
await fixture.fileAccessLogs();
await fixture.writePlayFiles();
