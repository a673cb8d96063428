import { MtucalcError } from '../../error.js';
import type { ClampPlan } from '../plan.js';
import { sayBefore, sayHadBefore, sayHead, sayUndoHead } from '../remarks.js';
import { type Script, script } from '../script.js';
import type { SnippetTarget } from '../target.js';

/** Encapsulations that these plug-ins make themselves; any other tunnel lies under the nodes. */
const own: Readonly<Record<string, readonly string[]>> = {
  calico: ['vxlan', 'ipip', 'wireguard'],
  cilium: ['vxlan', 'geneve', 'wireguard'],
  flannel: ['vxlan', 'wireguard', 'ipip'],
};

/** What the key means: the pods' own MTU (Calico), or that of the network under the nodes, from which it deducts. */
function mtuKey(plan: ClampPlan, version: string): number {
  if (version === 'calico') return plan.tunnelMtu;
  return own[version]?.includes(plan.tunnel) && plan.kind !== 'ipsec' ? plan.linkMtu : plan.tunnelMtu;
}

const commands: Readonly<Record<string, (mtu: number) => readonly string[]>> = {
  calico: (mtu) => [
    `kubectl patch installation.operator.tigera.io default --type merge --patch '{"spec":{"calicoNetwork":{"mtu":${mtu}}}}'`,
  ],
  cilium: (mtu) => [
    `helm upgrade cilium cilium/cilium --namespace kube-system --reuse-values --set MTU=${mtu}`,
    'kubectl --namespace kube-system rollout restart daemonset/cilium',
  ],
  flannel: (mtu) => [
    `kubectl --namespace kube-flannel get configmap kube-flannel-cfg --output json | jq '.data["net-conf.json"] |= (fromjson | .Backend.MTU = ${mtu} | tojson)' | kubectl apply --filename -`,
    'kubectl --namespace kube-flannel rollout restart daemonset/kube-flannel-ds',
  ],
};
const shows: Readonly<Record<string, string>> = {
  calico: "kubectl get installation.operator.tigera.io default --output jsonpath='{.spec.calicoNetwork.mtu}'",
  cilium: 'helm get values cilium --namespace kube-system | grep -i mtu',
  flannel: 'kubectl --namespace kube-flannel get configmap kube-flannel-cfg --output yaml',
};

function sayMeaning(out: Script, plan: ClampPlan, version: string): void {
  const mtu = mtuKey(plan, version);
  out.say(
    version === 'calico'
      ? `the pods' own MTU: what is left inside everything described, ${mtu}. Without the operator: veth_mtu in the ConfigMap calico-config.`
      : mtu === plan.linkMtu && mtu !== plan.tunnelMtu
        ? `${version} takes its own encapsulation off this value: the MTU under the nodes, ${mtu}, which leaves ${plan.tunnelMtu} for the pods`
        : `the value is the MTU of the network under the nodes, ${mtu} inside the tunnel described; ${version} takes an encapsulation of its own off it`,
    'nodes keep the MTU they have; pods get the new one when they start again. TCP follows it by itself: there is no clamp to set.',
  );
}

export const kubernetes: SnippetTarget = {
  id: 'kubernetes',
  aliases: ['k8s', 'calico', 'cilium', 'flannel', 'cni', 'k3s', 'rke2'],
  title: 'Kubernetes CNI',
  manual:
    'docs.tigera.io: Configure MTU (calicoNetwork.mtu); Cilium Helm reference: MTU; flannel backends (MTU of the network under it)',
  fileName: 'mtucalc-kubernetes.sh',
  comment: '#',
  versions: ['calico', 'cilium', 'flannel'],
  honours: [],
  render(plan, version) {
    if (plan.families.includes(6) && plan.tunnelMtu < 1280)
      throw new MtucalcError(
        'bad-value',
        `pods with IPv6 need an MTU of 1280 (RFC 8200 section 5); ${plan.tunnelMtu} is left`,
        'raise the link MTU, or --inner 4',
      );
    const out = script('#');
    sayHead(out, kubernetes, plan);
    sayMeaning(out, plan, version);
    sayBefore(out, shows[version] as string);
    out.add(...(commands[version]?.(mtuKey(plan, version)) ?? []));
    return out.text();
  },
  undo(plan, version, all) {
    const out = script('#');
    sayUndoHead(out, kubernetes, plan, all);
    sayHadBefore(out, 'values');
    out.say('0 lets the plug-in find the MTU by itself');
    out.add(...(commands[version]?.(0) ?? []));
    return out.text();
  },
};
