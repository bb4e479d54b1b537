import { OTHER, OVERSEA, OVERSEA_CARRIER, type Place, UNKNOWN_PLACE } from './names.ts';

/** What of a record of an address database is read, whichever database it is: GeoLite2 and GeoIP2 City, ASN and ISP alike. */
export interface AddressRecord {
  country?: { iso_code?: string };
  registered_country?: { iso_code?: string };
  subdivisions?: readonly { iso_code?: string }[];
  isp?: string;
  organization?: string;
  autonomous_system_organization?: string;
}

/** ISO 3166-2:CN. */
const PROVINCES: Readonly<Record<string, string>> = {
  ...{ AH: 'Anhui', BJ: 'Beijing', CQ: 'Chongqing', FJ: 'Fujian', GS: 'Gansu', GD: 'Guangdong' },
  ...{ GX: 'Guangxi', GZ: 'Guizhou', HI: 'Hainan', HE: 'Hebei', HL: 'Heilongjiang', HA: 'Henan' },
  ...{ HB: 'Hubei', HN: 'Hunan', JS: 'Jiangsu', JX: 'Jiangxi', JL: 'Jilin', LN: 'Liaoning' },
  ...{ NM: 'Inner Mongoria', NX: 'Ningxia', QH: 'Qinghai', SD: 'Shandong', SX: 'Shanxi' },
  ...{ SN: 'Shaanxi', SH: 'Shanghai', SC: 'Sichuan', TJ: 'Tianjin', XZ: 'Tibet', XJ: 'Xinjiang' },
  ...{ YN: 'Yunnan', ZJ: 'Zhejiang' },
};

const SEPARATE = new Set(['HK', 'MO', 'TW']);

/** By what their networks are called. The first that fits: China Railcom's are named after China Mobile, too. */
const CARRIER_NAMES: readonly [RegExp, string][] = [
  [/railcom|tietong|铁通/i, 'China Railcom'],
  [/unicom|china ?169|netcom|联通/i, 'China Unicom'],
  [/mobile|cmnet|移动/i, 'China Mobile'],
  [/telecom|chinanet|电信/i, 'China Telecom'],
  [/cernet|education and research|教育/i, 'Cernet'],
  [/great ?wall|gwbn|dr\.? ?peng|长城|鹏博士/i, 'Great Wall Broadband Network'],
];

/** Where an address is, from its records in the two databases; null for one that is not in it, or that there is none of. */
export function placeOfRecords(city: AddressRecord | null, network: AddressRecord | null): Place {
  const country = city?.country?.iso_code ?? city?.registered_country?.iso_code;
  const names = [network?.isp, network?.autonomous_system_organization, network?.organization].join(' ');
  const carrier = CARRIER_NAMES.find(([pattern]) => pattern.test(names))?.[1] ?? OTHER;
  if (country === undefined) return { ...UNKNOWN_PLACE, carrier };
  if (country === 'CN') {
    const code = city?.subdivisions?.[0]?.iso_code ?? '';
    return { region: PROVINCES[code] ?? OTHER, carrier };
  }
  return { region: SEPARATE.has(country) ? 'Hongkong Macao Taiwan' : OVERSEA, carrier: OVERSEA_CARRIER };
}
