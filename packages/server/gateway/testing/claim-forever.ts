/** Claims signatures without end and prints each that was granted; to be killed. Argument: the data folder. */
import { silentLogger } from '../../common/log.ts';
import { SqliteNonceStore } from '../replay/sqlite.ts';

const [dataDir = ''] = process.argv.slice(2);
const store = new SqliteNonceStore(
  dataDir,
  { windowMs: 7_200_000, memoryBytes: 2 ** 24 },
  Date.now,
  silentLogger,
);
for (let i = 0; ; i++) {
  const issuedAt = Date.now();
  if (await store.claim('id', `signature ${i}`, issuedAt)) process.stdout.write(`${i} ${issuedAt}\n`);
  await new Promise(setImmediate);
}
