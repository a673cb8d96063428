/** Colours for light, dark and paper; the page has no other resource. */
export const reportStyle = `
:root{--ink:#1b1f24;--dim:#5b6470;--ground:#fff;--panel:#f4f6f8;--line:#d5dae0;--info:#2563a8;--warning:#9a6700;--problem:#b42318;--size:#4a7fb5;--again:#d08700;--ptb:#c4372c}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--dim:#9aa4b0;--ground:#14171b;--panel:#1e2328;--line:#39414a;--info:#7fb2e8;--warning:#e3b341;--problem:#ff8577;--size:#5f97d0;--again:#e3b341;--ptb:#ff7b6d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:58rem;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
section{margin-bottom:3rem}
header{border-left:.4rem solid var(--info);padding:.2rem 1rem;background:var(--panel)}
header.problem{border-color:var(--problem)}header.warning{border-color:var(--warning)}
h1{margin:.3rem 0;font-size:1.6rem}h2{margin:2rem 0 .5rem;font-size:1.15rem}h3{margin:0;font-size:1rem}
header p{margin:.2rem 0}.file,.remark,.legend{color:var(--dim);font-size:.9rem;overflow-wrap:anywhere}
article{margin:1rem 0;padding:.7rem 1rem;border:1px solid var(--line);border-radius:.4rem;break-inside:avoid}
article p{margin:.4rem 0 0;overflow-wrap:anywhere}
article span{font-size:.8rem;text-transform:uppercase;letter-spacing:.05em;color:var(--info)}
article.problem span{color:var(--problem)}article.warning span{color:var(--warning)}
.fix{color:var(--dim)}.fix::before{content:"Fix: ";font-weight:600}
svg{width:100%;height:auto;font:11px system-ui,sans-serif;break-inside:avoid}
svg text{fill:var(--dim)}.grid{stroke:var(--line)}
rect.size{fill:var(--size)}rect.again{fill:var(--again)}rect.ptb{fill:var(--ptb);fill-opacity:.35}
.legend i{display:inline-block;width:.8em;height:.8em;margin-left:.8em}
i.size{background:var(--size)}i.again{background:var(--again)}i.ptb{background:var(--ptb)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid var(--line);white-space:nowrap}
td.number{text-align:right;font-variant-numeric:tabular-nums}
td:last-child{white-space:normal}
@media print{:root{--ink:#000;--dim:#444;--ground:#fff;--panel:#fff;--line:#999;--info:#124a86;--warning:#7a5200;--problem:#8f1a10;--size:#4a7fb5;--again:#b87400;--ptb:#b3261e}
body{max-width:none;padding:0;font-size:11pt}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.wide{overflow:visible}th,td{white-space:normal}thead{display:table-header-group}}
`;
