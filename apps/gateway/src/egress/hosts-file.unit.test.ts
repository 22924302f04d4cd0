import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostsFile } from './hosts-file.js';

describe('the hosts file of the machine', () => {
  it('names addresses of both families, is read again when it changes, and may be missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-hosts-'));
    const path = join(folder, 'hosts');
    const hosts = new HostsFile(path);
    expect(hosts.addressesOf('orders')).toEqual([]);
    writeFileSync(
      path,
      '10.0.0.5\tOrders orders.corp # a comment\nfd00::5 orders\nfe80::1%lo0 orders\nnonsense orders\n',
    );
    expect(hosts.addressesOf('orders')).toEqual(['10.0.0.5', 'fd00::5']);
    expect(hosts.addressesOf('orders.corp')).toEqual(['10.0.0.5']);
    writeFileSync(path, '# empty\n');
    utimesSync(path, 1, 1);
    expect(hosts.addressesOf('orders')).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
