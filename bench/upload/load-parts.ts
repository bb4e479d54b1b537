/**
 * Uploads one file in parts, all hashes made beforehand, and prints the seconds from the first call to the answer of
 * the last. Begins when it is told to. Arguments: film, port, MiB of the file, connections, MiB a part.
 */
import { createHash } from 'node:crypto';
import { createCaller, waitForStart } from './service.ts';
import { longFilm, MIB } from './source.ts';

const [film = '', ...numbers] = process.argv.slice(2);
const [port = 0, mib = 0, connections = 0, partMib = 1] = numbers.map(Number);
const call = createCaller(port, connections);
const fileSize = mib * MIB;
const partSize = partMib * MIB;
const bytesAt = longFilm(film, fileSize);
const whole = createHash('sha1');
const md5s: string[] = [];
for (let offset = 0; offset < fileSize; offset += partSize) {
  const bytes = bytesAt(offset, Math.min(partSize, fileSize - offset));
  whole.update(bytes);
  md5s.push(createHash('md5').update(bytes).digest('hex'));
}
const fileSha = whole.digest('hex');

await waitForStart();
const startedAt = performance.now();
await call('POST', 'InitUpload', {
  fileSha,
  fileName: 'bench',
  fileType: 'mp4',
  fileSize,
  dataSize: partSize,
});
let next = 0;
const sendParts = async () => {
  for (let i = next++; i < md5s.length; i = next++) {
    const bytes = bytesAt(i * partSize, Math.min(partSize, fileSize - i * partSize));
    const part = { fileSha, offset: i * partSize, dataSize: bytes.length, dataMd5: md5s[i]! };
    await call('POST', 'UploadPart', part, bytes);
  }
};
await Promise.all(Array.from({ length: connections }, sendParts));
await call('POST', 'FinishUpload', { fileSha });
console.log(`seconds ${(performance.now() - startedAt) / 1000}`);
process.exit();
