import type { Clock } from '../../common/clocks/clock.ts';
import type { DiskRoom } from '../../common/data-folder/data-folder.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import type { Database, Executor } from '../../database/index.ts';
import type { Events } from '../../events/index.ts';
import type { Library, LibraryEvents } from '../../library/index.ts';
import type { MediaInfo } from '../../media/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { TaskFlow } from '../../tasks/index.ts';
import { procedureFlow } from '../flows/procedure.ts';
import type { NotifyOptions, Processing } from '../types.ts';
import type { PullInput } from './job.ts';

/** What the room is given, as far as pulls need it. */
export interface RegisterDeps {
  database: Database;
  library: Library;
  store: ObjectStore;
  events: Events<Pick<LibraryEvents, 'video.created'>>;
  outbound: Outbound;
  disk: DiskRoom;
  clock: Clock;
  processing: Pick<Processing, 'startAfterIngest'>;
  /** What uploads of the application that have begun will store, bytes. */
  promisedBytes(trx: Executor, appId: string): Promise<number>;
}

/** A pulled file that lies in the store. */
export interface StoredPull extends PullInput {
  appId: string;
  md5: string;
  /** Extension, by what the file is. */
  type: string;
  /** Bytes. */
  size: number;
  sourceKey: string;
  info: MediaInfo;
}

/**
 * Makes a stored file a video, with its event and what was asked for with it; in the caller's transaction. A task flow that began with
 * fetching it goes on with it, and the event names that.
 * @returns the id of the transcode; null when none was asked for
 */
export async function register(
  { library, events, processing, clock }: RegisterDeps,
  trx: Executor,
  pull: StoredPull,
  flow: Pick<TaskFlow, 'id' | 'kind' | 'options'>,
): Promise<string | null> {
  const now = clock();
  const { notifyUrl } = flow.options as NotifyOptions;
  const { appId, videoId, name, sourceKey } = pull;
  const { classId, type, size, md5, tags, info } = pull;
  await library.videos.create(
    trx,
    {
      ...{ id: videoId, appId, name, classId, type, size, md5, tags, info, sourceKey },
      // Nobody announced one, and it would cost a pass over the file.
      sha1: '',
      sourceType: 'Pull',
    },
    now,
  );
  const { transcode, snapshots = false, watermark = null } = pull;
  const wishes = { transcode, snapshots, watermark, procedure: null, notifyUrl };
  const begun = await processing.startAfterIngest(trx, { id: videoId, appId, info }, wishes, now);
  const procedureId = flow.kind === procedureFlow.kind ? flow.id : begun.procedureId;
  const about = { videoId, name, sourceKey, coverKey: null, sourceContext: '', ...begun, procedureId };
  const payload = { ...about, sourceType: 'Pull' as const };
  await events.emit(trx, appId, { type: 'video.created', payload }, now);
  return begun.transcodeId;
}
