import type { Finding } from '../finding.js';
import { calculate } from '../mtu/calculate.js';
import type { CalcRequest } from '../mtu/calculation.js';
import type { Catalogue } from '../mtu/catalogue.js';
import { type Mss, mssOf } from '../mtu/mss.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import { measuringFormats } from './formats/measuring.js';
import { type ImportOptions, importDevice, readPaste } from './import.js';
import type { ImportAnswer, MeasuredPaste } from './imported.js';
import { type MeasuredPath, measuredPaths } from './measurement.js';
import type { Merged } from './merge.js';
import { MTU_FITS, notPlausible, tinyMtu } from './not-plausible.js';
import { splitPaste } from './paste.js';
import { withoutUndefined } from './request.js';

/** Recognised, they are an answer even where they prove nothing. */
const measuring = new Set(measuringFormats.map(({ id }) => id));

/**
 * What a paste comes to: the tunnels it describes, or what it measured where it describes none.
 * @throws MtucalcError where it does neither.
 */
export function importPaste(text: string, catalogue: Catalogue, options: ImportOptions): ImportAnswer {
  const merged = readPaste(splitPaste(text), options.from, options.format);
  const measured = merged.measurements.length > 0 || merged.formats.some((one) => measuring.has(one));
  if (!measured || merged.associations.length > 0) return importDevice(text, catalogue, options).value;
  return measuredPaste(merged, catalogue, options.overrides);
}

function measuredPaste(merged: Merged, catalogue: Catalogue, overrides: CalcRequest): MeasuredPaste {
  const { formats, measurements, understood } = merged;
  const request = withoutUndefined(overrides);
  const described = ['cipher', 'tunnel', 'stack'].some((key) => key in request);
  const calculation = described ? calculate(request, catalogue) : null;
  const expected = calculation
    ? {
        tunnelMtu: calculation.tunnelMtu,
        says: `${calculation.described.suite ?? calculation.described.tunnel} at link MTU ${calculation.linkMtu}`,
      }
    : null;
  const paths = measuredPaths(measurements);
  return {
    schemaVersion: SCHEMA_VERSION,
    formats,
    measurements,
    paths: paths.map((path) => ({ ...path, mss: safeMss(path) })),
    expected,
    assumptions: merged.remarks.map((says) => ({ what: 'input', says }) as const),
    findings: [
      ...paths.flatMap((path) => pathFindings(path, expected)),
      ...(paths.some(({ arrived, refused, ptb }) => arrived ?? refused ?? ptb) ? [] : [nothingMeasured()]),
    ],
    understood,
  };
}

/** What surely passes: what arrived, or the MTU that a router named; nothing from sizes that every path takes. */
function safeMss({ arrived, ptb }: MeasuredPath): Mss | null {
  const size = arrived ?? ptb;
  return size === null || tinyMtu(size) ? null : mssOf(size);
}

function pathFindings(path: MeasuredPath, expected: MeasuredPaste['expected']): Finding[] {
  const { to, arrived, refused, ptb } = path;
  if (arrived === null && refused === null && ptb === null) return [];
  const evidence = [
    ...(arrived === null ? [] : [{ value: arrived, from: 'largest packet with DF that was answered' }]),
    ...(refused === null ? [] : [{ value: refused, from: 'smallest packet that was refused' }]),
    ...(ptb === null ? [] : [{ value: ptb, from: 'smallest MTU that was named' }]),
  ];
  const known = [
    ...(arrived === null ? [] : [`${arrived} octets arrive`]),
    ...(refused === null ? [] : [`${refused} are refused`]),
    ...(ptb === null ? [] : [`an MTU of ${ptb} was named`]),
  ].join(', ');
  const mss = safeMss(path);
  const says = `to ${to ?? 'a host that is not named'}: ${known}${mss ? ` (MSS ${mss.ipv4} for IPv4, ${mss.ipv6} for IPv6)` : ''}`;
  const measured: Finding = { code: 'path-measured', severity: 'info', says, evidence };
  return ptb !== null && tinyMtu(ptb)
    ? [measured, notPlausible(`an MTU of ${ptb} was named`, MTU_FITS, evidence)]
    : [measured, ...compared(path, expected, evidence)];
}

/** Measured against what fits by the description: only what was proven counts. */
function compared(
  { arrived, refused, ptb }: MeasuredPath,
  expected: MeasuredPaste['expected'],
  evidence: Finding['evidence'],
): Finding[] {
  if (!expected) return [];
  const { tunnelMtu, says } = expected;
  const all = [...evidence, { value: tunnelMtu, from: says }];
  const below = Math.min(refused === null ? Number.POSITIVE_INFINITY : refused - 1, ptb ?? Number.POSITIVE_INFINITY);
  if (below < tunnelMtu) {
    return [
      {
        code: 'measured-below',
        severity: 'warning',
        says: `the path takes at most ${below}, ${tunnelMtu - below} octets less than the ${tunnelMtu} of ${says}: another layer, or a smaller link, lies on it`,
        evidence: all,
        fix: `mtucalc identify ${below} lists what gives that number`,
      },
    ];
  }
  if (arrived !== null && arrived > tunnelMtu) {
    return [
      {
        code: 'measured-above',
        severity: 'info',
        says: `${arrived} octets arrive, ${arrived - tunnelMtu} more than the ${tunnelMtu} of ${says}: the description is not this path's, or packets are fragmented outside`,
        evidence: all,
      },
    ];
  }
  return arrived === tunnelMtu
    ? [
        {
          code: 'measured-agrees',
          severity: 'info',
          says: `what arrives, ${arrived}, is what fits by ${says}`,
          evidence: all,
        },
      ]
    : [];
}

const nothingMeasured = (): Finding => ({
  code: 'nothing-measured',
  severity: 'info',
  says: 'nothing is proven here: without DF a packet may be fragmented on its way, and silence is no refusal',
  evidence: [],
  fix: 'ping with DF: Linux ping -M do -s SIZE, Windows ping -f -l SIZE, macOS ping -D -s SIZE, RouterOS ping size=SIZE do-not-fragment',
});
