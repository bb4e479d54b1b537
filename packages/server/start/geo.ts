import type { Config } from '../config.ts';
import { type Geo, openGeo } from '../stats/index.ts';
import { StartError } from './errors.ts';

/** Opens the databases of addresses that there are. @throws StartError for one that cannot be read */
export async function openGeoAtStart({
  cityDatabase: city,
  ispDatabase: network,
}: Pick<Config, 'cityDatabase' | 'ispDatabase'>): Promise<Geo> {
  for (const [setting, files] of [
    ['OPENVOD_CITY_DATABASE', { city }],
    ['OPENVOD_ISP_DATABASE', { network }],
  ] as const) {
    await openGeo(files).catch((error: Error) => {
      throw new StartError(setting, error.message, error);
    });
  }
  return openGeo({ city, network });
}
