/**
 * Uploads films, each under a SHA-1 of its own, several at a time, and prints how many a second were finished.
 * Arguments: port, uploads, how many at a time, films.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { freeBox } from '../film.ts';
import { createCaller } from '../upload/service.ts';

const [port = '', uploads = '', atATime = '', ...films] = process.argv.slice(2);
const call = createCaller(Number(port), Number(atATime));
const bytes = films.map((film) => readFileSync(film));
// Hashed beforehand, so that the server is what is measured.
const orders = Array.from({ length: Number(uploads) }, (_, i) => {
  const body = Buffer.concat([bytes[i % bytes.length]!, freeBox()]);
  const hash = (name: string) => createHash(name).update(body).digest('hex');
  return { body, sha1: hash('sha1'), md5: hash('md5') };
});

const startedAt = performance.now();
let next = 0;
const keepUploading = async () => {
  for (let i = next++; i < orders.length; i = next++) await upload(orders[i]!);
};
await Promise.all(Array.from({ length: Number(atATime) }, keepUploading));
console.log(`rate ${orders.length / ((performance.now() - startedAt) / 1000)}`);
process.exit();

async function upload({ body, sha1, md5 }: (typeof orders)[number]): Promise<void> {
  const file = { fileName: 'bench', fileType: 'mp4', fileSize: body.length, dataSize: 1024 * 1024 };
  await call('POST', 'InitUpload', { fileSha: sha1, ...file });
  await call('POST', 'UploadPart', { fileSha: sha1, offset: 0, dataSize: body.length, dataMd5: md5 }, body);
  await call('POST', 'FinishUpload', { fileSha: sha1 });
}
