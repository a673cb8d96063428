import { deflateRawSync } from 'node:zlib';

const SECOND_SCRIPT = /(<script id="readers" type="text\/plain">)([\s\S]*?)(?=<\/script>)/;

/** The page with its second script deflated and in base64, as src/page/readers.ts unpacks it. */
export const packedPage = (page: string): string =>
  page.replace(
    SECOND_SCRIPT,
    (_, tag: string, text: string) => `${tag}${deflateRawSync(text, { level: 9, memLevel: 9 }).toString('base64')}`,
  );
