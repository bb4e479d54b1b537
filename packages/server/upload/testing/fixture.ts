import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Action, actionByName, parseParams } from '@openvod/contract/v2';
import { createClasses } from '../../classes/index.ts';
import { createAddresses } from '../../common/addresses.ts';
import { Refused } from '../../common/faults/refused.ts';
import { silentLogger } from '../../common/log.ts';
import { createOutbound } from '../../common/outbound/outbound.ts';
import { createLibrary, libraryEventViews } from '../../library/index.ts';
import { MediaError, type MediaInfo } from '../../media/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { Tasks } from '../../tasks/types.ts';
import type { TestDatabase } from '../../testing/databases.ts';
import { rememberingEvents } from '../../testing/events.ts';
import { asOnTheWire, WireError } from '../../testing/wire-error.ts';
import { createUploads, type UploadConfig, type UploadDeps } from '../index.ts';
import { tables } from '../tables.ts';

export const APP = '1250000001';

/** An answer as the gateway would send it: `code` and the result's fields, or the code of an error. */
// biome-ignore lint/suspicious/noExplicitAny: wire results are checked by value
type Answer = Record<string, any> & { code: number };

export const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** Bytes that are the same for the same seed, and differ everywhere. */
export function content(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, x = seed * 2654435761 + 1; i < size; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

/** The upload room on a real library, with tasks, events and probing that only remember. */
export function createFixture(
  { database }: Pick<TestDatabase, 'database'>,
  store: ObjectStore,
  config: Partial<UploadConfig> = {},
  realEvents?: UploadDeps['events'],
  probe: UploadDeps['probe'] = async (): Promise<MediaInfo> => {
    throw new MediaError({ stage: 'probe', reason: 'damaged' });
  },
) {
  const time = { now: Date.UTC(2026, 0, 1) };
  const transcodes: string[] = [];
  /** What was begun beside plain transcodes, in order. */
  const started: object[] = [];
  const defaultWatermark: { body: object | null } = { body: null };
  const addresses = createAddresses('https://media.example.com');
  const remembering = rememberingEvents(libraryEventViews, addresses);
  const { emitted } = remembering;
  const events = realEvents ?? remembering.events;
  /** Why the data folder's disk takes nothing; null while it does. */
  const room: { shortage: string | null } = { shortage: null };
  const disk = { shortage: async () => room.shortage };
  const clock = () => time.now;
  const log = silentLogger;
  const { classes } = createClasses({ database });
  // Nothing is deleted here.
  const library = createLibrary({
    ...{ database, store, classes, addresses, clock, log, events: remembering.events },
    tasks: {} as Tasks,
  });
  const uploads = createUploads({
    database,
    store,
    library,
    classes,
    events,
    disk,
    addresses,
    outbound: createOutbound({ allowPrivate: false }),
    clock,
    log,
    config,
    processing: {
      async startAfterIngest(_trx, { id }, { transcode, snapshots, watermark, procedure }) {
        if (transcode) transcodes.push(id);
        if (transcode && watermark) started.push({ videoId: id, watermark });
        if (procedure) started.push({ videoId: id, procedure });
        const procedureId = procedure ? `procedure-${id}` : `${APP}-Procedure-${id}`;
        return {
          transcodeId: transcode ? `transcode-${id}` : null,
          procedureId: procedure || (snapshots && !transcode) ? procedureId : null,
        };
      },
      async prepareProcedure(_db, _appId, call) {
        if (call !== 'Wanted()') throw new Refused('procedure.invalid', `there is no ${call}`);
        return { call, jobs: [], options: {} };
      },
      watermarks: {
        async require(_db, _appId, definition = 1) {
          const { body } = defaultWatermark;
          if (!body) throw new Refused('watermark.none', 'there is no default watermark');
          return { definition, body: body as never };
        },
      },
    },
    probe,
  });
  const handlers = uploads.v2;

  /** Calls an action with parameters as they travel. */
  async function call(
    name: string,
    params: Parameters<typeof parseParams>[1],
    body?: Uint8Array | Readable,
    appId = APP,
  ): Promise<Answer> {
    const action = actionByName(name) as Action;
    const parsed = parseParams(action, params);
    if (!parsed.ok) return { code: -10003, message: parsed.message };
    const run = handlers.find((candidate) => candidate.action === action)!.run;
    try {
      const result = await asOnTheWire(action, () =>
        run(parsed.value, {
          appId,
          now: time.now,
          signal: new AbortController().signal,
          log,
          body: body instanceof Uint8Array ? inChunks(body) : body,
        }),
      );
      return { code: 0, ...(result as object) };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return { code: error.code, message: error.message, canRetry: error.canRetry ? 1 : 0 };
    }
  }

  const init = (bytes: Uint8Array, more: Parameters<typeof parseParams>[1] = {}) =>
    call('InitUpload', {
      fileName: 'v',
      fileSha: sha1(bytes),
      fileSize: String(bytes.length),
      dataSize: '524288',
      fileType: 'mp4',
      ...more,
    });
  const part = (bytes: Uint8Array, offset: number, size: number, more: Record<string, string> = {}) => {
    const body = bytes.subarray(offset, offset + size);
    const params = {
      fileSha: sha1(bytes),
      offset: String(offset),
      dataSize: String(body.length),
      dataMd5: md5(body),
      ...more,
    };
    return call('UploadPart', params, body);
  };
  const finish = (bytes: Uint8Array) => call('FinishUpload', { fileSha: sha1(bytes) });

  /** Every row of the room's tables. */
  const rows = async (): Promise<object[]> => [
    ...(await tables(database.db).selectFrom('upload_sessions').selectAll().execute()),
    ...(await tables(database.db).selectFrom('upload_parts').selectAll().execute()),
  ];

  return {
    room,
    rows,
    uploads,
    library,
    database,
    store,
    time,
    emitted,
    transcodes,
    started,
    defaultWatermark,
    call,
    init,
    part,
    finish,
  };
}

export type Fixture = ReturnType<typeof createFixture>;

/** Copies, because whoever reads a body may free its chunks. */
function inChunks(bytes: Uint8Array): Readable {
  const chunks: Uint8Array[] = [];
  for (let i = 0; i < bytes.length; i += 65_536) chunks.push(Buffer.from(bytes.subarray(i, i + 65_536)));
  return Readable.from(chunks, { objectMode: false });
}
