import { cloudTarget } from './cloud.js';

export const azure = cloudTarget({
  id: 'azure',
  aliases: ['azure-vpn', 'microsoft-azure'],
  title: 'Azure VPN gateway (the other end)',
  manual: 'Microsoft Learn: About VPN devices and IPsec/IKE parameters (TCP MSS 1350, or MTU 1400)',
  linkMtu: null,
  mtu: 1400,
  mss: 1350,
  says: [
    'Azure asks for a TCP MSS of 1350, or an MTU of 1400 on the tunnel interface; its network cuts packets above 1400 and drops fragments out of order',
  ],
});
