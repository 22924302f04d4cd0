import { describe, expect, it } from '@jest/globals';
import { readTarget, type TargetRules } from './read-target.js';
import { parseNetwork } from './special-networks.js';

function rules(...networks: string[]): TargetRules {
  return { isPlainHttpAllowed: false, allowedNetworks: networks.map((text) => parseNetwork(text)!) };
}

const PRODUCTION = rules();
const DEMO: TargetRules = { ...rules('127.0.0.0/8', '::1/128'), isPlainHttpAllowed: true };

function detailOf(text: unknown, given: TargetRules = PRODUCTION): string | undefined {
  const target = readTarget(text, given);
  return target.ok ? undefined : target.detail;
}

/** The refused addresses in production, and the words of the reason. */
const HOSTILE: readonly (readonly [string, string])[] = [
  // schemes
  ['http://shop.example.com/hook', 'Must begin with https://'],
  ['HTTP://shop.example.com/hook', 'Must begin with https://'],
  ['ftp://shop.example.com/hook', 'Must begin with https://'],
  ['file:///etc/passwd', 'Must begin with https://'],
  ['gopher://shop.example.com:70/_x', 'Must begin with https://'],
  ['data:text/plain,x', 'Must begin with https://'],
  ['javascript:alert(1)', 'Must begin with https://'],
  ['ws://shop.example.com/', 'Must begin with https://'],
  ['unix:/var/run/docker.sock', 'Must begin with https://'],
  ['https:shop.example.com/', 'Must begin with https://'],
  ['https:/shop.example.com/', 'Must begin with https://'],
  ['//shop.example.com/', 'Must begin with https://'],
  ['shop.example.com/hook', 'Must begin with https://'],
  // the text
  ['https://', 'Must name a host.'],
  ['https:///etc/passwd', 'Must name a host.'],
  ['https://:443/', 'Must name a host.'],
  ['https://shop.example.com/#top', 'fragment'],
  ['https://127.0.0.1#@shop.example.com/', 'fragment'],
  ['https://user@shop.example.com/', 'user name or a password'],
  ['https://user:pass@shop.example.com/', 'user name or a password'],
  ['https://shop.example.com@127.0.0.1/', 'user name or a password'],
  ['https://127.0.0.1\\@shop.example.com/', 'backslash'],
  ['https:\\\\shop.example.com/', 'backslash'],
  [' https://shop.example.com/', 'printable ASCII'],
  ['https://shop.example.com/a b', 'printable ASCII'],
  ['https://shop.example.com/\r\nX-Evil: 1', 'printable ASCII'],
  ['https://127.0.\t0.1/', 'printable ASCII'],
  ['https://магазин.рф/', 'printable ASCII'],
  ['https://１２７.０.０.１/', 'printable ASCII'],
  ['https://①②⑦.⓪.⓪.①/', 'printable ASCII'],
  ['https://127。0。0。1/', 'printable ASCII'],
  ['https://shop.example.com\u0000.evil.example.net/', 'printable ASCII'],
  // Node 20 and 22 take it for no address, Node 24 for the name of one network.
  ['https://xn--a/', 'address'],
  ['https://shop_1,example.com^/', 'not a valid address'],
  [`https://shop.example.com/${'a'.repeat(2_048)}`, 'at most 2048 characters'],
  // loopback and unspecified, in every spelling
  ['https://127.0.0.1/', '127.0.0.1 is a loopback address'],
  ['https://127.255.255.254/', 'is a loopback address'],
  ['https://2130706433/', 'four decimal numbers: 2130706433 stands for 127.0.0.1'],
  ['https://0x7f000001/', 'stands for 127.0.0.1'],
  ['https://0x7f.0x0.0x0.0x1/', 'stands for 127.0.0.1'],
  ['https://0177.0.0.1/', 'stands for 127.0.0.1'],
  ['https://017700000001/', 'stands for 127.0.0.1'],
  ['https://127.1/', 'stands for 127.0.0.1'],
  ['https://127.0.1/', 'stands for 127.0.0.1'],
  ['https://127.0.0.1./', 'stands for 127.0.0.1'],
  ['https://%31%32%37.0.0.1/', 'Must not %-encode the host'],
  ['https://127%2e0%2e0%2e1/', 'Must not %-encode the host'],
  ['https://0.0.0.0/', 'is the unspecified address'],
  ['https://0/', 'stands for 0.0.0.0'],
  ['https://0.1.2.3/', 'is an address of "this network"'],
  ['https://[::1]/', '::1 is a loopback address'],
  ['https://[0:0:0:0:0:0:0:1]/', 'is a loopback address'],
  ['https://[::]/', 'is the unspecified address'],
  ['https://[::ffff:127.0.0.1]/', 'is a loopback address'],
  ['https://[::ffff:7f00:1]/', 'is a loopback address'],
  ['https://[::127.0.0.1]/', 'in the "compatible" form'],
  ['https://[64:ff9b::127.0.0.1]/', 'behind NAT64'],
  ['https://[64:ff9b:1::a00:1]/', 'behind NAT64'],
  ['https://[2002:7f00:1::]/', 'in the 6to4 form'],
  ['https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/', 'in a Teredo tunnel'],
  // networks of one's own, and those of no one
  ['https://10.0.0.5/', 'is a private address'],
  ['https://172.16.0.1/', 'is a private address'],
  ['https://172.31.255.255/', 'is a private address'],
  ['https://192.168.1.1/', 'is a private address'],
  ['https://[::ffff:10.0.0.5]/', 'is a private address'],
  ['https://169.254.169.254/latest/meta-data/', 'is a link-local address'],
  ['https://[::ffff:a9fe:a9fe]/', 'is a link-local address'],
  ['https://168.63.129.16/machine?comp=goalstate', "an address of a cloud's own services"],
  ['https://100.64.0.1/', 'carrier-grade NAT'],
  ['https://100.100.100.200/', 'carrier-grade NAT'],
  ['https://192.0.0.8/', 'reserved for protocols'],
  ['https://192.0.2.1/', 'documentation address'],
  ['https://198.51.100.7/', 'documentation address'],
  ['https://203.0.113.9/', 'documentation address'],
  ['https://198.18.0.1/', 'benchmarking address'],
  ['https://192.88.99.1/', '6to4 relay'],
  ['https://224.0.0.1/', 'multicast address'],
  ['https://255.255.255.255/', 'broadcast address'],
  ['https://240.0.0.1/', 'reserved address'],
  ['https://[fc00::1]/', 'unique local address'],
  ['https://[fd12:3456:789a::1]/', 'unique local address'],
  ['https://[fe80::1]/', 'link-local address'],
  ['https://[fe80::1%25eth0]/', 'Must not hold a zone'],
  ['https://[fe80::1%eth0]/', 'Must not hold a zone'],
  ['https://[fec0::1]/', 'site-local address'],
  ['https://[ff02::1]/', 'multicast address'],
  ['https://[2001:db8::1]/', 'documentation address'],
  ['https://[3fff::1]/', 'documentation address'],
  ['https://[100::1]/', 'discard address'],
  ['https://[4000::1]/', 'no address of the internet'],
  ['https://[::1/', 'not a valid address'],
  ['https://256.1.1.1/', 'not a valid address'],
  // names
  ['https://localhost/', 'a name of this very machine'],
  ['https://LOCALHOST/', 'a name of this very machine'],
  ['https://db.localhost/', 'a name of this very machine'],
  ['https://localhost./', 'Must not end its host with a dot'],
  ['https://shop.example.com./', 'Must not end its host with a dot'],
  ['https://intranet/', 'a name of one network only'],
  ['https://metadata.google.internal/', 'a name of one network only (.internal)'],
  ['https://printer.local/', 'a name of one network only (.local)'],
  ['https://nas.home.arpa/', 'a name of one network only (.home.arpa)'],
  ['https://shop.invalid/', 'no resolver knows shop.invalid'],
  ['https://facebookcorewwwi.onion/', 'no resolver knows'],
  // ports
  ['https://shop.example.com:22/', 'Must have port 443 or one from 1024 up'],
  ['https://shop.example.com:25/', 'Must have port 443 or one from 1024 up'],
  ['https://shop.example.com:0/', 'Must have port 443 or one from 1024 up'],
  ['https://shop.example.com:80/', 'Must have port 443 or one from 1024 up'],
  ['https://shop.example.com:65536/', 'not a valid address'],
  ['https://shop.example.com:443x/', 'not a valid address'],
];

