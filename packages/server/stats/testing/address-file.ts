/** What a record holds, as far as tests need it. */
type Value = string | number | readonly Value[] | { readonly [name: string]: Value };

/**
 * A file in the format of MaxMind (MaxMind DB File Format Specification 2.0): IPv4, records of 24 bits.
 * @param networks `192.0.2.0/24` and what is known of it; none lies within another
 */
export function addressFile(networks: Readonly<Record<string, Value>>): Buffer {
  const nodes: [Branch, Branch][] = [[null, null]];
  const data: Buffer[] = [];
  let length = 0;
  for (const [network, record] of Object.entries(networks)) {
    insert(nodes, network, { at: length });
    const encoded = encode(record);
    data.push(encoded);
    length += encoded.length;
  }
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [index, branches] of nodes.entries()) {
    for (const [side, branch] of branches.entries()) {
      tree.writeUIntBE(pointer(branch, nodes.length), index * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    node_count: nodes.length,
    ...{ record_size: 24, ip_version: 4, database_type: 'Test', languages: [] },
    ...{ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: 1, description: {} },
  });
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]);
}

/** Another node, a place in the data, or nothing. */
type Branch = number | { at: number } | null;

function pointer(branch: Branch, nodes: number): number {
  if (branch === null) return nodes;
  return typeof branch === 'number' ? branch : nodes + 16 + branch.at;
}

function insert(nodes: [Branch, Branch][], network: string, leaf: { at: number }): void {
  const [address = '', bits = '32'] = network.split('/');
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  let node = 0;
  for (let bit = 0; bit < Number(bits); bit++) {
    const side = Math.floor(value / 2 ** (31 - bit)) % 2 === 0 ? 0 : 1;
    if (bit === Number(bits) - 1) {
      nodes[node]![side] = leaf;
      return;
    }
    const next = nodes[node]![side];
    if (typeof next === 'number') node = next;
    else {
      nodes[node]![side] = nodes.length;
      node = nodes.length;
      nodes.push([null, null]);
    }
  }
}

function encode(value: Value): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap((pair) => pair.map(encode))]);
}

function control(type: number, size: number): Buffer {
  const short = Math.min(size, 29);
  const head = type > 7 ? [short, type - 7] : [(type << 5) | short];
  return Buffer.from(size < 29 ? head : [...head, size - 29]);
}
