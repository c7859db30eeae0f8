import { BlockList, isIP } from 'node:net';

/** Whether a host is this machine or in a network of one's own, as far as its name or address shows. */
export function isNearby(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(address);
  if (version !== 0) return ownNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
  return !address.includes('.') || ownNames.test(address);
}

/** A name without a dot is one of a container, or of the network one is in; these are nobody's in the public one. */
const ownNames = /\.(localhost|local|localdomain|lan|internal|home\.arpa)\.?$/i; // https://www.rfc-editor.org/rfc/rfc6761 and others

const ownNetworks = new BlockList();
ownNetworks.addSubnet('127.0.0.0', 8, 'ipv4');
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  ownNetworks.addSubnet(network, bits, 'ipv4'); // https://www.rfc-editor.org/rfc/rfc1918
ownNetworks.addSubnet('169.254.0.0', 16, 'ipv4');
ownNetworks.addAddress('::1', 'ipv6');
ownNetworks.addSubnet('fc00::', 7, 'ipv6'); // https://www.rfc-editor.org/rfc/rfc4193
ownNetworks.addSubnet('fe80::', 10, 'ipv6');
