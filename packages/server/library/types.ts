import type { Catalogue } from './catalogue/types.ts';
import type { Unfinished } from './deletion/unfinished.ts';
import type { Marks } from './marks/types.ts';
import type { Outputs } from './outputs/types.ts';
import type { Storage } from './storage-quota.ts';
import type { Videos } from './videos/types.ts';

/** What other rooms may ask of the library. */
export interface Library {
  videos: Videos;
  outputs: Outputs;
  marks: Marks;
  catalogue: Catalogue;
  storage: Storage;
  unfinished: Unfinished;
}
