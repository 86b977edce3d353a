import { BlockList, isIP } from 'node:net';
import { Refusal } from '@entente/protocol';

// Where nobody's telephone is. Link-local holds the metadata servers of clouds, which give away the machine's own keys.
const never = new BlockList();
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addSubnet('0.0.0.0', 8, 'ipv4');
never.addSubnet('224.0.0.0', 3, 'ipv4');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');
never.addAddress('::', 'ipv6');
never.addSubnet('fd00:ec2::', 32, 'ipv6');
never.addAddress('100.100.100.200', 'ipv4');

// This machine and the network it stands in: only where an administrator said so.
const local = new BlockList();
local.addSubnet('127.0.0.0', 8, 'ipv4');
local.addSubnet('10.0.0.0', 8, 'ipv4');
local.addSubnet('172.16.0.0', 12, 'ipv4');
local.addSubnet('192.168.0.0', 16, 'ipv4');
local.addSubnet('100.64.0.0', 10, 'ipv4');
local.addAddress('::1', 'ipv6');
local.addSubnet('fc00::', 7, 'ipv6');

/** Whether a webhook may be told at this address. IPv4 inside IPv6 is judged as IPv4. */
export function mayTell(address: string, allowLocal: boolean): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const inner = version === 6 ? innerIpv4(address) : undefined;
  if (inner !== undefined) return mayTell(inner, allowLocal);
  return !never.check(address, family) && (allowLocal || !local.check(address, family));
}

/** `::ffff:7f00:1`, `64:ff9b::7f00:1` and `2002:7f00:1::` all lead to 127.0.0.1. */
function innerIpv4(address: string): string | undefined {
  const groups = groupsOf(address);
  const [g0 = 0, g1 = 0, g2 = 0] = groups;
  const low = groups.slice(6) as [number, number];
  if (groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || (groups[5] === 0 && low[0] > 0)))
    return dotted(low);
  if (g0 === 0x64 && g1 === 0xff9b) return dotted(low);
  return g0 === 0x2002 ? dotted([g1, g2]) : undefined;
}

function groupsOf(address: string): readonly number[] {
  const plain = address.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [front = '', back] = plain.split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === undefined || back === '' ? [] : back.split(':');
  const middle = back === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...middle, ...tail].map((group) => Number.parseInt(group, 16));
}

function dotted([high, low]: readonly [number, number]): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Refuses an address that could never be told. Names are judged when they are resolved, each time. @throws Refusal `field-malformed` */
export function checkWebhookUrl(text: string, allowLocal: boolean): void {
  const refuse = (what: string): Refusal => new Refusal('field-malformed', { where: '$.url', what });
  const url = URL.parse(text);
  if (url === null) throw refuse('an absolute address');
  if (url.protocol !== 'https:' && !(allowLocal && url.protocol === 'http:')) throw refuse('https');
  if (url.username !== '' || url.password !== '') throw refuse('no user name or password in it');
  const host = hostOf(url);
  if (isIP(host) > 0 && !mayTell(host, allowLocal)) throw refuse('an address that may be told');
}

/** The host without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}
