/** One deliberate break: `text` stands exactly once in `file`, `instead` takes its place, one of `tests` must notice. */
export interface Place {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
  /** Test files, or folders of them. */
  readonly tests: readonly string[];
}

/** Rows of one room that the same tests judge: file below src, text, what stands there instead. */
export const judgedBy = (tests: string, ...rows: readonly (readonly [file: string, text: string, instead: string])[]) =>
  rows.map(([file, text, instead]): Place => ({ file: `src/${file}`, text, instead, tests: tests.split(' ') }));
