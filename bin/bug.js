// An exception that nobody expected is a bug: one line, and an exit code of its own, so that no script takes it for an
// answer (1 is "a problem was found").
const BUG = 70;

/** Ends the process; with `debug` the stack is shown, for a report. */
exports.bug = (error, debug) => {
  const text = String(error?.message ?? error).replace(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, ' ');
  const more = debug ? `\n${error?.stack ?? ''}` : '; run again with --debug for the stack';
  try {
    require('node:fs').writeSync(2, `mtucalc: this is a bug in mtucalc: ${text}${more}\n`);
  } catch {
    // Nobody listens; the exit code tells all the same.
  }
  process.exit(BUG);
};
