/**
 * A worker process for tests: `worker.ts <dataDir> [postgres://…|''] [s3://…] [Action parameters-in-JSON]`. Works until it is killed, and
 * calls the action if there is one.
 */
import { openDatabase } from '../../database/index.ts';
import { createFixture } from './fixture.ts';

const [dataDir, url, storageUrl, action, params] = process.argv.slice(2);
if (!dataDir) throw new Error('which data folder?');
const fixture = await createFixture(await openDatabase(url || undefined, dataDir), dataDir, storageUrl);
await fixture.startEngine();
if (action !== undefined) await fixture.call(action, JSON.parse(params!));
process.on('disconnect', () => process.exit());
