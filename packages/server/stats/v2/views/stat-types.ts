import type { Measure } from '../../types.ts';

/** What `statType` names. */
export const STAT_TYPES: Readonly<Record<string, Measure>> = {
  flux: 'bytes',
  bandwidth: 'bandwidth',
  requests: 'requests',
  hitrate: 'hits',
  ip_visits: 'visitors',
};

/** Those that there are by region and carrier. */
export const PLACE_STAT_TYPES = { flux: 'bytes', bandwidth: 'bandwidth', requests: 'requests' } as const;
