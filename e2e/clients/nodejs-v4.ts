import { createHash, randomInt } from 'node:crypto';
import { KEYS } from '../testing/caller.ts';
import {
  exchange,
  HOST,
  mustSucceed,
  offsetsOf,
  partValues,
  sendAll,
  signedQuery,
  type UploadAnswer,
  type UploadClient,
  type Values,
} from './wire.ts';

const PATH = '/v2/index.php';
const PART_SIZE = 524_288;
const GROUP = 10;
const NOTIFY_URL = 'http://app.example.com:8080/vod/notify';

/** Chunked also when empty; Timestamp in ms; only the signature is percent-encoded. */
function send(
  port: number,
  action: string,
  values: Values,
  body: Uint8Array = Buffer.alloc(0),
): Promise<UploadAnswer> {
  const all = {
    Action: action,
    Region: 'gz',
    SecretId: KEYS.secretId,
    Timestamp: Date.now(),
    Nonce: randomInt(1, 2 ** 31),
    RequestClient: 'SDK_NODEJS_1.1',
    contentLen: body.length,
    notifyUrl: NOTIFY_URL,
    ...values,
  };
  const head = [
    `POST ${PATH}?${signedQuery(PATH, all, String)} HTTP/1.1`,
    'Content-Type: application/octet-stream',
    `Host: ${HOST}`,
    'Connection: close',
    'Transfer-Encoding: chunked',
  ];
  return exchange(port, head, chunked(body));
}

function chunked(body: Uint8Array, size = 65_536): Buffer {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

/** vod-nodejs-server-sdk-v4 1.1: sends every part whatever is there, and does not look at what a part is answered. */
export const nodejsV4: UploadClient = {
  name: 'Node v4',
  async upload(port, { name, type, bytes }, wishes = {}) {
    const fileSha = createHash('sha1').update(bytes).digest('hex');
    const file = { fileName: name, fileSize: bytes.length, fileType: type, fileSha };
    const transcode: Values = wishes.transcode ? { isTranscode: 1 } : {};
    const init = mustSucceed(await send(port, 'InitUpload', { ...file, dataSize: PART_SIZE, ...transcode }));
    const sent: number[] = [];
    const offsets = init.code === 2 ? [] : offsetsOf(bytes.length, PART_SIZE);
    await sendAll(offsets, GROUP, wishes.diesAfterParts, async (offset) => {
      const body = bytes.subarray(offset, offset + PART_SIZE);
      await send(port, 'UploadPart', { ...file, ...partValues(offset, body) }, body);
      sent.push(offset);
    });
    const { fileId = '', url = '' } = mustSucceed(await send(port, 'FinishUpload', { fileSha }));
    return { fileId, url, initCode: init.code, sent };
  },
};