describe('readTarget', () => {
  it.each(HOSTILE)('refuses %j', (text, words) => {
    expect(detailOf(text)).toContain(words);
  });

  it.each([undefined, null, '', 7, {}, ['https://shop.example.com/']])('refuses %p, which is no text', (value) => {
    expect(detailOf(value)).toBe('Must be the https:// address to call.');
  });

  it.each([
    'https://shop.example.com',
    'https://shop.example.com/hook?order=1&x=%20',
    'HTTPS://Shop.Example.com/',
    'https://shop.example.com:443/',
    'https://shop.example.com:8443/hook',
    'https://xn--80aaf1bbfjb.xn--p1ai/',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  ])('takes %s', (text) => {
    expect(detailOf(text)).toBeUndefined();
  });

  it("opens the company's own networks, and nothing beside them", () => {
    const own = rules('10.1.0.0/16', 'fd00:1::/32');
    for (const text of [
      'https://10.1.2.3/',
      'https://[fd00:1::5]/',
      'https://[::ffff:10.1.2.3]/',
      'https://orders/',
      'https://a.test/',
    ]) {
      expect(detailOf(text, own)).toBeUndefined();
    }
    expect(detailOf('https://10.2.0.1/', own)).toContain('is a private address');
    expect(detailOf('https://127.0.0.1/', own)).toContain('is a loopback address');
    expect(detailOf('https://localhost/', own)).toContain('this very machine');
    expect(detailOf('https://[fd00:2::5]/', own)).toContain('unique local address');
  });

  it('opens nothing that is no one, however wide a network is given', () => {
    const everything = rules('0.0.0.0/0', '::/0');
    expect(detailOf('https://192.168.1.1/', everything)).toBeUndefined();
    for (const text of ['https://0.0.0.0/', 'https://[::]/', 'https://224.0.0.1/', 'https://255.255.255.255/']) {
      expect(detailOf(text, everything)).toContain('Must be a public address');
    }
  });

  it('takes http and this machine in the demo, and still nothing else', () => {
    for (const text of ['http://127.0.0.1:9000/', 'http://localhost:9000/hook', 'https://[::1]:9000/']) {
      expect(detailOf(text, DEMO)).toBeUndefined();
    }
    expect(detailOf('http://10.0.0.1/', DEMO)).toContain('is a private address');
    expect(detailOf('ftp://127.0.0.1/', DEMO)).toContain('Must begin with https:// or http://');
  });
});

describe('parseNetwork', () => {
  it.each(['10.0.0.0/8', '192.168.1.7/32', 'fd00::/8', '::1/128'])('takes %s', (text) =>
    expect(parseNetwork(text)).toBeDefined(),
  );

  it.each([
    '10.0.0.0',
    '10.0.0.1/8',
    '10.0.0.0/33',
    'fd00::/129',
    'all',
    '10/8',
    '0x0a.0.0.0/8',
    'fe80::1%eth0/64',
    '',
  ])('refuses %p', (text) => expect(parseNetwork(text)).toBeUndefined());
});
