import type { NewFlow } from '../../tasks/index.ts';
import { presetOf } from '../../templates/index.ts';
import { sampleSnapshotJob } from '../jobs/sample-snapshot.ts';

const PRESET = 10;

/** What `isScreenshot` stands for (docs/wire/templates.md, Snapshots). */
export function usualSnapshots(): NewFlow['jobs'][number] {
  const preset = presetOf('sampledSnapshot', PRESET);
  if (!preset) throw new Error(`there is no sampled-snapshot preset ${PRESET}`);
  return sampleSnapshotJob.ask({ definition: PRESET, ...preset.body });
}
