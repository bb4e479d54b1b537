import { type Kysely, sql } from 'kysely';

/**
 * Flows say in the service's own terms what 0.1 kept as the wire has it: sub-tasks become jobs that begin and end by
 * themselves, codes become kinds of failure, and a flow may read several videos, or none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('task_flow_videos')
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('video_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('task_flow_videos_key', ['video_id', 'flow_id'])
    .execute();
  await db.schema.createIndex('task_flow_videos_by_flow').on('task_flow_videos').column('flow_id').execute();
  await sql`insert into task_flow_videos select id, app_id, video_id from task_flows`.execute(db);
  await db.schema.dropIndex('task_flows_video').execute();

  // What may be null now cannot be said of an existing column on every database: a new table takes the rows over.
  await db.schema.alterTable('task_flows').renameTo('task_flows_before').execute();
  for (const index of ['next', 'listed', 'finished'])
    await db.schema.dropIndex(`task_flows_${index}`).execute();
  await createFlows(db);
  const rows = await sql<OldRow>`select * from task_flows_before`.execute(db);
  for (const row of rows.rows) await insertFlow(db, row);
  await db.schema.dropTable('task_flows_before').execute();
}

async function createFlows(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('task_flows')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('video_id', 'text')
    .addColumn('sources', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('notify', 'text', (column) => column.notNull())
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('options', 'text', (column) => column.notNull())
    .addColumn('about', 'text')
    .addColumn('jobs', 'text', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('run_after', 'bigint', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('faults', 'integer', (column) => column.notNull())
    .addColumn('run', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addPrimaryKeyConstraint('flows_key', ['id'])
    .execute();
  // What to start next; also finds those that are being processed.
  await db.schema
    .createIndex('task_flows_next')
    .on('task_flows')
    .columns(['status', 'priority desc', 'created_at'])
    .execute();
  await db.schema
    .createIndex('task_flows_listed')
    .on('task_flows')
    .columns(['app_id', 'status', 'created_at', 'id'])
    .execute();
  await db.schema.createIndex('task_flows_finished').on('task_flows').column('finished_at').execute();
}

interface OldRow {
  app_id: string;
  video_id: string;
  notify_mode: string;
  sub_tasks: string;
  error_code: number;
  message: string;
  started_at: number | null;
  finished_at: number | null;
  [column: string]: unknown;
}

interface OldSubTask {
  index: number;
  type: string;
  input: { definition: number };
  status: string;
  errorCode: number;
  message: string;
  output: ({ definition: number; key: string; container: string; info: object | null } & Rest) | null;
  progress: number;
}

type Rest = Record<string, unknown>;

async function insertFlow(db: Kysely<unknown>, row: OldRow): Promise<void> {
  const { notify_mode, sub_tasks, error_code, message, ...kept } = row;
  const failure = failureOf(error_code, message);
  const values = {
    ...kept,
    sources: JSON.stringify([row.video_id]),
    notify: { Change: 'change', None: 'none' }[notify_mode] ?? 'end',
    about: null,
    jobs: JSON.stringify((JSON.parse(sub_tasks) as OldSubTask[]).map((subTask) => jobOf(subTask, row))),
    failure: failure && JSON.stringify(failure),
  };
  await (db as Kysely<Record<string, Rest>>).insertInto('task_flows').values(values).execute();
}

function jobOf(
  { index, type, input, status, errorCode, message, output, progress }: OldSubTask,
  row: OldRow,
) {
  const hasBegun = status !== 'waiting';
  const hasEnded = status === 'succeeded' || status === 'failed';
  return {
    ...{ index, type: type.toLowerCase(), input, status, progress },
    failure: failureOf(errorCode, message),
    output: output && outputOf(output, row),
    startedAt: hasBegun ? row.started_at : null,
    endedAt: hasEnded ? row.finished_at : null,
  };
}

/** The key of its object is taken apart as 007 does it for the library. */
function outputOf({ key, container, info, ...output }: NonNullable<OldSubTask['output']>, row: OldRow) {
  const path = key.slice(`vod${row.app_id}/${row.video_id}/`.length).split('/');
  const named = container === 'hls,applehttp' ? 'hls' : container;
  return {
    ...output,
    ...{ kind: 'transcode', number: 0, name: path.at(-1), run: path.length > 1 ? path[0] : null },
    container: named,
    info: info && { ...info, container: named },
    details: null,
  };
}

const STAGES: Record<number, string> = {
  430: 'probe',
  440: 'snapshot',
  450: 'transcode',
  491: 'check-output',
};
const REASONS: Record<number, string> = {
  1: 'damaged',
  29: 'decode-failed',
  89: 'codec-unknown',
  92: 'sample-rate-unknown',
  93: 'channels-unknown',
  95: 'size-unknown',
  98: 'end-of-file',
  99: 'seek-beyond-end',
};
const SOURCE_REASONS: Record<number, string> = {
  102: 'codec-not-in-container',
  104: 'duration-out-of-range',
  200: 'duration-zero',
  400: 'no-streams',
  401: 'no-audio',
  402: 'no-video',
  403: 'picture-too-large',
};

/** 0.1 kept the code of the wire, five digits of stage and reason, all of them negative but that of a system failure. */
function failureOf(code: number, message: string): { kind: string; message: string } | null {
  if (code === 0) return null;
  const stage = Math.trunc(-code / 100);
  const reason = -code % 100;
  const kind = () => {
    if (message.startsWith('cancelled')) return 'cancelled';
    if (stage === 471 || stage === 472 || stage === 474) {
      const known = SOURCE_REASONS[-code % 1000];
      return known ? `source/${known}` : 'system';
    }
    const known = STAGES[stage] && REASONS[reason];
    return known ? `${STAGES[stage]}/${known}` : 'system';
  };
  return { kind: kind(), message };
}
