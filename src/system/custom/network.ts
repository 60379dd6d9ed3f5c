import {BlockList, isIP} from 'node:net';
import type {Network} from '../../core/custom/binding.ts';
import {isLoopback} from '../http/origins.ts';
import {once} from '../once.ts';

const privateNames = /\.(?:local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;
const namesOfThisMachine = /(?:^|\.)localhost$/;

/** Of a host as `URL.hostname` spells it. A name may still lead anywhere: that is known only when it is looked up. */
export function networkOf(host: string): Network {
  const plain = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isLoopback(host) || namesOfThisMachine.test(plain) || isIn(thisMachine(), plain)) return 'this machine';
  if (isIP(plain) !== 0) return isIn(privateNetworks(), plain) ? 'private' : 'public';
  return privateNames.test(plain) || !plain.includes('.') ? 'private' : 'public';
}

const isIn = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Addresses of version 4 written as version 6 (`::ffff:10.0.0.1`) are covered by the networks of version 4. */
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

// Made when they are asked for: Node takes as long to read one such address as a frame takes to be drawn.
const thisMachine = once(() => listOf(['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128']));
const privateNetworks = once(() =>
  listOf([
    ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'],
    ...['fc00::/7', 'fe80::/10', 'fec0::/10'],
  ]),
);
