import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { silentLogger } from '../../common/log.ts';
import { addressFile } from '../testing/address-file.ts';
import { openGeo } from './databases.ts';
import { CARRIERS, REGIONS, UNKNOWN_PLACE } from './names.ts';
import { type AddressRecord, placeOfRecords } from './place-of.ts';

const china = (province: string) => ({ country: { iso_code: 'CN' }, subdivisions: [{ iso_code: province }] });

const CASES: [AddressRecord | null, AddressRecord | null, string, string][] = [
  [null, null, 'Other', 'Other'],
  [china('GD'), { isp: 'China Mobile communications corporation' }, 'Guangdong', 'China Mobile'],
  [
    china('NM'),
    { autonomous_system_organization: 'CHINA UNICOM China169 Backbone' },
    'Inner Mongoria',
    'China Unicom',
  ],
  [china('SN'), { autonomous_system_organization: 'Chinanet' }, 'Shaanxi', 'China Telecom'],
  [china('BJ'), { organization: 'China Education and Research Network Center' }, 'Beijing', 'Cernet'],
  [china('SH'), { isp: 'China TieTong Telecommunications' }, 'Shanghai', 'China Railcom'],
  [china('SH'), { isp: 'Dr.Peng Group' }, 'Shanghai', 'Great Wall Broadband Network'],
  [china('ZZ'), { isp: 'Somebody' }, 'Other', 'Other'],
  [{ country: { iso_code: 'CN' } }, null, 'Other', 'Other'],
  [{ registered_country: { iso_code: 'CN' }, subdivisions: [{ iso_code: 'XZ' }] }, null, 'Tibet', 'Other'],
  [
    { country: { iso_code: 'HK' } },
    { isp: 'China Mobile Hong Kong' },
    'Hongkong Macao Taiwan',
    'Oevrsea Isp',
  ],
  [{ country: { iso_code: 'DE' } }, null, 'Oversea', 'Oevrsea Isp'],
  [null, { isp: 'Chinanet' }, 'Other', 'China Telecom'],
];

test('records of address databases in the names of the page', () => {
  for (const [city, network, region, carrier] of CASES) {
    const place = placeOfRecords(city, network);
    assert.deepEqual(place, { region, carrier }, JSON.stringify([city, network]));
    assert.ok(Object.hasOwn(REGIONS, place.region) && Object.hasOwn(CARRIERS, place.carrier));
  }
});

test('files are read, also anew when they change; a broken one leaves what was known', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-geo-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const city = path.join(folder, 'city.mmdb');
  const network = path.join(folder, 'isp.mmdb');
  await writeFile(
    city,
    addressFile({ '192.0.2.0/25': china('GD'), '198.51.100.0/24': { country: { iso_code: 'FR' } } }),
  );
  await writeFile(
    network,
    addressFile({ '192.0.0.0/16': { isp: 'China Unicom Guangdong Province Network' } }),
  );
  const geo = await openGeo({ city, network });
  assert.deepEqual(geo.knows, { regions: true, carriers: true });
  const guangdong = { region: 'Guangdong', carrier: 'China Unicom' };
  for (let asked = 0; asked < 2; asked++) assert.deepEqual(geo.placeOf('192.0.2.1'), guangdong);
  assert.deepEqual(geo.placeOf('::ffff:192.0.2.2'), guangdong);
  assert.deepEqual(geo.placeOf('192.0.2.200'), { region: 'Other', carrier: 'China Unicom' });
  assert.deepEqual(geo.placeOf('198.51.100.7'), { region: 'Oversea', carrier: 'Oevrsea Isp' });
  for (const nowhere of ['', 'unknown', '203.0.113.1', '2001:db8::1', '999.1.1.1']) {
    assert.deepEqual(geo.placeOf(nowhere), UNKNOWN_PLACE, nowhere);
  }

  await geo.refresh(silentLogger);
  assert.deepEqual(geo.placeOf('192.0.2.1'), guangdong);
  await writeFile(city, 'broken');
  await utimes(city, 1, 1);
  await geo.refresh(silentLogger);
  assert.deepEqual(geo.placeOf('192.0.2.1'), guangdong);
  await writeFile(city, addressFile({ '192.0.2.0/24': china('HB') }));
  await utimes(city, 2, 2);
  await geo.refresh(silentLogger);
  assert.deepEqual(geo.placeOf('192.0.2.1'), { region: 'Hubei', carrier: 'China Unicom' });
});

test('without files nothing is known, and a file that cannot be read is named', async () => {
  const geo = await openGeo({});
  assert.deepEqual(geo.knows, { regions: false, carriers: false });
  assert.deepEqual(geo.placeOf('192.0.2.1'), UNKNOWN_PLACE);
  await assert.rejects(openGeo({ city: '/nowhere/city.mmdb' }), /\/nowhere\/city\.mmdb cannot be read/);
  await assert.rejects(
    openGeo({ network: import.meta.filename }),
    /cannot be read as a database of addresses/,
  );
});
