import { cloudTarget } from './cloud.js';

export const gcp = cloudTarget({
  id: 'gcp',
  aliases: ['google-cloud', 'cloud-vpn', 'google'],
  title: 'Google Cloud VPN (the other end)',
  manual: 'Google Cloud VPN: MTU considerations (gateway MTU 1460, pre-fragmentation at the peer)',
  linkMtu: 1460,
  mtu: null,
  mss: null,
  says: [
    'a Cloud VPN gateway carries ESP packets of at most 1460 (1440 over Interconnect, --link-mtu 1440). It clamps what it sends by itself, and takes no fragments of ESP, so your box has to fragment before encryption.',
  ],
});
