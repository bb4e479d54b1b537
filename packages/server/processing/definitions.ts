import type { Executor } from '../database/index.ts';
import { MediaError, type MediaInfo, type OutputSpec, planTranscode } from '../media/index.ts';
import { presetOf, type Template, type Templates } from '../templates/index.ts';
import type { DefaultDefinitions } from './types.ts';

/**
 * What media is to make. A job keeps this, not the number alone: who asked for a file was told that it would be made, as the
 * template was. So a change or a deletion of the template while the job waits does not concern it, and RedoTask makes the same
 * again, under an address that is out already; who wants what the template says now asks anew.
 */
export function outputSpecs(templates: readonly Template<'transcode'>[]): OutputSpec[] {
  return templates.map(({ id, body }) => ({ id, ...body }));
}

/** The default definitions of an application; one that has been deleted since it was set is left out. */
export async function defaultTemplates(
  { templates, defaultDefinitions }: { templates: Templates; defaultDefinitions: DefaultDefinitions },
  appId: string,
  db: Executor,
): Promise<Template<'transcode'>[]> {
  const wanted = await defaultDefinitions(appId, db);
  const found = await templates.getMany(db, appId, 'transcode', wanted);
  return [...new Set(wanted)].flatMap((id) => found.get(id) ?? []);
}

/**
 * What media is to make of a preset.
 * @throws Error when there is no such preset
 */
export function presetSpec(id: number): OutputSpec {
  const preset = presetOf('transcode', id);
  if (!preset) throw new Error(`there is no transcode preset ${id}`);
  return { id, ...preset.body };
}

/**
 * Those definitions that `disableHigherBitrate` leaves: none whose bitrate is above the source's. A source that
 * nothing is known of, or that is unfit, leaves all: the task will say why they cannot be made.
 */
export function withoutHigherBitrate(info: MediaInfo | null, specs: readonly OutputSpec[]): OutputSpec[] {
  if (info === null) return [...specs];
  try {
    const { skipped } = planTranscode(info, [...specs], { disableHigherBitrate: true });
    const higher = new Set(
      skipped.filter(({ reason }) => reason === 'higher-bitrate').map(({ definition }) => definition),
    );
    return specs.filter(({ id }) => !higher.has(id));
  } catch (error) {
    if (error instanceof MediaError) return [...specs];
    throw error;
  }
}
