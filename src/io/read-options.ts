import type { FilterRequest } from '../analyze/filter.js';
import type { Options } from '../capture/container.js';

/** How a capture is read. */
export interface ReadOptions extends Options {
  /** The usual reader, or npm pcap-parser as an independent second one (clean classic pcap only). */
  readonly reader?: 'own' | 'pcap-parser';
  /** Which frames are judged; all where nothing is said. */
  readonly filter?: FilterRequest | undefined;
  /** Hand over what is known of every flow, not of those worth a row alone. */
  readonly everyFlow?: boolean | undefined;
  /** Called now and then with octets read so far and in all (0: unknown). */
  readonly progress?: (octets: number, of: number) => void;
  /** Ends the reading; what is known by then is returned. */
  readonly signal?: AbortSignal;
}
