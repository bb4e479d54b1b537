import { parseArgs } from 'node:util';
import { CALL_OPTIONS, clientFor, printJson } from './connect.ts';
import { clockTime, humanSize } from './format.ts';
import { UsageError } from './usage.ts';

const PAGE = 100;

/** `openvod ls`: the account's videos, newest first. */
export async function ls(args: string[], signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...CALL_OPTIONS, class: { type: 'string' }, limit: { type: 'string', default: '100' } },
  });
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number above 0');
  const classId = values.class === undefined ? undefined : Number(values.class);
  const client = clientFor(values);
  for (let pageNo = 1, left = limit; left > 0; pageNo++, left -= PAGE) {
    const page = await client.describeVodInfo({ pageNo, pageSize: PAGE, orderby: 1, classId }, { signal });
    for (const video of page.fileSet.slice(0, left)) {
      if (values.json) printJson(video);
      else {
        const size = humanSize(Number(video.size)).padStart(9);
        process.stdout.write(
          `${video.fileId.padEnd(20)} ${size} ${clockTime(Number(video.duration)).padStart(8)}  ${video.createTime}  ${video.fileName}\n`,
        );
      }
    }
    if (page.fileSet.length < PAGE) return;
  }
}
