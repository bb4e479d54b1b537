import { isUploadedPicture, runFolder, videoPrefix } from '../common/object-keys.ts';
import { type Outputs, outputOfName } from '../library/index.ts';
import type { ObjectInfo, ObjectStore } from '../storage/index.ts';
import type { Located } from './representation.ts';
import type { Target } from './target.ts';

export type LocateOutput = Outputs['locate'];

/**
 * Finds the object behind an address. One that names a run is its object's key, and so is that of a source; what can be
 * made anew is asked for. The address of an uploaded picture gives the cover that its video has now; without a video, or a
 * cover, the picture itself.
 */
export async function locate(
  { appId, videoId, name, run }: Target,
  store: ObjectStore,
  locateOutput: LocateOutput,
): Promise<(Located & { info: ObjectInfo }) | null> {
  const found = async (located: Located) => {
    const info = await store.head(located.key);
    return info && { ...located, info };
  };
  if (run !== null) return found({ key: runFolder(appId, videoId, run) + name, run, lasting: true });
  if (outputOfName(name)?.kind === 'source')
    return found({ key: videoPrefix(appId, videoId) + name, run: null, lasting: true });
  const output = await locateOutput(appId, videoId, name);
  const current = output && (await found({ ...output, lasting: false }));
  if (current || !isUploadedPicture(name)) return current;
  return found({ key: videoPrefix(appId, videoId) + name, run: null, lasting: false });
}
