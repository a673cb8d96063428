import { cloudTarget } from './cloud.js';

export const aws = cloudTarget({
  id: 'aws',
  aliases: ['aws-vpn', 'amazon', 'transit-gateway'],
  title: 'AWS Site-to-Site VPN (the other end)',
  manual:
    'AWS Site-to-Site VPN User Guide: quotas (MTU 1446, MSS 1406), best practices for the customer gateway device',
  linkMtu: null,
  mtu: 1446,
  mss: 1406,
  says: [
    'AWS takes at most an MTU of 1446 and an MSS of 1406 inside, whatever would fit, no jumbo frames, and does not take part in Path MTU Discovery',
  ],
});
