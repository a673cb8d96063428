/** A record that `print` shows: ` 0 X  ;;; comment`, then `key=value` over several lines. */
export interface PrintedRecord {
  readonly line: number;
  readonly flags: string;
  readonly text: string;
}

const RECORD = /^\s*\d{1,6}\s+((?:[A-Za-z*]{1,4}\s+){0,3})(;;;.*|[a-z][a-z0-9-]*=.*)$/;
const MOST = 20_000;

/** Collects the records between one `print` and the next prompt. */
export class PrintedRecords {
  readonly #records: { line: number; flags: string; text: string }[] = [];

  /** Whether a line belongs to what `print` shows. */
  take(line: number, text: string): boolean {
    if (/^\s*(Flags|Columns):/.test(text) || /^\s*[A-Z*]{1,3} - [A-Za-z]+(?:[,;].*)?$/.test(text)) return true;
    const [, flags, rest] = RECORD.exec(text) ?? [];
    if (rest !== undefined && this.#records.length < MOST) {
      this.#records.push({ line, flags: (flags ?? '').replace(/\s/g, ''), text: rest.startsWith(';;;') ? '' : rest });
      return true;
    }
    const last = this.#records.at(-1);
    if (/^\s+;;;/.test(text)) return true;
    if (!last || !/^\s+[a-z][a-z0-9-]*=/.test(text)) return false;
    last.text = `${last.text} ${text.trim()}`;
    return true;
  }

  get records(): readonly PrintedRecord[] {
    return this.#records.filter(({ text }) => text !== '');
  }

  /** Whether a line can only come from `print`. */
  static startsAt(text: string): boolean {
    return /^\s*Flags:\s/.test(text) || RECORD.test(text);
  }
}
