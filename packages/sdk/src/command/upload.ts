import path from 'node:path';
import { parseArgs } from 'node:util';
import type { UploadProgress } from '../upload/upload-file.ts';
import { CALL_OPTIONS, clientFor, printJson } from './connect.ts';
import { bar, humanSize } from './format.ts';
import { UsageError } from './usage.ts';

/** `openvod upload FILE…`: one after the other; a file that was interrupted goes on where it stopped. */
export async function upload(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals: files } = parseArgs({
    args,
    options: {
      ...CALL_OPTIONS,
      name: { type: 'string' },
      class: { type: 'string' },
      tag: { type: 'string', multiple: true },
      transcode: { type: 'boolean' },
      watermark: { type: 'boolean' },
      procedure: { type: 'string' },
      cover: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (files.length === 0) throw new UsageError('openvod upload FILE…');
  if (files.length > 1 && values.name !== undefined) throw new UsageError('--name is for one file');
  const client = clientFor(values);
  const { name, tag: tags, transcode, watermark, procedure, cover } = values;
  const making = { transcode, watermark, procedure, cover };
  const classId = values.class === undefined ? undefined : Number(values.class);
  for (const file of files) {
    const draw = progressLine(path.basename(file), values.json);
    const tell = waitingLine();
    const onProgress = (progress: UploadProgress) => {
      tell(progress);
      if (progress.waiting === null) draw(progress);
    };
    const result = await client.upload(file, { name, tags, ...making, classId, signal, onProgress });
    if (values.json) printJson({ file, ...result });
    else process.stdout.write(`${result.fileId}  ${result.url}\n`);
  }
}

const LABELS = { hashing: 'checksum', uploading: 'upload', finishing: 'finishing', done: 'done' };
const REDRAW_MS = 100;

/** Says once, on standard error, that the service is waited for, and once that it is back. */
function waitingLine(): (progress: UploadProgress) => void {
  let waits = false;
  const say = (text: string) =>
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}openvod: ${text}\n`);
  return ({ waiting }) => {
    if (waiting !== null && !waits) {
      say(
        `the server does not answer, trying again for ${Math.ceil(waiting.forMs / 1000)} s (${waiting.reason})`,
      );
    }
    if (waiting === null && waits) say('the server answers again');
    waits = waiting !== null;
  };
}

/** Draws on standard error, and only where a person looks. */
function progressLine(file: string, json: boolean): (progress: UploadProgress) => void {
  if (json || !process.stderr.isTTY) return () => {};
  let drawn = 0;
  return ({ phase, totalBytes, hashedBytes, uploadedBytes }) => {
    const now = performance.now();
    if (phase !== 'done' && now - drawn < REDRAW_MS) return;
    drawn = now;
    const bytes = phase === 'hashing' ? hashedBytes : uploadedBytes;
    const line = `${file}  ${LABELS[phase].padEnd(9)} ${bar(bytes / totalBytes, 30)} ${humanSize(bytes)} of ${humanSize(totalBytes)}`;
    process.stderr.write(`\r\x1b[K${line}${phase === 'done' ? '\n' : ''}`);
  };
}
