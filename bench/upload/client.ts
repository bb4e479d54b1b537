/**
 * Uploads one file in parts of 1 MiB, all hashes made beforehand, and prints the seconds from the first call to the
 * answer of the last. Arguments: port, MiB, connections.
 */
import { createHash } from 'node:crypto';
import { createCaller } from './service.ts';
import { block, MIB } from './source.ts';

const [port = 0, blocks = 0, connections = 0] = process.argv.slice(2).map(Number);
const call = createCaller(port, connections);
const whole = createHash('sha1');
const md5s: string[] = [];
for (let i = 0; i < blocks; i++) {
  whole.update(block(i));
  md5s.push(createHash('md5').update(block(i)).digest('hex'));
}
const fileSha = whole.digest('hex');

const startedAt = performance.now();
const file = { fileName: 'bench', fileType: 'mp4', fileSize: blocks * MIB, dataSize: MIB };
await call('POST', 'InitUpload', { fileSha, ...file });
let next = 0;
const sendParts = async () => {
  for (let i = next++; i < blocks; i = next++) {
    const part = { fileSha, offset: i * MIB, dataSize: MIB, dataMd5: md5s[i]! };
    await call('POST', 'UploadPart', part, block(i));
  }
};
await Promise.all(Array.from({ length: connections }, sendParts));
await call('POST', 'FinishUpload', { fileSha });
console.log(`seconds ${(performance.now() - startedAt) / 1000}`);
process.exit();
