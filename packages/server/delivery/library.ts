import type { Marks, Outputs, Videos } from '../library/index.ts';

/** What delivery asks of the library. */
export interface DeliveryLibrary {
  videos: Pick<Videos, 'find'>;
  marks: Pick<Marks, 'of'>;
  outputs: Pick<Outputs, 'of' | 'locate'>;
}
