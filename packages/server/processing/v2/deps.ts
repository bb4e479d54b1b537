import type { Addresses } from '../../common/addresses.ts';
import { Refused } from '../../common/faults/refused.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import type { Database } from '../../database/index.ts';
import type { Library } from '../../library/index.ts';
import type { Templates } from '../../templates/index.ts';
import type { Encryptions } from '../encryptions.ts';
import type { Processing, SimpleHls } from '../types.ts';
import type { Watermarks } from '../watermarks.ts';

/** What the handlers of this room are made of. */
export interface ProcessingActionDeps {
  database: Database;
  library: Library;
  processing: Processing;
  simpleHls: SimpleHls;
  addresses: Addresses;
  templates: Templates;
  watermarks: Watermarks;
  encryptions: Encryptions;
  outbound: Outbound;
}

/** Refuses, by name, the first parameter that asks for something this release does not make. */
export function refuseUnoffered(given: Record<string, boolean>): void {
  const name = Object.keys(given).find((parameter) => given[parameter]);
  if (name !== undefined) throw new Refused('feature.planned', `${name} is not offered yet`);
}
