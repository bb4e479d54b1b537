import { Refused } from '../../common/faults/refused.ts';

/** Where a client is, in the names of the original's page (docs/wire/statistics.md), with its mistakes. */
export interface Place {
  region: string;
  carrier: string;
}

export const OTHER = 'Other';
export const OVERSEA = 'Oversea';
export const OVERSEA_CARRIER = 'Oevrsea Isp';

/** What is said of every client when there is no database of addresses. */
export const UNKNOWN_PLACE: Place = { region: OTHER, carrier: OTHER };

/** A region or a carrier: its Chinese name, and its number in lines of the access log (docs/wire/delivery.md). */
interface Named {
  chinese: string;
  code: string;
}

/** By English names. */
export const REGIONS: Readonly<Record<string, Named>> = {
  Anhui: { chinese: '安徽', code: '121' },
  Beijing: { chinese: '北京', code: '22' },
  Chongqing: { chinese: '重庆', code: '1051' },
  Fujian: { chinese: '福建', code: '2' },
  Gansu: { chinese: '甘肃', code: '1208' },
  Guangdong: { chinese: '广东', code: '4' },
  Guangxi: { chinese: '广西', code: '173' },
  Guizhou: { chinese: '贵州', code: '118' },
  Hainan: { chinese: '海南', code: '1441' },
  Hebei: { chinese: '河北', code: '1069' },
  Heilongjiang: { chinese: '黑龙江', code: '145' },
  Henan: { chinese: '河南', code: '182' },
  Hubei: { chinese: '湖北', code: '1135' },
  Hunan: { chinese: '湖南', code: '1466' },
  Jiangsu: { chinese: '江苏', code: '120' },
  Jiangxi: { chinese: '江西', code: '1465' },
  Jilin: { chinese: '吉林', code: '1445' },
  Liaoning: { chinese: '辽宁', code: '1464' },
  'Inner Mongoria': { chinese: '内蒙古', code: '86' },
  Ningxia: { chinese: '宁夏', code: '119' },
  Qinghai: { chinese: '青海', code: '1467' },
  Shandong: { chinese: '山东', code: '122' },
  Shanxi: { chinese: '山西', code: '146' },
  Shaanxi: { chinese: '陕西', code: '152' },
  Shanghai: { chinese: '上海', code: '1050' },
  Sichuan: { chinese: '四川', code: '1068' },
  Tianjin: { chinese: '天津', code: '1177' },
  Tibet: { chinese: '西藏', code: '1155' },
  Xinjiang: { chinese: '新疆', code: '1468' },
  Yunnan: { chinese: '云南', code: '153' },
  Zhejiang: { chinese: '浙江', code: '1442' },
  'Hongkong Macao Taiwan': { chinese: '港澳台', code: '1' },
  [OVERSEA]: { chinese: '海外', code: '-1' },
  [OTHER]: { chinese: '其它', code: '0' },
};

export const CARRIERS: Readonly<Record<string, Named>> = {
  'China Unicom': { chinese: '中国联通', code: '26' },
  'China Railcom': { chinese: '中国铁通', code: '3947' },
  'China Telecom': { chinese: '中国电信', code: '2' },
  'China Mobile': { chinese: '中国移动', code: '1046' },
  Cernet: { chinese: '教育网', code: '38' },
  'Great Wall Broadband Network': { chinese: '长城宽带', code: '43' },
  [OVERSEA_CARRIER]: { chinese: '海外运营商', code: '-1' },
  [OTHER]: { chinese: '其它', code: '0' },
};

/**
 * Names of regions or carriers, as they are spelt here.
 * @throws Refused `parameter.refused` for one that there is not
 */
export function checkedNames(
  known: Readonly<Record<string, Named>>,
  names: readonly string[],
  field: string,
): readonly string[] {
  const wrong = names.find((name) => !Object.hasOwn(known, name));
  if (wrong === undefined) return names;
  throw new Refused(
    'parameter.refused',
    `there is no ${wrong}: it must be one of ${Object.keys(known).join(', ')}`,
    {
      field,
    },
  );
}
