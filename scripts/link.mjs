// Lets `npx mtucalc` find this checkout's own command after `npm ci`: npm links the commands of dependencies only.
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

const bin = 'node_modules/.bin';
if (existsSync('node_modules')) {
  mkdirSync(bin, { recursive: true });
  rmSync(`${bin}/mtucalc`, { force: true });
  if (process.platform === 'win32')
    writeFileSync(`${bin}/mtucalc.cmd`, '@node "%~dp0\\..\\..\\bin\\mtucalc.js" %*\r\n');
  else symlinkSync('../../bin/mtucalc.js', `${bin}/mtucalc`);
}
