/**
 * Uploads files with the SDK in a process of its own: `upload-process.ts URL FILE…`. Writes one line of JSON for each file,
 * with the result and the highest memory of the process so far. With `--dies-at=BYTES` it kills itself when the service
 * has acknowledged that much.
 */
import { parseArgs } from 'node:util';
import { createClient } from '../../packages/sdk/src/index.ts';
import { KEYS } from './caller.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dies-at': { type: 'string', default: 'Infinity' } },
});
const diesAt = Number(values['dies-at']);
const [url, ...files] = positionals;
const client = createClient({ ...KEYS, url });
for (const file of files) {
  const result = await client.upload(file, {
    onProgress: ({ uploadedBytes }) => {
      if (uploadedBytes >= diesAt) process.kill(process.pid, 'SIGKILL');
    },
  });
  // maxRSS is in KiB (Node documentation, process.resourceUsage).
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ ...result, peakBytes })}\n`);
}
