import { createHash, randomInt } from 'node:crypto';
import { KEYS } from '../testing/caller.ts';
import {
  exchange,
  HOST,
  type LocalFile,
  patiently,
  sendMissing,
  signedQuery,
  type UploadAnswer,
  type UploadClient,
  type Values,
} from './wire.ts';

const PATH = '/v3/index.php';
const PART_SIZE = 524_288;
const THREADS = 3;
const RETRIES = 3;

/** HttpURLConnection: a POST that nobody wrote to has no Content-Length and no type, any other one is called a form. */
function send(port: number, action: string, values: Values, body?: Uint8Array): Promise<UploadAnswer> {
  const all = {
    Action: action,
    Nonce: randomInt(1, 2 ** 31),
    Region: 'gz',
    SecretId: KEYS.secretId,
    Timestamp: Math.floor(Date.now() / 1000),
    ...values,
  };
  const head = [
    `POST ${PATH}?${signedQuery(PATH, all)} HTTP/1.1`,
    'User-Agent: Java/1.8.0_161',
    `Host: ${HOST}`,
    'Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
    'Connection: keep-alive',
  ];
  if (body === undefined) return exchange(port, head);
  const described = ['Content-type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`];
  return exchange(port, [...head, ...described], body);
}

/** Other than the rest it takes nothing but 0 (and 1 and 2 of InitUpload). */
async function call(
  port: number,
  action: string,
  values: Values,
  body?: Uint8Array,
  accepted: readonly number[] = [0],
): Promise<UploadAnswer> {
  const answer = await patiently(RETRIES, () => send(port, action, values, body));
  if (!accepted.includes(answer.code)) throw new Error(`${action}: ${answer.code} ${answer.message}`);
  return answer;
}

/** SmallFileUpload, the only client that sends it. */
export async function javaCover(
  port: number,
  { name, type, bytes }: LocalFile,
  videoId: string,
): Promise<UploadAnswer> {
  const values = {
    fileName: name,
    fileType: type,
    fileSha: createHash('sha1').update(bytes).digest('hex'),
    fileSize: bytes.length,
    dataSize: bytes.length,
    dataMd5: createHash('md5').update(bytes).digest('hex'),
    offset: 0,
    storeTime: 0,
    'extra.usage': 1,
    'extra.fileId': videoId,
  };
  return call(port, 'SmallFileUpload', values, bytes);
}

/** vod-java-server-sdk-v4. */
export const javaV4: UploadClient = {
  name: 'Java v4',
  async upload(port, { name, type, bytes }, wishes = {}) {
    const fileSha = createHash('sha1').update(bytes).digest('hex');
    const announced = {
      ...{ fileSha, fileSize: bytes.length, fileName: name, fileType: type, dataSize: PART_SIZE },
      ...{ isTranscode: Number(wishes.transcode ?? false), isScreenshot: 0, isWatermark: 0 },
      ...{ classId: wishes.classId ?? 0, storeTime: 0 },
      ...Object.fromEntries(wishes.tags?.map((tag, index) => [`tag.${index + 1}`, tag]) ?? []),
    };
    const init = await call(port, 'InitUpload', announced, undefined, [0, 1, 2]);
    const sent = await sendMissing(init, bytes, PART_SIZE, { parallel: THREADS, ...wishes }, (part, body) =>
      call(port, 'UploadPart', { fileSha, ...part }, body),
    );
    const { fileId = '', url = '' } = await call(port, 'FinishUpload', { fileSha });
    return { fileId, url, initCode: init.code, sent };
  },
};
