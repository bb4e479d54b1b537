/** A worker process for tests: `worker.ts <dataDir> [postgres://…|''] [s3://…]`. Works until it is killed. */
import { openDatabase } from '../../database/index.ts';
import { createFixture } from './fixture.ts';

const [dataDir, url, storageUrl] = process.argv.slice(2);
if (!dataDir) throw new Error('which data folder?');
const fixture = await createFixture(await openDatabase(url || undefined, dataDir), dataDir, storageUrl);
await fixture.startEngine();
process.on('disconnect', () => process.exit());
