import type { Scenario, Step } from '../scenario.js';

/** What swanctl and the kernel say about the SAs of gw1, with its interfaces, as an operator copies it. */
export const listings = [
  { title: 'swanctl --list-sas', format: 'swanctl-sas', command: 'swanctl --list-sas --uri unix:///run/gw1.vici' },
  {
    title: 'swanctl --list-sas --raw',
    format: 'swanctl-raw',
    command: 'swanctl --list-sas --raw --uri unix:///run/gw1.vici',
  },
  {
    title: 'swanctl --list-sas --pretty',
    format: 'swanctl-raw',
    command: 'swanctl --list-sas --pretty --uri unix:///run/gw1.vici',
  },
  { title: 'ip -s xfrm state', format: 'xfrm-state', command: 'ip -s xfrm state' },
] as const;

const sides = {
  gw1: { local: '192.0.2.2', remote: '198.51.100.2', inside: '10.1.0.0/24', beyond: '10.2.0.0/24' },
  gw2: { local: '198.51.100.2', remote: '192.0.2.2', inside: '10.2.0.0/24', beyond: '10.1.0.0/24' },
} as const;

/** One charon per gateway: vici sockets of their own, and the process file out of the way of the second one. */
function startCharon(gateway: keyof typeof sides): Step[] {
  const settings = `charon {
  load = random nonce openssl gmp aes sha1 sha2 hmac kdf gcm ccm ctr chapoly xcbc cmac kernel-netlink socket-default vici
  install_routes = no
  # SHA2-256 cut to 96 bits is a private number among strongSwan peers.
  send_vendor_id = yes
  plugins { vici { socket = unix:///run/${gateway}.vici } }
  filelog { stderr { default = 1 } }
}`;
  return [
    {
      do: 'run',
      at: gateway,
      command: `cat > /run/${gateway}-strongswan.conf; rm -f /run/charon.pid`,
      input: settings,
      mustWork: true,
    },
    {
      do: 'start',
      name: gateway,
      at: gateway,
      command: `STRONGSWAN_CONF=/run/${gateway}-strongswan.conf exec /usr/lib/ipsec/charon`,
      until: 'spawning',
      timeoutSeconds: 20,
    },
  ];
}

function configure(gateway: keyof typeof sides, proposal: string, encap: boolean): Step {
  const { local, remote, inside, beyond } = sides[gateway];
  const configuration = `connections { site {
  local_addrs = ${local}
  remote_addrs = ${remote}
  version = 2
  proposals = aes128-sha256-x25519,aes128-sha256-modp2048
  encap = ${encap ? 'yes' : 'no'}
  local { auth = psk
    id = ${gateway}.example }
  remote { auth = psk }
  children { net {
    local_ts = ${inside}
    remote_ts = ${beyond}
    esp_proposals = ${proposal}
  } }
} }
secrets { ike { secret = "only for the lab" } }
`;
  const load = `cat > /run/${gateway}.conf; swanctl --load-all --noprompt --file /run/${gateway}.conf --uri unix:///run/${gateway}.vici`;
  return { do: 'run', at: gateway, command: load, input: configuration, mustWork: true, timeoutSeconds: 20 };
}

/** Both gateways negotiate one CHILD_SA; then gw1 is asked in every way, and the kernel is measured. */
export function charonScenario(proposal: string, encap: boolean): Scenario & { readonly run: readonly Step[] } {
  const initiate = 'swanctl --initiate --child net --timeout 15 --uri unix:///run/gw1.vici';
  return {
    id: `charon ${proposal}${encap ? ' in UDP' : ''}`,
    features: ['esp'],
    run: [
      ...startCharon('gw1'),
      ...startCharon('gw2'),
      configure('gw1', proposal, encap),
      configure('gw2', proposal, encap),
      { do: 'run', at: 'gw1', command: initiate, mustWork: true, timeoutSeconds: 30 },
      ...listings.map(
        ({ command }): Step => ({
          do: 'run',
          at: 'gw1',
          command: `${command}; ip addr`,
          mustWork: true,
          timeoutSeconds: 10,
        }),
      ),
      { do: 'measure', inner: 4, size: 1438 },
    ],
  };
}
