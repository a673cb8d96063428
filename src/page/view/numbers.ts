import type { Calculation } from '../../mtu/calculation.js';
import { copyButton, el, table } from '../dom.js';
import { packetView } from './packet.js';

const number = (label: string, value: number, note: string): HTMLElement =>
  el(
    'div',
    { class: 'figure' },
    el('span', { class: 'label' }, label),
    el('output', { class: 'value' }, value),
    el('span', { class: 'note' }, note),
    copyButton(label, () => String(value)),
  );

/** The two numbers, the packet they come from, what was assumed and what else it could be. */
export function numbersView(value: Calculation): HTMLElement[] {
  const { tunnelMtu, mss, linkMtu, described, steps } = value;
  return [
    el(
      'div',
      { class: 'figures' },
      number('Tunnel MTU', tunnelMtu, 'largest packet inside, never fragmented outside'),
      number('TCP MSS', mss.ipv4, `IPv4; ${mss.ipv6} for IPv6`),
    ),
    el(
      'p',
      { class: 'what' },
      [
        described.suite ?? described.tunnel,
        ...(described.natT === null ? [] : [described.natT ? 'NAT-T' : 'no NAT-T']),
        `${described.wan}, link MTU ${linkMtu}`,
      ].join(' · '),
    ),
    ...(steps.length > 0 ? [packetView(value.packet)] : []),
    el('ul', { class: 'sentences' }, ...sentences(value).map((says) => el('li', {}, says))),
    ...value.warnings.map(({ severity, says, fix }) =>
      el('p', { class: `remark ${severity}` }, el('strong', {}, 'Mind: '), says, fix ? ` ${fix}` : ''),
    ),
    ...(value.assumptions.length === 0
      ? []
      : [
          el('h3', {}, 'Assumed'),
          el('ul', { class: 'assumed' }, ...value.assumptions.map(({ says }) => el('li', {}, says))),
        ]),
    ...(steps.length > 0 ? [sumView(value)] : []),
  ];
}

function sentences(value: Calculation): string[] {
  const { steps, overhead, slack, tunnelMtu, limiting } = value;
  if (steps.length === 0) return ['No tunnel: the packet is as large as the link allows.'];
  const { least, most } = overhead;
  return [
    ...(limiting === null ? [] : [`Safe for every proposal; ${limiting} limits.`]),
    least === most ? `Every packet grows by ${least} octets.` : `A packet grows by ${least} to ${most} octets.`,
    ...stepsOf(value),
    ...(slack > 0 ? [`${slack} of the link's octets stay unused at ${tunnelMtu} (block padding).`] : []),
  ];
}

/** Where the number changes next, below and above this link. */
function stepsOf({ nextStep: { below, above }, linkMtu }: Calculation): string[] {
  if (below === null) return [];
  const less = linkMtu - below.linkMtu;
  const down =
    less === 1 ? 'One octet less of link MTU drops you' : `${less} octets less of link MTU (${below.linkMtu}) drop you`;
  const up = above === null ? '' : `; a link MTU of ${above.linkMtu} raises it to ${above.tunnelMtu}`;
  return [`${down} to ${below.tunnelMtu}${up}.`];
}

/** The sum layer by layer, with sources. */
const sumView = ({ steps, described, linkMtu }: Calculation): HTMLElement =>
  el(
    'details',
    {},
    el('summary', {}, 'The sum, with sources'),
    table(
      ['layer', 'available', 'overhead', 'left', 'source'],
      [
        [`${described.wan} link`, '', '', linkMtu, described.wanSource],
        ...steps.map(({ layer, room, overhead, source }) => [layer, room, -overhead, room - overhead, source]),
      ],
    ),
  );
