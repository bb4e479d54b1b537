/** A node that counts its access log, for tests: `node.ts <folder> <dataDir> [postgres://…|'']`. Works until it is killed. */
import { silentLogger } from '../../common/log.ts';
import { openDatabase } from '../../database/index.ts';
import { Collector } from '../counting/collector.ts';
import { UNKNOWN_PLACE } from '../geo/names.ts';
import { APP, OTHER_APP } from './fixture.ts';

const [folder, dataDir, url] = process.argv.slice(2);
if (!folder || !dataDir) throw new Error('which folders?');
const collector = new Collector({
  ...{ folder, database: await openDatabase(url || undefined, dataDir), log: silentLogger },
  applications: async () => new Set([APP, OTHER_APP]),
  placeOf: () => UNKNOWN_PLACE,
  ours: new Set(),
});
process.on('disconnect', () => process.exit());
for (;;) {
  if (await collector.collect()) process.send?.('counted');
  await new Promise(setImmediate);
}
