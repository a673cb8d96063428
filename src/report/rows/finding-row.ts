import type { AnalyzedCapture, RefusedCapture } from '../../analyze/answer.js';
import type { CaptureFacts } from '../../analyze/facts.js';
import type { Verdict } from '../../analyze/verdict/verdict.js';
import type { ErrorCode } from '../../error.js';
import type { Severity } from '../../finding.js';
import { type Columns, folderOf, momentOf, ROW_VERSION, type Table } from './columns.js';

/**
 * One finding of one capture. A capture without a finding, and one that could not be read, has one row whose `finding`
 * is null: each capture is here at least once. Times in seconds, sizes in octets.
 */
export interface FindingRow {
  /** Version of this row. */
  readonly schema_version: typeof ROW_VERSION;
  /** The capture, as it was named. */
  readonly file: string;
  /** Last name of the folder it lies in; null where it was named without one. */
  readonly folder: string | null;
  /** When the capture's first frame was recorded (UTC); null for a text that has no date. */
  readonly capture_start: string | null;
  /** From the capture's first frame to the last. */
  readonly duration_seconds: number | null;
  /** The verdict of the whole capture; inconclusive where it could not be read. */
  readonly verdict: Verdict;
  /** Frames of the capture. */
  readonly frames: number | null;
  /** TCP connections of it. */
  readonly tcp_flows: number | null;
  /** UDP flows of it. */
  readonly udp_flows: number | null;
  /** Reading was ended by the user: what follows in the file was not looked at. */
  readonly interrupted: boolean;
  /** Places where the file is damaged. */
  readonly damaged: number | null;
  /** Number of the finding within its capture, from 1; what the verdict rests on is first. null: it has none. */
  readonly number: number | null;
  /** Code of the finding; null: there is none. */
  readonly finding: string | null;
  /** info, warning or problem. */
  readonly severity: Severity | null;
  /** The finding in a sentence. */
  readonly says: string | null;
  /** What cures it. */
  readonly fix: string | null;
  /** First frame that proves it. */
  readonly frame: number | null;
  /** What proves it, as JSON: [{"value":…,"from":…,"frame":…}]. */
  readonly evidence: string | null;
  /** Why the file could not be read, as a code. */
  readonly error_code: ErrorCode | null;
  /** The same in a sentence. */
  readonly error: string | null;
}

const columns: Columns<FindingRow> = {
  schema_version: 'int32',
  file: 'text',
  folder: 'text',
  capture_start: 'time',
  duration_seconds: 'double',
  verdict: 'text',
  frames: 'int64',
  tcp_flows: 'int32',
  udp_flows: 'int32',
  interrupted: 'boolean',
  damaged: 'int32',
  number: 'int32',
  finding: 'text',
  severity: 'text',
  says: 'text',
  fix: 'text',
  frame: 'int64',
  evidence: 'text',
  error_code: 'text',
  error: 'text',
};

export const findingTable: Table<FindingRow> = { id: 'findings', columns };

const none = { number: null, finding: null, severity: null, says: null, fix: null, frame: null, evidence: null };
const unread = { duration_seconds: null, frames: null, tcp_flows: null, udp_flows: null, damaged: null };

/** The rows of one capture: its findings in their order, or one row that says that there is none. */
export function findingRows(
  result: AnalyzedCapture | RefusedCapture,
  { began }: Pick<CaptureFacts, 'began'>,
): FindingRow[] {
  const { file, verdict } = result;
  const capture = { schema_version: ROW_VERSION, file, folder: folderOf(file), verdict } as const;
  if ('error' in result) {
    const { code, message } = result.error;
    const refused = { capture_start: null, interrupted: false, error_code: code, error: message };
    return [{ ...capture, ...unread, ...none, ...refused }];
  }
  const read = {
    ...capture,
    capture_start: momentOf(began),
    duration_seconds: result.seconds,
    frames: result.totals.frames,
    tcp_flows: result.flowCounts.tcp,
    udp_flows: result.flowCounts.udp,
    interrupted: result.interrupted,
    damaged: result.damage.length + result.moreDamage,
  };
  const error = { error_code: null, error: null };
  if (result.findings.length === 0) return [{ ...read, ...none, ...error }];
  return result.findings.map(({ code, severity, says, fix = null, evidence }, index) => ({
    ...read,
    number: index + 1,
    finding: code,
    severity,
    says,
    fix,
    frame: evidence.find(({ frame }) => frame !== undefined)?.frame ?? null,
    evidence: JSON.stringify(evidence),
    ...error,
  }));
}
