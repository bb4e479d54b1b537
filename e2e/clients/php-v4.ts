import { createHash, randomInt } from 'node:crypto';
import { KEYS } from '../testing/caller.ts';
import {
  exchange,
  HOST,
  mustSucceed,
  patiently,
  sendMissing,
  signedQuery,
  type UploadAnswer,
  type UploadClient,
  type Values,
} from './wire.ts';

const PATH = '/v3/index.php';
const PART_SIZE = 524_288;
const PARALLEL = 6;
const SENDINGS = 4;
const RETRIES = 5;

/** The head of one request, complete with its signature: what is sent again is sent unchanged. */
export function phpRequest(action: string, values: Values, bodyLength: number): string[] {
  const all = {
    Action: action,
    Nonce: randomInt(0, 1_000_001),
    Region: 'gz',
    RequestClient: 'SDK_PHP_1.4',
    SecretId: KEYS.secretId,
    Timestamp: Math.floor(Date.now() / 1000),
    contentLen: bodyLength,
    ...values,
  };
  return [
    `POST ${PATH}?${signedQuery(PATH, all)} HTTP/1.1`,
    `Host: ${HOST}`,
    'Accept: */*',
    'Content-Type: application/octet-stream',
    `Content-Length: ${bodyLength}`,
  ];
}

/** Sends the very same request until an answer comes. */
async function send(port: number, head: string[], body?: Uint8Array): Promise<UploadAnswer> {
  for (let sending = 1; ; sending++) {
    try {
      return await exchange(port, head, body);
    } catch (error) {
      if (sending === SENDINGS) throw error;
    }
  }
}

/** vod-php-server-sdk-v4 1.4. */
export const phpV4: UploadClient = {
  name: 'PHP v4',
  async upload(port, { name, type, bytes }, wishes = {}) {
    const call = (action: string, values: Values, body: Uint8Array = Buffer.alloc(0)) =>
      patiently(RETRIES, () => send(port, phpRequest(action, values, body.length), body));
    const fileSha = createHash('sha1').update(bytes).digest('hex');
    const repeated = {
      name: `${name}.${type}`,
      isTranscode: Number(wishes.transcode ?? false),
      isScreenshot: 0,
      isWatermark: 0,
    };
    const init = mustSucceed(
      await call('InitUpload', {
        ...repeated,
        ...{ fileSha, fileSize: bytes.length, fileName: name, fileType: type, dataSize: PART_SIZE },
        classId: wishes.classId ?? 0,
        ...Object.fromEntries(wishes.tags?.map((tag, index) => [`tag.${index + 1}`, tag]) ?? []),
      }),
    );
    const sent = await sendMissing(init, bytes, PART_SIZE, { parallel: PARALLEL, ...wishes }, (part, body) =>
      call('UploadPart', { ...repeated, fileSha, ...part }, body).then(mustSucceed),
    );
    const { fileId = '', url = '' } = mustSucceed(await call('FinishUpload', { fileSha }));
    return { fileId, url, initCode: init.code, sent };
  },
};
