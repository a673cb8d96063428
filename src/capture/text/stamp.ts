const DAY = 86_400;

const CLOCK = /^(?:(\d{4})[-/](\d\d)[-/](\d\d)[ T])?(\d\d?):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:Z|[+-]\d\d:?\d\d)?$/;

/** Seconds of a printed time: of the day, since 1970 where a date stands before it, or as a bare number says. */
export function secondsOf(text: string): number | null {
  const clock = CLOCK.exec(text);
  if (clock) {
    const [, year, month, day, hours, minutes, seconds, fraction] = clock;
    const date = year ? Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000 : 0;
    return date + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction ?? 0}`);
  }
  return /^\d{1,10}(?:\.\d{1,9})?$/.test(text) ? Number(text) : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Nov 21, 2026 06:25:18.422260000 UTC`, as Wireshark's details print it. */
export function wiresharkSeconds(text: string): number | null {
  const found = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}), (\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)/.exec(text);
  const month = found ? months.indexOf((found[1] as string).toLowerCase()) : -1;
  if (!found || month < 0) return null;
  return Date.UTC(Number(found[3]), month, Number(found[2])) / 1000 + (secondsOf(found[4] as string) ?? 0);
}

/** A clock without a date has passed midnight: seconds to add to `time` behind `before`. */
export const midnights = (before: number, time: number): number =>
  before < DAY && time < DAY && before - time > DAY / 2 ? DAY : 0;
