import type { Outputs, Videos } from '../library/index.ts';

/** What delivery asks of the library. */
export interface DeliveryLibrary {
  videos: Pick<Videos, 'find'>;
  outputs: Pick<Outputs, 'of' | 'locate'>;
}
