// The second script: in the page it gives its readers away, in a worker it serves them. It runs behind the first one,
// and uses what that holds.
import { importDevice } from '../device/import.js';
import { captureHtml } from '../report/html/page.js';
import { reportPart } from '../report/html/parts.js';
import { styleFor } from '../report/html/style.js';
import { giveReaders } from './readers.js';
import { serveCaptures } from './worker.js';

if (typeof document === 'undefined') serveCaptures(self as never);
else
  giveReaders({
    importDevice,
    verdictHtml: (capture, trace) => captureHtml(reportPart(capture, trace), 0),
    verdictStyle: styleFor(':host', '.report'),
  });
