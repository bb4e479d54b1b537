/** A node that writes files of statistics, for tests: `filer.ts <dataDir> <postgres://…|''> <now, ms>`. Works until it is killed. */
import { openDatabase } from '../../database/index.ts';
import { createFixture } from './fixture.ts';

const [dataDir, url, now] = process.argv.slice(2);
if (!dataDir) throw new Error('which folder?');
const database = await openDatabase(url || undefined, dataDir);
const fixture = await createFixture({ database, url, dataDir, [Symbol.asyncDispose]: async () => {} });
fixture.time.now = Number(now);
process.on('disconnect', () => process.exit());
for (;;) {
  await fixture.fileAccessLogs();
  await fixture.writePlayFiles();
  await new Promise(setImmediate);
}
