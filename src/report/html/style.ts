const style = `
@root{--ink:#1b1f24;--dim:#57606a;--ground:#fff;--panel:#f4f6f8;--line:#d5dae0;--fine:#1a7f37;--info:#2563a8;--warning:#9a6700;--problem:#b42318;--size:#4a7fb5;--again:#c27c00;--ptb:#c4372c;--sack:#7a4bb5}
@media (prefers-color-scheme:dark){@root{--ink:#e6e9ed;--dim:#9aa4b0;--ground:#14171b;--panel:#1e2328;--line:#39414a;--fine:#56d364;--info:#7fb2e8;--warning:#e3b341;--problem:#ff8577;--size:#5f97d0;--again:#e3b341;--ptb:#ff7b6d;--sack:#b794f0}}
*{box-sizing:border-box}
@body{margin:0 auto;max-width:66rem;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);overflow-wrap:break-word}
section{margin-bottom:3rem}
header{border-left:.4rem solid var(--info);break-after:avoid;padding:.2rem 1rem;background:var(--panel)}
header.problem{border-color:var(--problem)}header.warning{border-color:var(--warning)}header.fine{border-color:var(--fine)}
h1{margin:.3rem 0;font-size:1.6rem}h2{margin:2rem 0 .3rem;font-size:1.15rem;break-after:avoid}article h2{margin:0;font-size:1rem}
header.problem h1{color:var(--problem)}header.warning h1{color:var(--warning)}header.fine h1{color:var(--fine)}
header p{margin:.2rem 0}.about,.remarks,.legend,footer,nav span{color:var(--dim);font-size:.9rem}
nav{margin-bottom:3rem}nav a{color:var(--info);font-weight:600}nav ol,.remarks{padding-left:1.4rem}
article{margin:1rem 0;padding:.7rem 1rem;border:1px solid var(--line);border-radius:.4rem;break-inside:avoid}
article p{margin:.4rem 0 0}code{font:.9em ui-monospace,monospace;background:var(--panel);padding:.05em .3em;border-radius:.2em}
article span{font-size:.8rem;text-transform:uppercase;letter-spacing:.05em;color:var(--info)}
article.problem span{color:var(--problem)}article.warning span{color:var(--warning)}
pre{overflow-x:auto;background:var(--panel);padding:.7rem 1rem;font:.8rem/1.4 ui-monospace,monospace}
.fix::before{content:"Fix: ";font-weight:600}
figure{margin:0;break-inside:avoid}
svg{display:block;width:100%;height:auto;font:10px system-ui,sans-serif}
svg text{fill:var(--dim)}.grid{stroke:var(--line)}line.mtu{stroke:var(--ptb);stroke-width:1.5;stroke-dasharray:6 4}
rect.size{fill:var(--size)}rect.again{fill:var(--again)}rect.ptb{fill:var(--ptb)}rect.sack{fill:var(--sack)}polyline.ack{fill:none;stroke:var(--fine);stroke-width:1.2}
.legend{margin:.2rem 0 .6rem}.legend span{display:inline-block;margin-right:1.2em}
.legend i{display:inline-block;width:.8em;height:.8em;margin-right:.4em}
i.size{background:var(--size)}i.again{background:var(--again)}i.ptb{background:var(--ptb)}i.sack{background:var(--sack)}i.ack{background:var(--fine)}i.mtu{height:0!important;width:1.4em!important;border-top:2px dashed var(--ptb);vertical-align:.25em}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:left;vertical-align:baseline;padding:.25rem .5rem;border-bottom:1px solid var(--line)}
th,td:first-child,.number{white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums}
tr{break-inside:avoid}footer{border-top:1px solid var(--line);padding-top:.5rem}
@media screen and (max-width:48rem){@body{padding:1rem}table.wide td{white-space:nowrap}svg{font-size:21px}.minor{display:none}}
@media print{@root{--ink:#000;--dim:#444;--ground:#fff;--panel:#fff;--line:#999;--fine:#12592a;--info:#124a86;--warning:#7a5200;--problem:#8f1a10;--size:#4a7fb5;--again:#b87400;--ptb:#b3261e;--sack:#6b3fa0}
@page{margin:15mm}
html{font-size:10.5pt}@body{max-width:none;padding:0;font-size:1rem}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}pre{white-space:pre-wrap}table{font-size:8pt}th,td{padding:.15rem .3rem}thead{display:table-header-group}section:not(:first-of-type){break-before:page}}
`;

/** The same below other elements than a page's own: `root` carries the colours, `body` the text. */
export function styleFor(root: string, body: string): string {
  return style.replaceAll('@root', root).replaceAll('@body', body);
}

/** Colours for light, dark and paper; the page has no other resource. */
export const reportStyle = styleFor(':root', 'body');
